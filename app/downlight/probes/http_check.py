"""Our own check of one web address: does it answer as it should?

It is fetched with GET, the only method there is: a check must change nothing.
Redirects are followed. A 429 says that we ask too often, which is no trouble of the
service's, so nothing is learned from it; nor is from an answer that has no body
(204), which the door to the web does not take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core.errors import CatalogError, Refused, Unreachable
from downlight.core.model import Check, Report
from downlight.core.result import Result, result_of
from downlight.core.speech import tr
from downlight.core.text import line
from downlight.probes.options import described, number, silent, told

if TYPE_CHECKING:
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceInfo, SourceSpec

ACCEPT: Final = "text/html, application/json;q=0.9, */*;q=0.8"
FINE: Final = 200
_BUSY: Final = 429
_LAST: Final = 599
_NAMED: Final = 40
"""How much of the expected text is repeated, in characters."""


@dataclass(frozen=True, slots=True)
class HttpCheck:
    """Fetches one address and looks at the answer."""

    info: SourceInfo
    statuses: frozenset[int]
    """The statuses that are expected."""
    text: str
    """What must stand in the body, letter by letter; empty for anything."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Fetch it once.

        Raises:
            SourceError: Nothing was learned.
        """
        del last
        target, began, rest = _target(self.info.urls[0]), web.now(), None
        result = Result.OK
        try:
            answer = await web.get(self.info.urls[0], accept=ACCEPT)
        except Unreachable as error:
            return told(self.info.id, web.now(), silent(target, error))
        except Refused as error:
            if error.status == _BUSY and _BUSY not in self.statuses:
                raise
            trouble, rest = self._about(error.status), error.retry_after
            result = result_of(error) if trouble else Result.OK
        else:
            trouble = self._about(FINE) or self._missing(answer)
        now = web.now()
        check = Check(target, max(now - began, timedelta()), trouble, result)
        return replace(told(self.info.id, now, check), next_check=rest)

    def _about(self, status: int) -> str:
        """Return what is wrong with a status; empty when nothing is."""
        if status in self.statuses:
            return ""
        wanted, *others = map(str, sorted(self.statuses))
        for other in others:
            wanted = tr("{first} or {last}", first=wanted, last=other)
        return tr(
            "Answered with HTTP {status}, not {wanted}", status=status, wanted=wanted
        )

    def _missing(self, answer: Answer) -> str:
        if self.text in _text(answer):
            return ""
        text = line(self.text, length=_NAMED)
        return tr("Answered without “{text}”", text=text)


def build(spec: SourceSpec) -> HttpCheck:
    """Make the check of ``spec.url``.

    Options:
        expect_status: One or more of 200 and 400 to 599; 200 when missing, which is
            what every answer below 400 has come to once redirects are followed.
        expect_text: What must stand in the body, letter by letter.
        every: Seconds between two tries; 300 when missing, 30 at least.
        method: Only ``GET``.

    Raises:
        CatalogError: It cannot be checked like that.
    """
    if not _is_web(spec.url):
        raise CatalogError(f"{spec.id}: url: a web address is wanted")
    if spec.option("method", "GET").strip().upper() != "GET":
        raise CatalogError(f"{spec.id}: method: only GET is done")
    named = spec.options.get("expect_status") or (str(FINE),)
    statuses = frozenset(
        number(spec, "expect_status", value, FINE, _LAST) for value in named
    )
    if any(FINE < status < 400 for status in statuses):  # noqa: PLR2004 - HTTP's own
        raise CatalogError(f"{spec.id}: expect_status: 200, or 400 to 599")
    text = spec.option("expect_text")
    if text and statuses != {FINE}:
        # The body of a refusal never gets through the door.
        raise CatalogError(f"{spec.id}: expect_text: only with status 200")
    return HttpCheck(described(spec, spec.url), statuses, text)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _target(url: str) -> str:
    """Return an address without what may be secret in it."""
    parts = urlsplit(url)
    return line(f"{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}")


def _text(answer: Answer) -> str:
    try:
        return answer.body.decode(answer.charset or "utf-8", "replace")
    except (LookupError, ValueError):  # a charset there is not, or of no text
        return answer.body.decode("utf-8", "replace")
