"""A person's own services: read, added and removed without losing a word."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.catalog.catalog import Catalog, merge
from downlight.catalog.own import add, free_slug, load, remove
from downlight.catalog.writing import alone
from downlight.catalog.writing import replace as put
from downlight.core.addition import Addition
from downlight.core.errors import CatalogError, StorageError
from downlight.core.model import Selection, ServiceSlug, SourceId
from downlight.core.service import Fact, Feed, Service
from downlight.core.source import SourceSpec

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES: Final = frozenset({"statuspage", "http-check", "tcp-check", "dns-check"})

FILE: Final = """\
# My machines.

# The one in the attic.
[[service]]
slug = "attic"
name = "Attic"   # creaks
category = "devices"
sources = [{ family = "http-check", url = "http://localhost:8080/up" }]

# The one in the cellar.
[[service]]
slug = "cellar"
name = "Cellar"
category = "other"
note = '''
# damp
'''
# its port
[[service.sources]]
family = "tcp-check"
url = "tcp://cellar.home:22"

# That is all.
"""


def addition(slug: str = "acme", **changes: str) -> Addition:
    url = changes.get("url", "https://status.acme.example")
    family = changes.get("family", "statuspage")
    source = SourceId(f"{family}:x")
    service = Service(
        ServiceSlug(slug),
        changes.get("name", "Acme"),
        changes.get("category", "other"),
        (Feed(source),),
        own=True,
    )
    return Addition(service, (SourceSpec(source, family, "Acme's page", url),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "services.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def slugs(path: Path) -> list[str]:
    return [str(s.slug) for s in load(path, FAMILIES).services]


def test_no_file_is_no_services(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml", FAMILIES) == Catalog()


def test_what_a_person_wrote_is_read_and_marked_as_his(path: Path) -> None:
    catalog = load(path, FAMILIES)
    assert [(s.slug, s.own) for s in catalog.services] == [
        ("attic", True),
        ("cellar", True),
    ]
    assert {spec.url for spec in catalog.sources.values()} == {
        "http://localhost:8080/up",
        "tcp://cellar.home:22",
    }


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:3001", "http://[::1]:9/x", "http://localhost"),
        *("tcp://db.acme.example:5432", "tcp://[2001:db8::1]:22", "dns://acme.example"),
    ],
)
def test_this_computer_ports_and_names_may_be_watched(path: Path, url: str) -> None:
    add(path, addition(url=url))
    assert url in {spec.url for spec in load(path, FAMILIES).sources.values()}


@pytest.mark.parametrize(
    "url",
    [
        *("http://acme.example", "http://127.0.0.1.acme.example", "http://localhost.x"),
        *("ftp://acme.example", "file:///etc/passwd", "tcp://acme.example", ""),
        *("http://me@localhost", "dns://", "https://acme.example/#x"),
    ],
)
def test_other_addresses_are_refused_before_anything_is_written(
    path: Path, url: str
) -> None:
    with pytest.raises(CatalogError, match=r"services\.toml: acme: .*url: "):
        add(path, addition(url=url))
    assert path.read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"tcp-check"', '"telepathy"', r"services\.toml, line 11: cellar: .*telepathy"),
        ('"Attic" ', '"Attic', r"services\.toml: .* line 6"),
        ('slug = "cellar"', 'slug = "attic"', r"line 11: attic: slug: .*twice"),
        ("http://localhost", "http://far.example", r"line 4: attic: .*not an https"),
        ('"other"', '"cellars"', r"line 11: cellar: category"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_lost(
    path: Path, old: str, new: str, words: str
) -> None:
    broken = FILE.replace(old, new)
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(CatalogError, match=words):
        load(path, FAMILIES)
    assert path.read_text("utf-8") == broken


def test_entries_in_another_form_are_read_too(path: Path) -> None:
    path.write_text(
        'service = [{slug = "a", name = "A", category = "other", sources = '
        '[{family = "nobody", url = "https://a.example"}]}]',
        encoding="utf-8",
    )
    with pytest.raises(CatalogError, match=r"^services\.toml: a: source 1: family"):
        load(path, FAMILIES)
    assert load(path, {"nobody"}).service("a") is not None


def test_bytes_that_are_no_text_and_folders_are_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    for what in (path, path.parent):
        with pytest.raises(CatalogError, match="not readable"):
            load(what, FAMILIES)
    with pytest.raises(CatalogError, match="not readable"):
        add(path, addition())
    assert path.read_bytes() == b"\xff\xfe\x00"


def test_two_services_may_name_one_source_differently(path: Path) -> None:
    first, second = addition("one"), addition("two")
    renamed = replace(second.sources[0], name="Another name")
    add(path, first)
    add(path, Addition(second.service, (renamed,)))
    sources = load(path, FAMILIES).sources
    assert sources[SourceId("statuspage:status.acme.example")].name == "Acme's page"


def test_what_is_added_is_read_back_to_the_last_word(tmp_path: Path) -> None:
    page, port = SourceId("a"), SourceId("b")
    parts = Selection(components=frozenset({"Web, 1", "API"}), every=True)
    service = Service(
        ServiceSlug("acme"),
        'Acme "Ltd" \\ é \u2028 \x7f',
        "other",
        (Feed(page, parts), Feed(port)),
        owner="The owner",
        aliases=("AC", "ac me"),
        page="https://status.acme.example",
        note="Two\nlines",
        parent="house",
        siblings=(ServiceSlug("attic"),),
        alternatives=(ServiceSlug("cellar"), ServiceSlug("attic")),
        own=True,
        facts=(Fact("Age", "Old", "me", "2026-11"),),
        measured_only=True,
    )
    specs = (
        SourceSpec(page, "statuspage", "The page", "https://status.acme.example"),
        SourceSpec(
            port,
            "tcp-check",
            "The port",
            "tcp://acme.example:22",
            {"tls": ("yes",), "any thing": ("a", "b")},
            "A note",
        ),
        SourceSpec(SourceId("c"), "dns-check", "Unused", "dns://acme.example"),
    )
    path = tmp_path / "deep" / "er" / "services.toml"
    add(path, Addition(service, specs))
    catalog = load(path, FAMILIES)
    [found] = catalog.services
    assert replace(found, feeds=()) == replace(service, feeds=())
    assert [f.selection for f in found.feeds][:2] == [
        f.selection for f in service.feeds
    ]
    kept = [catalog.sources[feed.source] for feed in found.feeds]
    assert [replace(spec, id=page) for spec in kept] == [
        replace(spec, id=page) for spec in specs
    ]
    assert path.read_text("utf-8").startswith("# Services you added")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_adding_leaves_every_word_of_the_file(path: Path) -> None:
    add(path, addition())
    assert path.read_text("utf-8").startswith(FILE + "\n[[service]]\n")
    assert slugs(path) == ["attic", "acme", "cellar"]
    assert sorted(p.name for p in path.parent.iterdir()) == [
        ".services.toml-guard",
        "services.toml",
    ]


def test_a_file_without_a_last_line_end_gets_one(path: Path) -> None:
    path.write_text(FILE.rstrip("\n"), encoding="utf-8")
    add(path, addition())
    assert path.read_text("utf-8").startswith(FILE + "\n[[service]]\n")


def test_line_ends_and_the_mark_of_another_system_are_understood(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    add(path, addition())
    remove(path, "attic")
    body = path.read_bytes()
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert slugs(path) == ["acme", "cellar"]


def test_a_slug_that_is_there_is_not_added_again(path: Path) -> None:
    with pytest.raises(CatalogError, match="attic: is there already"):
        add(path, addition("attic"))
    with pytest.raises(CatalogError, match="acme: is taken"):
        add(path, addition(), taken={"acme"})
    assert path.read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("slug", "rest"),
    [
        (
            "attic",
            FILE[: FILE.index("[[service]]")]
            + FILE[FILE.index("\n# The one in the cellar") :],
        ),
        ("cellar", FILE[: FILE.rindex("[[service]]")] + "\n# That is all.\n"),
    ],
)
def test_removing_leaves_the_others_and_all_comments_between(
    path: Path, slug: str, rest: str
) -> None:
    remove(path, slug)
    assert path.read_text("utf-8") == rest


def test_what_was_added_can_be_removed_without_a_trace(path: Path) -> None:
    add(path, addition())
    remove(path, "acme")
    assert path.read_text("utf-8").rstrip("\n") == FILE.rstrip("\n")


def test_what_is_not_there_cannot_be_removed(path: Path) -> None:
    for file in (path, path.with_name("none.toml")):
        with pytest.raises(CatalogError, match="acme: is not there"):
            remove(file, "acme")


@pytest.mark.parametrize(
    "text",
    [
        'service = [{slug = "attic"}]\n',
        'service = "attic"\n',
        'note = """\n[[service]]\nslug = "x" """\n[[service]]\nslug = "attic"\n',
    ],
)
def test_a_form_that_cannot_be_changed_is_left_to_the_person(
    path: Path, text: str
) -> None:
    path.write_text(text, encoding="utf-8")
    for change in (
        lambda: remove(path, "attic"),
        lambda: add(path, addition("attic")),
        lambda: add(path, addition("acme")) if "note" not in text else remove(path, ""),
    ):
        with pytest.raises(CatalogError):
            change()
    assert path.read_text("utf-8") == text


def test_an_entry_that_looks_like_two_is_not_cut(path: Path) -> None:
    tricky = FILE.replace("# damp", '[[service]]\nslug = "attic"')
    path.write_text(tricky, encoding="utf-8")
    for slug in ("attic", "cellar"):
        with pytest.raises(CatalogError, match="cannot be changed") as caught:
            remove(path, slug)
        assert "by hand" in caught.value.hint
    assert path.read_text("utf-8") == tricky


def test_a_broken_file_is_not_written_to(path: Path) -> None:
    broken = "[[service]]\nslug = \n"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(CatalogError, match="line 2"):
        add(path, addition())
    with pytest.raises(CatalogError, match="line 2"):
        remove(path, "attic")
    assert path.read_text("utf-8") == broken


def test_a_link_is_followed_and_rights_are_kept(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    path.chmod(0o640)
    add(link, addition())
    assert link.is_symlink()
    assert "acme" in slugs(path)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_disk_that_refuses_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        put(tmp_path / "file" / "services.toml", "text")
    assert "services.toml cannot be written" in caught.value.words


def test_a_write_that_fails_leaves_no_draft(tmp_path: Path) -> None:
    # A folder in the way: only the very last step, putting it in place, fails.
    folder = tmp_path / "services.toml"
    folder.mkdir()
    (folder / "something").touch()
    with pytest.raises(StorageError):
        put(folder, "text")
    assert [p.name for p in tmp_path.iterdir()] == ["services.toml"]


# Together with what is shipped.


def catalog_of(path: Path, *additions: Addition) -> Catalog:
    for one in additions:
        add(path, one)
    return load(path, FAMILIES)


def test_merging_puts_both_in_one_order_with_own_kinds_last(tmp_path: Path) -> None:
    shipped = catalog_of(tmp_path / "a", addition("beta", name="Beta", category="ai"))
    own = catalog_of(
        tmp_path / "b",
        addition("alpha", name="Alpha", category="ai"),
        addition("mine", name="A mine"),
    )
    merged = merge(shipped, own)
    assert [s.slug for s in merged.services] == ["alpha", "beta", "mine"]


def test_of_one_slug_the_persons_holds_and_a_shared_source_is_one(
    tmp_path: Path,
) -> None:
    shipped = catalog_of(tmp_path / "a", addition("acme", name="Shipped"))
    mine = addition("acme", name="Mine")
    other = replace(mine.sources[0], name="Mine", options={"x": ("1", "2")})
    merged = merge(
        shipped, catalog_of(tmp_path / "b", Addition(mine.service, (other,)))
    )
    assert [s.name for s in merged.services] == ["Mine"]
    [spec] = merged.sources.values()
    assert (spec.name, spec.options) == ("Acme's page", {"x": ("1", "2")})


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme", "acme-2"),
        ("  Ünïcode & Söhne! ", "unicode-sohne"),
        ("127.0.0.1:3001", "127-0-0-1-3001"),
        ("日本", "service"),
        ("", "service"),
        ("Beta", "beta-3"),
    ],
)
def test_a_free_slug_says_the_name(name: str, slug: str) -> None:
    assert free_slug(name, {"acme", "beta", "beta-2"}) == slug


@given(name=st.text(max_size=30))
def test_any_name_gives_a_slug_the_catalog_takes(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("own") / "services.toml"
    slug = free_slug(name, ())
    add(path, addition(slug))
    assert slugs(path) == [slug]


def test_each_part_a_person_named_must_be_there(path: Path) -> None:
    chosen = '\nselect = { components = ["Mail"] }\n'
    path.write_text(FILE.replace("\n\n# That", chosen + "\n# That"), "utf-8")
    attic, cellar = load(path, FAMILIES).services
    assert attic.feeds[0].selection == Selection()
    assert cellar.feeds[0].selection == Selection(
        components=frozenset({"Mail"}), every=True
    )


def test_what_two_programs_add_at_once_is_all_there(tmp_path: Path) -> None:
    path = tmp_path / "services.toml"

    def some(mark: str) -> None:
        for number in range(5):
            add(path, addition(f"{mark}-{number}"))

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(some, mark) for mark in ("a", "b", "c")]:
            done.result()
    assert len(load(path, FAMILIES).services) == 15


def test_where_nothing_can_be_written_nothing_is_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError) as caught, alone(tmp_path / "file" / "x.toml"):
        pass
    assert "x.toml cannot be written" in caught.value.words
    (tmp_path / ".y.toml-guard").mkdir()
    with pytest.raises(StorageError), alone(tmp_path / "y.toml"):
        pass
