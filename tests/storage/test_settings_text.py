"""Any text is judged without a fall, and changed without a loss."""

import tomllib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from downlight.core.errors import SettingsError
from downlight.core.model import ServiceSlug
from downlight.core.settings import Settings
from downlight.storage.choices import CHOICES
from downlight.storage.settings_edit import edited, template
from downlight.storage.settings_text import judge, parse

DEFAULTS = Settings()
GITHUB = ServiceSlug("github")

CHOSEN = st.builds(
    Settings,
    watch=st.lists(
        st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True).map(ServiceSlug),
        unique=True,
        max_size=5,
    ).map(tuple),
    country=st.sampled_from(["", "ES", "TR", "none", "auto"]),
    also_in=st.lists(st.sampled_from(["DE", "BR", "TR"]), unique=True).map(tuple),
    notify=st.booleans(),
    icon=st.sampled_from(["auto", "light", "dark"]),
    language=st.sampled_from(["", "en", "tr"]),
    confirm_begin=st.integers(1, 10),
    confirm_end=st.integers(1, 10),
    notify_when=st.dictionaries(
        st.sampled_from(["a", "a.b", "github"]).map(ServiceSlug),
        st.sampled_from(["always", "start", "end", "never"]),
    ),
    notify_floor=st.sampled_from(["troubled", "partly", "down"]),
    quiet_hours=st.lists(
        st.sampled_from(["22:00-07:00", "sat-sun 00:00-24:00"]), unique=True
    ).map(tuple),
    quiet_floor=st.sampled_from(["", "down"]),
    most_per_hour=st.integers(1, 60),
    hold_while_busy=st.booleans(),
    proxy=st.sampled_from(["system", "none", "http://[::1]:3128", "socks5://a.b:1"]),
    parts=st.dictionaries(
        st.sampled_from(["a", "a.b", "github", "7"]).map(ServiceSlug),
        st.lists(
            st.sampled_from(["Web", 'A "b"', "x = 1"]), min_size=1, unique=True
        ).map(tuple),
    ),
)


def changes(after: Settings, before: Settings) -> dict[str, object]:
    """Return every value of ``after``; entries that are not in it are taken out."""
    values = {key: getattr(after, key) for key in CHOICES}
    for key in ("parts", "notify_when"):
        values[key] = {**dict.fromkeys(getattr(before, key), ()), **values[key]}
    return values


@given(st.text())
@example("icon = nan\nx = [nan, -inf, 1979-05-27]\n")
@example("watch.a = 1\nwatch.b = 2")
def test_no_text_at_all_makes_it_fail(text: str) -> None:
    try:
        table = parse("s", text)
    except SettingsError as error:
        assert str(error).startswith("s")  # noqa: PT017 - both ways are fine
        return
    judge("s", text, table)


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(st.characters(codec="utf-8")),
    st.datetimes().map(lambda at: at.replace(microsecond=0)),
    st.dates(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from([*CHOICES, "icn", "later"]), VALUES), CHOSEN)
def test_any_table_is_judged_and_can_be_changed(
    table: dict[str, object], chosen: Settings
) -> None:
    import tomlkit

    text = tomlkit.dumps(table)
    settings, complaints = judge("s", text, parse("s", text))
    for key in CHOICES:
        if key not in table:
            assert getattr(settings, key) == getattr(DEFAULTS, key)
    for complaint in complaints:
        assert complaint.startswith("s, line ")
    after, complaints = judge("s", *both(edited("s", text, changes(chosen, settings))))
    assert after == chosen
    entry = ("in parts,", "in notify_when,")
    assert not [w for w in complaints if "must be" in w and not any_of(entry, w)]


def any_of(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


def both(text: str) -> tuple[str, dict[str, object]]:
    return text, parse("s", text)


@settings(max_examples=20)
@given(CHOSEN)
def test_a_new_file_explains_itself_and_says_what_was_chosen(chosen: Settings) -> None:
    text = template(chosen)
    assert judge("s", *both(text)) == (chosen, ())
    for choice in CHOICES.values():
        assert choice.comment.splitlines()[0] in text
    assert max(map(len, text.splitlines())) <= 88


@settings(max_examples=20)
@given(CHOSEN, CHOSEN)
def test_changing_values_keeps_every_comment_and_the_order(
    first: Settings, second: Settings
) -> None:
    text = template(first)
    after = edited("s", text, changes(second, first))
    assert judge("s", *both(after)) == (second, ())
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith("#")
    ]
    assert list(tomllib.loads(after)) == list(CHOICES)
