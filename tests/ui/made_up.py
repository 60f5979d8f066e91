"""A made-up world for looking at the window and for testing it: nothing is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from downlight.core.addition import Addition, Found
from downlight.core.errors import Unreachable, Unreadable
from downlight.core.evidence import abroad, seeing
from downlight.core.evidence.facts import gather
from downlight.core.evidence.judging import conclude
from downlight.core.evidence.verdict import Evidence, Verdict
from downlight.core.fusion.gate import Line
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.seen import Moment
from downlight.core.health import Health
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Failure,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Place,
    RegionReading,
    Report,
    ServiceSlug,
    SourceId,
    Standing,
    Update,
)
from downlight.core.news import ServiceView, Snapshot
from downlight.core.schedule import Cadence
from downlight.core.service import Fact, Feed, Function, Service
from downlight.core.source import SourceInfo, SourceSpec
from downlight.core.text import plain

NOW = datetime(2026, 3, 4, 15, 14, 40, tzinfo=UTC)

HOSTILE = (
    '<img src=x onerror="alert(1)"><b>bold</b> &amp; <a href="javascript:x">go</a>'
    "<script>steal()</script> \u202eevil"
)
LONG = (
    "https://status.example.org/incidents/a-very-long-address-without-any-space-that-"
    "has-to-break-somewhere-or-it-would-be-cut-off-at-the-edge-of-the-window"
)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def service(slug: str, name: str, **more: object) -> Service:
    made = Service(ServiceSlug(slug), name, "messaging", (Feed(SourceId(slug)),))
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def info(name: str, kind: str = "official", **more: object) -> SourceInfo:
    cadence = Cadence(timedelta(minutes=1))
    made = SourceInfo(SourceId(name), name, "statuspage", kind, cadence)
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def report(name: str, level: Level | None, at: datetime, **more: object) -> Report:
    made = Report(SourceId(name), at, level)
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def evidence(
    source: SourceInfo, told: Report | None, failure: Failure | None = None
) -> Evidence:
    due = NOW + timedelta(seconds=48)
    return Evidence(source, Standing(told, failure, 1 if failure else 0, due))


def judged(*found: Evidence, online: bool = True) -> Verdict:
    """Return what is believed of evidence that stands as it is since a minute ago."""
    line = Line(reached=2, asked=2) if online else Line(asked=2, literal=False)
    facts = gather(found, NOW, online=online)
    seen = Moment(
        ago(1),
        line,
        page=seeing.page(found, facts.places, NOW),
        checks=seeing.checks(found, NOW, lambda _: False),
        countries=abroad.countries(seeing.regional(found, NOW), NOW, ""),
        held=True,
    )
    memory, _ = step(Memory(), seen)
    _, judgement = step(memory, replace(seen, now=NOW))
    return conclude(facts, judgement)


def view(
    made: Service, *found: Evidence, since: datetime | None = None, online: bool = True
) -> ServiceView:
    return ServiceView(made, judged(*found, online=online), found, since)


def plainly(slug: str, name: str, level: Level | None, **more: object) -> ServiceView:
    """Return a service of which only the level is known."""
    source = info(f"{name}'s status page", page="https://status.example.org/")
    told = report(source.name, level, NOW - timedelta(seconds=32))
    return view(service(slug, name, **more), evidence(source, told))


UNSEEN_ARRIVALS = "Whether messages arrive cannot be seen from outside."
BRAZIL, SPAIN = Place("BR", "Brazil"), Place("ES", "Spain")


def chatter() -> ServiceView:
    """Return a service in the middle of an outage, told by three sources."""
    incident = Incident(
        id="i1",
        title="Messages are not delivered",
        level=Level.PARTIAL,
        phase=Phase.IDENTIFIED,
        open=True,
        started_at=ago(72),
        updates=(
            Update(
                ago(4), "A fix is being rolled out, region by region.", Phase.IDENTIFIED
            ),
            Update(
                ago(31),
                "The cause is a faulty configuration of our message "
                "routers. Messages that were sent are kept and will be delivered "
                "once the routers are back.",
                Phase.IDENTIFIED,
            ),
            Update(
                ago(58),
                "We see that many people cannot send or receive messages. "
                "Calls are affected as well.",
                Phase.INVESTIGATING,
            ),
            Update(
                ago(70), "We are looking into reports of problems.", Phase.INVESTIGATING
            ),
        ),
        places=(BRAZIL, SPAIN),
        url="https://status.example.org/i1",
    )
    past = Incident(
        "i0",
        "Slow media uploads",
        Level.DEGRADED,
        Phase.RESOLVED,
        open=False,
        started_at=ago(5000),
        ended_at=ago(4873),
    )
    official = info(
        "Chatter's status page",
        page="https://status.example.org/",
        note="Covers the business platform; ordinary users only by inference.",
        verified=False,
    )
    own, regional = info("From here", "measured"), info("Open measurements", "regional")
    parts = (
        Component("1", "Messages", Level.PARTIAL, group="App"),
        Component("2", "Calls", Level.DEGRADED, group="App"),
        Component("3", "Media", Level.OPERATIONAL, group="App"),
        Component("4", "Web", Level.OPERATIONAL, group="Desktop and web"),
        Component("5", "Business interface", None, group="Business", raw="wobbly"),
        Component("6", "Registration", Level.OPERATIONAL),
    )
    readings = tuple(
        RegionReading(Place(code, name), level, blocked, n, bad)
        for code, name, level, blocked, n, bad in (
            ("BR", "Brazil", Level.PARTIAL, False, 412, 380),
            ("ES", "Spain", Level.DEGRADED, False, 97, 41),
            ("IR", "Iran", None, True, 640, 633),
            ("AQ", "Antarctica", None, False, 2, 1),
            *(
                (f"X{i}", f"Country {i}", Level.OPERATIONAL, False, 90 + i, i % 3)
                for i in range(30)
            ),
        )
    )
    checks = tuple(
        Check(f"e{n}.chatter.example:443", timedelta(milliseconds=31 + 3 * n))
        if n not in {3, 9}
        else Check(f"e{n}.chatter.example:443", None, "no answer in time")
        for n in range(1, 17)
    )
    facts = (
        Fact("Owner", "Chatter Incorporated", "https://example.org/about", "2025-11"),
        Fact(
            "People who use it",
            "Two thousand million a month, by its own count.",
            "annual report",
            "2025",
        ),
        Fact("Encryption", "End to end, on by default.", "white paper", "2024-04-05"),
    )
    functions = (
        Function("Messages", ("e*.chatter.example:*",), (), UNSEEN_ARRIVALS),
        Function("Photos and videos", (), ("Media",)),
        Function("Calls", limit="Only a call would tell, and Downlight makes none."),
        Function("Web", ("web.chatter.example",), (), "Whether it links is not seen."),
        Function("Business API", (), ("Business", "Calls", "Messages")),
    )
    made = service(
        "chatter",
        "Chatter",
        functions=functions,
        owner="Chattercorp",
        facts=facts,
        page="https://status.example.org/",
        aliases=("ch",),
        note="The official page speaks about the business platform first.",
    )
    return view(
        made,
        evidence(
            official,
            report(
                official.name,
                Level.PARTIAL,
                NOW - timedelta(seconds=40),
                headline="Partial system outage",
                components=parts,
                incidents=(incident, past),
            ),
        ),
        evidence(
            own,
            report(
                own.name, Level.OPERATIONAL, NOW - timedelta(seconds=12), checks=checks
            ),
        ),
        evidence(regional, report(regional.name, None, ago(11), readings=readings)),
        since=ago(70),
    )


def chatter_before() -> ServiceView:
    """Return the same service half an hour ago, while our own checks passed."""
    now = chatter()
    page, own, regional = now.evidence
    told, tried = page.standing.report, own.standing.report
    assert told is not None
    assert tried is not None
    first, *rest = told.incidents
    incidents = (replace(first, updates=first.updates[1:]), *rest)
    fine = tuple(
        replace(check, took=timedelta(milliseconds=30), trouble="")
        for check in tried.checks
    )
    return view(
        now.service,
        evidence(page.info, replace(told, incidents=incidents)),
        evidence(own.info, replace(tried, checks=fine)),
        regional,
        since=now.since,
    )


def cloud() -> ServiceView:
    """Return a service with sixty parts, two stories at once and planned work."""
    source = info("Nimbus dashboard", page="https://cloud.example.org/")
    parts = tuple(
        Component(
            str(n),
            f"Part number {n} of the cloud",
            Level.MAJOR
            if n == 7
            else Level.MAINTENANCE
            if n == 8
            else Level.OPERATIONAL,
            group=("Europe", "Asia", "America")[n % 3],
        )
        for n in range(60)
    )
    first = Incident(
        "a",
        plain(HOSTILE) + " " + LONG,
        Level.MAJOR,
        Phase.INVESTIGATING,
        open=True,
        started_at=ago(25),
        updates=(
            Update(ago(3), plain(HOSTILE) + "\n" + LONG, Phase.MONITORING),
            Update(
                ago(20),
                "İstanbul, ığüşöç. مرحبا بالعالم. 日本語のテキスト。 🙂👩‍👩‍👧",
                Phase.INVESTIGATING,
            ),
        ),
        places=tuple(Place(f"eu-{n}", f"eu-west-{n}") for n in range(9)),
    )
    second = Incident(
        "b",
        "Slow dashboards",
        Level.DEGRADED,
        None,
        open=True,
        started_at=ago(2000),
        updates=(Update(ago(1900), "Some dashboards load slowly."),),
    )
    works = (
        Maintenance(
            "m",
            "Database upgrade in Asia",
            MaintenanceState.IN_PROGRESS,
            ago(30),
            NOW + timedelta(hours=2),
            (Update(ago(30), "Short interruptions are possible."),),
        ),
        Maintenance(
            "n",
            "Move of the archive",
            MaintenanceState.SCHEDULED,
            NOW + timedelta(days=3),
            NOW + timedelta(days=3, hours=4),
        ),
    )
    told = report(
        source.name,
        Level.MAJOR,
        ago(1),
        components=parts,
        incidents=(first, second),
        maintenances=works,
    )
    made = service("nimbus", "Nimbus Cloud Platform for Very Long Names Incorporated")
    return view(made, evidence(source, told), since=ago(25))


TOWNS = (
    *("Frankfurt, Germany - (FRA)", "Paris, France - (CDG)", "Madrid, Spain - (MAD)"),
    *("London, United Kingdom - (LHR)", "Vienna, Austria - (VIE)", "Rome, Italy"),
    *("Tokyo, Japan - (NRT)", "Seoul, South Korea - (ICN)", "Mumbai, India - (BOM)"),
    *("Singapore, Singapore - (SIN)", "Osaka, Japan - (KIX)", "Bangkok, Thailand"),
    *("Sydney, Australia - (SYD)", "Perth, Australia - (PER)"),
    *("Chicago, IL, United States - (ORD)", "Toronto, ON, Canada - (YYZ)"),
    *("São Paulo, Brazil - (GRU)", "Lima, Peru - (LIM)", "Lagos, Nigeria - (LOS)"),
)

COUNTRIES_OF_TOWNS = (
    *("DE", "FR", "ES", "GB", "AT", "IT", "JP", "KR", "IN", "SG"),
    *("JP", "TH", "AU", "AU", "US", "CA", "BR", "PE", "NG"),
)


def network() -> ServiceView:
    """Return a service with many places, a choice of parts and all kinds of sources."""
    towns = tuple(
        Component(
            f"t{n}",
            name,
            {3: Level.PARTIAL, 6: None, 13: Level.MAINTENANCE}.get(
                n, Level.OPERATIONAL
            ),
            group="Points of presence",
            place=Place(f"T{n}", name.split(",")[0], (COUNTRIES_OF_TOWNS[n],)),
        )
        for n, name in enumerate(TOWNS)
    )
    more = tuple(
        Component(
            f"m{n}",
            f"Town {n}, Germany",
            Level.OPERATIONAL,
            place=Place(f"M{n}", f"Town {n}", ("DE",)),
        )
        for n in range(40)
    )
    parts = (
        Component("p1", "Dashboard", Level.OPERATIONAL, group="Products"),
        Component(
            "p2",
            "API (eu-west-1)",
            Level.DEGRADED,
            group="Products",
            place=Place("eu-west-1", "Ireland", ("IE",)),
        ),
        Component("p3", "DNS", Level.OPERATIONAL, group="Products"),
        *towns,
        *more,
    )
    page = info("Meshwork's status page", page="https://mesh.example.org/")
    crowd = info("Posts about Meshwork", "people", note="Public posts with #meshwork.")
    others = info("Downlookers", "aggregator", verified=False)
    moved = info("Meshwork's feed")
    told = report(page.name, Level.PARTIAL, ago(0.7), components=parts)
    posts = report(
        crowd.name, None, ago(2), mentions=tuple(ago(5 * n) for n in range(30))
    )
    health = Health(
        NOW.date(), 288, 1_430_000, 280, 263, "", answered=NOW - timedelta(seconds=42)
    )
    failure = Failure(moved.id, ago(1), Unreachable("no", "dns"))
    due = NOW + timedelta(seconds=48)
    return view(
        service("mesh", "Meshwork", page="https://mesh.example.org/"),
        Evidence(page, Standing(told, due=due, health=health)),
        Evidence(crowd, Standing(posts, due=due, health=replace(health, received=812))),
        Evidence(others, Standing(report(others.name, Level.DEGRADED, ago(3)))),
        Evidence(
            moved,
            Standing(
                report(moved.name, Level.OPERATIONAL, ago(190)),
                failure,
                7,
                due,
                replace(
                    health, moved="https://status.meshwork.example/feed", answers=0
                ),
                ago(170),
            ),
        ),
    )


def wrong() -> ServiceView:
    """Return a service of which a check is answered, but not as it should be."""
    own = info("our own check of Parcel", "measured")
    check = Check(
        "https://parcel.example/", timedelta(milliseconds=84), "Answered with HTTP 503"
    )
    told = report(own.name, Level.DEGRADED, ago(1), checks=(check,))
    return view(service("parcel", "Parcel", own=True), evidence(own, told))


def found(level: Level | None = Level.PARTIAL, **more: object) -> Found:
    """Return what stands at the address of a page nobody knows."""
    made = service("acme", "Acme", category="other", own=True)
    spec = SourceSpec(SourceId("acme"), "statuspage", "Acme's status page")
    incident = Incident(
        "i", "Mail is late", level, Phase.IDENTIFIED, open=True, started_at=ago(30)
    )
    parts = tuple(
        Component(str(n), name, level if name == "Mail" else Level.OPERATIONAL, group)
        for n, (name, group) in enumerate(
            (
                ("Mail", "Office"),
                ("Calendar", "Office"),
                ("Chat", "Office"),
                ("Interface", "For programs"),
                ("Website", None),
            )
        )
    )
    told = report("acme", level, NOW, components=parts, incidents=(incident,))
    notes = ("The page has moved here from www.acme.example.",)
    made_found = Found(Addition(made, (spec,)), told, notes)
    return replace(made_found, **more)  # type: ignore[arg-type]  # a table of fields


def known(service: Service) -> Found:
    """Return what stands at the address of a service of the catalog."""
    specs = tuple(SourceSpec(f.source, "statuspage", "Its page") for f in service.feeds)
    told = report(service.slug, Level.OPERATIONAL, NOW)
    return Found(Addition(service, specs), told)


FIRST = (
    *("Atlas", "Beacon", "Comet", "Dune", "Echo"),
    *("Fjord", "Grove", "Harbour", "Iris", "Juniper"),
)
SECOND = (
    *("mail", "pay", "desk", "cast", "line", "works", "base", "field", "forge"),
    *("point", "stack", "grid", "gate", "loop", "wave", "link", "path", "port"),
    *("room", "scope", "shift", "sync", "tide", "vault", "view", "ware", "yard"),
    *("zone", "hub"),
)


def many() -> tuple[Service, ...]:
    """Return three hundred services with regions, aliases and owners."""
    towns = ("Frankfurt", "Ireland", "Ohio", "Tokyo", "Paris", "Oregon")
    named = (
        service("whatsapp", "WhatsApp", aliases=("WA", "wapp"), owner="Meta"),
        service("github", "GitHub", aliases=("GH",), category="code hosting"),
        service("gitlab", "GitLab", category="code hosting"),
        *(
            service(
                f"aws-{town.lower()}",
                f"AWS {town}",
                category="cloud",
                owner="Amazon",
                aliases=("Amazon Web Services",),
            )
            for town in towns
        ),
        service("net-mail", "Net.Mail"),
        service("acme-mail", "Acme Mail", category="other", own=True),
        service(
            "longest",
            "The Association for the Advancement of Very Long Names, Incorporated",
            category="developer tools",
            own=True,
        ),
    )
    rest = (
        service(
            f"made-up-{n}",
            f"{first}{second}",
            category=("hosting", "payments", "mail", "play")[n % 4],
            aliases=(f"{second} {first}", first[:2]),
            owner=f"{first} Limited",
        )
        for n, (first, second) in enumerate(product(FIRST, SECOND))
    )
    return (*named, *rest)


def silent() -> ServiceView:
    """Return a service whose sources do not answer."""
    source = info("Hushmail's status page")
    failure = Failure(source.id, ago(1), Unreachable("no", "timeout"))
    old = report(source.name, Level.OPERATIONAL, ago(200))
    return view(service("hush", "Hush"), evidence(source, old, failure))


def unreadable() -> ServiceView:
    """Return a service that never gave an answer we could read."""
    source = info("Rune's status page", note="A page in an odd form.")
    failure = Failure(source.id, ago(1), Unreadable("what"))
    return view(service("rune", "Rune"), evidence(source, None, failure))


def unreached() -> ServiceView:
    """Return a service our own check cannot reach, though its page is green."""
    source, own = info("Post's status page"), info("From here", "measured")
    checks = tuple(Check(f"mail{n}.post.example:993", None, "refused") for n in (1, 2))
    told = report(source.name, Level.OPERATIONAL, ago(0.5))
    tried = Evidence(
        own,
        Standing(report(own.name, None, ago(0.2), checks=checks)),
        failing_since=ago(18),
    )
    return view(service("post", "Post"), evidence(source, told), tried, since=ago(8))


def world(**more: object) -> Snapshot:
    """Return all levels at once."""
    made = Snapshot(
        NOW,
        services=(
            plainly("calm", "Calm", Level.OPERATIONAL),
            plainly("works", "Gündüz İşleri", Level.MAINTENANCE),
            chatter(),
            cloud(),
            silent(),
            unreadable(),
            unreached(),
            plainly("slow", "Snail", Level.DEGRADED),
            plainly("rtl", "مرحبا بالعالم", Level.OPERATIONAL),
            plainly("cjk", "日本語サービス", Level.OPERATIONAL),
            plainly("emoji", "Party 🎉 line & <b>Co</b>", Level.OPERATIONAL),
        ),
        online=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def offline() -> Snapshot:
    """Return the same world seen without a connection."""
    views = tuple(
        ServiceView(v.service, judged(*v.evidence, online=False), v.evidence)
        for v in world().services[:4]
    )
    return Snapshot(NOW, views, online=False)


def catalog() -> tuple[Service, ...]:
    """Return the services one may choose from."""
    made = [v.service for v in world().services]
    names = (
        "Atlas",
        "Beacon",
        "Comet",
        "Dune",
        "Echo",
        "Fjord",
        "Grove",
        "Harbour",
        "Iris",
        "Juniper",
        "Kelp",
        "Lagoon",
        "Meadow",
        "Nova",
        "Orchid",
        "Pine",
    )
    for number, name in enumerate(names):
        category = ("hosting", "payments", "mail", "developer tools")[number % 4]
        made.append(
            service(name.lower(), name, category=category, aliases=(f"{name} app",))
        )
    return tuple(made)
