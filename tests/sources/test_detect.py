"""What stands at an address is found out by reading it, not by its looks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from downlight.core.errors import NoKey, Refused, Unreachable
from downlight.core.level import Level
from downlight.sources import registry
from downlight.sources.detect import Recognised, Unrecognised, recognise
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.errors import SourceError
    from downlight.core.ports import Answer

HOST = "https://status.acme.example"
SHELL = b"<!doctype html><html><title>Acme Status</title><div id=app></div></html>"
SUMMARY = "/api/v2/summary.json"


@dataclass
class Host(RecordedWeb):
    """Hosts that are there, and say 404 (or else) to what was not laid down."""

    rest: bytes | SourceError = field(default_factory=lambda: Refused(404))
    leads: dict[str, str] = field(default_factory=dict)
    """Where redirects lead."""

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        self.answers.setdefault(url, self.rest)
        found = await super().get(url, accept=accept, headers=headers)
        return replace(found, url=self.leads.get(url, url))


def shelf(family: str, name: str) -> bytes:
    return (FIXTURES / family / name).read_bytes()


def page(inside: str) -> bytes:
    return f"<!doctype html><html>{inside}</html>".encode()


def found(web: RecordedWeb, address: str = HOST, only: str = "") -> Recognised:
    return asyncio.run(recognise(web, address, only))


def refusal(web: RecordedWeb, address: str = HOST, only: str = "") -> Unrecognised:
    with pytest.raises(Unrecognised) as caught:
        found(web, address, only)
    return caught.value


BELOW = [
    ("statuspage", "outage.json", SUMMARY),
    ("incidentio-compat", "outage.json", SUMMARY),
    ("instatus", "up-but-open.json", "/summary.json"),
    ("betterstack", "outage.json", "/index.json"),
    ("cstate", "outage.json", "/index.json"),
    ("ohdear", "outage.json", "/json"),
    ("sorry", "maintenance.json", "/api/v1/status"),
    ("incidentio-widget", "trouble.json", "/api/v1/summary"),
    ("cachet2", "outage.json", "/api/v1/components?per_page=100"),
    ("gatus", "one-down.json", "/api/v1/endpoints/statuses?page=1&pageSize=1"),
    ("rootly", "outage.json", "/api/v1/status.json"),
    ("hyperping", "incident.json", "/status.json"),
    ("statuscast", "outage.json", "/status.json"),
    ("statushub", "affected.json", "/api/statuses"),
    ("lambstatus", "outage.json", "/api/components"),
    ("upptime", "one-down.json", "/history/summary.json"),
    ("hund", "open.atom", "/state_feed/feed.atom"),
]
BESIDE = {
    "sorry": ("/api/v1/notices",),
    "cachet2": (
        "/api/v1/incidents?sort=id&order=desc&per_page=20",
        "/api/v1/schedules?sort=id&order=desc&per_page=20",
    ),
}
"""What belongs to a page as well, and must be of its form wherever it is there."""


@pytest.mark.parametrize("rest", [Refused(404), SHELL], ids=["nothing", "a shell"])
@pytest.mark.parametrize(("family", "name", "tail"), BELOW, ids=[b[0] for b in BELOW])
def test_a_page_is_known_by_what_answers_below_it(
    family: str, name: str, tail: str, rest: bytes | SourceError
) -> None:
    web = Host({HOST: SHELL, f"{HOST}{tail}": shelf(family, name)}, rest=rest)
    for other in BESIDE.get(family, ()):
        web.answers[f"{HOST}{other}"] = Refused(404)
    seen = found(web)
    assert seen.spec.family == family
    assert seen.report.level is not Level.OPERATIONAL
    assert {urlsplit(url).netloc for url in web.asked} == {"status.acme.example"}


@pytest.mark.parametrize(("family", "name", "tail"), BELOW, ids=[b[0] for b in BELOW])
def test_the_address_of_the_answer_itself_will_do(
    family: str, name: str, tail: str
) -> None:
    web = Host({f"{HOST}{tail}": shelf(family, name)})
    # Some are asked with a query that nobody pastes.
    bare = f"{HOST}{tail.partition('?')[0]}"
    web.answers[bare] = shelf(family, name)
    assert found(web, bare).spec.family == family


INSIDE = [
    ("incidentio-page", "web-page.html"),
    ("instatus-page", "page.html"),
    ("pagerduty-page", "web-page.html"),
    ("uptimecom", "trouble.html"),
]


@pytest.mark.parametrize(("family", "name"), INSIDE, ids=[i[0] for i in INSIDE])
def test_a_page_with_its_data_inside_is_known_by_it(family: str, name: str) -> None:
    body = shelf(family, name)
    seen = found(Host({f"{HOST}/": body, HOST: body}), f"{HOST}/")
    assert seen.spec.family == family


def test_the_form_that_others_imitate_goes_first() -> None:
    web = Host(
        {
            HOST: SHELL,
            f"{HOST}/summary.json": shelf("instatus", "all-well.json"),
            f"{HOST}{SUMMARY}": shelf("statuspage", "all-well.json"),
        }
    )
    assert found(web).spec.family == "statuspage"


def test_what_the_page_speaks_of_is_tried_first() -> None:
    web = Host({HOST: page("<footer>Powered by Gatus</footer>")})
    refusal(web)
    assert web.asked[1].startswith(f"{HOST}/api/v1/endpoints/statuses")


def test_what_is_meant_for_programs_goes_before_what_is_drawn_for_people() -> None:
    body = shelf("incidentio-page", "web-page.html")
    web = Host(
        {HOST: body, f"{HOST}{SUMMARY}": shelf("incidentio-compat", "outage.json")}
    )
    assert found(web).spec.family == "incidentio-compat"
    assert web.asked == [HOST, f"{HOST}{SUMMARY}"]


def test_each_address_is_asked_once() -> None:
    web = Host({HOST: SHELL})
    refusal(web, f"{HOST}/team/")
    assert len(web.asked) == len(set(web.asked))


def test_a_page_below_a_path_is_found_at_the_root_too() -> None:
    web = Host({f"{HOST}{SUMMARY}": shelf("statuspage", "outage.json")})
    web.answers[f"{HOST}/incidents/1"] = SHELL
    seen = found(web, f"{HOST}/incidents/1")
    assert (seen.spec.family, seen.spec.url) == ("statuspage", HOST)


def test_a_feed_that_belongs_to_a_page_leads_to_the_page() -> None:
    history = shelf("statuspage", "history.atom")
    summary = shelf("statuspage", "outage.json")
    web = Host({f"{HOST}/history.atom": history, f"{HOST}{SUMMARY}": summary})
    assert found(web, f"{HOST}/history.atom").spec.family == "statuspage"
    web = Host({f"{HOST}/history.atom": history})
    assert found(web, f"{HOST}/history.atom").spec.family == "rss"


def test_status_io_is_asked_where_the_page_says() -> None:
    id_ = "0123456789abcdef01234567"
    api = f"https://api.status.io/1.0/status/{id_}"
    web = Host(
        {
            HOST: page(f'<script>var statuspage_id = "{id_}";</script>'),
            api: shelf("statusio", "outage.json"),
        }
    )
    seen = found(web)
    assert seen.spec.family == "statusio"
    assert seen.spec.options == {"page": (id_,)}
    assert api in web.asked


def test_upptime_is_asked_where_the_page_says() -> None:
    raw = "https://raw.githubusercontent.com/acme/status/HEAD"
    web = Host(
        {
            HOST: page("<a href='https://github.com/acme/status/issues/4'>Down</a>"),
            f"{raw}/history/summary.json": shelf("upptime", "one-down.json"),
        }
    )
    assert found(web).spec.family == "upptime"


def test_a_product_with_an_api_elsewhere_is_known_by_its_hosts() -> None:
    api = "https://statuspal.io/api/v2/status_pages/acme/summary"
    web = Host({api: shelf("statuspal", "outage.json")}, rest=SHELL)
    assert found(web, "acme.statuspal.io").spec.family == "statuspal"


def test_feeds_are_tried_last_and_told_what_they_cannot_do() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="http://[">'
        '<link rel="alternate" type="application/rss+xml" href="/gone.xml">'
        '<link rel="alternate" type="application/atom+xml" href="/feed.xml">'
    )
    web = Host({HOST: page(head), f"{HOST}/feed.xml": shelf("rss", "open.xml")})
    seen = found(web)
    assert (seen.spec.family, seen.spec.url) == ("rss", f"{HOST}/feed.xml")
    assert "never that all is well" in seen.notes[0]
    assert web.asked[-1] == f"{HOST}/feed.xml"


def test_of_hundreds_of_feeds_only_the_first_are_asked() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}.xml">'
    web = Host({HOST: page("".join(map(link.format, range(300))))})
    refusal(web)
    assert sum(url.endswith(".xml") for url in web.asked) == 5


def test_an_empty_feed_is_a_feed_whose_state_is_not_known() -> None:
    seen = found(Host({f"{HOST}/f": shelf("rss", "empty.xml")}), f"{HOST}/f")
    assert (seen.spec.family, seen.report.level) == ("rss", None)


def test_azures_feed_is_told_from_any_other() -> None:
    seen = found(Host({f"{HOST}/f": shelf("azure-rss", "empty.xml")}), f"{HOST}/f")
    assert seen.spec.family == "azure-rss"


def test_a_vendor_is_tried_only_where_the_host_names_it() -> None:
    current = "/api/v2.0.0/current"
    body = shelf("slack", "outage.json")
    named = "https://slack-status.example"
    for host in (named, "http://localhost:8080"):
        web = Host({f"{host}{current}": body})
        assert found(web, host).spec.family == "slack"
    web = Host({f"{HOST}{current}": body})
    refusal(web)
    assert f"{HOST}{current}" not in web.asked


def test_a_vendor_that_answers_on_another_host_of_his_is_asked_there() -> None:
    web = Host({"https://status.adobe.example": SHELL})
    refusal(web, "https://status.adobe.example")
    assert any("data.status.adobe.com" in url for url in web.asked)
    web = Host({"http://localhost:8080": SHELL})
    refusal(web, "http://localhost:8080")
    assert {urlsplit(url).hostname for url in web.asked} == {"localhost"}


def test_a_body_speaks_for_a_vendor_only_on_his_host() -> None:
    body = shelf("docusign", "made-up-outage.json")
    refusal(Host({f"{HOST}/x": body}), f"{HOST}/x")


def test_an_empty_list_is_the_form_of_nobody() -> None:
    refusal(Host({f"{HOST}/x": b"[]"}), f"{HOST}/x")


def test_a_body_of_known_form_that_says_nothing_is_nobodys() -> None:
    body = shelf("statuscast", "new-word.json")
    refusal(Host({f"{HOST}/status.json": body}), f"{HOST}/status.json")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>Acme Status</title>", "Acme"),
        ("<title>Acme Cloud - Incident History</title>", "Acme Cloud"),
        (
            '<title>x</title><meta property="og:site_name" content="Acme & Co">',
            "Acme & Co",
        ),
        ("<title>Status</title>", "Acme"),
        ("", "Acme"),
        ("<title></title><title>Acme's service status page</title>", "Acme's"),
    ],
)
def test_a_page_is_called_as_it_calls_itself(head: str, name: str) -> None:
    web = Host({HOST: page(head), f"{HOST}/json": shelf("gatus", "one-down.json")})
    web.answers[f"{HOST}/api/v1/endpoints/statuses?page=1&pageSize=1"] = shelf(
        "gatus", "one-down.json"
    )
    seen = found(web)
    assert seen.name == name
    assert seen.spec.name == f"{name}'s status page"


def test_the_name_in_the_data_goes_before_the_title() -> None:
    body = b'{"page": {"id": "abcdefghijkl", "name": "Acme Mail"}, "status": '
    body += b'{"indicator": "minor", "description": "x"}}'
    assert found(Host({HOST: SHELL, f"{HOST}{SUMMARY}": body})).name == "Acme Mail"


@pytest.mark.parametrize(
    ("id_", "family"),
    [
        ("01HZZZZZZZZZZZZZZZZZZZZZZZ", "incidentio-compat"),
        ("abcdefghijkl", "statuspage"),
    ],
)
def test_the_length_of_its_ids_gives_an_imitation_away(id_: str, family: str) -> None:
    part = f'{{"id": "{id_}", "name": "A", "status": "operational"}}'
    body = f'{{"components": [{part}], "incidents": []}}'
    url = f"{HOST}/api/v2/components.json"
    assert found(Host({url: body}), url).spec.family == family


def test_where_a_redirect_leads_is_told_and_asked() -> None:
    old = "https://acme.example"
    web = Host({old: SHELL, f"{HOST}{SUMMARY}": shelf("statuspage", "outage.json")})
    web.leads[old] = f"{HOST}/"
    seen = found(web, old)
    assert seen.spec.url == HOST
    assert seen.notes == (
        "acme.example leads to status.acme.example, which is what will be asked.",
    )


def test_a_family_nobody_has_seen_answer_is_called_unverified() -> None:
    seen = found(Host({f"{HOST}/status.json": shelf("hyperping", "outage.json")}))
    assert any(note.startswith("Unverified") for note in seen.notes)


def test_a_shell_is_refused_and_says_why() -> None:
    words = refusal(Host(rest=SHELL)).hint
    assert "status.acme.example answers with a web page where data would be" in words
    assert "--check" in words


def test_a_page_in_a_code_nobody_reads_is_refused() -> None:
    assert "None of the forms" in refusal(Host({HOST: b"\xff\xfe\xff"})).hint


def test_a_page_that_is_locked_says_so() -> None:
    for status in (401, 403):
        assert "without signing in" in refusal(Host(rest=Refused(status))).hint


def test_a_page_that_is_busy_says_so() -> None:
    assert "status.acme.example: HTTP 503." in refusal(Host(rest=Refused(503))).hint


def test_a_front_door_that_refuses_does_not_hide_the_data() -> None:
    web = Host(
        {HOST: Refused(403), f"{HOST}{SUMMARY}": shelf("statuspage", "outage.json")}
    )
    assert found(web).spec.family == "statuspage"
    web.answers[HOST] = Unreachable("status.acme.example: too large", "unusable")
    assert found(web).spec.family == "statuspage"
    del web.answers[f"{HOST}{SUMMARY}"]
    assert "status.acme.example: too large." in refusal(web).hint


def test_a_host_that_is_not_there_is_said_at_once() -> None:
    web = Host(rest=Unreachable("status.acme.example: not found", "dns"))
    with pytest.raises(Unreachable):
        found(web)
    assert web.asked == [HOST]


def test_what_is_no_address_is_said() -> None:
    with pytest.raises(Unreachable, match="not an address"):
        found(Host(), "https://[")


def test_an_address_is_taken_as_people_paste_it() -> None:
    web = Host(
        {f"{HOST}/?a=b": SHELL, f"{HOST}{SUMMARY}": shelf("statuspage", "outage.json")}
    )
    seen = found(web, "  status.acme.example/?a=b#incidents \n")
    assert web.asked[0] == f"{HOST}/?a=b"
    assert seen.spec.family == "statuspage"


def test_only_the_family_that_is_asked_for_is_tried() -> None:
    web = Host({f"{HOST}{SUMMARY}": shelf("statuspage", "outage.json")})
    web.answers[f"{HOST}/summary.json"] = shelf("instatus", "up-but-open.json")
    assert found(web, only="instatus").spec.family == "instatus"
    assert not any("/api/" in url for url in web.asked)


def test_a_family_that_is_none_is_refused_with_those_there_are() -> None:
    error = refusal(Host(), only="teapot")
    assert error.title == "No such family"
    assert "statuspage" in error.hint


def test_a_family_that_wants_to_know_more_says_so() -> None:
    error = refusal(Host({HOST: SHELL}), only="statuspal")
    assert "does not tell enough for statuspal" in error.hint


def test_a_family_that_wants_a_key_says_which() -> None:
    with pytest.raises(NoKey) as caught:
        found(Host({HOST: SHELL}), only="riot")
    assert "downlight key" in caught.value.hint


@pytest.mark.parametrize("family", sorted(registry.FAMILIES))
def test_no_family_takes_a_shell_for_its_page(family: str) -> None:
    web = Host(rest=SHELL)
    with pytest.raises((Unrecognised, NoKey)):
        found(web, only=family)
