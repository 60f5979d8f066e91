"""Save pictures of the page that a person sees first, and of windows without a page.

python -m tests.ui.show_welcome FOLDER [STATE …]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from downlight.core.errors import Unreachable
from downlight.core.level import Level
from downlight.core.model import Failure, SourceId
from downlight.core.news import Snapshot
from downlight.core.places.home import Whereabouts
from tests.ui import made_up, uneasy
from tests.ui.show import narrow, shoot, window
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.ui.window import Window

SILENT = Failure(
    SourceId("page"), made_up.ago(0.5), Unreachable("no answer", "timeout")
)
TURKEY = Whereabouts("TR", "zone")
CALM = Snapshot(
    made_up.NOW,
    (
        made_up.plainly("whatsapp", "WhatsApp", Level.OPERATIONAL),
        made_up.plainly("messenger", "Messenger", Level.OPERATIONAL),
    ),
    online=True,
)


def greeting(
    snapshot: Snapshot | None, where: Whereabouts = TURKEY, *, tray: bool = True
) -> Window:
    """Return a first window on a state."""
    wishes = Granted()
    wishes.where = where
    return window(snapshot, wishes=wishes, first=True, tray_here=lambda: tray)


def unheard(
    failure: Failure | None = None, *, online: bool | None = None, asking: bool = False
) -> Window:
    """Return a window on services of which nothing was ever heard."""
    views = tuple(
        made_up.view(
            made_up.service(slug, name),
            *(
                made_up.evidence(made_up.info(source, kind), None, failure)
                for source, kind in (
                    ("Its page", "official"),
                    ("From here", "measured"),
                )
            ),
            online=online is not False,
        )
        for slug, name in (("whatsapp", "WhatsApp"), ("messenger", "Messenger"))
    )
    return window(Snapshot(made_up.NOW, views, online=online, asking=asking))


def refusing() -> Window:
    """Return a first window on a computer where nothing can be kept."""
    made = greeting(CALM)
    assert made.welcome is not None
    wishes = made._wishes
    assert isinstance(wishes, Granted)
    wishes.refuse("The disk is full", "Make room, then try again.")
    made.welcome.login.click()
    return made


STATES: dict[str, Callable[[], Window]] = {
    "waiting": lambda: greeting(None),
    "asking": lambda: greeting(
        replace(
            CALM,
            asking=True,
            online=None,
            services=(
                replace(made_up.plainly("whatsapp", "WhatsApp", None), evidence=()),
                replace(made_up.plainly("messenger", "Messenger", None), evidence=()),
            ),
        )
    ),
    "calm": lambda: greeting(CALM),
    "many": lambda: greeting(uneasy.world()),
    "offline": lambda: greeting(made_up.offline(), Whereabouts()),
    "no-tray": lambda: greeting(CALM, Whereabouts("NL", "locale"), tray=False),
    "said": lambda: greeting(CALM, Whereabouts("BR", "said", settled=True)),
    "withheld": lambda: greeting(CALM, Whereabouts(ground="withheld", settled=True)),
    "nothing": lambda: greeting(Snapshot(made_up.NOW, online=True), Whereabouts()),
    "stopped": lambda: greeting(
        Snapshot(made_up.NOW, trouble="Monitoring stopped because of an error.")
    ),
    "refused": refusing,
    "unheard-asking": lambda: unheard(asking=True),
    "unheard-offline": lambda: unheard(SILENT, online=False),
    "unheard-failed": lambda: unheard(SILENT, online=True),
    "small": lambda: narrow(greeting(CALM)),
}


def main() -> None:
    """Run it."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    shoot(app, Path(sys.argv[1]), sys.argv[2:], STATES)


if __name__ == "__main__":
    main()
