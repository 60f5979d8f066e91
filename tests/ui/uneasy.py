"""Made-up services that are neither well nor plainly down: nothing is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from downlight.core.evidence import abroad, seeing
from downlight.core.evidence.cause import Cause
from downlight.core.evidence.facts import gather
from downlight.core.evidence.judging import conclude
from downlight.core.evidence.lead import Stamps
from downlight.core.evidence.verdict import Evidence
from downlight.core.fusion.gate import Fault, Line, words
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.seen import Moment, Posts
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Place,
    RegionReading,
    ServiceSlug,
    Standing,
)
from downlight.core.news import ServiceView, Snapshot
from downlight.core.result import Result
from tests.ui.made_up import NOW, ago, evidence, info, plainly, report, service, view

if TYPE_CHECKING:
    from datetime import datetime

HOME = "TR"
FINE = Line(reached=3, asked=3)
PORTAL = Line(reached=1, asked=3, portal=True)
PORTAL_WORDS = words(Fault.PORTAL, PORTAL)


def weighed(
    slug: str,
    name: str,
    *found: Evidence,
    line: Line = FINE,
    posts: float = 0.0,
    since: datetime | None = None,
    stamps: Stamps | None = None,
    **more: object,
) -> ServiceView:
    """Return a service of which the evidence has stood as it is for half an hour.

    Args:
        slug: Its own.
        name: Its own.
        found: What the sources say.
        line: What is seen of the own line.
        posts: How many times the usual people write; 0: nobody counts.
        since: Since when the level holds.
        stamps: Who first saw the trouble.
        more: Further fields of the service.
    """
    facts, memory = gather(found, NOW, online=True), Memory()
    judgement = None
    for minute in reversed(range(31)):
        at = ago(minute)
        seen = Moment(
            at,
            line,
            HOME,
            page=seeing.page(found, facts.places, NOW),
            checks=seeing.checks(found, NOW, lambda _: False),
            posts=Posts(at, posts, 1.0, int(4 * posts)) if posts else None,
            countries=abroad.countries(seeing.regional(found, NOW), at, HOME),
            held=True,
        )
        memory, judgement = step(memory, seen)
    assert judgement is not None
    made = service(slug, name, **more)
    verdict = conclude(facts, judgement)
    return ServiceView(made, verdict, found, since, stamps or Stamps())


def page(level: Level | None = Level.OPERATIONAL) -> Evidence:
    """Return what an official page says."""
    source = info("The status page", page="https://status.example.org/")
    return evidence(source, report(source.name, level, NOW - timedelta(seconds=40)))


def own(*, failing: bool, minutes: float = 25) -> Evidence:
    """Return a round of our own checks, that fails on the way or passes."""
    result = Result.TIMEOUT if failing else Result.OK
    checks = tuple(
        Check(
            f"e{n}.chirp.example:443",
            None if failing else timedelta(milliseconds=30 + n),
            "no answer in time" if failing else "",
            result,
        )
        for n in range(1, 4)
    )
    source = info("our own check", "measured")
    told = report(source.name, None if failing else Level.OPERATIONAL, ago(0.3))
    standing = Standing(replace(told, checks=checks))
    return Evidence(source, standing, ago(minutes) if failing else None)


def measured(*, failing: bool) -> Evidence:
    """Return measurements of the person's country and of others, which are fine."""
    source = info("Open measurements", "regional")
    readings = (
        RegionReading(
            Place(HOME, "Turkey"),
            None if failing else Level.OPERATIONAL,
            failing,
            20,
            14 if failing else 0,
            3,
            ago(60),
            sudden=failing,
        ),
        *(
            RegionReading(
                Place(code, name), Level.OPERATIONAL, False, 40, 1, 6, ago(60)
            )
            for code, name in (("BR", "Brazil"), ("ES", "Spain"), ("JP", "Japan"))
        ),
    )
    return evidence(source, report(source.name, None, ago(1), readings=readings))


def early() -> ServiceView:
    """Return a service whose page is green while people write more than usual."""
    return weighed("chirp", "Chirp", page(), own(failing=False), posts=3.5)


def early_unknown() -> ServiceView:
    """Return a service of which nothing is known but that it cannot be reached."""
    return weighed("post", "Post", own(failing=True, minutes=5))


def blocked() -> ServiceView:
    """Return a service that seems to be blocked where the person is."""
    return weighed(
        "wiki",
        "Wiki",
        page(),
        own(failing=True),
        measured(failing=True),
        stamps=Stamps(own=ago(25), regional=ago(18), sign=NOW),
    )


def recovering() -> ServiceView:
    """Return a service in trouble that has not been seen for some minutes."""
    bad = weighed(
        "pigeon",
        "Pigeon",
        page(Level.PARTIAL),
        own(failing=False),
        since=ago(70),
        stamps=Stamps(posts=ago(74), own=ago(72), official=ago(61), sign=ago(6)),
    )
    judgement = bad.verdict.judgement
    assert judgement is not None
    better = replace(judgement, calm_since=ago(6))
    return replace(bad, verdict=replace(bad.verdict, judgement=better))


def your_side() -> ServiceView:
    """Return a service about which a sign-in page lets nothing be said."""
    return weighed("mail", "Mail", page(), own(failing=True), line=PORTAL)


def only_you() -> ServiceView:
    """Return a service that fails from here only, while a lively crowd is calm."""
    return weighed("shop", "Shop", page(), own(failing=True), posts=1.0)


def crowded() -> ServiceView:
    """Return a service of which all kinds of evidence speak, one from elsewhere."""
    return weighed(
        "chatty",
        "Chatty",
        page(Level.MAJOR),
        own(failing=True),
        measured(failing=True),
        posts=40.0,
        since=ago(31),
        stamps=Stamps(ago(38), ago(25), ago(18), ago(12), NOW),
    )


def house() -> tuple[tuple[ServiceView, ...], Cause]:
    """Return three services of one house that are in trouble together."""
    views = tuple(
        view(
            service(slug, name, owner="Meta", parent="meta"),
            evidence(info(f"{name}'s page"), report(slug, Level.MAJOR, ago(1))),
            since=ago(20),
        )
        for slug, name in (
            ("pictures", "Pictures"),
            ("talk", "Talk & More"),
            ("walkie", "Walkie"),
        )
    )
    slugs = tuple(ServiceSlug(it.service.slug) for it in views)
    return views, Cause("meta@", "Meta", slugs, ago(20), (), "meta")


def world(**more: object) -> Snapshot:
    """Return all of them at once, and some that are well."""
    views, cause = house()
    made = Snapshot(
        NOW,
        (
            plainly("calm", "Calm", Level.OPERATIONAL),
            *(early(), early_unknown(), blocked(), recovering(), your_side()),
            *(only_you(), crowded(), *views),
        ),
        online=True,
        causes=(cause,),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields
