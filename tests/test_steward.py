"""What a person asks for in the window is done, kept, and survives a refusal."""

from __future__ import annotations

import asyncio
import sys
import threading
from dataclasses import replace
from queue import Queue
from typing import TYPE_CHECKING, Any

import pytest

from downlight import wiring
from downlight.core.addition import Addition, Found
from downlight.core.errors import DownlightError
from downlight.core.history.past import Past
from downlight.core.level import Level
from downlight.core.model import Component, Report, ServiceSlug, SourceId
from downlight.core.places.home import Whereabouts
from downlight.core.service import Feed, Service
from downlight.core.source import SourceSpec
from downlight.core.telling.mute import Mute, Span
from downlight.steward import Bystander, Steward
from tests.ui.made_up import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from downlight.core.ports import Source
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.wishes import Silence as SilenceWishes
    from downlight.engine.engine import Plan

ACME = ServiceSlug("acme")
SPEC = SourceSpec(
    SourceId("statuspage:acme"), "statuspage", "Acme's page", "http://127.0.0.1:9"
)
PARTS = (
    Component("1", "Mail", Level.OPERATIONAL),
    Component("2", "Chat", Level.OPERATIONAL),
)


class Engine:
    """Notes what it is to watch; asks at once, of a network that is not there."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.refreshed = 0
        self.home = ""
        self.also: tuple[str, ...] = ()

    def refresh(self) -> None:
        self.refreshed += 1

    def settle_home(self, country: str, also: tuple[str, ...] = ()) -> None:
        self.home, self.also = country, also

    def adopt(self, plan: Plan) -> None:
        self.plans.append(plan)

    def look_at(
        self, detect: Callable[[Any], Any], tell: Callable[[Any], None]
    ) -> None:
        try:
            tell(asyncio.run(detect(None)))
        except DownlightError as error:
            tell(error)

    @property
    def watched(self) -> list[str]:
        return [str(service.slug) for service in self.plans[-1].services]


class Straight:
    """A bridge to where one stands already."""

    def carry(self, tell: Callable[[Any], None]) -> Callable[[Any], None]:
        return tell


class Stage:
    """A steward with an empty folder."""

    def __init__(self, folder: Path, kind: type[Steward] = Steward) -> None:
        self.folder = folder
        self.engine = Engine()
        self.complaints: list[str] = []
        self.known = 0
        self.heard: list[Any] = []
        home = wiring.choose(wiring.open_home(folder), ("github",))  # type: ignore[arg-type]  # a plain word
        self.steward = kind(home, Straight(), self.complaints.append, self.know)  # type: ignore[arg-type]  # what is used of a bridge
        self.steward.engine = self.engine  # type: ignore[assignment]  # what is used of an engine
        self.steward.last = self.last

    def know(self) -> None:
        self.known += 1

    def last(self, source: Source) -> Report | None:
        return Report(source.info.id, NOW, Level.OPERATIONAL, components=PARTS)

    @property
    def kept(self) -> wiring.Home:
        """What a new run would find."""
        return wiring.open_home(self.folder)


def found(slug: str = "acme") -> Found:
    service = Service(ServiceSlug(slug), "Acme", "other", (Feed(SPEC.id),), own=True)
    return Found(Addition(service, (SPEC,)), Report(SPEC.id, NOW, components=PARTS))


def test_what_is_added_is_watched_at_once_and_from_then_on(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.add(found(), ("Mail",))
    assert stage.engine.watched == ["github", "acme"]
    [feed] = stage.engine.plans[-1].services[-1].feeds
    assert feed.selection.components == {"Mail"}
    assert stage.steward.chosen_parts(ACME) == ("Mail",)
    assert stage.kept.settings.watch == ("github", "acme")
    assert stage.known == 1
    stage.steward.remove(ACME)
    assert stage.engine.watched == ["github"]
    assert stage.kept.own.services == ()
    assert stage.steward.chosen_parts(ACME) == ()


def test_what_cannot_be_kept_is_refused_and_nothing_is_watched(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    (tmp_path / "services.toml").mkdir()
    with pytest.raises(DownlightError):
        stage.steward.add(found())
    assert stage.engine.plans == []
    assert stage.known == 1
    with pytest.raises(DownlightError):
        stage.steward.remove(ServiceSlug("atlantis"))


def test_a_broken_file_of_own_services_takes_nothing_away(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.add(found())
    (tmp_path / "services.toml").write_text("[[service", "utf-8")
    with pytest.raises(DownlightError):
        stage.steward.add(found("other"))
    assert stage.steward.home.own.service(ACME) is not None


def test_a_service_that_cannot_be_asked_keeps_no_other_from_being_added(
    tmp_path: Path,
) -> None:
    stage = Stage(tmp_path)
    (tmp_path / "services.toml").write_text(
        """[[service]]
slug = "odd"
name = "Odd"
category = "other"
sources = [{ family = "tcp-check", url = "tcp://a.example:99999" }]
""",
        encoding="utf-8",
    )
    odd = ServiceSlug("odd")
    stage.steward.home = wiring.choose(stage.steward.home, (odd,))
    stage.steward.add(found())
    assert stage.engine.watched == ["acme"]
    assert stage.kept.settings.watch == (odd, ACME)


def test_the_parts_of_a_service_come_from_what_is_known_of_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.add(found())
    stage.steward.choose_parts(ACME, ("Chat",))
    assert stage.engine.plans[-1].services[-1].feeds[0].selection.components == {"Chat"}
    stage.steward.parts_of(ACME, stage.heard.append)
    assert [[part.name for part in parts] for parts in stage.heard] == [
        ["Mail", "Chat"]
    ]


def test_an_address_that_cannot_be_looked_at_is_explained(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.look_at("tcp://no-port", stage.heard.append)
    [error] = stage.heard
    assert isinstance(error, DownlightError)


def test_without_an_engine_nobody_is_asked_and_that_is_said(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.engine = None
    stage.steward.refresh()
    stage.steward.watch((ACME,))
    stage.steward.look_at("acme.example", stage.heard.append)
    assert stage.heard[0].words == "Not looked at. Monitoring is not running."
    stage.steward.choose_parts(ServiceSlug("github"), ("Mail",))
    assert stage.kept.settings.parts == {"github": ("Mail",)}


def test_a_choice_that_cannot_be_kept_holds_for_this_run(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    settings = stage.steward.home.places.settings
    settings.unlink()
    settings.mkdir()
    stage.steward.watch((ServiceSlug("github"), ServiceSlug("whatsapp")))
    assert stage.engine.watched == ["github", "whatsapp"]
    [words] = stage.complaints
    assert words.startswith("Your choice holds until you quit: ")
    settings.rmdir()
    stage.steward.choose_parts(ServiceSlug("github"), ("Git Operations",))
    assert stage.engine.watched == ["github", "whatsapp"]
    stage.steward.refresh()
    assert stage.engine.refreshed == 1


def test_a_country_is_kept_and_nobody_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Istanbul")
    stage = Stage(tmp_path)
    assert stage.steward.whereabouts() == Whereabouts("TR", "zone")
    stage.steward.settle_country("ES")
    assert stage.steward.whereabouts() == Whereabouts("ES", "said", settled=True)
    assert stage.kept.settings.country == "ES"
    assert stage.kept.settings.watch == ("github",)
    stage.steward.settle_country("none")
    assert stage.kept.settings.country == "none"
    assert stage.complaints == []


def test_a_country_that_cannot_be_kept_counts_for_this_run(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    settings = stage.steward.home.places.settings
    settings.unlink()
    settings.mkdir()
    stage.steward.settle_country("ES")
    assert stage.steward.whereabouts().code == "ES"
    [words] = stage.complaints
    assert words.startswith("Your country counts until you quit: ")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a Linux desktop")
def test_starting_at_login_is_switched_on_and_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    steward = Stage(tmp_path).steward
    entry = tmp_path / "config" / "autostart" / "downlight.desktop"
    for on in (True, False):
        assert steward.starts_at_login() is not on
        steward.start_at_login(on=on)
        assert steward.starts_at_login() is on
        assert entry.exists() is on


class Silence:
    """A courier that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def mute(self, slug: ServiceSlug | None, span: Span) -> None:
        self.asked.append(("mute", slug, span))

    def unmute(self, slug: ServiceSlug | None) -> None:
        self.asked.append(("unmute", slug))

    def tell_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        self.asked.append(("once", slug, wanted))

    def muted(self) -> dict[ServiceSlug, Mute]:
        return {ACME: Mute(NOW)}


def test_silence_is_asked_of_the_courier_if_there_is_one(tmp_path: Path) -> None:
    stage, courier = Stage(tmp_path), Silence()
    silence: SilenceWishes = stage.steward

    def ask() -> None:
        silence.mute(ACME, Span.HOUR)
        silence.unmute(None)
        silence.tell_once(ACME)

    ask()
    assert silence.muted() == {}
    stage.steward.courier = courier  # type: ignore[assignment]  # what is used of a courier
    ask()
    assert courier.asked == [
        ("mute", ACME, Span.HOUR),
        ("unmute", None),
        ("once", ACME, True),
    ]
    assert set(silence.muted()) == {ACME}


def test_a_ladder_that_cannot_be_climbed_is_explained(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    settings = replace(stage.steward.home.settings, proxy="socks5://127.0.0.1:9")
    stage.steward.home = replace(stage.steward.home, settings=settings)
    steps: list[Step] = []
    told: list[Climb | DownlightError] = []
    stage.steward.climb(ServiceSlug("whatsapp"), steps.append, told.append)
    [error] = told
    assert isinstance(error, DownlightError)
    assert error.title == "Not tested"
    assert steps == []


def test_a_replay_climbs_no_ladder(tmp_path: Path) -> None:
    told: list[Climb | DownlightError] = []
    stage = Stage(tmp_path, Bystander)
    stage.steward.climb(ServiceSlug("whatsapp"), print, told.append)
    [error] = told
    assert isinstance(error, DownlightError)
    assert error.title == "This is a replay"


def test_a_replay_asks_nobody_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Istanbul")
    stage = Stage(tmp_path, Bystander)
    assert stage.steward.whereabouts() == Whereabouts("TR", "zone", settled=True)
    stage.steward.settle_country("ES")
    assert stage.kept.settings.country == ""


def test_a_replay_changes_nothing_and_says_so(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Bystander)
    before = stage.kept.settings
    stage.steward.watch((ACME,))
    stage.steward.look_at("acme.example", stage.heard.append)
    stage.steward.parts_of(ACME, stage.heard.append)
    for act in (
        lambda: stage.steward.add(found()),
        lambda: stage.steward.remove(ACME),
        lambda: stage.steward.choose_parts(ACME, ()),
        lambda: stage.steward.start_at_login(on=True),
    ):
        with pytest.raises(DownlightError) as error:
            act()
        stage.heard.append(error.value)
    assert {error.words for error in stage.heard} == {
        "This is a replay. It changes nothing and asks nobody."
    }
    assert stage.steward.chosen_parts(ACME) == ()
    assert stage.engine.plans == []
    assert stage.kept.settings == before


def test_the_past_is_made_ready_on_another_thread_and_told(tmp_path: Path) -> None:
    stage, told, where = Stage(tmp_path), Queue[Any](), []

    def ready(past: Past) -> str:
        where.append(threading.current_thread())
        return past.service.name

    stage.steward.past(ServiceSlug("whatsapp"), ready, told.put)
    assert told.get(timeout=20) == "WhatsApp"
    assert where != [threading.current_thread()]


def test_a_past_that_is_known_is_not_looked_up_but_made_ready(tmp_path: Path) -> None:
    known = Past(found().addition.service, NOW)
    for kind in (Steward, Bystander):
        told = Queue[Any]()
        steward = Stage(tmp_path, kind).steward
        steward.past(ServiceSlug("atlantis"), lambda past: past, told.put, known)
        assert told.get(timeout=20) is known


def test_the_past_of_what_nobody_knows_is_not_known(tmp_path: Path) -> None:
    for kind in (Steward, Bystander):
        told = Queue[Any]()
        Stage(tmp_path, kind).steward.past(ServiceSlug("atlantis"), str, told.put)
        error = told.get(timeout=20)
        assert isinstance(error, DownlightError)
        assert error.title == "Nothing is known"


def test_pages_are_asked_for_the_past_where_they_list_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.steward.backfill(ServiceSlug("imessage"), stage.heard.append)
    assert stage.heard == [False]


def test_a_replay_tells_its_own_past_and_asks_nobody(tmp_path: Path) -> None:
    stage, told = Stage(tmp_path, Bystander), Queue[Any]()
    assert isinstance(stage.steward, Bystander)
    known = Past(found().addition.service, NOW)
    stage.steward.told_of = {ACME: known}.get
    stage.steward.past(ACME, lambda past: past, told.put)
    assert told.get(timeout=20) is known
    stage.steward.backfill(ACME, stage.heard.append)
    assert stage.heard == [False]
