"""Words in the person's language, and English where nobody chose another."""

from __future__ import annotations

from datetime import date
from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest

from downlight.core import speech
from downlight.core.saying import dates
from downlight.core.speech import mark, number, percent, tr, trc, trn

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 3, 4)
TURKISH = {
    "{name} is down": "{name} çalışmıyor",
    "{n} %": "%{n}",
    "{n} sources": "{n} kaynak",
    "of a shop\x04Open": "Açık",
    "Mon Tue Wed Thu Fri Sat Sun": "Pzt Sal Çar Per Cum Cmt Paz",
    "January February March April May June July August September October November "
    "December": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım "
    "Aralık",
}


class Turkish(NullTranslations):
    """A few words, as a catalogue has them."""

    def gettext(self, message: str) -> str:
        """Look it up."""
        assert message  # gettext answers that with the head of its file
        return TURKISH.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Look it up; one form for all."""
        del msgid1, n
        return TURKISH.get(msgid2, msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Look it up with its context."""
        return TURKISH.get(f"{context}\x04{message}", message)


@pytest.fixture
def turkish() -> Iterator[None]:
    """Speak Turkish in a test."""
    speech.speak("tr", Turkish())
    yield
    speech.speak(speech.ENGLISH, NullTranslations())


def test_without_a_choice_it_is_english() -> None:
    assert speech.language() == "en"
    assert tr("All well.") == mark("All well.") == "All well."
    assert tr("{name} is down", name="Mail") == "Mail is down"
    assert trc("of a shop", "Open") == "Open"
    assert trc("of a shop", "{name}", name="Open") == "Open"
    assert tr("") == ""


def test_numbers_choose_the_form() -> None:
    assert trn("{n} source", "{n} sources", 1) == "1 source"
    assert trn("{n} source of {of}", "{n} sources of {of}", 1234, of="A") == (
        "1,234 sources of A"
    )


@pytest.mark.usefixtures("turkish")
def test_what_is_in_the_catalogue_is_said_in_its_language() -> None:
    assert speech.language() == "tr"
    assert tr("{name} is down", name="Posta") == "Posta çalışmıyor"
    assert tr("Unheard of.") == "Unheard of."
    assert tr("") == ""
    assert trn("{n} source", "{n} sources", 1234) == "1.234 kaynak"
    assert trc("of a shop", "Open") == "Açık"
    assert percent(12.5, 1) == "%12,5"


def test_a_field_with_braces_is_no_field() -> None:
    assert tr("{name} is down", name="{0.__class__}") == "{0.__class__} is down"


def test_numbers_are_written_as_people_write_them() -> None:
    assert number(1234567) == "1,234,567"
    assert number(1234.56, 1) == "1,234.6"
    assert percent(99) == "99 %"


def test_a_language_without_signs_of_its_own_takes_english_ones() -> None:
    speech.speak("xx", NullTranslations())
    try:
        assert number(1234.5, 1) == "1,234.5"
    finally:
        speech.speak(speech.ENGLISH, NullTranslations())


def test_days_and_months_have_names() -> None:
    assert dates.weekday(DAY) == "Wednesday"
    assert dates.short_weekdays()[DAY.weekday()] == "Wed"
    assert dates.day_month(DAY) == "4 March"
    assert dates.full_date(DAY) == "4 March 2026"
    assert dates.short_day_month(DAY) == "4 Mar"
    assert dates.short_date(DAY) == "4 Mar 2026"
    assert dates.month_year(DAY) == "March 2026"
    assert dates.short_month_year(DAY) == "Mar 2026"


@pytest.mark.usefixtures("turkish")
def test_days_and_months_have_names_in_other_languages() -> None:
    assert dates.full_date(DAY) == "4 Mart 2026"
    assert dates.short_weekdays()[0] == "Pzt"
