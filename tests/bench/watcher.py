"""Watches made-up services on a terminal: ``watcher.py COUNT PORTS``.

Half of the pages change with each poll, half never do. With each line it hears it
asks everyone, and says so when all have answered.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[:0] = [str(root), str(root / "app")]

from downlight.cli import watch  # noqa: F401 - what the verb itself has in memory
from downlight.cli.sinks import Latest, Printer
from tests.bench.poller import Watching


async def main() -> None:
    """Watch until the input ends."""
    count, *ports = map(int, sys.argv[1:])
    loop = asyncio.get_running_loop()
    watching = Watching(
        count, ports, (Latest(lambda _: None), Printer(json=True, out=sys.stderr))
    )
    while await loop.run_in_executor(None, sys.stdin.readline):
        await watching.ask()
        print("asked", flush=True)
    await watching.end()


if __name__ == "__main__":
    asyncio.run(main())
