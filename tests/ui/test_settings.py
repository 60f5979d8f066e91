"""The settings: each choice holds at once, and what cannot be is refused in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from downlight.core.errors import DownlightError
from downlight.core.keys import KEYS, Key, Ring
from downlight.core.model import ServiceSlug, SourceId
from downlight.core.news import Snapshot
from downlight.core.places.home import Whereabouts
from downlight.core.preferences import HooksView, HookView, Rehearsal
from downlight.core.settings import Settings
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import contrast, present
from downlight.ui.settings.belief import BUSY
from downlight.ui.settings.dialog import SettingsDialog
from downlight.ui.settings.keys import NOT_DONE
from downlight.ui.settings.words import FROZEN, SECTIONS
from downlight.ui.window import Window
from tests.core.spoken import turkish
from tests.ui import made_up
from tests.ui.made_up import NOW
from tests.ui.opener import Opener
from tests.ui.show_settings import LOCKED, person
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from downlight.ui.settings.field import Choices


class Stage:
    """The settings of somebody who has chosen nothing."""

    def __init__(
        self, qtbot: QtBot, section: str, wishes: Granted | None = None
    ) -> None:
        self.wishes = wishes or Granted()
        self.dialog = SettingsDialog(self.wishes, lambda: NOW)
        qtbot.add_widget(self.dialog)
        self.dialog.show_news(made_up.world())
        with qtbot.wait_active(self.dialog):
            self.dialog.open_on(section)

    def now(self) -> Settings:
        return self.wishes.chosen_settings


def pick(box: Choices, value: str) -> None:
    """Choose as a person does."""
    box.show_value(value)
    box.activated.emit(box.currentIndex())


def write(edit: QLineEdit, words: str) -> None:
    """Write something and leave the field with Return."""
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, words)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def shown_by(window: Window) -> SettingsDialog | None:
    """Return the settings that are open over a window."""
    return window.asking.settings


def refused() -> DownlightError:
    return Granted().refuse("The disk is full", "Make room.")


def test_what_is_chosen_in_general_holds_at_once(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    page = stage.dialog.general
    pick(page.country, "ES")
    assert stage.now().country == "ES"
    write(page.also, "de, Brazil, DE")
    assert stage.now().also_in == ("DE", "BR")
    assert page.also.text() == "Germany, Brazil"
    pick(page.icon, "dark")
    pick(page.language, "tr")
    assert (stage.now().language, page.language.currentText()) == ("tr", "Türkçe")
    page.belief.begin.setValue(3)
    page.belief.end.setValue(2)
    assert (stage.now().icon, stage.now().confirm_begin, stage.now().confirm_end) == (
        *("dark", 3),
        2,
    )
    QTest.mouseClick(page.login, Qt.MouseButton.LeftButton)
    assert stage.wishes.at_login
    assert page.login.isChecked()
    pick(page.country, "none")
    pick(page.country, "auto")
    assert stage.now().country == "auto"


def test_a_country_that_is_none_is_refused_beside_the_field(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    page = stage.dialog.general
    write(page.also, "Germany, Atlantis")
    field = page.fields["also_in"]
    assert "“Atlantis” is no country we know" in field.fault.text()
    assert field.fault.isVisible()
    assert "Atlantis" in page.also.accessibleDescription()
    assert stage.now().also_in == ()
    pick(page.icon, "light")  # another choice takes away nothing that is written
    assert page.also.text() == "Germany, Atlantis"
    write(page.also, "Germany")
    assert not field.fault.isVisible()
    assert stage.now().also_in == ("DE",)


def test_a_proxy_is_one_of_three_ways(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    page = stage.dialog.general
    assert not page.address.isVisible()
    pick(page.way, "")
    assert page.address.isVisible()
    assert stage.now().proxy == "system"
    write(page.address, "http://proxy.example:8080")
    assert stage.now().proxy == "http://proxy.example:8080"
    write(page.address, "")
    assert stage.now().proxy == "http://proxy.example:8080"
    said = "There is no address here, so nothing was changed."
    assert page.fields["proxy"].fault.text() == said
    pick(page.way, "none")
    assert stage.now().proxy == "none"
    assert not page.address.isVisible()


def test_the_password_of_a_proxy_is_kept_and_not_shown(qtbot: QtBot) -> None:
    wishes = Granted()
    proxy = "http://me:s@cret@proxy.example:8080"
    wishes.chosen_settings = replace(Settings(), proxy=proxy)
    stage = Stage(qtbot, "general", wishes)
    page = stage.dialog.general

    def put(words: str) -> None:
        page.address.setFocus()
        page.address.setText(words)  # QTest has no key for a dot in the middle
        QTest.keyClick(page.address, Qt.Key.Key_Return)

    assert page.address.text() == "http://me:•••@proxy.example:8080"
    put("http://me:•••@proxy.example:8080")
    assert wishes.changes == []
    put("http://me:•••@proxy.example:3128")
    assert wishes.chosen_settings.proxy == "http://me:s@cret@proxy.example:3128"
    put("http://you:other@proxy.example:3128")
    assert wishes.chosen_settings.proxy == "http://you:other@proxy.example:3128"
    assert page.address.text() == "http://you:•••@proxy.example:3128"
    put("http://proxy.example:3128")
    assert page.address.text() == "http://proxy.example:3128"
    put("http://me:•••@proxy.example:1")  # it stands for nothing now
    assert wishes.chosen_settings.proxy == "http://me:•••@proxy.example:1"


def test_what_is_refused_is_said_and_shown_as_it_was(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    page = stage.dialog.general
    stage.wishes.refusal = refused()
    pick(page.icon, "dark")
    assert page.fields["icon"].fault.text() == "The disk is full. Make room."
    assert page.icon.value == "auto"
    QTest.mouseClick(page.login, Qt.MouseButton.LeftButton)
    assert page.fields["login"].fault.text() == "The disk is full. Make room."
    assert not page.login.isChecked()
    stage.wishes.refusal = None
    pick(page.icon, "dark")
    QTest.mouseClick(page.login, Qt.MouseButton.LeftButton)
    assert not page.fields["icon"].fault.isVisible()
    assert not page.fields["login"].fault.isVisible()


def test_a_country_that_was_guessed_is_named(qtbot: QtBot) -> None:
    wishes = Granted()
    wishes.where = Whereabouts("TR", "zone")
    stage = Stage(qtbot, "general", wishes)
    assert stage.dialog.general.country.currentText() == "Guessed: Turkey"


def test_notifications_are_chosen_for_all_and_for_each_service(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "notify")
    page = stage.dialog.notify
    QTest.mouseClick(page.notify, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.hold, Qt.MouseButton.LeftButton)
    pick(page.floor, "down")
    page.most.setValue(2)
    now = stage.now()
    assert (now.notify, now.hold_while_busy) == (False, False)
    assert (now.notify_floor, now.most_per_hour) == ("down", 2)
    calm = ServiceSlug("calm")
    bell = page.bells.bells[calm]
    assert bell.accessibleName() == "Tell me of Calm"
    pick(bell, "end")
    assert stage.now().notify_when == {calm: "end"}
    pick(bell, "always")
    assert stage.now().notify_when == {}
    stage.wishes.refusal = refused()
    pick(bell, "never")
    assert bell.value == "always"
    assert page.bells.wrong.isVisible()
    assert page.bells.wrong.text() == "The disk is full. Make room."


def test_a_bell_is_there_for_what_is_watched_and_for_nothing_else(
    qtbot: QtBot,
) -> None:
    stage = Stage(qtbot, "notify")
    bells = stage.dialog.notify.bells
    before = dict(bells.bells)
    stage.dialog.show_news(made_up.world())
    assert bells.bells == before  # the same ones: what is chosen stays open
    stage.dialog.show_news(Snapshot(NOW))
    assert bells.bells == {}
    assert bells.none.isVisible()


def test_quiet_hours_are_added_changed_and_taken_away(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "quiet")
    page = stage.dialog.quiet
    assert page.now.text() == "There are no quiet hours."
    QTest.mouseClick(page.night, Qt.MouseButton.LeftButton)
    assert stage.now().quiet_hours == ("22:00-07:00",)
    QTest.mouseClick(page.night, Qt.MouseButton.LeftButton)
    assert page.lines[1].fault.text() == "These hours are there already."
    write(page.lines[1].edit, "sat-sun  00:00-24:00")
    assert stage.now().quiet_hours == ("22:00-07:00", "sat-sun 00:00-24:00")
    write(page.lines[0].edit, "23:00-07:00")
    assert stage.now().quiet_hours == ("23:00-07:00", "sat-sun 00:00-24:00")
    pick(page.floor, "down")
    assert stage.now().quiet_floor == "down"
    QTest.mouseClick(page.lines[0].gone, Qt.MouseButton.LeftButton)
    assert stage.now().quiet_hours == ("sat-sun 00:00-24:00",)
    QTest.mouseClick(page.lines[0].gone, Qt.MouseButton.LeftButton)
    assert stage.now().quiet_hours == ()
    assert page.lines == []
    assert page.add_one.hasFocus()


def test_hours_that_cannot_be_are_refused_beside_them(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "quiet")
    page = stage.dialog.quiet
    QTest.mouseClick(page.add_one, Qt.MouseButton.LeftButton)
    [line] = page.lines
    assert line.edit.hasFocus()
    write(line.edit, "25:00-07:00")
    assert line.fault.text() == "A day has 24 hours."
    assert line.fault.isVisible()
    assert "A day has 24 hours." in line.edit.accessibleDescription()
    assert stage.now().quiet_hours == ()
    assert stage.dialog.isVisible()  # Return closes nothing
    pick(page.floor, "partly")
    assert page.lines == [line]  # another choice takes it not away
    write(line.edit, "22:00-07:00")
    assert not line.fault.isVisible()
    assert stage.now().quiet_hours == ("22:00-07:00",)
    write(line.edit, "")
    assert stage.now().quiet_hours == ("22:00-07:00",)
    assert line.edit.text() == "22:00-07:00"  # what holds is what is seen


def test_hours_that_are_not_kept_stay_as_they_were(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "quiet", person())
    page = stage.dialog.quiet
    stage.wishes.refusal = refused()
    write(page.lines[0].edit, "21:00-07:00")
    assert page.field.fault.text() == "The disk is full. Make room."
    QTest.mouseClick(page.lines[0].gone, Qt.MouseButton.LeftButton)
    assert [line.kept for line in page.lines] == list(stage.now().quiet_hours)
    assert len(page.lines) == 2


def test_hours_changed_elsewhere_are_shown(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "quiet")
    stage.wishes.chosen_settings = replace(Settings(), quiet_hours=("01:00-02:00",))
    stage.dialog.open_on("general")
    stage.dialog.open_on("quiet")
    assert [line.edit.text() for line in stage.dialog.quiet.lines] == ["01:00-02:00"]


def test_a_hook_is_tried_and_its_outcome_told(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "hooks", person())
    page = stage.dialog.hooks
    log, team, _ = page.cards
    assert page.faults.isVisible()
    assert not page.none.isVisible()
    QTest.mouseClick(log.test, Qt.MouseButton.LeftButton)
    assert stage.wishes.tries == ["log"]
    assert log.said.text() == "Sending a test …"
    assert not log.test.isEnabled()
    stage.wishes.tell_try("")
    assert log.said.text() == "The test was sent."
    assert log.test.isEnabled()
    QTest.mouseClick(log.test, Qt.MouseButton.LeftButton)
    stage.wishes.tell_try("hello")
    assert log.said.text() == "The test was sent. It said: hello"
    QTest.mouseClick(team.test, Qt.MouseButton.LeftButton)
    stage.wishes.tell_try(DownlightError("refused with 404"))
    assert team.wrong.text() == "The test did not work: refused with 404."
    assert not team.said.isVisible()


def test_what_a_hook_sends_is_shown_and_hidden_again(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "hooks", person())
    card = stage.dialog.hooks.cards[0]
    QTest.mouseClick(card.show_it, Qt.MouseButton.LeftButton)
    assert card.sends.text() == "what log sends"
    QTest.mouseClick(card.show_it, Qt.MouseButton.LeftButton)
    assert not card.sends.isVisible()
    stage.wishes.refusal = refused()
    QTest.mouseClick(card.show_it, Qt.MouseButton.LeftButton)
    assert card.wrong.text() == "The disk is full. Make room."


def test_hooks_are_read_anew_when_they_are_looked_at(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "hooks")
    page = stage.dialog.hooks
    assert page.none.isVisible()
    stage.wishes.hook_list = HooksView((HookView("log", "command", ("began",)),))
    stage.dialog.open_on("keys")
    stage.dialog.open_on("hooks")
    [card] = page.cards
    QTest.mouseClick(card.test, Qt.MouseButton.LeftButton)
    stage.wishes.hook_list = HooksView()
    page.refill()
    stage.wishes.tell_try("too late")  # of a hook that is gone: nothing breaks
    assert page.cards == []


def test_a_text_can_be_tried(qtbot: QtBot) -> None:
    page = Stage(qtbot, "hooks").dialog.hooks
    assert page.shown.text() == "Downlight: a test: This is a test; nothing is down."
    page.text.setText("{oh}")
    assert page.bad.isVisible()
    assert not page.shown.isVisible()


def test_a_file_that_cannot_be_made_is_explained(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "hooks")
    stage.wishes.refusal = refused()
    QTest.mouseClick(stage.dialog.hooks.open, Qt.MouseButton.LeftButton)
    assert stage.dialog.hooks.wrong.text() == "The disk is full. Make room."


def test_sources_stand_there_the_broken_ones_first(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "sources")
    page = stage.dialog.sources
    first = page.views[0]
    assert first.row.state == "Cannot be read"
    assert first.accessibleName() == f"{first.row.title}: Cannot be read"
    shown = [view for view in page.views if view.isVisible()]
    assert len(shown) == len(page._all.rows) > 5
    opened: list[str] = []
    stage.dialog.opened.connect(opened.append)
    linked = next(view for view in shown if view.row.link)
    QTest.mouseClick(linked.page, Qt.MouseButton.LeftButton)
    assert opened == [linked.row.link]
    page.search.setText("zzz")
    assert page.more.text() == "No source matches."
    page.search.setText(first.row.title)
    assert first.isVisible()
    assert not page.more.isVisible()


def test_ages_go_on_while_one_looks(qtbot: QtBot) -> None:
    now = [NOW]
    window = Window(made_up.catalog, Granted(), clock=lambda: now[0])
    qtbot.add_widget(window)
    window.show_news(made_up.world())
    with qtbot.wait_active(window):
        window.open_on("calm")
    window._tick.timeout.emit()  # nothing is open: nothing breaks
    window.open_settings()
    dialog = shown_by(window)
    assert dialog is not None
    dialog.open_on("sources")
    before = dialog.sources.views[2].row.lines
    now[0] += timedelta(minutes=1)
    window._tick.timeout.emit()
    assert dialog.sources.views[2].row.lines != before
    dialog.hide()
    now[0] += timedelta(minutes=1)
    window._tick.timeout.emit()


def test_very_many_sources_are_found_by_searching(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "sources")
    one = made_up.world().services[0]
    evidence = tuple(
        replace(e, info=replace(e.info, id=SourceId(f"s{number}"), name=f"s{number}"))
        for e in one.evidence[:1]
        for number in range(200)
    )
    view = replace(one, evidence=evidence)
    stage.dialog.show_news(Snapshot(NOW, (view,)))
    page = stage.dialog.sources
    assert page.more.text() == "140 more; search for one."
    assert sum(view.isVisible() for view in page.views) == 60
    page.search.setText("s199")
    assert [v.row.title for v in page.views if v.isVisible()] == ["S199"]


def test_a_search_takes_capitals_as_the_language_has_them(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "sources")
    with turkish({"About {names}.": "İlgili: {names}."}):
        stage.dialog.show_news(made_up.world())
    page = stage.dialog.sources
    page.search.setText("ilgili")
    assert any(view.isVisible() for view in page.views)


def test_the_keyring_is_asked_when_the_keys_are_looked_at(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    assert stage.wishes.looks_for_keys == 0
    stage.dialog.open_on("keys")
    assert stage.wishes.looks_for_keys == 1
    page = stage.dialog.keys
    assert all("Looking …" in view.state.text() for view in page.views)
    stage.dialog.open_on("general")
    stage.dialog.open_on("keys")
    assert stage.wishes.looks_for_keys == 1  # it has not answered yet
    stage.wishes.tell_ring(Ring({key.name: key.name == "riot" for key in KEYS}))
    kept = {view.key.name: not view.drop.isHidden() for view in page.views}
    assert [name for name, shown in kept.items() if shown] == ["riot"]
    assert not page.trouble.isVisible()


def test_a_locked_keyring_is_said_and_asked_again_on_demand(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "keys")
    page = stage.dialog.keys
    stage.wishes.tell_ring(Ring({}, LOCKED))
    assert page.trouble.text() == LOCKED
    assert "Not known whether there is one." in page.views[0].state.text()
    QTest.mouseClick(page.again, Qt.MouseButton.LeftButton)
    assert stage.wishes.looks_for_keys == 2
    stage.wishes.tell_ring(Ring({key.name: False for key in KEYS}))
    assert not page.trouble.isVisible()
    assert not page.again.isVisible()


def test_a_token_is_kept_unseen_and_forgotten(qtbot: QtBot) -> None:
    wishes = Granted()
    wishes.key_list = (Key("riot", "Riot Games' status", "riot"),)
    stage = Stage(qtbot, "keys", wishes)
    wishes.tell_ring(Ring({"riot": False}))
    [view] = stage.dialog.keys.views
    assert view.edit.echoMode() is QLineEdit.EchoMode.Password
    assert not view.keep.isEnabled()
    QTest.keyClick(view.edit, Qt.Key.Key_Return)
    assert wishes.kept_keys == []
    write(view.edit, " secret ")
    assert wishes.kept_keys == [("riot", "secret")]
    assert view.state.text() == "Asking the keyring …"
    wishes.tell_kept(None)
    assert view.state.text() == "Kept in the keyring as riot."
    assert view.edit.text() == ""
    QTest.mouseClick(view.drop, Qt.MouseButton.LeftButton)
    assert wishes.kept_keys[-1] == ("riot", None)
    wishes.tell_kept(None)
    assert view.state.text() == "It is forgotten."
    assert not view.drop.isVisible()


def test_a_token_that_is_not_kept_can_be_tried_again(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "keys")
    view = stage.dialog.keys.views[0]
    write(view.edit, "secret")
    stage.wishes.tell_kept(refused())
    assert view.wrong.text() == "The disk is full. Make room."
    assert view.state.text() == NOT_DONE
    assert view.edit.text() == "secret"
    assert view.keep.isEnabled()
    stage.wishes.key_list = ()
    stage.dialog.keys._list()
    stage.wishes.tell_kept(None)  # of a key that is gone: nothing breaks
    assert stage.dialog.keys.views == []


def test_everything_is_written_to_one_file_and_taken_over(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stage = Stage(qtbot, "general")
    luggage = stage.dialog.general.luggage
    path = str(tmp_path / "it.toml")
    luggage.export.click()
    assert luggage.files is not None
    luggage.files.fileSelected.emit(path)
    luggage.files.reject()
    assert stage.wishes.exported == [path]
    assert luggage.said.accessibleName() == f"Written to {path}."
    changes: list[bool] = []
    stage.dialog.changed.connect(lambda: changes.append(True))
    luggage.take.click()
    luggage.files.fileSelected.emit(path)
    luggage.files.reject()
    assert stage.wishes.imported == [path]
    assert luggage.said.text() == "Taken over: 2 settings changed, 1 service added."
    assert changes
    stage.wishes.refusal = refused()
    luggage.read(path)
    assert luggage.fault.text() == "The disk is full. Make room."
    assert not luggage.said.isVisible()
    luggage.write(path)
    assert luggage.fault.isVisible()


def test_the_log_folder_is_opened_or_it_is_said_where_it_stands(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    luggage, opener = stage.dialog.general.luggage, Opener()
    with opener.opens():
        luggage.log.click()
    assert opener.paths == ["/nowhere/log"]
    assert not luggage.fault.text()


def test_recorded_outages_are_played_by_what_is_chosen(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    belief = stage.dialog.general.belief
    belief.play.click()
    assert belief.said.text() == BUSY
    assert not belief.play.isEnabled()
    minute = timedelta(minutes=1)
    stage.wishes.tell_rehearsal(
        [Rehearsal("A day", "Acme", told=True, late=minute, end_late=minute)]
    )
    assert belief.said.text().startswith("A day. Acme: you would have been told 1 min")
    assert belief.play.isEnabled()
    belief.play.click()
    stage.wishes.tell_rehearsal(refused())
    assert belief.wrong.text() == "The disk is full. Make room."
    assert not belief.said.isVisible()


def test_what_is_answered_after_the_settings_are_gone_breaks_nothing(
    qtbot: QtBot,
) -> None:
    wishes = person()
    window = Window(made_up.catalog, wishes, clock=lambda: NOW)
    qtbot.add_widget(window)
    window.show_news(made_up.world())
    with qtbot.wait_active(window):
        window.open_on("calm")
    window.open_settings()
    dialog = shown_by(window)
    assert dialog is not None
    dialog.general.belief.play.click()
    dialog.open_on("hooks")
    dialog.hooks.cards[0].test.click()
    dialog.open_on("keys")
    dialog.keys.views[0]._put("secret")
    with qtbot.wait_signal(dialog.destroyed):
        dialog.close()
    wishes.tell_try("too late")
    wishes.tell_ring(Ring())
    wishes.tell_kept(None)
    wishes.tell_rehearsal([])
    assert shown_by(window) is None


def test_while_a_recording_plays_nothing_can_be_changed(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "notify")
    stage.dialog.show_news(replace(made_up.world(), replay="an outage"))
    assert stage.dialog.frozen.text() == FROZEN
    assert not stage.dialog.notify.notify.isEnabled()
    assert stage.dialog.sources.search.isEnabled()
    stage.dialog.show_news(made_up.world())
    assert stage.dialog.notify.notify.isEnabled()
    assert not stage.dialog.frozen.isVisible()


def test_what_was_just_written_is_kept_when_the_settings_are_closed(
    qtbot: QtBot,
) -> None:
    stage = Stage(qtbot, "general")
    also = stage.dialog.general.also
    also.setFocus()
    QTest.keyClicks(also, "Germany")
    QTest.keyClick(also, Qt.Key.Key_Escape)
    assert not stage.dialog.isVisible()
    assert stage.now().also_in == ("DE",)


def test_a_turn_of_the_wheel_changes_no_number(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "notify")
    most = stage.dialog.notify.most
    before = stage.now().most_per_hour
    middle = QPointF(most.rect().center())
    turn = QWheelEvent(
        middle,
        most.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(most, turn)
    assert (most.value(), stage.now().most_per_hour) == (before, before)
    assert most.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_what_the_keyring_held_before_a_key_was_kept_is_not_shown(
    qtbot: QtBot,
) -> None:
    wishes = Granted()
    wishes.key_list = (Key("riot", "Riot Games' status", "riot"),)
    stage = Stage(qtbot, "keys", wishes)
    [view] = stage.dialog.keys.views
    write(view.edit, "secret")
    wishes.tell_kept(None)
    wishes.tell_ring(Ring({"riot": False}))  # asked before, answered after
    assert view.state.text() == "Kept in the keyring as riot."
    assert view.drop.isVisible()
    stage.dialog.keys.look()
    wishes.tell_ring(Ring({"riot": False}))
    assert view.state.text().startswith("There is none.")


def test_a_hook_that_is_gone_says_so(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "hooks", person())
    [card, *_] = stage.dialog.hooks.cards
    card.test.click()
    stage.wishes.tell_try(Granted().refuse("No hook is called 'x'", "There are none."))
    said = "The test did not work: No hook is called 'x'. There are none."
    assert card.wrong.text() == said


def test_the_sections_are_reached_by_keys(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general")
    assert stage.dialog.list.hasFocus()
    QTest.keyClick(stage.dialog.list, Qt.Key.Key_Down)
    assert stage.dialog.stack.currentWidget() is stage.dialog.notify
    QTest.keyClick(stage.dialog, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert stage.dialog.stack.currentWidget() is stage.dialog.general
    QTest.keyClick(stage.dialog.list, Qt.Key.Key_Tab)
    assert stage.dialog.general.watch.hasFocus()
    QTest.keyClick(stage.dialog, Qt.Key.Key_Escape)
    assert not stage.dialog.isVisible()


def test_tab_goes_through_a_section_from_top_to_bottom(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "notify")
    page = stage.dialog.notify
    order = [page.notify, page.floor, page.most, page.hold]
    order[0].setFocus()
    for widget in order[1:]:
        QTest.keyClick(stage.dialog.focusWidget(), Qt.Key.Key_Tab)
        assert widget.hasFocus()


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general", person())
    stage.dialog.open_on("keys")
    for key, _ in SECTIONS:
        section = stage.dialog.sections[key]
        for widget in section.inside.findChildren(QWidget):
            able = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            # Not what a box drops down, and not what a counter is made of.
            here = widget.window() is stage.dialog
            if able and here and not widget.objectName().startswith("qt_"):
                said = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or said, (key, widget)


def test_no_letter_leads_to_two_places(qtbot: QtBot) -> None:
    stage = Stage(qtbot, "general", person())
    for key, _ in SECTIONS:
        stage.dialog.open_on(key)
        words = [stage.dialog.close_it.text()]
        for widget in stage.dialog.sections[key].inside.findChildren(QWidget):
            said = widget.property("text")
            buddy = getattr(widget, "buddy", lambda: None)()
            if said and (buddy is not None or isinstance(widget, QAbstractButton)):
                words.append(str(said))
        letters = [w.partition("&")[2][:1].casefold() for w in words if "&" in w]
        assert len(set(letters)) == len(letters), (key, words)


def test_a_fault_can_be_read(qtbot: QtBot) -> None:
    del qtbot
    theme = present()
    found = contrast(theme.word(Look.MAJOR), QColor(theme.card))
    assert found >= 4.5


def test_the_window_opens_the_settings_and_closes_them_with_itself(
    qtbot: QtBot,
) -> None:
    wishes = Granted()
    window = Window(made_up.catalog, wishes, clock=lambda: NOW)
    qtbot.add_widget(window)
    window.show_news(made_up.world())
    with qtbot.wait_active(window):
        window.open_on("calm")
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.asking.settings
    assert dialog is not None
    assert dialog.isVisible()
    window.open_settings()
    assert window.asking.settings is dialog
    window.show_news(Snapshot(NOW))
    assert dialog._snapshot == Snapshot(NOW)
    window.show_news(made_up.world())
    dialog.general.watch.click()
    assert window.asking.picker is not None
    window.asking.picker.close()
    wishes.where = Whereabouts("ES", "said", settled=True)
    pick(dialog.general.country, "ES")
    assert window.asking.land == "ES"
    window.close()
    assert not dialog.isVisible()
    assert shown_by(window) is None
    window.open_on("calm")
    QTest.mouseClick(window.side.settings, Qt.MouseButton.LeftButton)
    assert shown_by(window) is not None
