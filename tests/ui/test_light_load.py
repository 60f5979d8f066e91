"""What the light loads before anything else is there, in a Python of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LIGHT = """
import sys
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from downlight import main

main._unhook_import()
app = QApplication([])
light = main.Light()
light.show()
"""
NEWS = """
from tests.ui.made_up import world

light.draw(world())
light.set_style("dark")
assert light.view.lines
"""
HEAVY = (
    *("asyncio", "sqlite3", "httpx", "ssl", "rich", "email", "tomllib"),
    *("downlight.wiring", "downlight.steward", "downlight.adding"),
    *("downlight.ui.presenter", "downlight.ui.window", "downlight.core.search"),
    *(
        "downlight.ui.light_view",
        "downlight.ui.now.why_view",
        "downlight.core.evidence.why",
    ),
)


def told(program: str) -> str:
    """Run ``program`` and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_light_never_asks_for_the_costly_namespace() -> None:
    asked = "print('Qt' in vars(QtCore), QtCore.Qt and 'Qt' in vars(QtCore))"
    assert told(LIGHT + NEWS + asked) == "False True"


def test_the_light_comes_before_what_stands_behind_it() -> None:
    assert told(f"{LIGHT}print(sys.modules.keys() & {set(HEAVY)})") == "set()"


def test_no_sources_of_modules_are_kept_in_memory() -> None:
    more = "import linecache, difflib\nprint(difflib.__file__ in linecache.cache)"
    assert told(LIGHT + more) == "False"
    hooked = LIGHT.replace("main._unhook_import()", "")
    assert told(hooked + more) == "True", "PySide mended it: _unhook_import can go"
