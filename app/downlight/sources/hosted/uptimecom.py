"""Status pages of Uptime.com.

Format: the page itself, in whose script stands ``"global_is_operational": true`` or
``false`` (stts, read 2026-03). No recorded page was ever seen. It says nothing else:
not what is wrong, nor how badly, so trouble is never called worse than degraded.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.sources.page import Page, official
from downlight.sources.wire import text

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
END: Final = "</html>"
_MARK: Final = re.compile(
    r"""global_is_operational(?:\\?["']|&quot;)?\s{0,9}[:=]\s{0,9}(true|false)\b""",
    re.IGNORECASE,
)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page into a report.

    Raises:
        Unreadable: It is another page, or was cut short.
    """
    page = text(answer)
    said = {found[1].lower() for found in _MARK.finditer(page)}
    if not said or END not in page[-1000:].lower():
        raise Unreadable("no whole web page of Uptime.com")
    level = Level.DEGRADED if "false" in said else Level.OPERATIONAL
    return Report(source, answer.at, level=level)


def build(spec: SourceSpec) -> Page:
    """Make the source of one page, which is asked for itself."""
    return official(
        spec,
        parse,
        url=spec.url,
        page=spec.url,
        cadence=CADENCE,
        verified=False,
        accept="text/html",
    )
