"""What works: only what the evidence carries is said of each function."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence.verdict import Evidence
from downlight.core.level import Level
from downlight.core.model import Check, Component, Standing
from downlight.core.service import Function
from downlight.ui.kit.look import Look
from downlight.ui.now.functions import UNSEEN, functions_card
from tests.ui import made_up
from tests.ui.made_up import NOW, ago, evidence, info, report, service, view

if TYPE_CHECKING:
    from downlight.core.news import ServiceView
    from downlight.ui.views import Line

LIMIT = "Whether they arrive cannot be seen."
CHAT = Function("Messages", ("e*.chat.example:*",), (), LIMIT)
API = Function("API", parts=("Cloud",))
CALLS = Function("Calls", limit="Only a call would tell.")
TOOK = timedelta(milliseconds=9)


def line(of: ServiceView) -> Line:
    made = functions_card(of, NOW)
    assert made is not None
    [found] = made.lines
    return found


def tried(
    *checks: Check,
    failing: float | None = None,
    minutes: float = 1,
    online: bool = True,
) -> ServiceView:
    own = info("From here", "measured")
    given = Evidence(
        own,
        Standing(report(own.name, None, ago(minutes), checks=checks)),
        failing_since=None if failing is None else ago(failing),
    )
    return view(service("c", "Chat", functions=(CHAT,)), given, online=online)


def told(*parts: Component) -> ServiceView:
    page = info("Chat's status page")
    return view(
        service("c", "Chat", functions=(API,)),
        evidence(page, report(page.name, None, ago(1), components=parts)),
    )


def chat(number: int, took: timedelta | None = TOOK, trouble: str = "") -> Check:
    return Check(f"e{number}.chat.example:443", took, trouble)


def test_without_functions_there_is_no_card() -> None:
    assert functions_card(made_up.silent(), NOW) is None


def test_servers_that_answer_do_not_make_a_function_well() -> None:
    found = line(tried(chat(1), chat(2), Check("web.chat.example", None)))
    assert (found.look, found.word, found.aside) == (None, "", "servers answer")
    assert found.text == f"2 of 2 addresses answer from here. {LIMIT}"
    assert found.tags == ("our own check",)


def test_one_server_that_fails_is_counted_and_no_alarm() -> None:
    found = line(tried(chat(1), chat(2, None, "no answer")))
    assert (found.look, found.aside) == (None, "some servers answer")
    assert found.text.startswith("1 of 2 addresses answer from here.")


def test_a_server_that_answers_wrongly_is_trouble() -> None:
    found = line(tried(chat(1, TOOK, "Answered with HTTP 503")))
    assert (found.look, found.word) == (Look.DEGRADED, "troubled")
    assert found.text.startswith("It answers from here, but not as it should.")


@pytest.mark.parametrize(
    ("failing", "look"),
    [(None, Look.UNKNOWN), (4, Look.UNKNOWN), (18, Look.DEGRADED)],
)
def test_silence_is_believed_only_after_a_while(
    failing: float | None, look: Look
) -> None:
    found = line(tried(chat(1, None), chat(2, None), failing=failing))
    assert (found.look, found.word) == (look, "no answer")
    assert found.text == f"0 of 2 addresses answer from here. {LIMIT}"


def test_silence_of_one_function_while_the_rest_answers_is_believed() -> None:
    found = line(tried(chat(1, None), Check("web.chat.example", TOOK)))
    assert (found.look, found.word) == (Look.DEGRADED, "no answer")


def test_what_was_not_tried_of_late_is_not_known() -> None:
    for of in (tried(chat(1), minutes=500), tried(Check("web.chat.example", TOOK))):
        found = line(of)
        assert (found.look, found.word) == (Look.UNKNOWN, "not known")
        assert found.text == f"Not tried of late. {LIMIT}"


def test_who_is_offline_knows_nothing_of_it() -> None:
    found = line(tried(chat(1, None), failing=18, online=False))
    assert (found.look, found.text) == (Look.UNKNOWN, f"You are offline. {LIMIT}")


def test_a_page_that_names_the_parts_of_a_function_speaks_for_it() -> None:
    well = Component("1", "Send", Level.OPERATIONAL, group="Cloud")
    other = Component("9", "Ads", Level.MAJOR)
    found = line(told(well, other))
    assert (found.look, found.word) == (Look.OPERATIONAL, "all well")
    assert found.text == "Chat's status page names no trouble."
    assert found.tags == ("official",)
    bad = [
        replace(well, id=str(n), name=f"Part {n}", level=level)
        for n, level in enumerate((Level.DEGRADED, Level.MAJOR, None, Level.PARTIAL))
    ]
    found = line(told(well, *bad))
    assert (found.look, found.word) == (Look.MAJOR, "down")
    assert found.text == (
        "Chat's status page says: Part 1 down, Part 3 partly down, Part 0 troubled "
        "and 1 more."
    )


def test_a_part_of_which_nothing_is_known_is_not_well() -> None:
    well = Component("1", "Send", Level.OPERATIONAL, group="Cloud")
    found = line(told(well, replace(well, id="2", name="Read", level=None)))
    assert (found.look, found.word) == (Look.UNKNOWN, "not known")
    assert found.text == "Chat's status page says: Read not known."


def test_a_page_that_does_not_name_it_leaves_it_not_known() -> None:
    found = line(told())
    assert (found.look, found.word) == (Look.UNKNOWN, "not known")
    assert found.text == "The official page does not say now."


def test_what_nobody_outside_can_see_says_why() -> None:
    found = line(view(service("c", "Chat", functions=(CALLS,))))
    assert (found.look, found.aside) == (None, UNSEEN)
    assert found.text == "Only a call would tell."


def test_a_part_that_others_speak_of_is_not_told_by_the_official_page() -> None:
    other = info("Others", "aggregator")
    part = Component("1", "Cloud", Level.MAJOR)
    given = report(other.name, None, ago(1), components=(part,))
    found = line(view(service("c", "Chat", functions=(API,)), evidence(other, given)))
    assert found.look is Look.UNKNOWN
    assert found.text == "The official page does not say now."
