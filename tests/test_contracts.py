"""Who may import whom (HOUSE: direction): each forbidden link, tried on a copy."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "app" / "downlight"

SHELVES = ("hosted", "vendors", "regional", "people", "aggregators")
"""Where the families stand; beside them is what they share."""
PARTS = ("ui", "notify", "engine", "sources", "web", "probes", "storage", "catalog")
TOP = (
    "wiring",
    "history",
    "adding",
    "steward",
    "desktop",
    "main",
    "alone",
    "cli",
    "__main__",
)
IMPURE = (
    "asyncio",
    "socket",
    "threading",
    "sqlite3",
    "logging",
    "os",
    "pathlib",
    "time",
    "random",
    "subprocess",
    "PySide6",
    "httpx",
    "keyring",
    "plyer",
    "msgspec",
    "jeepney",
    "rich",
    "defusedxml",
    "platformdirs",
    "truststore",
    "tomlkit",
)

Case = tuple[str, str, str]
"""The contract to ask, the module to write, the line to write into it."""


def inside(part: str) -> str:
    """Return a module that stands in `part` of the copy."""
    shelf = f".{SHELVES[0]}" if part == "sources" else ""  # all beside has its place
    return f"downlight.{part}{shelf}.zz_breach"


def families() -> list[str]:
    """Return every module that reads a format."""
    return sorted(
        f"downlight.sources.{shelf}.{path.stem}"
        for shelf in SHELVES
        for path in (PACKAGE / "sources" / shelf).glob("[a-z]*.py")
    )


def wrong_directions() -> Iterator[Case]:
    """Yield every import that goes sideways or up, and a module without a place."""
    for part in PARTS:
        for other in (*PARTS, *TOP):
            if part != other:
                yield "layers", inside(part), f"import downlight.{other}"
    for above in (*PARTS, *TOP):
        yield "layers", inside("core"), f"import downlight.{above}"
    for low, high in pairwise(TOP):
        yield "layers", f"downlight.{low}", f"import downlight.{high}"
    yield "layers", "downlight.zz_homeless", ""


def foreign_guests() -> Iterator[Case]:
    """Yield every library in a room that is not its own."""
    for library in IMPURE:
        yield "core", inside("core"), f"import {library}"
    for library, (contract, home) in HOMES.items():
        for part in (*PARTS, "core"):
            if part != home:
                yield contract, inside(part), f"import {library}"


def neighbours() -> Iterator[Case]:
    """Yield a new source that imports what another keeps to itself."""
    for family in families():
        yield "sources", inside("sources"), f"import {family}"
        yield "shelf", "downlight.sources.wire", f"import {family}"


HOMES = {
    "PySide6": ("qt", "ui"),
    "httpx": ("http", "only web.door"),
    "keyring": ("keyring", "storage"),
    "plyer": ("plyer", "notify"),
    "sqlite3": ("keyring", "storage"),
}
"""Libraries that live in one room: the contract that says so, and the room."""

LINKS = [*wrong_directions(), *foreign_guests(), *neighbours()]
ALLOWED: list[Case] = [
    ("qt", inside("ui"), "import PySide6.QtWidgets"),
    ("keyring", inside("storage"), "import keyring"),
    ("keyring", inside("storage"), "import sqlite3"),
    ("plyer", inside("notify"), "import plyer"),
    ("sources", inside("sources"), "import downlight.sources.wire"),
    ("core", inside("core"), "import dataclasses, datetime, enum, math, re"),
    *(("layers", inside(part), "import downlight.core") for part in PARTS),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[Case, str]:
    """What import-linter says of the tree as it is, and with each line added."""
    copy = tmp_path_factory.mktemp("copy")
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, copy / "downlight", ignore=skip)
    # One run per room is enough, for it names each link that breaks a contract.
    together: dict[tuple[bool, str], list[Case]] = {}
    for case in (AS_IT_IS, *LINKS, *ALLOWED):
        together.setdefault((case in ALLOWED, case[1]), []).append(case)
    groups = list(together.values())
    runs = [(group[0][1], "\n".join(line for *_, line in group)) for group in groups]
    done = subprocess.run(
        [sys.executable, ROOT / "tests/breach.py", copy, ROOT / "pyproject.toml"],
        input=json.dumps(runs),
        capture_output=True,
        text=True,
        check=True,
    )
    said = zip(groups, json.loads(done.stdout), strict=True)
    return {case: words for group, words in said for case in group}


AS_IT_IS: Case = ("", "", "")


def name(case: object) -> str:
    """Return a short name for one case."""
    contract, module, line = case if isinstance(case, tuple) else ("", "", "")
    return f"{contract}: {module.removeprefix('downlight.')} {line}"


def complaints(said: str, contract: str) -> str:
    """Return what `said` holds about one contract, from its heading to the next."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    titles = {
        rule["id"]: rule["name"] for rule in rules["tool"]["importlinter"]["contracts"]
    }
    title = titles[contract]
    _, _, rest = said.partition(f"\n{title}\n{'-' * len(title)}\n")
    # Long links are broken over two lines.
    return " ".join(re.split(r"\n-{5,}\n", rest)[0].split())


def test_the_tree_keeps_every_contract(outcomes: dict[Case, str]) -> None:
    said = outcomes[AS_IT_IS]
    assert said.startswith("KEPT"), said


@pytest.mark.parametrize("case", LINKS, ids=name)
def test_a_forbidden_link_breaks_its_contract(
    case: Case, outcomes: dict[Case, str]
) -> None:
    said = outcomes[case]
    assert said.startswith("FAILED"), said
    contract, module, line = case
    link = f"{module} -> {line.removeprefix('import ')}" if line else "zz_homeless"
    assert link in complaints(said, contract), said


@pytest.mark.parametrize("case", ALLOWED, ids=name)
def test_an_allowed_link_breaks_nothing(case: Case, outcomes: dict[Case, str]) -> None:
    said = outcomes[case]
    assert "zz_breach" not in said, said
    assert "Contracts:" in said, said


@pytest.mark.parametrize(
    "file", sorted((PACKAGE / "core").rglob("*.py")), ids=lambda file: file.stem
)
def test_core_reads_no_clock_and_touches_no_file(file: Path) -> None:
    calls = [
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
    ]
    assert not {"now", "utcnow", "today", "open", "print", "input"} & set(calls)
