r"""Run one command in a desktop of its own, to look at the program by hand.

From the checkout, with any Python from 3.11 on::

    python3 tests/desktop --panel lxqt --notify xfce -- \
        sh -c 'python -m downlight demo --speed 60 & sleep 20; scrot seen.png'

The command's home is empty and goes with the desktop. The exit status is the
command's, 70 if the desktop did not come up.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path
from typing import get_args


def main() -> int:
    """Build the box, run the command, return its exit status."""
    sys.path[0] = str(Path(__file__).parents[2])
    from tests.desktop.session import BoxError, Desktop, NotifyName, PanelName

    summary, _, story = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python3 tests/desktop",
        description=summary,
        epilog=story,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--panel", choices=get_args(PanelName), default="xfce")
    parser.add_argument("--notify", choices=get_args(NotifyName), default="dunst")
    parser.add_argument("--no-secret", action="store_true")
    parser.add_argument("--size", default="1280x800", metavar="WxH")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    wish = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with Desktop(
            panel=wish.panel,
            notify=wish.notify,
            secret=not wish.no_secret,
            size=wish.size,
        ) as box:
            return subprocess.run(wish.command, env=box.environ, check=False).returncode
    except (BoxError, OSError) as error:
        sys.stderr.write(f"The desktop did not come up: {error}\n")
        return 70
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
