"""Services that fall together are one notification."""

from datetime import timedelta

from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.service import Service
from downlight.engine.folding import TOGETHER, Folding
from tests.engine.world import MINUTE, START

APP, BOOK, GRAM, GIT, HUB = map(ServiceSlug, ("app", "book", "gram", "git", "hub"))


def known(slug: ServiceSlug, house: str = "meta") -> Service:
    return Service(
        slug, slug.title(), "messaging", (), owner=house.title(), parent=house
    )


SERVICES = (known(APP), known(BOOK), known(GRAM), known(GIT, "microsoft"))
DOWN = Track(level=Level.MAJOR, since=START, began=START, episode="e")
WELL = Track(level=Level.OPERATIONAL)


def down(minutes: float = 0, episode: str = "e") -> Track:
    at = START + minutes * MINUTE
    return Track(level=Level.MAJOR, since=at, began=at, episode=episode)


def event(slug: ServiceSlug, turn: Turn, held: str = "") -> Event:
    title, level = f"{slug.title()} {turn}", Level.MAJOR
    at = START + timedelta()
    return Event(
        f"{slug}/{turn}", at, slug, turn, level, "", title, "It is.", held=held
    )


def test_one_alone_is_told_as_itself() -> None:
    began = event(APP, Turn.BEGAN)
    assert Folding().fold([began], SERVICES, {APP: down()}) == (began,)


def test_news_that_begins_and_ends_nothing_passes_unread() -> None:
    update = event(APP, Turn.UPDATE)
    folding = Folding()
    assert folding.fold([update], SERVICES, {APP: down(), BOOK: down()}) == (update,)
    assert folding.causes == ()


def test_those_that_begin_together_are_told_once_and_all_are_listed() -> None:
    began = [event(APP, Turn.BEGAN), event(BOOK, Turn.BEGAN), event(GIT, Turn.BEGAN)]
    tracks = {APP: down(), BOOK: down(1), GIT: down()}
    first, second, other = Folding().fold(began, SERVICES, tracks)
    assert first.title == "Meta: App and Book are in trouble"
    assert first.sentence == "App began. It is."
    assert first.cause == "app:e"
    assert (second.title, second.held) == ("Book began", TOGETHER)
    assert second.cause == "app:e"
    assert other == began[2]


def test_one_that_joins_takes_the_place_of_what_was_told() -> None:
    folding = Folding()
    folding.fold([event(APP, Turn.BEGAN)], SERVICES, {APP: down()})
    tracks = {APP: down(), GRAM: down(10, "f")}
    (joined,) = folding.fold([event(GRAM, Turn.BEGAN)], SERVICES, tracks)
    assert joined.title == "Meta: App and Gram are in trouble"
    assert joined.cause == "app:e"  # the key of the message about App
    assert [cause.slugs for cause in folding.causes] == [(APP, GRAM)]


def test_who_is_held_for_another_reason_stays_held() -> None:
    began = [event(APP, Turn.BEGAN, held="It changes."), event(BOOK, Turn.BEGAN)]
    first, second = Folding().fold(began, SERVICES, {APP: down(), BOOK: down()})
    assert first == began[0]
    assert second.title.startswith("Meta: App and Book")


def test_who_works_again_says_who_does_not() -> None:
    folding = Folding()
    tracks = {APP: down(), BOOK: down(), GRAM: down(), GIT: WELL}
    began = [event(slug, Turn.BEGAN) for slug in (APP, BOOK, GRAM)]
    folding.fold(began, SERVICES, tracks)
    (ended,) = folding.fold([event(APP, Turn.ENDED)], SERVICES, {**tracks, APP: WELL})
    assert ended.title == "App ended"
    assert ended.sentence == "It is. Book, Gram are still in trouble."
    assert ended.cause == "app:e"  # in the place of what was told
    left = {**tracks, APP: WELL, BOOK: WELL}
    (ended,) = folding.fold([event(BOOK, Turn.ENDED)], SERVICES, left)
    assert ended.sentence == "It is. Gram is still in trouble."


def test_those_that_end_together_are_told_once() -> None:
    folding = Folding()
    tracks = {APP: down(), BOOK: down()}
    folding.fold([event(s, Turn.BEGAN) for s in tracks], SERVICES, tracks)
    ended = [event(APP, Turn.ENDED), event(BOOK, Turn.ENDED)]
    first, second = folding.fold(ended, SERVICES, {APP: WELL, BOOK: WELL})
    assert (first.title, first.sentence) == ("Meta: App and Book work again", "It is.")
    assert (second.held, second.cause) == (TOGETHER, first.cause)
    assert first.cause == "app:e"
    assert folding.causes == ()


def test_who_comes_and_goes_is_not_told_to_be_back() -> None:
    folding, began = Folding(), [event(APP, Turn.BEGAN), event(BOOK, Turn.BEGAN)]
    folding.fold(began, SERVICES, {APP: down(), BOOK: down()})
    ended = [event(APP, Turn.ENDED), event(BOOK, Turn.ENDED, held="It changes.")]
    first, second = folding.fold(ended, SERVICES, {APP: WELL, BOOK: WELL})
    assert (first.title, first.sentence) == ("App ended", "It is.")
    assert second == ended[1]


def test_of_many_that_are_still_in_trouble_three_are_named() -> None:
    slugs = [ServiceSlug(f"s{n}") for n in range(6)]
    services = [known(slug) for slug in slugs]
    tracks = dict.fromkeys(slugs, down())
    folding = Folding()
    folding.fold([event(slug, Turn.BEGAN) for slug in slugs], services, tracks)
    after = {**tracks, slugs[0]: WELL}
    (ended,) = folding.fold([event(slugs[0], Turn.ENDED)], services, after)
    assert ended.sentence.endswith("S1, S2, S3 and 2 more are still in trouble.")


def test_trouble_of_which_nobody_knows_since_when_is_folded_with_none() -> None:
    tracks = {APP: Track(level=Level.MAJOR), BOOK: down()}
    began = event(BOOK, Turn.BEGAN)
    assert Folding().fold([began], SERVICES, tracks) == (began,)


def test_a_cause_that_no_message_named_has_its_own_name() -> None:
    folding = Folding()
    tracks = {APP: down(), BOOK: down()}
    held = [event(APP, Turn.BEGAN, "It changes."), event(BOOK, Turn.BEGAN, "So too.")]
    folding.fold(held, SERVICES, tracks)
    [cause] = folding.causes
    (ended,) = folding.fold([event(APP, Turn.ENDED)], SERVICES, {**tracks, APP: WELL})
    assert ended.cause == cause.key


def test_those_that_are_confirmed_take_the_place_of_what_was_told() -> None:
    folding = Folding()
    tracks = {APP: down(), BOOK: down(), GRAM: down()}
    folding.fold([event(s, Turn.BEGAN) for s in tracks], SERVICES, tracks)
    news = [event(BOOK, Turn.CONFIRMED), event(GRAM, Turn.CONFIRMED)]
    first, second = folding.fold(news, SERVICES, tracks)
    assert first.title == "Meta: App, Book and Gram are in trouble"
    assert first.sentence == "Book confirmed. It is."
    assert first.cause == "app:e"
    assert (second.held, second.cause) == (TOGETHER, "app:e")


def test_who_fell_together_before_a_restart_is_told_to_be_back_together() -> None:
    tracks, after = {APP: down(), BOOK: down(1)}, {APP: WELL, BOOK: WELL}
    folding = Folding()
    folding.adopt(SERVICES, tracks)
    assert [cause.slugs for cause in folding.causes] == [(APP, BOOK)]
    news = [event(APP, Turn.ENDED), event(BOOK, Turn.ENDED)]
    first, second = folding.fold(news, SERVICES, after)
    assert first.title == "Meta: App and Book work again"
    assert (second.held, second.cause) == (TOGETHER, "app:e")
    assert first.cause == "app:e"


def test_who_is_watched_no_more_shares_no_trouble() -> None:
    tracks = {APP: down(), BOOK: down(1), GRAM: down(2)}
    folding = Folding()
    folding.fold([event(s, Turn.BEGAN) for s in tracks], SERVICES, tracks)
    folding.adopt(SERVICES[1:], tracks)
    [cause] = folding.causes
    assert cause.slugs == (BOOK, GRAM)
    folding.adopt((), tracks)
    assert folding.causes == ()


def test_trouble_that_ends_without_a_word_is_shared_no_more() -> None:
    tracks = {APP: down(), BOOK: down(1), GRAM: down(2)}
    folding = Folding()
    folding.fold([event(s, Turn.BEGAN) for s in tracks], SERVICES, tracks)
    update = event(APP, Turn.UPDATE)
    assert folding.fold([update], SERVICES, {**tracks, GRAM: WELL}) == (update,)
    assert [cause.slugs for cause in folding.causes] == [(APP, BOOK)]


def test_those_that_come_and_go_together_are_told_as_one_to_the_end() -> None:
    tracks = {APP: down(), BOOK: down(), GIT: down()}
    news = [event(slug, Turn.UNSTABLE) for slug in tracks]
    folding = Folding()
    first, second, other = folding.fold(news, SERVICES, tracks)
    assert first.title == "Meta: App and Book seem to come and go"
    assert first.sentence == "App unstable. It is."
    assert (second.held, second.cause) == (TOGETHER, first.cause)
    assert other == news[2]
    held = [event(slug, Turn.ENDED, "It changes.") for slug in tracks]
    well = dict.fromkeys(tracks, WELL)
    assert folding.fold(held, SERVICES, well) == tuple(held)
    ended = [event(slug, Turn.ENDED) for slug in tracks]
    last, late, alone = folding.fold(ended, SERVICES, well)
    assert last.title == "Meta: App and Book work again"
    assert last.sentence == "App ended. It is."
    assert (last.cause, last.held) == (first.cause, "")
    assert (late.cause, late.held) == (first.cause, TOGETHER)
    assert alone == ended[2]
    assert folding.fold(ended, SERVICES, well) == tuple(ended)  # of another time


def test_one_that_comes_and_goes_no_more_says_who_is_still_in_trouble() -> None:
    tracks = {APP: down(), BOOK: down()}
    folding = Folding()
    folding.fold([event(slug, Turn.UNSTABLE) for slug in tracks], SERVICES, tracks)
    after = {APP: WELL, BOOK: down()}
    (ended,) = folding.fold([event(APP, Turn.ENDED)], SERVICES, after)
    assert (ended.title, ended.cause) == ("App ended", "app:")
    assert ended.sentence == "It is. Book is still in trouble."
