"""The catalog: what a file may say, and what the shipped files do say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from downlight import probes
from downlight.catalog.catalog import Catalog, load
from downlight.catalog.entry import CATEGORIES
from downlight.core.errors import CatalogError
from downlight.core.model import Check, Selection, SourceId
from downlight.core.service import Fact, Function
from downlight.core.settings import DEFAULT_WATCH
from downlight.probes.whatsapp import HOSTS, PAGE_NAME, PORTS
from downlight.sources import registry

if TYPE_CHECKING:
    from collections.abc import Collection

SHIPPED: Final = Path(__file__).parents[2] / "resources" / "catalog"
READABLE: Final = frozenset((*registry.FAMILIES, *probes.FAMILIES))
FAMILIES: Final = frozenset({"statuspage", "meta", "ooni"})

PLAIN: Final = """\
[[service]]
slug = "lamp"
name = "Lamp"
category = "devices"
sources = [{ family = "statuspage", url = "https://status.lamp.example" }]
"""

FULL: Final = """\
[[service]]
slug = "pigeon-post"
name = "Pigeon Post"
category = "messaging"
owner = "Loft"
parent = "loft"
aliases = ["PP", "bird mail"]
page = "https://status.loft.example/pigeons/"
note = "Covers the loft, not the birds."
measured_only = true

[[service.sources]]
family = "meta"
url = "https://status.loft.example/"
options = { orgs = ["pigeons"] }
select = { groups = ["pigeons"], components = ["Coo", "Wing"], regions = ["roof"] }

[[service.sources]]
family = "ooni"
url = "https://api.seen.example"
name = "Seen from abroad"
note = "Hours old."
options = { test = "pigeon" }

[[service.facts]]
topic = "Birds"
text = "Twelve."
source = "https://loft.example/birds"
as_of = "2026-11"

[[service.functions]]
name = "Letters"
tried = ["loft*:80"]
parts = ["Wing"]
limit = "Whether they arrive nobody sees."
"""


def read(folder: Path, *texts: str, only: Collection[str] | None = None) -> Catalog:
    for number, text in enumerate(texts):
        (folder / f"part{number}.toml").write_text(text, encoding="utf-8")
    return load(folder, FAMILIES, only)


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load(SHIPPED, READABLE)


def test_a_full_entry_is_read_to_the_last_word(tmp_path: Path) -> None:
    catalog = read(tmp_path, FULL)
    [service] = catalog.services
    assert not service.own
    assert service.name == "Pigeon Post"
    assert (service.category, service.owner) == ("messaging", "Loft")
    assert (service.parent, service.aliases) == ("loft", ("PP", "bird mail"))
    assert service.page == "https://status.loft.example/pigeons/"
    assert service.note == "Covers the loft, not the birds."
    assert service.measured_only
    assert service.facts == (
        Fact("Birds", "Twelve.", "https://loft.example/birds", "2026-11"),
    )
    assert service.functions == (
        Function(
            "Letters", ("loft*:80",), ("Wing",), "Whether they arrive nobody sees."
        ),
    )
    first, second = service.feeds
    assert first.source == "meta:status.loft.example"
    assert first.selection == Selection(
        frozenset({"pigeons"}), frozenset({"Coo", "Wing"}), frozenset({"roof"})
    )
    assert second.source == "ooni:api.seen.example#pigeon"
    assert second.selection == Selection()
    spec = catalog.sources[second.source]
    assert (spec.name, spec.note) == ("Seen from abroad", "Hours old.")
    assert spec.options == {"test": ("pigeon",)}
    assert spec.url == "https://api.seen.example"


def test_a_source_without_a_name_is_called_after_who_speaks(tmp_path: Path) -> None:
    catalog = read(tmp_path, PLAIN, FULL)
    names = {spec.id: spec.name for spec in catalog.sources.values()}
    assert names[SourceId("statuspage:status.lamp.example")] == "Lamp's status page"
    assert names[SourceId("meta:status.loft.example")] == "Loft's status page"


def test_one_page_named_by_two_services_is_one_source(tmp_path: Path) -> None:
    other = FULL.replace("pigeon-post", "owl-post").replace('["pigeons"]', '["owls"]')
    catalog = read(tmp_path, FULL, other)
    assert len(catalog.services) == 2
    spec = catalog.sources[SourceId("meta:status.loft.example")]
    assert spec.options == {"orgs": ("pigeons", "owls")}


def test_a_slash_at_the_end_is_asked_for_but_makes_no_other_source(
    tmp_path: Path,
) -> None:
    other = FULL.replace("pigeon-post", "owl-post").replace(
        "loft.example/", "loft.example"
    )
    catalog = read(tmp_path, FULL, other)
    assert len(catalog.sources) == 2
    spec = catalog.sources[SourceId("meta:status.loft.example")]
    assert spec.url == "https://status.loft.example/"


def test_the_note_of_a_shared_source_may_stand_in_one_place_only(
    tmp_path: Path,
) -> None:
    other = FULL.replace("pigeon-post", "owl-post").replace('note = "Hours old."\n', "")
    catalog = read(tmp_path, FULL, other)
    assert (
        catalog.sources[SourceId("ooni:api.seen.example#pigeon")].note == "Hours old."
    )


def test_another_path_or_another_word_is_another_source(tmp_path: Path) -> None:
    owls = FULL.replace("pigeon-post", "owl-post").replace('"pigeon"', '"owl"')
    deeper = PLAIN.replace(".example", ".example/deep?down=1")
    catalog = read(tmp_path, FULL, owls, deeper)
    assert set(catalog.sources) == {
        "meta:status.loft.example",
        "ooni:api.seen.example#pigeon",
        "ooni:api.seen.example#owl",
        "statuspage:status.lamp.example/deep?down=1",
    }


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    two = FULL + PLAIN
    broken = "this is not TOML at all ["
    catalog = read(tmp_path, two, broken, only={"lamp", "no-such-thing"})
    assert [service.slug for service in catalog.services] == ["lamp"]
    assert set(catalog.sources) == {"statuspage:status.lamp.example"}


def test_a_slug_in_single_quotes_is_found_as_well(tmp_path: Path) -> None:
    text = PLAIN.replace('"lamp"', "'lamp'")
    assert read(tmp_path, text, only={"lamp"}).service("lamp") is not None


def test_services_come_by_category_and_name(tmp_path: Path) -> None:
    lower = PLAIN.replace("lamp", "bulb").replace("Lamp", "bulb")
    catalog = read(tmp_path, PLAIN, lower, FULL)
    assert [s.name for s in catalog.services] == ["Pigeon Post", "bulb", "Lamp"]


def test_a_service_is_found_by_slug_or_not_at_all(tmp_path: Path) -> None:
    catalog = read(tmp_path, PLAIN)
    found = catalog.service("lamp")
    assert found is not None
    assert found.name == "Lamp"
    assert catalog.service("torch") is None


KIN: Final = 'siblings = ["lamp"]\nalternatives = ["torch", "lamp"]\n'
TORCH: Final = PLAIN.replace("lamp", "torch").replace("Lamp", "Torch")


def test_services_name_their_siblings_and_alternatives(tmp_path: Path) -> None:
    candle = TORCH.replace("torch", "candle").replace("Torch", "Candle")
    found = read(tmp_path, PLAIN, TORCH, candle + KIN)
    service = found.service("candle")
    assert service is not None
    assert service.siblings == ("lamp",)
    assert service.alternatives == ("torch", "lamp")


@pytest.mark.parametrize("key", ["siblings", "alternatives"])
def test_whom_a_service_names_must_exist_and_be_another(
    tmp_path: Path, key: str
) -> None:
    for named in ("torch", "lamp"):
        text = PLAIN + f'{key} = ["{named}"]\n'
        with pytest.raises(CatalogError, match=f"lamp: {key}: '{named}' is no other"):
            read(tmp_path, text)
        # Who is not wanted was not read, so nobody can say.
        assert read(tmp_path, text, only={"lamp"}).service("lamp") is not None


def test_an_entry_that_only_names_a_wanted_one_is_not_read(tmp_path: Path) -> None:
    broken = TORCH.replace('"devices"', "[") + 'siblings = ["lamp"]\n'
    assert len(read(tmp_path, PLAIN, broken, only=["lamp"]).services) == 1


def test_an_option_called_slug_names_no_service(tmp_path: Path) -> None:
    page = 'family = "statuspage"\nurl = "https://status.torch.example"\n'
    options = f'[[service.sources]]\n{page}[service.sources.options]\nslug = "lamp"\n'
    torch = TORCH.split("sources")[0] + options
    assert len(read(tmp_path, PLAIN, torch).services) == 2
    assert len(read(tmp_path, PLAIN, torch, only=["lamp"]).services) == 1


REFUSED: Final = [
    ("not TOML", "[[service", "part0.toml: "),
    ("an unknown table", "[other]", "part0.toml: other: nobody knows"),
    ("no list of services", "service = 1", "part0.toml: service: must be a list"),
    ("a service that is no table", "service = [1]", "service 1: not a table"),
    ("no slug", PLAIN.replace('slug = "lamp"\n', ""), "service 1: slug: missing"),
    ("a slug with spaces", PLAIN.replace('"lamp"', '"the lamp"'), "only a-z"),
    ("a slug in capitals", PLAIN.replace('"lamp"', '"Lamp"'), "only a-z"),
    ("a number for a name", PLAIN.replace('"Lamp"', "5"), "lamp: name: must be a text"),
    ("an empty name", PLAIN.replace('"Lamp"', '" "'), "lamp: name: must be a text"),
    ("no name", PLAIN.replace('name = "Lamp"\n', ""), "lamp: name: missing"),
    ("no category", PLAIN.replace('category = "devices"\n', ""), "category: missing"),
    (
        "an unknown category",
        PLAIN.replace("devices", "furniture"),
        "'furniture' is none",
    ),
    ("an unknown key", PLAIN + "colour = 1\n", "lamp: colour: nobody knows"),
    ("a page over http", PLAIN + 'page = "http://x.example"\n', "not an https"),
    ("a page on a file", PLAIN + 'page = "file:///etc/x"\n', "not an https"),
    ("an empty page", PLAIN + 'page = ""\n', "lamp: page: must be a text"),
    ("a text for a flag", PLAIN + 'measured_only = "yes"\n', "must be true or false"),
    ("a text for aliases", PLAIN + 'aliases = "x"\n', "aliases: must be a list"),
    ("an empty alias", PLAIN + 'aliases = [""]\n', "aliases: must be a list"),
    ("a number as alias", PLAIN + "aliases = [3]\n", "aliases: must be a list"),
    ("no sources", PLAIN.split("sources")[0], "lamp: sources: missing"),
    (
        "sources that are a text",
        PLAIN.split("[{")[0] + '"x"',
        "sources: must be a list",
    ),
    (
        "a source that is a text",
        PLAIN.split("[{")[0] + '["x"]',
        "source 1: not a table",
    ),
    (
        "an unknown family",
        PLAIN.replace("statuspage", "oracle"),
        "nobody reads 'oracle'",
    ),
    ("no family", PLAIN.replace('family = "statuspage", ', ""), "family: missing"),
    (
        "a source over http",
        PLAIN.replace("https", "http"),
        "source 1: url: not an https",
    ),
    (
        "a source on this computer",
        PLAIN.replace("https://status.lamp.example", "http://localhost:3001"),
        "source 1: url: not an https",
    ),
    (
        "a bare port",
        PLAIN.replace("https://status.lamp.example", "tcp://lamp.example:22"),
        "source 1: url: not an https",
    ),
    ("no category of ours", PLAIN.replace("devices", "other"), "'other' is none"),
    ("a user name in the address", PLAIN.replace("//", "//me@"), "not an https"),
    (
        "a fragment in the address",
        PLAIN.replace(".example", ".example/#x"),
        "not an ht",
    ),
    (
        "an unknown key of a source",
        PLAIN.replace(" }]", ", x = 1 }]"),
        "x: nobody knows",
    ),
    (
        "options that are no table",
        PLAIN.replace(" }]", ", options = 1 }]"),
        "not a table",
    ),
    (
        "an option that is a number",
        PLAIN.replace(" }]", ", options = { orgs = 1 } }]"),
        "options: orgs: must be a list",
    ),
    (
        "an unknown selection",
        PLAIN.replace(" }]", ', select = { names = ["x"] } }]'),
        "select: names: nobody knows",
    ),
    ("a selection that is no table", PLAIN.replace(" }]", ", select = 1 }]"), "no"),
    (
        "the same source twice",
        FULL.replace('"ooni"', '"meta"')
        .replace("https://api.seen.example", "https://status.loft.example")
        .replace('test = "pigeon"', 'orgs = ["x"]'),
        "sources: the same source twice",
    ),
    ("a fact without a source", FULL.replace('source = "ht', 'topic2 = "'), "topic2"),
    ("a fact without a date", FULL.replace('as_of = "2026-11"', ""), "as_of: missing"),
    ("a fact with no real date", FULL.replace("2026-11", "2026-13"), "is no date"),
    ("a fact with a day of none", FULL.replace("2026-11", "2026-11-32"), "is no date"),
    ("a fact from http", FULL.replace("https://loft", "http://loft"), "not an https"),
    ("facts that are no list", PLAIN + "facts = 1\n", "facts: must be a list"),
]


@pytest.mark.parametrize(
    ("text", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_it_is_refused_with_file_and_entry(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith("part0.toml: ")
    assert words in str(caught.value)


def test_the_same_slug_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"part1.toml: lamp: slug: .* twice"):
        read(tmp_path, PLAIN, PLAIN)


def test_one_source_under_two_names_is_refused(tmp_path: Path) -> None:
    other = FULL.replace("pigeon-post", "owl-post").replace("Seen from", "Heard from")
    with pytest.raises(CatalogError, match=r"owl-post: .* 'Heard from abroad' here"):
        read(tmp_path, FULL, other)


def test_one_source_with_two_notes_is_refused(tmp_path: Path) -> None:
    other = FULL.replace("pigeon-post", "owl-post").replace("Hours old", "Days old")
    with pytest.raises(CatalogError, match=r"owl-post: .* another note"):
        read(tmp_path, FULL, other)


def test_an_empty_folder_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no catalog files"):
        load(tmp_path, FAMILIES)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogError, match=r"x\.toml: not readable"):
        load(tmp_path, FAMILIES)


# The shipped files.


def test_the_shipped_catalog_knows_many_services(shipped: Catalog) -> None:
    assert len(shipped.services) >= 340
    assert {service.category for service in shipped.services} == set(CATEGORIES)


def test_what_is_watched_by_default_is_in_it() -> None:
    found = load(SHIPPED, READABLE, only=DEFAULT_WATCH)
    assert {service.slug for service in found.services} == set(DEFAULT_WATCH)
    meta = found.sources[SourceId("meta:metastatus.com")]
    assert set(meta.options["orgs"]) == {"whatsapp-business-api", "messenger"}


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("WA", "whatsapp"),
        ("whats app", "whatsapp"),
        ("GH", "github"),
        ("aws", "aws"),
        ("gcp", "google-cloud"),
        ("gmail", "google-workspace"),
        ("chatgpt", "openai"),
        ("fortnite", "epic-games"),
        ("iCloud", "apple"),
        ("grok", "xai"),
        ("facebook messenger", "messenger"),
    ],
)
def test_people_find_services_by_the_words_they_use(
    shipped: Catalog, words: str, slug: str
) -> None:
    assert slug in {service.slug for service in shipped.search(words)}


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        *(("what", "whatsapp"), ("wa", "whatsapp"), ("wapp", "whatsapp")),
        *(("watsap", "whatsapp"), ("gith", "github"), ("gh", "github")),
        *(("aws fra", "aws-eu-central-1"), ("eu-central-1", "aws-eu-central-1")),
        *(("aws", "aws"), ("gcp", "google-cloud"), ("k8s", "civo")),
        *(("outlook", "outlook-com"), ("hotmail", "outlook-com")),
        *(("gmail", "gmail"), ("teams", "microsoft-teams-free")),
        *(("fb", "facebook"), ("insta", "instagram"), ("twitter", "x-twitter")),
        *(("youtub", "youtube"), ("psn", "playstation-network"), ("slakc", "slack")),
        *(("google cloud frankfurt", "google-cloud-europe-west3"), ("zoom", "zoom")),
        *(("sao paulo", "aws-sa-east-1"), ("pay pal", "paypal"), ("npm", "npm")),
    ],
)
def test_the_right_row_is_on_top(shipped: Catalog, words: str, slug: str) -> None:
    assert shipped.search(words)[0].slug == slug


def test_what_is_read_alone_is_what_is_read_with_all(shipped: Catalog) -> None:
    for service in shipped.services[::7]:
        alone = load(SHIPPED, READABLE, only={service.slug})
        assert alone.services == (service,)
        assert set(alone.sources) == {feed.source for feed in service.feeds}


def test_files_are_short_and_their_services_in_order() -> None:
    for file in SHIPPED.glob("*.toml"):
        text = file.read_text("utf-8")
        assert text.count("\n") <= 450, file.name
        names = [entry["name"].casefold() for entry in tomllib.loads(text)["service"]]
        # The whole of AWS stands above its regions.
        assert names[1:] == sorted(names[1:]), file.name


def test_regions_are_parts_of_one_source(shipped: Catalog) -> None:
    for house, least in (("aws", 30), ("google-cloud", 12)):
        regions = [s for s in shipped.services if s.slug.startswith(f"{house}-")]
        whole = shipped.service(house)
        assert whole is not None
        assert len(regions) >= least
        for service in regions:
            [feed] = service.feeds
            assert feed.source == whole.feeds[0].source
            [code] = feed.selection.regions
            assert service.slug == f"{house}-{code}"


def test_no_words_find_everything_and_nonsense_nothing(shipped: Catalog) -> None:
    assert shipped.search("") == shipped.services
    assert shipped.search("qqqzzz") == ()


def test_every_address_is_https(shipped: Catalog) -> None:
    pages = {service.page for service in shipped.services if service.page}
    urls = {spec.url for spec in shipped.sources.values()}
    assert all(address.startswith("https://") for address in pages | urls)


def test_every_feed_has_its_source_and_every_source_can_be_built(
    shipped: Catalog,
) -> None:
    asked = {feed.source for service in shipped.services for feed in service.feeds}
    assert asked == set(shipped.sources)
    for spec in shipped.sources.values():
        ours = spec.family in probes.FAMILIES
        source = probes.build(spec) if ours else registry.build(spec)
        assert source.info.id == spec.id
        assert source.info.name == spec.name
        assert source.info.urls


def test_what_is_asked_is_asked_over_https_and_by_one_source_only(
    shipped: Catalog,
) -> None:
    asked: dict[tuple[str, ...], str] = {}
    for spec in shipped.sources.values():
        ours = spec.family in probes.FAMILIES
        info = (probes.build(spec) if ours else registry.build(spec)).info
        schemes = {url.partition("://")[0] for url in info.urls}
        allowed = {"https", "tcp", "dns"} if ours else {"https"}
        assert schemes <= ({"dns"} if spec.family == "signal" else allowed), spec.id
        for url in info.urls:
            rest = url.partition("://")[2]
            assert "//" not in rest, url
            assert url.isprintable(), url
            assert " " not in url, url
        assert info.page == "" or info.page.startswith("https://"), spec.id
        assert asked.setdefault(info.urls, spec.id) == spec.id


# Written down by hand: what a page's address becomes.
ADDRESSES: Final = {
    "github": "https://www.githubstatus.com/api/v2/summary.json",
    "aws": "https://health.aws.amazon.com/public/currentevents",
    "google-workspace": "https://www.google.com/appsstatus/dashboard/incidents.json",
    "slack": "https://slack-status.com/api/v2.0.0/current",
    "heroku": "https://status.heroku.com/api/v4/current-status",
    "zendesk": "https://status.zendesk.com/api/ssp/incidents.json",
    "paypal": "https://www.paypal-status.com/api/v1/components",
}


@pytest.mark.parametrize(("slug", "address"), ADDRESSES.items())
def test_the_page_of_a_service_is_asked_where_its_data_is(
    shipped: Catalog, slug: str, address: str
) -> None:
    service = shipped.service(slug)
    assert service is not None
    found = registry.build(shipped.sources[service.feeds[0].source])
    assert found.info.urls[0] == address


def test_measured_only_says_the_truth(shipped: Catalog) -> None:
    for service in shipped.services:
        families = {shipped.sources[feed.source].family for feed in service.feeds}
        assert service.measured_only is (families <= {"ooni", *probes.FAMILIES})


def test_whatsapp_is_there_in_full(shipped: Catalog) -> None:
    whatsapp = shipped.service("whatsapp")
    assert whatsapp is not None
    families = [shipped.sources[feed.source].family for feed in whatsapp.feeds]
    assert families == ["meta", "whatsapp-probe", "ooni"]
    assert whatsapp.feeds[0].selection.groups == {"whatsapp-business-api"}
    assert "Business Platform" in whatsapp.note
    assert "no status for the WhatsApp app" in whatsapp.note
    assert len(whatsapp.facts) >= 8
    assert all(fact.source and fact.as_of for fact in whatsapp.facts)
    assert len({fact.topic for fact in whatsapp.facts}) == len(whatsapp.facts)


def test_of_cloudflare_only_named_products_count(shipped: Catalog) -> None:
    cloudflare = shipped.service("cloudflare")
    assert cloudflare is not None
    [feed] = cloudflare.feeds
    assert {"Network", "WARP", "Workers"} <= feed.selection.components
    assert not feed.selection.groups


def test_no_name_stands_twice(shipped: Catalog) -> None:
    names = [service.name.casefold() for service in shipped.services]
    assert len(names) == len(set(names))


def test_a_function_says_what_cannot_be_seen_unless_the_provider_speaks_of_it(
    tmp_path: Path,
) -> None:
    bare = '[[service.functions]]\nname = "Light"\ntried = ["lamp:80"]\n'
    with pytest.raises(CatalogError, match=r"lamp: function 1: limit: missing"):
        read(tmp_path, PLAIN + bare)


def test_what_the_functions_of_whatsapp_are_told_by_is_there(shipped: Catalog) -> None:
    service = shipped.service("whatsapp")
    assert service is not None
    targets = [*(f"{host}:{port}" for host in HOSTS for port in PORTS), PAGE_NAME]
    tried = [
        sum(it.is_served_by(Check(target, None)) for it in service.functions)
        for target in targets
    ]
    assert set(tried) == {1}
    groups = {group for feed in service.feeds for group in feed.selection.groups}
    assert {part for it in service.functions for part in it.parts} == groups


def test_every_limit_of_a_function_is_a_sentence(shipped: Catalog) -> None:
    limits = [it.limit for s in shipped.services for it in s.functions if it.limit]
    assert limits
    assert all(limit.endswith(".") for limit in limits)
