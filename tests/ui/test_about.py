"""The page "About": its words, its picture, its list, and what it does when asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QKeySequence, QShortcut
from PySide6.QtTest import QTest

from downlight import VERSION
from downlight.core.about import About, Example, Ground, Outlet, Tie, Weakness
from downlight.core.errors import CatalogError, StorageError
from downlight.core.level import Level
from downlight.core.rungs.ladder import Rung
from downlight.core.service import Fact
from downlight.ui.about.cards import FACTS_SHOWN, LONGEST, day_words, site
from downlight.ui.about.program import program_cards
from downlight.ui.about.sheet import AboutSheet
from downlight.ui.about.tie_boxes import NARROWEST, arrange
from downlight.ui.about.view import about_view
from downlight.ui.glance import Glance
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import Theme, contrast
from downlight.ui.window import Window
from tests.ui import made_up
from tests.ui.show import dark, light
from tests.ui.show_about import broken, page, real, watched, written
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from pytestqt.qtbot import QtBot

    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView
    from downlight.ui.about.view import AboutView
    from downlight.ui.views import Card, Line

WIDE = 640
PROGRAM = ("marks", "keys", "version")
"""The cards about Downlight itself, below all others."""


def nobody(_slug: ServiceSlug) -> ServiceView | None:
    return None


def cards(view: AboutView) -> dict[str, Card]:
    return {card.key: card for card in view.cards}


def whatsapp() -> AboutView:
    view = real("whatsapp")
    return about_view(view, written(view.service.slug), watched)


def lines(view: AboutView) -> list[Line]:
    found = [line for card in view.cards for line in card.lines]
    nodes = (*view.ties.needs, *view.ties.needed) if view.ties else ()
    return [*found, *(node.line for node in nodes)]


def glance(view: ServiceView) -> Glance:
    return Glance(view, made_up.NOW)


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2026-11-01", "1 Nov 2026"), ("2026-11", "Nov 2026"), ("2026", "2026")],
)
def test_a_date_is_written_as_people_do(as_of: str, words: str) -> None:
    assert day_words(as_of) == words


def test_of_an_address_the_site_is_named_and_a_name_stays() -> None:
    assert site("https://www.pigeons.example/a/b?c") == "pigeons.example"
    assert site("Reuters, 23 February 2014") == "Reuters, 23 February 2014"


def test_what_is_written_comes_before_what_the_catalog_says() -> None:
    facts = [line.title for line in cards(whatsapp())["facts"].lines]
    assert facts[0] == "What it is"
    assert facts.index("Linked devices") < facts.index("Owner")
    assert len(facts) > FACTS_SHOWN


def test_each_statement_says_what_it_rests_on() -> None:
    for card in whatsapp().cards:
        if card.key in {"sources", "weak"}:
            continue
        for line in card.lines:
            said = dict(line.notes)
            beside = re.search(r"\d{4}$|by its design", line.aside)
            assert "Source" in said or beside, f"{card.key}: {line.title}"


def test_a_source_too_long_to_stand_beside_is_said_below() -> None:
    name = "The Yearbook of the Loft, " + LONGEST * "x"
    view = real("gitlab")
    about = About(
        facts=(Fact("Seat", "The roof.", name, "2026-11"),),
        outlets=(
            Outlet("Board", "At the gate.", "https://a.example", Ground(name, "2026")),
        ),
    )
    made = cards(about_view(view, about, nobody))
    fact, board = made["facts"].lines[0], made["outlets"].lines[1]
    assert (fact.aside, fact.notes) == ("Nov 2026", (("Source", f"{name}, Nov 2026"),))
    assert board.text == f"At the gate.\nSource: {name}"


def test_only_https_addresses_become_links() -> None:
    found = [line.link for line in lines(whatsapp()) if line.link]
    assert found
    assert all(link.startswith("https://") for link in found)


def test_a_weakness_says_where_the_ladder_ends_and_when_it_was_so() -> None:
    weak = {line.title: line for line in cards(whatsapp())["weak"].lines}
    names = weak["Names are not found (DNS)"]
    said = dict(names.notes)
    assert said["Is it me?"] == "May end at “The name of WhatsApp is found”."
    assert said["Example"].startswith("4 Oct 2021. ")
    assert names.link.startswith("https://engineering.fb.com/")
    certificate = dict(weak["Certificate out of date"].notes)
    assert certificate["Example"] == "No outage of this kind is known to us."
    part = dict(weak["Only a part fails"].notes)
    assert part["Is it me?"] == "May find nothing wrong."


def test_who_comes_from_a_rung_finds_first_what_may_end_there() -> None:
    view = real("whatsapp")
    about = written(view.service.slug)
    made = cards(about_view(view, about, watched, Rung.NAME))["weak"]
    assert made.summary.startswith("What may end at “")
    assert made.summary.endswith("” comes first.")
    marked = [bool(line.tags) for line in made.lines]
    assert marked == sorted(marked, reverse=True)
    assert marked[0]
    assert not marked[-1]
    plain = cards(about_view(view, about, watched))["weak"]
    assert not plain.summary
    assert sorted(line.title for line in plain.lines) == sorted(
        line.title for line in made.lines
    )
    beside = cards(about_view(view, about, watched, Rung.LINK))["weak"]
    assert beside == plain


def test_marks_and_keys_are_explained_behind_a_click(qtbot: QtBot) -> None:
    marks, keys, version = program_cards()
    assert {line.look for line in marks.lines} == set(Look)
    assert all(line.title and line.text for line in marks.lines)
    assert "Ctrl+F" in [line.aside for line in keys.lines]
    assert (marks.shown, keys.shown) == (0, 0)
    assert version.title == f"Downlight {VERSION}"
    assert version.summary == "Downlight never looks for newer versions by itself."
    sheet = opened(qtbot)
    assert list(sheet.cards)[-3:] == list(PROGRAM)


def test_each_key_that_is_named_is_one_of_the_window(qtbot: QtBot) -> None:
    window = Window(made_up.catalog, Granted(), clock=lambda: made_up.NOW)
    qtbot.addWidget(window)
    has = {it.key().toString() for it in window.findChildren(QShortcut)}
    _, keys, _ = program_cards()
    named = {QKeySequence(line.aside).toString() for line in keys.lines}
    assert named <= has


def test_a_click_on_what_is_written_of_an_own_service_opens_the_file(
    qtbot: QtBot,
) -> None:
    sheet = AboutSheet(written)
    qtbot.addWidget(sheet)
    sheet.show_glance(glance(made_up.plainly("mine", "Mine", None, own=True)))
    own = cards(about_view(made_up.plainly("m", "M", None, own=True), None, nobody))
    assert own["more"].summary.endswith("in the file of your services.")
    with qtbot.waitSignal(sheet.acted) as heard:
        sheet.cards["more"].act.click()
    assert heard.args == ["more"]
    assert not cards(about_view(real("gitlab"), None, nobody))["more"].act


def test_what_was_only_supposed_is_said_to_be() -> None:
    example = Example("It was grey.", "1897-07-11", ("The Gazette",))
    weakness = Weakness("Fog", "Grey.", "None.", (Rung.NAME, Rung.CONNECT), example)
    view = real("gitlab")
    card = cards(about_view(view, About(weaknesses=(weakness,)), nobody))["weak"]
    said = dict(card.lines[0].notes)
    assert said["Example"] == (
        "11 Jul 1897, as it is supposed; it was never confirmed. It was grey."
    )
    assert said["Is it me?"] == (
        "May end at “The name of GitLab is found” or “The servers of GitLab take "
        "connections”."
    )
    assert (said["Sources"], card.lines[0].link) == ("The Gazette", "")


def test_a_watched_service_shows_its_mark_and_can_be_gone_to() -> None:
    ties = whatsapp().ties
    assert ties is not None
    nodes = {node.name: node for node in (*ties.needs, *ties.needed)}
    platform, zendesk = nodes["WhatsApp Business Platform"], nodes["Zendesk"]
    assert platform.slug == "whatsapp-business"
    assert (platform.line.look, platform.line.word) == (Look.DEGRADED, "troubled")
    assert (zendesk.slug, zendesk.line.look, zendesk.line.word) == (None, None, "")


def test_what_nobody_wrote_down_is_said_to_be_unknown() -> None:
    view = real("gitlab")
    made = about_view(view, None, watched)
    assert made.ties is None
    assert [card.key for card in made.cards] == ["facts", "outlets", "sources", "more"]
    found = cards(made)
    assert found["facts"].summary == "No fact is known."
    assert found["outlets"].lines[0].link == "https://status.gitlab.com"
    assert found["more"].title == "Nothing more is known here."
    assert found["more"].summary == "Only what has a source and a date is shown here."


def test_a_service_without_page_and_sources_says_so() -> None:
    service = made_up.service("mine", "Mine", own=True, feeds=())
    view = replace(made_up.plainly("mine", "Mine", None), service=service, evidence=())
    found = cards(about_view(view, None, nobody))
    assert found["outlets"].summary == "No official page of Mine is known."
    assert found["sources"].summary == "Nobody is asked about it."
    assert found["more"].summary.startswith("You added this service")


def test_a_file_without_ties_shows_none() -> None:
    view = real("github")
    assert about_view(view, written(view.service.slug), nobody).ties is None


def test_the_picture_has_a_box_for_each_and_none_lies_on_another(
    qtbot: QtBot,
) -> None:
    del qtbot
    ties = whatsapp().ties
    assert ties is not None
    for points in (8, 11, 22):
        font = QFont()
        font.setPointSize(points)
        boxes = arrange(ties, 3 * WIDE, font)
        assert boxes is not None
        assert len(boxes.all) == 1 + len(ties.needs) + len(ties.needed)
        for box in boxes.all:
            assert box.area.left() >= 0
            assert not any(
                box.area.intersects(other.area)
                for other in boxes.all
                if other is not box
            )


def test_a_picture_with_one_side_only_is_drawn_as_well(qtbot: QtBot) -> None:
    sheet = AboutSheet(lambda _: About(needs=(Tie("Air", "Needed.", Ground()),)))
    qtbot.addWidget(sheet)
    sheet.show_glance(glance(real("gitlab")))
    sheet.resize(WIDE, WIDE)
    sheet.show()
    sheet.grab()
    assert [box.name for box in sheet.ties.graph.boxes] == ["GitLab", "Air"]
    assert sheet.ties.needed.isHidden()


def test_the_picture_is_arranged_anew_for_larger_letters(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    graph = sheet.ties.graph
    before = graph.heightForWidth(WIDE)
    assert graph.heightForWidth(WIDE) == before
    set_font(graph, 1.3)
    assert graph.heightForWidth(WIDE) > before


def test_where_there_is_no_room_the_list_stands_alone(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    graph = sheet.ties.graph
    graph.resize(NARROWEST, 400)
    assert graph.boxes == ()
    assert graph.heightForWidth(NARROWEST) == 0
    assert len(sheet.ties.needs.views) == 7


@pytest.mark.parametrize("palette", [light(), dark()], ids=["light", "dark"])
def test_words_and_lines_of_the_picture_can_be_seen(palette: QPalette) -> None:
    theme = Theme.of(palette)
    for words in (theme.text, theme.muted):
        assert contrast(QColor(words), QColor(theme.page)) >= 4.5
    for drawn in (theme.muted, theme.accent):
        assert contrast(QColor(drawn), QColor(theme.card)) >= 3


def opened(qtbot: QtBot, slug: str = "whatsapp") -> AboutSheet:
    sheet = AboutSheet(written, watched)
    qtbot.addWidget(sheet)
    sheet.resize(WIDE, 900)
    sheet.show_glance(glance(real(slug)))
    sheet.show()
    sheet.grab()  # the layout is done now
    return sheet


def test_a_click_into_the_picture_goes_to_the_service(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    graph = sheet.ties.graph
    at = {box.name: box.area.center() for box in graph.boxes}
    with qtbot.waitSignal(sheet.chosen) as heard:
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=at["App Store"])
    assert heard.args == ["app-store"]
    with qtbot.assertNotEmitted(sheet.chosen):
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=at["Zendesk"])
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        QTest.mouseClick(graph, Qt.MouseButton.RightButton, pos=at["App Store"])


def test_the_list_does_by_keyboard_what_the_picture_does_by_mouse(
    qtbot: QtBot,
) -> None:
    sheet = opened(qtbot)
    views = [*sheet.ties.needs.views, *sheet.ties.needed.views]
    names = [view.line.line.title for view in views]
    assert sorted(names) == sorted(box.name for box in sheet.ties.graph.boxes[1:])
    (go, *_) = [view.go for view in views if not view.go.isHidden()]
    assert go.accessibleName() == "Show App Store"
    assert go.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(sheet.chosen) as heard:
        QTest.keyClick(go, Qt.Key.Key_Space)
    assert heard.args == ["app-store"]


def test_an_answer_unfolds_and_folds_by_keyboard_and_its_link_opens(
    qtbot: QtBot,
) -> None:
    sheet = opened(qtbot)
    line = sheet.cards["questions"].lines[0]
    assert line.more is not None
    QTest.keyClick(line.more, Qt.Key.Key_Space)
    assert line.notes is not None
    assert line.notes.says["Answer"].startswith("No. What you have is on your devices.")
    assert line.link is not None
    with qtbot.waitSignal(sheet.opened) as heard:
        line.link.click()
    assert heard.args == ["https://www.whatsapp.com/legal/privacy-policy"]
    QTest.keyClick(line.more, Qt.Key.Key_Space)
    assert line.notes.isHidden()


def test_another_service_comes_folded_and_from_the_top(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    unfolded = sheet.ties.needs.views[0].line
    assert unfolded.more is not None
    unfolded.more.setChecked(True)
    sheet.area.verticalScrollBar().setValue(300)
    sheet.show_glance(glance(real("github")))
    assert sheet.area.verticalScrollBar().value() == 0
    assert sheet.ties.isHidden()
    assert list(sheet.cards) == ["facts", "outlets", "sources", *PROGRAM]
    sheet.show_glance(glance(real("whatsapp")))
    assert not unfolded.more.isChecked()
    order = [sheet.cards["facts"], sheet.ties, sheet.cards["weak"]]
    assert [sheet._column.indexOf(card) for card in order] == [0, 1, 2]


def test_news_of_the_same_service_keeps_the_place_and_what_is_unfolded(
    qtbot: QtBot,
) -> None:
    sheet = opened(qtbot)
    line = sheet.cards["questions"].lines[0]
    assert line.more is not None
    line.more.setChecked(True)
    sheet.area.verticalScrollBar().setValue(300)
    sheet.show_glance(glance(real("whatsapp", Level.MAJOR)))
    assert sheet.area.verticalScrollBar().value() == 300
    assert line.more.isChecked()
    assert sheet.ties.graph.boxes[0].look is Look.MAJOR


def test_a_file_is_asked_for_once_while_one_stays(qtbot: QtBot) -> None:
    asked: list[ServiceSlug] = []

    def about(slug: ServiceSlug) -> About | None:
        asked.append(slug)
        return None

    sheet = AboutSheet(about)
    qtbot.addWidget(sheet)
    for _ in range(3):
        sheet.show_glance(glance(real("gitlab")))
    assert asked == ["gitlab"]


def test_of_a_persons_own_service_no_shipped_file_is_believed(qtbot: QtBot) -> None:
    sheet = AboutSheet(written)
    qtbot.addWidget(sheet)
    own = made_up.plainly("whatsapp", "Mine", None, own=True)
    sheet.show_glance(glance(own))
    assert list(sheet.cards) == ["facts", "outlets", "sources", "more", *PROGRAM]


def test_a_file_that_cannot_be_read_is_said_and_the_rest_is_there(
    qtbot: QtBot,
) -> None:
    sheet = AboutSheet(broken)
    qtbot.addWidget(sheet)
    sheet.show_glance(glance(real("whatsapp")))
    shown = cards(
        about_view(real("whatsapp"), CatalogError("whatsapp.toml: torn"), nobody)
    )
    assert list(sheet.cards) == ["facts", "outlets", "sources", "more", *PROGRAM]
    assert shown["more"].title == "What is written about WhatsApp could not be read."
    assert shown["more"].summary.startswith("Catalog not readable. The file came")
    assert shown["facts"].lines


def test_a_fault_that_knows_what_helps_says_that_alone() -> None:
    fault = StorageError("no such folder")
    fault.hint = "Install it again."
    more = cards(about_view(real("github"), fault, nobody))["more"]
    assert more.summary == "Storage failed. Install it again."


def test_all_of_it_can_be_drawn_unfolded_and_in_other_colours(qtbot: QtBot) -> None:
    frame = page(real("whatsapp"), unfold=True)
    qtbot.addWidget(frame)
    frame.resize(WIDE, 900)
    frame.show()
    before = frame.grab().toImage()
    sheet = frame.findChild(AboutSheet)
    assert sheet is not None
    sheet.recolour()
    assert frame.grab().toImage() == before
