"""A small world behind the wall of a network namespace, and lines into it.

Real servers from Debian: nginx answers for every place, dnsmasq for every name. Each
test gets a computer of its own, a second namespace, with a cable into the world and
the home router at its other end. Faults are laid on that end with iptables. Neither
namespace has a way to any other network: what is asked in one is answered in the
other, or not at all.

The servers are started in their own way, as daemons, and are listening when the
command that starts them returns: nothing has to be waited for.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.namespaces import papers

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS: Final = ("ip", "iptables", "ip6tables", "nginx", "dnsmasq")
OTHER_CLOCK: Final = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
"""Of Debian's libfaketime. Its command waits for daemons to end, so it is loaded by
hand."""
PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

# 198.18.0.0/15 is for tests (RFC 2544). 192.88.99.0/24 is nobody's any more (RFC 7526)
# but counts as public, as the servers of a service must.
RESOLVER: Final = "198.18.0.53"
TRAP: Final = "198.18.0.66"
"""Where a lying name server leads."""
BLOCKED: Final = "10.10.34.34"
"""Where a name server leads that hides a name: nowhere."""
SIX: Final = "2001:db8::1"
NUMBERS: Final = ("198.18.0.1", "198.18.0.2")
PLACES: Final = {f"place{n}.example": f"198.18.0.{10 + n}" for n in range(1, 6)}
SENTINELS: Final = {f"check{n}.example": f"198.18.0.{30 + n}" for n in (1, 2)}
KNOWN: Final = {f"known{n}.example": f"198.18.0.{40 + n}" for n in (1, 2, 3)}
SERVICE: Final = {
    **{f"e{n}.whatsapp.net": f"192.88.99.{n}" for n in range(1, 17)},
    "web.whatsapp.com": "192.88.99.20",
}
SERVICE_NET: Final = "192.88.99.0/24"
OTHERS: Final = {**PLACES, **SENTINELS, **KNOWN}
BODY: Final = "the world is here"

LOOKS: Final = 2000
"""How often is looked for what the kernel does in its own time; a look takes some
milliseconds."""
LIAR, CENSOR = 5301, 5302
"""Ports of the name servers that do not tell the truth."""
READER, PORTAL = 8443, 8080
"""Ports of who opens secure connections, and of the log-in page."""
LATER, LATER_TLS = 8180, 8543
"""Ports of the world as it will be after `AHEAD`."""
AHEAD: Final = timedelta(days=400)

REFERENCES: Final = "\n".join(
    (
        f'[[resolver]]\nowner = "World"\naddress = "{RESOLVER}"',
        *(f'[[name]]\nhost = "{it}"\naddresses = ["{KNOWN[it]}"]' for it in KNOWN),
        *(
            f'[[sentinel]]\nowner = "{it}"\nhost = "{it}"\npath = "/check.txt"\n'
            f'body = "{BODY}"'
            for it in SENTINELS
        ),
        *(
            f'[[reference]]\nowner = "{it}"\nhost = "{it}"'
            for it in (*NUMBERS, *PLACES, SIX)
        ),
    )
)
"""The table of a person in this world."""

NGINX: Final = """
pid {folder}/pid;
error_log {folder}/errors.log;
user root;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off;
    default_type text/plain;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
}}
"""
NOW: Final = """
    server {{
        listen 80; listen [::]:80; listen 5222;
        listen 443 ssl; listen [::]:443 ssl;
        ssl_certificate {world}; ssl_certificate_key {world};
        location / {{ return 200 "{body}\\n"; }}
    }}
    server {{
        listen {reader} ssl; listen {trap}:443 ssl; listen {trap}:80;
        ssl_certificate {stranger}; ssl_certificate_key {stranger};
        location / {{ return 200 "This name is for sale."; }}
    }}
    server {{
        listen {portal};
        location / {{ return 302 http://login.example/; }}
    }}
"""
THEN: Final = """
    server {{
        listen {later}; listen {later_tls} ssl;
        ssl_certificate {world}; ssl_certificate_key {world};
        location / {{ return 200 "{body}\n"; }}
    }}
"""


class Unable(Exception):
    """A command that sets the world up has failed."""


def run(*command: str) -> str:
    """Run a command that is over at once; return what it printed.

    Raises:
        Unable: It failed.
    """
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=10,
        env=os.environ | {"PATH": PATH},
    )
    if done.returncode:
        raise Unable(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


@contextmanager
def namespace(name: str) -> Iterator[str]:
    """Make a network namespace; kill what runs in it and take it away in the end."""
    run("ip", "netns", "add", name)
    try:
        run("ip", "-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        for pid in run("ip", "netns", "pids", name).split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        run("ip", "netns", "delete", name)


@dataclass(frozen=True)
class Line:
    """A computer, and the router at the other end of its cable."""

    computer: str
    """Its namespace."""
    world: str
    """The router's."""
    cable: str
    """The router's end."""
    number: int

    @property
    def router(self) -> str:
        return f"10.7.{self.number}.1"

    def _rule(self, chain: str, *rule: str, table: str = "filter") -> None:
        side = "-o" if chain == "OUTPUT" else "-i"
        where = ("-t", table, "-A", chain, side, self.cable)
        command = ("iptables", "--wait", "10", *where, *rule)
        run("ip", "netns", "exec", self.world, *command)

    def drop(self, *which: str) -> None:
        """Let what the computer sends vanish."""
        self._rule("INPUT", *which, "-j", "DROP")

    def reset(self, *which: str) -> None:
        """Break connections off in the name of who was meant."""
        tcp = ("-p", "tcp", *which, "-j", "REJECT", "--reject-with", "tcp-reset")
        self._rule("INPUT", *tcp)

    def divert(self, port: int, *which: str) -> None:
        """Let another port of the router answer, whoever was meant."""
        to = ("-j", "REDIRECT", "--to-ports", str(port))
        self._rule("PREROUTING", *which, *to, table="nat")

    def lose(self, share: float) -> None:
        """Lose a share of all packets, either way."""
        chance = ("-m", "statistic", "--mode", "random", "--probability", str(share))
        for chain in ("INPUT", "OUTPUT"):
            self._rule(chain, *chance, "-j", "DROP")

    def ask_instead(self, port: int) -> None:
        """Let the router's name server be another one."""
        for kind in ("udp", "tcp"):
            self.divert(port, "-d", self.router, "-p", kind, "--dport", "53")

    def unplug(self) -> None:
        """Pull the cable at the router."""
        run("ip", "-n", self.world, "link", "set", self.cable, "down")
        self.await_state("DOWN")

    def await_state(self, word: str) -> None:
        """Wait until the computer has noticed what was done to its cable.

        The kernel tells it in its own time, within a second.
        """
        shown = ""
        for _ in range(LOOKS):
            shown = run("ip", "-n", self.computer, "link", "show", "eth0")
            if re.search(rf"state \w*{word}\b", shown):
                return
        raise Unable(f"{self.computer} has not noticed: {shown}")

    def add_ipv6(self, *, broken: bool = False) -> None:
        """Give the computer an address of IPv6 and a way out, which may be a lie."""
        net = f"fd07:0:0:{self.number}"
        ends = ((self.world, self.cable, 1), (self.computer, "eth0", 2))
        for name, device, end in ends:
            address = (f"{net}::{end}/64", "dev", device, "nodad")
            run("ip", "-n", name, "-6", "addr", "add", *address)
        way = ("default", "via", f"{net}::1")
        run("ip", "-n", self.computer, "-6", "route", "add", *way)
        if broken:
            rule = ("-A", "INPUT", "-i", self.cable, "-p", "tcp", "-j", "DROP")
            run("ip", "netns", "exec", self.world, "ip6tables", "--wait", "10", *rule)


@dataclass(frozen=True)
class World:
    """The world, while it lasts."""

    name: str
    """Its namespace."""
    trusted: Path
    """The certificates by which its servers are known."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Plug one more computer in, on which all is well."""
        number = next(self.numbers)
        name, cable = f"{self.name}-{number}", f"cable{number}"
        line = Line(name, self.name, cable, number)
        with ExitStack() as stack:
            stack.enter_context(namespace(name))
            stack.enter_context(_settings(name, line.router))
            ends = (cable, "type", "veth", "peer", "name", "eth0", "netns", name)
            run("ip", "-n", self.name, "link", "add", *ends)
            # The kernel takes a cable away some time after its namespace.
            stack.callback(run, "ip", "-n", self.name, "link", "delete", cable)
            for end, device, host in ((self.name, cable, 1), (name, "eth0", 2)):
                address = (f"10.7.{number}.{host}/24", "dev", device)
                run("ip", "-n", end, "addr", "add", *address)
                run("ip", "-n", end, "link", "set", device, "up")
            run("ip", "-n", name, "route", "add", "default", "via", line.router)
            line.await_state("UP")
            yield line


@contextmanager
def _settings(name: str, router: str) -> Iterator[None]:
    """Write the files of /etc that `ip netns exec` puts in the place of the system's.

    Without the second the system might look names up by a service outside.
    """
    folder = Path("/etc/netns", name)
    was_there = folder.parent.exists()
    folder.mkdir(parents=True)
    try:
        (folder / "resolv.conf").write_text(f"nameserver {router}\n", "ascii")
        (folder / "nsswitch.conf").write_text("hosts: files dns\n", "ascii")
        yield
    finally:
        shutil.rmtree(folder)
        if not was_there:
            with suppress(OSError):  # other tests may have theirs in it
                folder.parent.rmdir()


@contextmanager
def running(folder: Path) -> Iterator[World]:
    """Let a world begin, and end."""
    hosts = {*NUMBERS, *OTHERS, *OTHERS.values(), *SERVICE, *SERVICE.values(), SIX}
    authority, server = papers.issue(folder, "world", sorted(hosts))
    later_authority, later = papers.issue(folder, "later", sorted(hosts), AHEAD)
    _, stranger = papers.issue(folder, "stranger", sorted(hosts))
    trusted = folder / "trusted.pem"
    trusted.write_bytes(authority.read_bytes() + later_authority.read_bytes())
    now = NOW.format(
        world=server,
        stranger=stranger,
        body=BODY,
        reader=READER,
        portal=PORTAL,
        trap=TRAP,
    )
    then = THEN.format(world=later, body=BODY, later=LATER, later_tls=LATER_TLS)
    with ExitStack() as stack:
        name = stack.enter_context(namespace(f"downlight-{os.getpid()}"))
        numbers = {*NUMBERS, RESOLVER, TRAP, *OTHERS.values(), *SERVICE.values()}
        for number in sorted(numbers):
            run("ip", "-n", name, "addr", "add", f"{number}/32", "dev", "lo")
        run("ip", "-n", name, "-6", "addr", "add", f"{SIX}/128", "dev", "lo", "nodad")
        everyone = _records(OTHERS | SERVICE)
        _name_server(name, folder, 53, *everyone, "--local=/#/")
        _name_server(name, folder, LIAR, f"--address=/#/{TRAP}")
        hidden = (f"--address=/{it}/{BLOCKED}" for it in SERVICE)
        _name_server(name, folder, CENSOR, *_records(OTHERS), *hidden, "--local=/#/")
        _web_server(name, folder / "now", now)
        clock = (f"LD_PRELOAD={OTHER_CLOCK}", f"FAKETIME=+{AHEAD.days}d")
        _web_server(name, folder / "then", then, "env", *clock)
        yield World(name, trusted)


def _records(hosts: dict[str, str]) -> list[str]:
    return [f"--host-record={name},{number}" for name, number in hosts.items()]


def _web_server(name: str, folder: Path, servers: str, *clock: str) -> None:
    folder.mkdir()
    file = folder / "conf"
    file.write_text(NGINX.format(folder=folder, servers=servers), "utf-8")
    command = (*clock, "nginx", "-p", str(folder), "-c", str(file), "-e", "stderr")
    run("ip", "netns", "exec", name, *command)


def _name_server(name: str, folder: Path, port: int, *records: str) -> None:
    run(
        *("ip", "netns", "exec", name, "dnsmasq", "--conf-file=/dev/null"),
        *("--no-resolv", "--no-hosts", "--user=root", f"--port={port}"),
        *(f"--pid-file={folder}/dnsmasq-{port}.pid", *records),
    )
