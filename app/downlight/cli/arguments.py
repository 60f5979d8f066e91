"""The command line: verbs, options, and a help that teaches."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight import VERSION
from downlight.core.telling.mute import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Verbs: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it

FASTEST: Final = 1e7
"""Beyond it a clock tick is longer than any pause; ``max`` is meant then."""
LEAST_PAUSE: Final = 15
"""Seconds between two questions to one source, at least, in a back-test."""
MOST_SIGHTINGS: Final = 10
DAY: Final = 86_400
"""Seconds in it; no pause is longer."""

ABOUT = """\
A light in the tray that knows what is down: WhatsApp, or anything else you
depend on; for whom, since when, and what to do meanwhile.

Without a verb the light starts; without a screen the same engine reports here.
"""

EXAMPLES = """\
examples:
  downlight                       start the light
  downlight status                one look at what you watch
  downlight status github slack   one look at these
  downlight demo                  play a real outage, with icon and window
  downlight demo --json --speed max | head
  downlight doctor                what works on this machine, and what does not

exit status of "status", as monitoring plug-ins use it:
  0 all well or maintenance   1 troubled   2 partly down or down   3 not known
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the options; ``run`` in them is what to call.

    Raises:
        SystemExit: The words are off, or help was asked for.
    """
    parser = argparse.ArgumentParser(
        prog="downlight",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Downlight {VERSION}")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep settings, journal and log of this run in DIR",
    )
    parser.add_argument(
        "--login",
        action="store_true",
        help="how the desktop starts the light at login: no window, and no hurry "
        "for a tray that comes late",
    )
    parser.set_defaults(run=_later("start", "start"))
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    _add_looks(verbs)
    _add_recordings(verbs)
    _add_choices(verbs)
    _add_silence(verbs)
    verb = verbs.add_parser("doctor", help="say what works here and what does not")
    verb.add_argument(
        "--sources", action="store_true", help="how each watched source is doing"
    )
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("doctor", "run"))
    return parser.parse_args(argv)


def _add_looks(verbs: Verbs) -> None:
    verb = verbs.add_parser("status", help="look once and say what is down")
    _add_slugs(verb)
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("status", "run"))

    verb = verbs.add_parser(
        "me",
        help="is it me? test the line, step by step",
        description="Test the way from this computer to a service and name the first "
        "step that fails, with what to do. Exit status: 0 all well, 1 it is your "
        "own line, 2 it is beyond it, 3 not known.",
    )
    words = "go on to this service; without: the own line only"
    verb.add_argument("slug", nargs="?", metavar="SLUG", help=words)
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("me", "run"))

    verb = verbs.add_parser(
        "when",
        help="was it down on that day?",
        description="Say whether a service was down on a day, as far as anybody "
        "looked; without a day list what is known. Exit status of a day: 0 no outage "
        "seen, 1 troubled, 2 partly down or down, 3 not known.",
    )
    verb.add_argument("slug", metavar="SLUG")
    words = "e.g. 2022-10-25; without: every outage that is known"
    verb.add_argument("day", nargs="?", type=_day, metavar="DATE", help=words)
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("when", "run"))

    verb = verbs.add_parser("maintenance", help="which planned work is to come")
    verb.add_argument("slug", metavar="SLUG")
    words = "write it there as a calendar other programs read"
    verb.add_argument("--ics", type=Path, metavar="FILE", help=words)
    verb.set_defaults(run=_later("maintenance", "run"))

    verb = verbs.add_parser("watch", help="go on looking; one line per event")
    _add_slugs(verb)
    verb.add_argument("--json", action="store_true", help="one JSON line per event")
    verb.set_defaults(run=_later("watch", "run"))

    verb = verbs.add_parser("services", help="list the services Downlight knows")
    verb.add_argument("words", nargs="*", metavar="WORD", help="only those that match")
    verb.set_defaults(run=_later("services", "run"))

    verb = verbs.add_parser(
        "read",
        help="read one answer of a status source and say what it says",
        description="Read a saved answer, or fetch one over https.",
    )
    verb.add_argument("family", metavar="FAMILY", help="e.g. statuspage, slack, rss")
    verb.add_argument("what", metavar="FILE|URL")
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("read", "run"))


def _add_choices(verbs: Verbs) -> None:
    verb = verbs.add_parser(
        "add",
        help="watch a service: by its name in the catalog, or by its address",
        description="Look at a status page, a feed, tcp://host:port or dns://host, "
        "show what is there, and watch it.",
    )
    verb.add_argument("address", metavar="ADDRESS|SLUG")
    verb.add_argument("--name", default="", help="what to call it")
    words = "only this component counts; may be given again"
    verb.add_argument("--part", action="append", default=[], help=words)
    words = "try this form only, e.g. statuspage, gatus, rss"
    verb.add_argument("--family", default="", help=words)
    words = "only check whether the address answers from here"
    verb.add_argument("--check", action="store_true", help=words)
    words = "with --check: a text the answer must hold"
    verb.add_argument("--expect-text", metavar="TEXT", help=words)
    words = "with --check: the HTTP status that is right"
    verb.add_argument("--expect-status", type=int, metavar="CODE", help=words)
    words = "with --check: how often to ask (30 or more)"
    verb.add_argument("--every", type=int, metavar="SECONDS", help=words)
    verb.add_argument("--look", action="store_true", help="show it, add nothing")
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("add", "run"))

    verb = verbs.add_parser("remove", help="watch a service no longer")
    verb.add_argument("slug", metavar="SLUG")
    verb.set_defaults(run=_later("add", "remove"))

    verb = verbs.add_parser("parts", help="list or choose the parts that count")
    verb.add_argument("slug", metavar="SLUG")
    verb.add_argument("part", nargs="*", metavar="PART", help="only these count")
    verb.add_argument("--all", action="store_true", help="all of them count again")
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("parts", "run"))

    verb = verbs.add_parser(
        "country",
        help="say in which country you are",
        description="Trouble in your country is told from trouble elsewhere. Without "
        "a word: say which country counts, and why. A light that is running goes by "
        "a new choice from its next start.",
    )
    words = 'two letters or a name; "auto": as the time zone tells; "none": not said'
    verb.add_argument("choice", nargs="*", metavar="CODE|NAME|auto|none", help=words)
    words = "other countries whose trouble counts, too; with none: no other"
    verb.add_argument("--also", nargs="*", metavar="CODE|NAME", help=words)
    verb.set_defaults(run=_later("country", "run"))

    verb = verbs.add_parser("login", help="start the light when you log in, or not")
    words = "without a word: say whether it starts"
    states = ("on", "off", "status")
    verb.add_argument("state", nargs="?", choices=states, default="status", help=words)
    verb.set_defaults(run=_later("login", "run"))

    verb = verbs.add_parser(
        "hook",
        help="what is done when something changes; preview it, test it",
        description="Hooks stand in hooks.toml beside the settings. Without a word: "
        "list them. preview: show what would be run or sent; test: do it, now, with a "
        "made-up event.",
    )
    verb.add_argument(
        "what", nargs="?", choices=("list", "preview", "test"), default="list"
    )
    verb.add_argument("name", nargs="?", metavar="NAME", help="of the hook")
    verb.set_defaults(run=_later("hook", "run"))

    verb = verbs.add_parser("key", help="keep a token for sources that want one")
    verb.add_argument("name", nargs="?", metavar="NAME", help="without: list them")
    verb.add_argument("--forget", action="store_true", help="throw it away")
    verb.set_defaults(run=_later("key", "run"))


def _add_silence(verbs: Verbs) -> None:
    verb = verbs.add_parser(
        "mute",
        help="tell nothing of a service for a while, or of any",
        description="Without a word: say what is muted. A mute always ends by itself. "
        "A light that is running heeds it from its next news on.",
    )
    verb.add_argument("slug", nargs="?", metavar="SERVICE|all")
    words = "for how long; end: until its outage ends"
    spans = (*map(str, Span), "off")
    verb.add_argument("span", nargs="?", choices=spans, default="1h", help=words)
    verb.set_defaults(run=_later("mute", "run"))

    verb = verbs.add_parser("missed", help="what was told or held back, and why")
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("missed", "run"))


def _add_slugs(verb: argparse.ArgumentParser) -> None:
    words = "which service; your watch list by default"
    verb.add_argument("slugs", nargs="*", metavar="SLUG", help=words)


def _add_recordings(verbs: Verbs) -> None:
    verb = verbs.add_parser("record", help="write what the sources answer to a folder")
    verb.add_argument("folder", type=Path, metavar="DIR")
    verb.add_argument("--service", action="append", default=[], metavar="SLUG")
    verb.set_defaults(run=_later("record", "run"))

    verb = verbs.add_parser("replay", help="play a recording with the same engine")
    verb.add_argument("folder", type=Path, metavar="DIR")
    verb.add_argument("--service", action="append", default=[], metavar="SLUG")
    _add_playing(verb)
    verb.set_defaults(run=_later("replay", "replay"))

    verb = verbs.add_parser(
        "backtest",
        help="when would your own rules have told of a recorded outage?",
        description="Play a recording twice, as fast as possible: by your rules and by "
        "the shipped defaults. Say when each would have told, how late that was, and "
        "what was told wrongly.",
    )
    verb.add_argument("folder", type=Path, metavar="RECORDING")
    words = "sightings in a row before an outage is believed (1 to 10)"
    verb.add_argument("--confirm", type=_count, metavar="N", help=words)
    words = "sightings in a row before its end is believed (1 to 10)"
    verb.add_argument("--confirm-end", type=_count, metavar="N", help=words)
    words = f"ask every source every S seconds ({LEAST_PAUSE} or more)"
    verb.add_argument("--every", type=_pause, metavar="S", help=words)
    words = "only about this service; may be given again"
    verb.add_argument(
        "--service", nargs="+", action="extend", default=[], metavar="SLUG", help=words
    )
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("backtest", "run"))

    verb = verbs.add_parser(
        "scenarios",
        help="hold the rule that weighs against a table of scenarios",
        description="Play each scenario minute by minute and compare what the rule "
        "says with what the table expects.",
    )
    verb.add_argument("table", type=Path, metavar="FILE.tsv")
    words = "only these, by their id"
    verb.add_argument("name", nargs="*", metavar="NAME", help=words)
    words = "print what is said at each minute, and why, instead of comparing"
    verb.add_argument("--minutes", action="store_true", help=words)
    verb.add_argument("--json", action="store_true", help="for machines")
    verb.set_defaults(run=_later("scenarios", "run"))

    verb = verbs.add_parser("demo", help="play a real outage that comes with Downlight")
    verb.add_argument(
        "name", nargs="?", metavar="NAME", help="which one; --list names them"
    )
    verb.add_argument("--list", action="store_true", help="name the recordings")
    _add_playing(verb)
    verb.set_defaults(run=_later("replay", "demo"))


def _add_playing(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--speed",
        type=_speed,
        default=None,
        metavar="N|max",
        help="seconds of then per second of now (default: 60 with a screen, else max)",
    )
    verb.add_argument("--json", action="store_true", help="one JSON line per event")
    verb.add_argument(
        "--until", type=_moment, metavar="T", help="stop at this moment (ISO 8601)"
    )
    words = "print what is said at each minute; with --json a line for each"
    verb.add_argument("--table", action="store_true", help=words)
    words = "with --table: seconds between two looks (default: 60)"
    verb.add_argument("--step", type=_step, default=60, metavar="S", help=words)


def _later(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return what imports a verb's module only when the verb is used."""

    def run(options: argparse.Namespace) -> int:
        verb = import_module(f"downlight.cli.{module}")
        result: int = getattr(verb, function)(options)
        return result

    return run


def _speed(text: str) -> float:
    """Return a speed; infinity for ``max``."""
    if text == "max":
        return float("inf")
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed < FASTEST:
        raise argparse.ArgumentTypeError(f"{text!r}: a number above 0, or max")
    return speed


def _count(text: str) -> int:
    """Return how many sightings are wanted in a row."""
    return _whole(text, 1, MOST_SIGHTINGS, "a number from 1 to 10")


def _pause(text: str) -> int:
    words = f"{LEAST_PAUSE} seconds or more: no server likes to be asked oftener"
    return _whole(text, LEAST_PAUSE, DAY, words)


def _step(text: str) -> int:
    return _whole(text, 1, DAY, "whole seconds, 1 or more")


def _whole(text: str, least: int, most: int, words: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r}: {words}")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = f"{text!r}: a day like 2022-10-25"
        raise argparse.ArgumentTypeError(words) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r}: a moment like 2022-10-25T08:00:00Z"
        ) from None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
