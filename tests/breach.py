"""Break the house's import rules in a copy, one room at a time, and report.

Run by `test_contracts.py` in a process of its own, so that the copy is the only
`downlight` there is:

    python tests/breach.py COPY PYPROJECT < cases.json > outcomes.json

`COPY` holds the package; a case is [module, lines]: the module to add to, and the
lines to add (an empty module adds nothing). An outcome is what import-linter printed.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path


def lint(pyproject: str) -> str:
    """Return what import-linter says about every contract."""
    from importlinter.application.output import console
    from importlinter.application.use_cases import lint_imports

    with contextlib.redirect_stdout(io.StringIO()) as said:
        console.file = said
        passed = lint_imports(pyproject, cache_dir=None, no_logo=True)
    return f"{'KEPT' if passed else 'FAILED'}\n{said.getvalue()}"


@contextlib.contextmanager
def breach(copy: Path, module: str, lines: str) -> Iterator[None]:
    """Add the offending lines to `module`, which may be a new one, for a while."""
    if not module:
        yield
        return
    place = copy.joinpath(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    before = file.read_bytes() if file.exists() else None
    with file.open("a", encoding="utf-8") as end:
        end.write(f"\n{lines}\n")
    yield
    if before is None:
        file.unlink()
    else:
        file.write_bytes(before)


def main(copy: str, pyproject: str) -> None:
    """Try every case and print the outcomes."""
    sys.path[0] = copy
    from importlinter import configuration

    configuration.configure()
    outcomes = []
    for module, lines in json.load(sys.stdin):
        with breach(Path(copy), module, lines):
            outcomes.append(lint(pyproject))
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
