"""Planned work as a calendar: what stands in it, and that no text can break it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from downlight.core.ical import LINE, MAKER, calendar
from downlight.core.model import Maintenance, MaintenanceState, ServiceSlug, Update
from downlight.core.service import Service

NOW = datetime(2026, 3, 4, 15, 14, 40, tzinfo=UTC)
SERVICE = Service(ServiceSlug("lamp"), "Lamp", "devices", ())
HOUR = timedelta(hours=1)


def work(**more: object) -> Maintenance:
    made: dict[str, object] = {
        "id": "m1",
        "title": "New wires",
        "state": MaintenanceState.SCHEDULED,
        "starts_at": NOW + HOUR,
        "ends_at": NOW + 3 * HOUR,
    }
    return Maintenance(**(made | more))  # type: ignore[arg-type]  # a table of fields


def unfolded(written: bytes | None) -> list[str]:
    """Return the lines as a calendar reads them."""
    assert written is not None
    assert written.endswith(b"\r\n")
    return written.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def read(*works: Maintenance) -> list[str]:
    return unfolded(calendar(SERVICE, works, NOW))


def test_a_piece_of_work_is_one_event_in_utc() -> None:
    east = timezone(timedelta(hours=3))
    told = (Update(NOW, "Lamps may flicker."), Update(NOW - HOUR, "Soon."))
    lines = read(
        work(
            starts_at=(NOW + HOUR).astimezone(east),
            updates=told,
            url="https://status.lamp.example/m1",
        )
    )
    uid = next(line for line in lines if line.startswith("UID:"))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MAKER}",
        "BEGIN:VEVENT",
        uid,
        "DTSTAMP:20260304T151440Z",
        "DTSTART:20260304T161440Z",
        "DTEND:20260304T181440Z",
        "SUMMARY:Lamp: New wires",
        "DESCRIPTION:Lamps may flicker.",
        "URL:https://status.lamp.example/m1",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_work_keeps_its_name_and_other_work_has_another() -> None:
    def uid(made: Maintenance) -> str:
        return next(line for line in read(made) if line.startswith("UID:"))

    assert uid(work()) == uid(work(title="Other words"))
    assert uid(work()) != uid(work(id="m2"))


def test_an_end_that_is_not_known_or_not_after_the_beginning_is_left_out() -> None:
    for end in (None, NOW + HOUR, NOW):
        assert not [x for x in read(work(ends_at=end)) if x.startswith("DTEND")]
    blink = work(ends_at=NOW + HOUR + timedelta(milliseconds=5))
    assert not [x for x in read(blink) if x.startswith("DTEND")]


def test_work_without_a_beginning_has_no_place_in_a_calendar() -> None:
    assert calendar(SERVICE, (work(starts_at=None),), NOW) is None
    assert calendar(SERVICE, (), NOW) is None
    both = read(work(starts_at=None), work(id="m2"))
    assert both.count("BEGIN:VEVENT") == 1


def test_an_early_year_has_four_digits() -> None:
    early = datetime(33, 4, 3, 15, tzinfo=UTC)
    assert "DTSTART:00330403T150000Z" in read(work(starts_at=early, ends_at=None))


def test_what_means_something_in_a_calendar_is_escaped() -> None:
    [said] = [x for x in read(work(title="a\\b;c,d\ne\tf")) if x.startswith("SUMMARY")]
    assert said == "SUMMARY:Lamp: a\\\\b\\;c\\,d\\ne f"


def test_only_an_address_of_the_web_goes_in() -> None:
    for odd in ("javascript:alert(1)", "https://a b", "https://x\r\nATTACH:y", ""):
        assert not [x for x in read(work(url=odd)) if x.startswith("URL")]


def test_a_title_cannot_begin_a_line_of_its_own() -> None:
    bad = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\x0bY\u2028Z\x1b"
    lines = read(work(title=bad))
    assert lines.count("END:VEVENT") == 1
    assert "SUMMARY:Lamp: x\\nEND:VEVENT\\nBEGIN:VALARM\\nY\\nZ" in lines


def test_a_long_line_is_folded_between_characters_and_read_back_whole() -> None:
    title = "ä🙂, " * 40
    written = calendar(SERVICE, (work(title=title),), NOW)
    assert written is not None
    assert max(map(len, written.split(b"\r\n"))) in {LINE - 2, LINE - 1, LINE}
    said = "Lamp: " + title.replace(",", "\\,")
    assert f"SUMMARY:{said}" in unfolded(written)


@given(st.text(max_size=300), st.text(min_size=70, max_size=300))
def test_no_text_breaks_a_line_or_makes_one_too_long(title: str, text: str) -> None:
    written = calendar(SERVICE, (work(title=title, updates=(Update(NOW, text),)),), NOW)
    assert written is not None
    for line in written.split(b"\r\n"):
        assert len(line) <= LINE
        line.decode()  # no character is cut in two
        assert b"\n" not in line
        assert b"\r" not in line
    names = [line.partition(":")[0] for line in unfolded(written)]
    assert names[3:-1] == [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "TRANSP",
        "END",
    ]


def test_halves_of_characters_are_dropped() -> None:
    assert "SUMMARY:Lamp: ab" in read(work(title="a\ud800b"))


def test_no_two_events_have_one_name() -> None:
    lines = read(work(), work(title="Of another page"))
    names = [line for line in lines if line.startswith("UID:")]
    assert len(set(names)) == len(names) == 2
    assert names[0] in read(work())
