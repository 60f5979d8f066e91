"""What the picker says about an address a person pasted. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from downlight.core.speech import ENGLISH, language, mark, number, tr
from downlight.core.text import cut, listed
from downlight.ui.kit.look import Look
from downlight.ui.now.families import family_words
from downlight.ui.views import LOOK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from downlight.core.addition import Found
    from downlight.core.errors import DownlightError
    from downlight.core.service import Service

SCHEMES: Final = frozenset({"http", "https", "tcp", "dns"})
"""What an address may begin with that we can look at."""
SHORTEST_END: Final = 2
"""Letters of the shortest last part of a host's name."""
LONGEST_NAME: Final = 44
"""Longest address repeated on a button, in characters."""
INCIDENTS_NAMED: Final = 3
"""More open incidents than this are counted, not named."""
_TRYING: Final = mark("Trying {address} …")
_LOOKING: Final = mark("Looking at {address} …")
_ADDED: Final = mark("{name}: you have added it before, and ticked.")
_SHIPPED: Final = mark("{name}: it is in the catalog, and ticked.")

Act: TypeAlias = Literal["look", "add", "parts", "check", "page"]
"""Look at it; watch it; choose its parts; only check it; open it in a browser."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands under the search field while an address is in it."""

    title: str
    text: str = ""
    look: Look | None = None
    """The mark before ``word``."""
    word: str = ""
    name: str = ""
    """What it will be called, to be changed; empty while there is nothing to name."""
    acts: tuple[tuple[Act, str], ...] = ()
    """The ways on, and what their buttons say; the first is the usual one."""


def address_in(words: str) -> str:
    """Return the address a person typed; empty when it looks like a plain word."""
    text = words.strip()
    if not text or any(letter.isspace() for letter in text):
        return ""
    scheme, mark, rest = text.partition("://")
    if mark:
        return text if scheme.casefold() in SCHEMES and rest else ""
    host = text.partition("/")[0].partition(":")[0]
    labels = host.split(".")
    is_name = bool(labels[1:]) and all(labels) and len(labels[-1]) >= SHORTEST_END
    return text if is_name else ""


def is_called(services: Iterable[Service], words: str) -> bool:
    """Whether a service has exactly this name: "Booking.com" is no address."""
    wanted = words.strip().casefold()
    return any(
        wanted == name.casefold()
        for service in services
        for name in (service.name, service.slug, *service.aliases)
    )


def page_of(address: str) -> str:
    """Return what a browser can be given for an address; empty when nothing."""
    scheme = urlsplit(address).scheme if "://" in address else "https"
    if scheme.casefold() != "https":
        return ""
    return address if "://" in address else f"https://{address}"


def offered(address: str) -> Panel:
    """Return the offer to look at an address."""
    return Panel(
        title=tr("This looks like an address."),
        text=tr("A status page, a feed, or anything else on the web can be watched."),
        acts=(("look", tr("Look at {address}", address=_short(address))),),
    )


def busy(address: str, *, check: bool = False) -> Panel:
    """Return what is said while it is looked at."""
    doing = _TRYING if check else _LOOKING
    return Panel(
        title=tr(doing, address=_short(address)),
        text=tr("This may take up to a minute. Typing on gives it up."),
    )


def found_panel(found: Found, parts: int = 0, *, known: bool = False) -> Panel:
    """Return what was found at an address.

    Args:
        found: It.
        parts: How many of its parts were chosen to count; 0 for all.
        known: Whether it stands in the list anyway.
    """
    service, report = found.addition.service, found.report
    look = Look.of(report.level)
    lines = [*_open(found), *_parts(found, parts), *found.notes]
    if known:
        title = tr(_ADDED if service.own else _SHIPPED, name=service.name)
        lines = [*_open(found)]
        return Panel(title, "\n".join(lines), look, tr(LOOK_WORDS[look]))
    families = dict.fromkeys(spec.family for spec in found.addition.sources)
    kinds = listed([family_words(family) for family in families])
    acts: list[tuple[Act, str]] = [("add", tr("Add and watch"))]
    if report.components[1:]:
        acts.append(("parts", tr("Choose parts …")))
    word = _check_word(found) or tr(LOOK_WORDS[look])
    return Panel(
        title=tr("Read as {form}.", form=kinds),
        text="\n".join(lines),
        look=look,
        word=tr("Now: {word}", word=word),
        name=service.name,
        acts=tuple(acts),
    )


def failed_panel(address: str, error: DownlightError, *, check: bool = False) -> Panel:
    """Return why nothing could be read, and what else can be done.

    Args:
        address: Where.
        error: What went wrong.
        check: Whether only an answer was asked for.
    """
    acts: list[tuple[Act, str]] = []
    if not check:
        acts.append(("check", tr("Watch whether it answers from here")))
    if page_of(address):
        acts.append(("page", tr("Open the page")))
    trouble = tr(error.title)
    if language() == ENGLISH:  # others begin a sentence with a capital there
        trouble = f"{trouble[:1].lower()}{trouble[1:]}"
    return Panel(f"{_short(address)}: {trouble}.", tr(error.hint), acts=tuple(acts))


def nothing_words(words: str) -> str:
    """Return what to do when nothing in the catalog matches."""
    if not words.strip():
        return tr("The catalog is empty.")
    return tr(
        "Nothing in the catalog matches “{words}”.\n"
        "Paste the address of its status page or feed here.",
        words=words.strip(),
    )


def parts_words(count: int, total: int) -> str:
    """Return how many parts count, of so many; at least one does."""
    return tr("{n} of {total} parts count.", n=number(count), total=number(total))


def found_by(service: Service, words: str) -> str:
    """Return the other name or the owner found by; empty when by its own name."""
    name = service.name.casefold()
    asked = [word for word in words.casefold().split() if word not in name]
    whole = " ".join(words.casefold().split())
    fits = [a for a in service.aliases if any(w in a.casefold() for w in asked)]
    owner = service.owner
    by_owner = owner if any(word in owner.casefold() for word in asked) else ""
    return min(fits, key=lambda a: (a.casefold() != whole, len(a)), default=by_owner)


def _short(address: str) -> str:
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return cut(bare, LONGEST_NAME)


def _check_word(found: Found) -> str:
    checks = found.report.checks
    if not checks:
        return ""
    if found.report.is_silent:
        return tr("it does not answer from here")
    if any(check.trouble for check in checks):
        return tr("it answers, but not as it should")
    return tr("it answers from here")


def _open(found: Found) -> Iterator[str]:
    titles = [incident.title for incident in found.report.open_incidents]
    if titles:
        more = len(titles) - INCIDENTS_NAMED
        named = "; ".join(titles[:INCIDENTS_NAMED])
        if more > 0:
            named = tr("{titles}; and {n} more", titles=named, n=number(more))
        yield tr("Going on: {titles}.", titles=named)


def _parts(found: Found, chosen: int) -> Iterator[str]:
    count = len(found.report.components)
    if chosen:
        yield parts_words(chosen, count)
    elif count > 1:
        yield tr("{n} parts; all of them count.", n=number(count))
