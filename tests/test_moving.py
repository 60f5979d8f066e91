"""What is taken along: nothing secret in it, nothing half taken, nothing lost by it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from downlight.catalog import own
from downlight.core.errors import DownlightError, SettingsError
from downlight.core.model import ServiceSlug
from downlight.moving import MOST, without_secrets
from tests.test_choosing import FOREIGN, Choosing
from tests.test_steward import found

if TYPE_CHECKING:
    from pathlib import Path

MINE = """\
[[service]]
slug = "mine"
name = "Mine"
category = "other"

# asked as https://me:hush@status.mine.example
[[service.sources]]
family = "statuspage"
url = "https://status.mine.example/?token=hush&lang=en"
name = "Mine's page"
"""


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("https://a.example/s?lang=en#top", "https://a.example/s?lang=en#top"),
        ("https://me:pw@a.example:8443/s", "https://a.example:8443/s"),
        ("https://t0ken@a.example", "https://a.example"),
        ("https://a.example/@me?at=x@y", "https://a.example/@me?at=x@y"),
        ("https://a.example:80/@me", "https://a.example:80/@me"),
        ("tcp://me@b:pw@a.example:5432", "tcp://a.example:5432"),
        ("https://a.example/?token=x&b=1", "https://a.example/?token=&b=1"),
        ("https://a.example/?b=1&api_key=x", "https://a.example/?b=1&api_key="),
        ("https://a.example/?X-Auth-Token=x#y", "https://a.example/?X-Auth-Token=#y"),
        ("https://a.example/#access_token=x", "https://a.example/#access_token="),
        ("https://a.example/?client_secret=x", "https://a.example/?client_secret="),
        ("https://a.example/?accessToken=x", "https://a.example/?accessToken="),
        ("https://a.example/?PASSWORD=x;q=2", "https://a.example/?PASSWORD=;q=2"),
        ("https://a.example/?pwd=x&sig=y", "https://a.example/?pwd=&sig="),
        (
            "https://a.example/?monkey=1&keyword=2",
            "https://a.example/?monkey=1&keyword=2",
        ),
    ],
)
def test_what_looks_like_a_login_or_a_token_is_left_out_of_an_address(
    address: str, left: str
) -> None:
    assert without_secrets(f'url = "{address}"  # odd') == f'url = "{left}"  # odd'


def test_addresses_of_own_services_are_taken_along_without_secrets(
    tmp_path: Path,
) -> None:
    it = Choosing(tmp_path)
    (tmp_path / "services.toml").write_text(MINE, "utf-8")
    luggage = tmp_path / "luggage.toml"
    it.steward.export(str(luggage))
    text = luggage.read_text("utf-8")
    assert "hush" not in text
    [service] = tomllib.loads(text)["service"]
    [source] = service["sources"]
    assert source["url"] == "https://status.mine.example/?token=&lang=en"
    assert "hush" in (tmp_path / "services.toml").read_text("utf-8")


def test_the_login_of_a_proxy_outlives_a_journey_home(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.change(proxy="http://me:secret@proxy.example:8080")
    luggage = tmp_path / "luggage.toml"
    it.steward.export(str(luggage))
    assert it.steward.take_over(str(luggage)).settings == 0
    assert it.kept.settings.proxy == "http://me:secret@proxy.example:8080"
    luggage.write_text('proxy = "http://other.example:8080"\n', "utf-8")
    assert it.steward.take_over(str(luggage)).settings == 1
    assert it.kept.settings.proxy == "http://other.example:8080"


def test_with_a_broken_file_of_services_nothing_is_taken_over(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    (tmp_path / "services.toml").write_text("[[service", "utf-8")
    luggage = tmp_path / "luggage.toml"
    luggage.write_text('icon = "dark"\n', "utf-8")
    with pytest.raises(DownlightError):
        it.steward.take_over(str(luggage))
    assert it.kept.settings.icon == it.steward.settings().icon == "auto"


def test_a_service_that_was_written_by_hand_meanwhile_is_known(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    own.add(tmp_path / "services.toml", found().addition)
    luggage = tmp_path / "luggage.toml"
    luggage.write_text(FOREIGN, "utf-8")
    assert it.steward.take_over(str(luggage)).services == 0
    assert it.engine.watched == ["acme"]


@pytest.mark.parametrize(
    "text",
    [
        f"watch = {[f'a{n}' for n in range(MOST + 1)]}\n",
        "[notify_when]\n" + "".join(f'a{n} = "end"\n' for n in range(MOST + 1)),
        "[parts]\n" + "".join(f'a{n} = ["b"]\n' for n in range(MOST + 1)),
        "".join(
            f'[[service]]\nslug = "a{n}"\nname = "A"\ncategory = "other"\n'
            "[[service.sources]]\nfamily = 'statuspage'\n"
            f'url = "https://a{n}.example"\n'
            for n in range(MOST + 1)
        ),
    ],
)
def test_a_file_that_names_no_end_of_services_is_refused(
    tmp_path: Path, text: str
) -> None:
    it = Choosing(tmp_path)
    luggage = tmp_path / "luggage.toml"
    luggage.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=f"more than {MOST} services"):
        it.steward.take_over(str(luggage))


def test_what_does_not_fit_is_named_and_not_what_would_be_used(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    luggage = tmp_path / "luggage.toml"
    luggage.write_text('icon = "a;b"\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        it.steward.take_over(str(luggage))
    assert caught.value.hint == (
        'luggage.toml, line 1: icon must be "auto", "light" or "dark", not "a;b".'
    )


@pytest.mark.parametrize("name", ["settings.toml", "services.toml", "hooks.toml"])
def test_nothing_is_exported_over_a_file_that_is_in_use(
    tmp_path: Path, name: str
) -> None:
    it = Choosing(tmp_path)
    for written in ("services.toml", "hooks.toml"):
        (tmp_path / written).write_text("# mine\n", "utf-8")
    before = (tmp_path / name).read_bytes()
    with pytest.raises(SettingsError) as caught:
        it.steward.export(str(tmp_path / name))
    assert "another name" in caught.value.hint
    assert (tmp_path / name).read_bytes() == before


def test_several_services_come_at_once_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    both = [found("one").addition, found("two").addition]
    own.add_all(file, both)
    before = file.read_bytes()
    slugs = [it.slug for it in own.load(file, {"statuspage"}).services]
    assert slugs == ["one", "two"]
    with pytest.raises(DownlightError, match="there already"):
        own.add_all(file, [found("three").addition, found("two").addition])
    with pytest.raises(DownlightError, match="taken"):
        own.add_all(file, [found("three").addition], {ServiceSlug("three")})
    assert file.read_bytes() == before
