"""A world of its own for the tests, and a table of what the ladder said in it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.namespaces import world as worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.terminal import TerminalReporter

    from tests.namespaces.world import Line, World

FOUND = "ladder"
"""The property of a test that goes into the table."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a world that lasts as long as the tests."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    lacking = [it for it in worlds.TOOLS if shutil.which(it, path=worlds.PATH) is None]
    if worlds.OTHER_CLOCK is None:
        lacking.append("libfaketime")
    if lacking:
        pytest.skip(f"not here: {', '.join(lacking)}")
    with worlds.running(tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture
def line(world: World) -> Iterator[Line]:
    """Return a computer on which all is well."""
    with world.line() as plugged:
        yield plugged


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = terminalreporter.getreports("passed")
    found = sorted(
        str(value)
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == FOUND
    )
    if found:
        terminalreporter.write_sep("-", "what the ladder said")
        terminalreporter.write_line("\n".join(found))
