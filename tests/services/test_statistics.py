"""Statistics of any part and span equal those that are counted review by review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_HOUR, Instant, study_moment
from studyapp.errors import NotFound, QueryError
from studyapp.scheduling.recall import recall_by_interval
from studyapp.services.landscape import Landscapes
from studyapp.services.statistics import Scope, Statistics
from studyapp.services.study_values import Prompt
from studyapp.services.switching import Choice, Switching
from studyapp.statistics.page import Page
from studyapp.statistics.reviews import Kind
from studyapp.store import statistics as columns
from studyapp.store.database import Database, Transaction
from studyapp.store.decks import DEFAULT_PRESET_ID
from studyapp.store.driver import driver
from tests.services.conftest import MORNING, Desk, MovableClock, basic
from tests.services.simulated_user import STRONG, study
from tests.statistics.any_history import AnyCard, AnyHistory, any_history, fill, log, study_day_of
from tests.store.conftest import MIGRATIONS

NOW = Instant(MORNING, 2 * MS_PER_HOUR)
MOMENT = study_moment(NOW, 4)


def opened(database: Database) -> closing[Statistics]:
    return closing(Statistics(database.path, lambda: NOW, DayOptions()))


@given(seed=st.integers(0, 10**6), days=st.sampled_from([None, 1, 30, 90, 365]))
@settings(max_examples=12, deadline=None)
def test_any_part_in_any_span(seed: int, days: int | None) -> None:
    chance = Random(seed)  # noqa: S311
    made = any_history(chance, MOMENT, chance.randrange(1, 30), chance.randrange(250))
    with (
        TemporaryDirectory() as folder,
        closing(Database.open(Path(folder) / "c.db", MIGRATIONS, "a test")) as database,
        opened(database) as statistics,
    ):
        fill(database, made)
        for scope, belongs in SCOPES:
            page = statistics.page(scope, days)
            cards = [card for card in made.cards if belongs(card)]
            ids = {card.id for card in cards}
            reviews = [r for r in made.reviews if scope == Scope() or r.card_id in ids]
            check(page, cards, reviews, days)


SCOPES: tuple[tuple[Scope, Callable[[AnyCard], bool]], ...] = (
    (Scope(), lambda card: True),
    (Scope(deck="A"), lambda card: card.deck < 2),
    (Scope(tag="odd"), lambda card: card.id % 2 == 1),
    (Scope(deck="A", search="is:suspended"), lambda card: card.deck < 2 and card.suspended),
)


def check(page: Page, cards: Sequence[AnyCard], every: Sequence[Review], days: int | None) -> None:
    within = [r for r in every if days is None or day_of(r) > MOMENT.day - days]
    assert page.span.reviews == len(within)
    assert page.span.took_ms == sum(r.took_ms for r in within)
    assert page.today.passed == sum(
        r.grade is not Grade.AGAIN for r in every if day_of(r) == MOMENT.day
    )
    counts = Counter((day_of(r), kind_of(r)) for r in within)
    found = {(d.day, kind): d.reviews[kind] for d in page.reviews for kind in Kind}
    assert {key: count for key, count in found.items() if count} == counts
    assert page.streak == streak({day_of(r) for r in every})
    check_retention(page, within)
    check_hours(page, within)
    lapses = Counter(c.schedule.lapses for c in cards if c.schedule.state is not CardState.NEW)
    assert page.lapses == lapses
    hardest = [c for c in cards if c.schedule.lapses]
    hardest.sort(key=lambda c: (-c.schedule.lapses, c.schedule.ease_permille, c.id))
    assert list(page.hardest) == [c.id for c in hardest[:20]]
    check_forecast(page, cards)


def check_retention(page: Page, within: Sequence[Review]) -> None:
    due = [r for r in within if r.before.due_on is not None]
    assert page.retained.due == len(due)
    assert page.retained.passed == sum(r.grade is not Grade.AGAIN for r in due)
    assert page.retained.mature == sum(is_mature(r) for r in due)
    sums: dict[int, list[float]] = {}
    for review in due:
        before = review.before
        elapsed = day_of(review) - ((before.due_on or 0) - before.interval_days)
        if before.state is CardState.REVIEW and elapsed > 0:
            predicted = recall_by_interval(before.interval_days, elapsed)
            total = sums.setdefault(min(int(predicted * 20), 19), [0, 0, 0])
            passed = review.grade is not Grade.AGAIN
            total[:] = total[0] + 1, total[1] + predicted, total[2] + passed
    bins = [(int(n), p / n, r / n) for _, (n, p, r) in sorted(sums.items())]
    assert [each.reviews for each in page.calibration] == [each[0] for each in bins]
    for each, (_, predicted, recalled) in zip(page.calibration, bins, strict=True):
        assert each.predicted == pytest.approx(predicted)
        assert each.recalled == pytest.approx(recalled)


def check_hours(page: Page, within: Sequence[Review]) -> None:
    hours = Counter(
        (r.id + NOW.utc_offset_ms) // MS_PER_HOUR % 24
        for r in within
        if kind_of(r) is not Kind.EARLY
    )
    assert {each.hour: each.reviews for each in page.hours if each.reviews} == hours


def check_forecast(page: Page, cards: Sequence[AnyCard]) -> None:
    """Limits of the default preset, 200 reviews and 20 new cards, are wide for so few cards."""
    coming = [c for c in cards if not c.suspended and c.schedule.state is not CardState.NEW]
    days = page.forecast.days
    due = Counter(max(day_due(c) - MOMENT.day, 0) for c in coming)
    assert {d.ahead: d.due for d in days if d.due} == {
        a: n for a, n in due.items() if a < len(days)
    }
    assert all(d.reviews == d.due and not d.waiting for d in days[1:])
    new = sum(not c.suspended and c.schedule.state is CardState.NEW for c in cards)
    assert sum(d.new for d in days) <= new
    if len(days) > 9:
        assert sum(d.new for d in days) == new


def day_due(card: AnyCard) -> int:
    schedule = card.schedule
    if schedule.due_on is not None:
        return schedule.due_on
    assert schedule.due_at is not None
    return MOMENT.day if schedule.due_at < MOMENT.day_ends_at else MOMENT.day + 1


def day_of(review: Review) -> int:
    return study_day_of(review.id, MOMENT)


def is_mature(review: Review) -> bool:
    return review.before.state is CardState.REVIEW and review.before.interval_days >= 21


def kind_of(review: Review) -> Kind:
    before = review.before
    if before.state in (CardState.NEW, CardState.LEARNING):
        return Kind.LEARNING
    if before.state is CardState.RELEARNING:
        return Kind.RELEARNING
    if before.due_on is not None and before.due_on > day_of(review):
        return Kind.EARLY
    return Kind.MATURE if before.interval_days >= 21 else Kind.YOUNG


def streak(days: set[int]) -> int:
    day = MOMENT.day if MOMENT.day in days else MOMENT.day - 1
    length = 0
    while day in days:
        day, length = day - 1, length + 1
    return length


@pytest.fixture
def filled(desk: Desk) -> AnyHistory:
    made = any_history(Random(5), MOMENT, 20, 200)  # noqa: S311
    fill(desk.database, made)
    return made


@pytest.fixture
def statistics(desk: Desk) -> Iterator[Statistics]:
    with opened(desk.database) as found:
        yield found


def test_what_is_kept_follows_what_changes(
    desk: Desk, filled: AnyHistory, statistics: Statistics
) -> None:
    def agrees() -> Page:
        page = statistics.page(Scope(), None)
        with opened(desk.database) as fresh:
            assert page == fresh.page(Scope(), None)
        return page

    assert agrees().span.reviews == len(filled.reviews)
    later = Review(MOMENT.at, filled.cards[0].id, Grade.GOOD, 5, *two(filled.reviews[0]))
    with desk.database.change("grade", MOMENT.at) as tx:
        log(driver(tx), [later])
    assert agrees().span.reviews == len(filled.reviews) + 1
    desk.study.undo()
    assert agrees().span.reviews == len(filled.reviews)
    with desk.database.change("in the middle", MOMENT.at) as tx:
        tx.exec_driver_sql("DELETE FROM reviews WHERE id = ?", (filled.reviews[9].id,))
        tx.exec_driver_sql("UPDATE cards SET suspended = 1")
    assert agrees().stock.suspended == len(filled.cards)
    assert agrees().span.reviews == len(filled.reviews) - 1


def test_grades_are_followed_one_by_one(desk: Desk, clock: MovableClock) -> None:
    desk.install([basic(number) for number in range(6)])
    desk.study.start(desk.deck_id())
    chance = Random(1)  # noqa: S311
    with closing(Statistics(desk.path, clock, DayOptions())) as statistics:
        for _ in range(30):
            clock.move(minutes=1)
            match chance.randrange(5):
                case 0:
                    desk.study.undo()
                case 1:
                    desk.study.redo()
                case _ if isinstance(prompt := desk.study.current(), Prompt):
                    desk.study.grade(prompt, chance.choice(list(Grade)), 900)
                case _:
                    clock.move(days=1)
            if chance.random() < 0.6:
                with closing(Statistics(desk.path, clock, DayOptions())) as fresh:
                    assert statistics.page(Scope(), None) == fresh.page(Scope(), None)


def two(review: Review) -> tuple[Schedule, Schedule]:
    return review.before, review.after


def test_a_review_of_the_future_does_not_count(
    desk: Desk, filled: AnyHistory, statistics: Statistics
) -> None:
    with desk.database.change("grade", MOMENT.at) as tx:
        wrong = Review(MOMENT.day_ends_at, 1, Grade.GOOD, 5, *two(filled.reviews[0]))
        log(driver(tx), [wrong])
    assert statistics.page(Scope(), None).span.reviews == len(filled.reviews)


def test_an_unknown_deck_is_told_with_those_there_are(
    filled: AnyHistory, statistics: Statistics
) -> None:
    with pytest.raises(NotFound, match="Decks: A; A::B; C"):
        statistics.page(Scope(deck="B"), None)


def test_a_search_that_cannot_be_read_is_told(filled: AnyHistory, statistics: Statistics) -> None:
    with pytest.raises(QueryError):
        statistics.page(Scope(search="is:nothing"), None)


def test_an_empty_collection_has_figures(desk: Desk, statistics: Statistics) -> None:
    page = statistics.page(Scope(), None)
    assert (page.span.reviews, page.streak, page.hardest) == (0, 0, ())
    assert len(page.forecast.days) == 365


def test_with_fsrs_the_aim_and_the_curve_are_its_own(desk: Desk, clock: MovableClock) -> None:
    study(desk, 60)
    switching = Switching(desk.database, clock, DayOptions())
    switching.switch(
        DEFAULT_PRESET_ID, Choice("fsrs", fsrs_parameters=STRONG, desired_retention_permille=850)
    )
    with closing(Statistics(desk.path, clock, DayOptions())) as statistics:
        page = statistics.page(Scope(), None)
    assert page.retained.aim == pytest.approx(0.85)
    assert sum(page.difficulties.values()) == 60
    predicted = sum(each.predicted * each.reviews for each in page.calibration)
    assert predicted / sum(each.reviews for each in page.calibration) == pytest.approx(
        0.85, abs=0.03
    )


def test_the_weakest_region_of_the_map_is_named_once_there_is_a_map(
    desk: Desk, clock: MovableClock
) -> None:
    """Notes with the tag build on each other and are forgotten; the others are not."""
    weak = [replace(basic(n), tags=("weak",), links=("note-0",)) for n in range(40)]
    desk.install([*weak, *map(basic, range(40, 90))])
    today = study_moment(Instant(MORNING), DayOptions().rollover_hour).day
    schedule = Schedule(CardState.REVIEW, due_on=today, interval_days=9, ease_permille=2500)
    with desk.database.change("grades", MORNING) as tx:
        tagged = set(cards_with(tx, "weak"))
        grades = {n: Grade.AGAIN if n in tagged else Grade.GOOD for n in range(1, 91)}
        log(
            driver(tx),
            [Review(MORNING - n, n, grade, 5, schedule, schedule) for n, grade in grades.items()],
        )
    with closing(Statistics(desk.path, clock, DayOptions())) as statistics:
        assert "weakest" not in statistics.after_session("Deck")
        Landscapes(desk.database, clock, DayOptions()).settle()
        assert "weak is your weakest region (0 % in 30 days)" in statistics.after_session("Deck")
        assert "weak is your weakest region (0 % in 7 days)" in statistics.week(Scope())
        with desk.database.change("rename", MORNING) as tx:
            tx.exec_driver_sql("UPDATE tags SET name = 'leech' WHERE name = 'weak'")
        assert "weakest" not in statistics.after_session("Deck")
        with desk.database.change("rename", MORNING) as tx:
            tx.exec_driver_sql("UPDATE tags SET name = 'weak' WHERE name = 'leech'")
        assert "weak is your weakest region" in statistics.after_session("Deck")
        scattered = "UPDATE places SET x = 99000 * id WHERE id % 2"
        with desk.database.derive() as tx:
            tx.exec_driver_sql(scattered)
        assert "weakest" not in statistics.after_session("Deck")


def cards_with(tx: Transaction, tag: str) -> list[int]:
    """Ids of cards by the tag of their notes."""
    tagged = columns.tag_cards(tx)
    (number,) = (each for each, name in tagged.names.items() if name == tag)
    return [int(card) for card in tagged.card[tagged.tag == number]]


def test_hard_cards_come_with_advice(desk: Desk, clock: MovableClock) -> None:
    desk.install([basic(1)])
    with desk.database.change("lapse", MORNING) as tx:
        tx.exec_driver_sql("UPDATE cards SET lapses = 8")
    with closing(Statistics(desk.path, clock, DayOptions())) as statistics:
        (hard,) = statistics.hard_cards(statistics.page(Scope(), None).hardest)
        assert hard.is_leech
        assert hard.note.key == "note-1"
        assert statistics.hard_cards([999]) == []
        with desk.database.change("edit", MORNING) as tx:
            tx.exec_driver_sql(
                "UPDATE notes SET front = 'Is it?', back = 'Yes', changed_at = changed_at + 1"
            )
        (edited,) = statistics.hard_cards([hard.card_id])
        assert set(edited.advice) > set(hard.advice)
        assert statistics.hard_cards([hard.card_id]) == [edited]
