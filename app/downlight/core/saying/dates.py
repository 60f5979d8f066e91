"""Days and months by name, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.speech import tr

if TYPE_CHECKING:
    from datetime import date


def months() -> list[str]:
    """Return the names of the twelve months."""
    return tr(
        "January February March April May June July August September October November "
        "December"
    ).split()


def short_months() -> list[str]:
    """Return the names of the twelve months, cut short."""
    return tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def weekdays() -> list[str]:
    """Return the names of the seven days, from Monday on."""
    return tr("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()


def short_weekdays() -> list[str]:
    """Return the names of the seven days from Monday on, cut short."""
    return tr("Mon Tue Wed Thu Fri Sat Sun").split()


def weekday(day: date) -> str:
    """Return the name of a day: "Monday"."""
    return weekdays()[day.weekday()]


def day_month(day: date) -> str:
    """Return a day of a year that is known: "4 March"."""
    return tr("{day} {month}", day=day.day, month=months()[day.month - 1])


def full_date(day: date) -> str:
    """Return a day: "4 March 2026"."""
    month = months()[day.month - 1]
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)


def short_day_month(day: date) -> str:
    """Return a day of a year that is known: "4 Mar"."""
    return tr("{day} {month}", day=day.day, month=short_months()[day.month - 1])


def short_date(day: date) -> str:
    """Return a day: "4 Mar 2026"."""
    month = short_months()[day.month - 1]
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)


def month_year(day: date) -> str:
    """Return a month: "March 2026"."""
    return tr("{month} {year}", month=months()[day.month - 1], year=day.year)


def short_month_year(day: date) -> str:
    """Return a month: "Mar 2026"."""
    return tr("{month} {year}", month=short_months()[day.month - 1], year=day.year)
