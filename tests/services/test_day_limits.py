"""Vacations, more cards today, and new cards as far as there is time for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions, Preset
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.errors import ContentError, NotFound
from studyapp.scheduling.queue import Counts
from studyapp.services.library import Library
from studyapp.services.more_today import MoreToday
from studyapp.services.study_values import Finished, Prompt
from studyapp.services.vacation import Spread, Vacation
from studyapp.store import bulk, presets, reviews
from tests.services.conftest import MORNING, Desk, basic

GOOD, EASY = Grade.GOOD, Grade.EASY
TODAY = 20_000


@pytest.fixture
def vacation(desk: Desk) -> Vacation:
    return Vacation(desk.database, desk.clock, DayOptions())


@pytest.fixture
def more(desk: Desk) -> MoreToday:
    return MoreToday(desk.database, desk.clock, DayOptions())


def in_review(due_on: int, interval: int = 20) -> Schedule:
    return Schedule(CardState.REVIEW, None, due_on, interval, 2500, 0, 4, 0)


def fill(desk: Desk, new: int, *schedules: Schedule, name: str = "Deck") -> None:
    """A deck with cards in review, and new ones after them."""
    count = new + len(schedules)
    desk.install([replace(basic(n), key=f"{name}-{n}") for n in range(count)], name=name)
    deck_id = desk.deck_id(name)
    with desk.database.change("fill", 1) as tx:
        rows = tx.exec_driver_sql("SELECT id FROM cards WHERE deck_id = ? ORDER BY id", (deck_id,))
        ids = [row[0] for row in rows]
        bulk.set_schedules(tx, list(zip(ids, schedules, strict=False)))


def counts(desk: Desk, name: str = "Deck") -> Counts:
    """Of the deck list; the day's queue must have the same."""
    lines = Library(desk.database, desk.clock, DayOptions()).day().lines
    listed = next(line.counts for line in lines if line.deck.name == name)
    desk.study.start(desk.deck_id(name))
    current = desk.study.current()
    assert (current.counts if isinstance(current, Prompt) else Counts()) == listed
    return listed


def study(desk: Desk, cards: int, grade: Grade = EASY) -> None:
    for _ in range(cards):
        current = desk.study.current()
        assert isinstance(current, Prompt)
        desk.study.grade(current, grade, 4000)


def use(desk: Desk, preset: Preset) -> None:
    with desk.database.change("a preset", 1) as tx:
        presets.put(tx, 1, preset)


def rows(desk: Desk) -> list[tuple[object, ...]]:
    with desk.database.read() as tx:
        return [tuple(row) for row in tx.exec_driver_sql("SELECT * FROM cards ORDER BY id")]


def due_by_day(desk: Desk, days: int) -> list[int]:
    """How many cards come due on each day, if nobody studies: what is new on that day."""
    found, before, at = [], 0, desk.clock.at
    for _ in range(days):
        found.append(counts(desk).due - before)
        before += found[-1]
        desk.clock.move(days=1)
    desk.clock.at = at
    return found


# --- vacations ------------------------------------------------------------------------------


def test_nothing_new_comes_on_a_vacation(desk: Desk, vacation: Vacation) -> None:
    fill(desk, 30)
    vacation.choose([TODAY, TODAY + 1])
    assert counts(desk) == Counts()
    desk.clock.move(days=2)
    assert counts(desk).new == 20


def test_what_falls_on_a_vacation_is_spread_over_the_days_after(
    desk: Desk, vacation: Vacation
) -> None:
    fill(desk, 0, *(in_review(TODAY + 2 + number % 4) for number in range(24)))
    before = rows(desk)
    spread = vacation.look(range(TODAY + 2, TODAY + 6))
    assert vacation.days() == ()
    assert vacation.choose(range(TODAY + 2, TODAY + 6)) == spread
    assert spread.moved == 24
    assert [day - TODAY for day, _ in spread.onto] == [6, 7, 8, 9]
    # Not six each: some of those that come first are forgotten and come back.
    numbers = [count for _, count in spread.onto]
    assert (sum(numbers), max(numbers)) == (24, 7)
    assert due_by_day(desk, 11) == [0, 0, 0, 0, 0, 0, *numbers, 0]
    assert rows(desk) == before


def test_a_vacation_makes_room_beside_what_comes_due_after_it(
    desk: Desk, vacation: Vacation
) -> None:
    fill(
        desk,
        0,
        *(in_review(TODAY + 1) for _ in range(9)),
        *(in_review(TODAY + 2) for _ in range(6)),
    )
    vacation.choose([TODAY + 1])
    assert due_by_day(desk, 5) == [0, 0, 6, 5, 4]


def test_of_two_vacations_the_first_does_not_move_cards_into_the_second(
    desk: Desk, vacation: Vacation
) -> None:
    fill(desk, 0, *(in_review(TODAY + 1) for _ in range(6)))
    vacation.choose([TODAY + 1, TODAY + 3])
    assert due_by_day(desk, 6)[3] == 0
    assert sum(due_by_day(desk, 6)) == 6


def test_another_choice_replaces_the_first_and_each_can_be_undone(
    desk: Desk, vacation: Vacation
) -> None:
    fill(desk, 0, *(in_review(TODAY + 1) for _ in range(3)))
    vacation.choose([TODAY + 1])
    assert vacation.choose([TODAY - 1, TODAY + 7]) == Spread((TODAY + 7,), 0, ())
    assert due_by_day(desk, 3) == [0, 3, 0]
    assert desk.study.undo() == "vacation"
    assert vacation.days() == (TODAY + 1,)
    assert due_by_day(desk, 3)[1] == 0
    desk.study.undo()
    assert (vacation.days(), due_by_day(desk, 3)) == ((), [0, 3, 0])


def test_intervals_avoid_a_vacation_as_far_as_fuzz_allows(desk: Desk, vacation: Vacation) -> None:
    fill(desk, 0, *(in_review(TODAY, interval=12) for _ in range(40)))
    away = set(range(TODAY + 29, TODAY + 40))
    vacation.choose(away)
    desk.study.start(desk.deck_id())
    study(desk, 40, GOOD)
    with desk.database.read() as tx:
        days = {row[0] for row in tx.exec_driver_sql("SELECT due_on FROM cards")}
    assert days
    assert not days & away


def test_without_load_balancing_too(desk: Desk, vacation: Vacation) -> None:
    use(desk, replace(DEFAULT_PRESET, load_balance=False))
    test_intervals_avoid_a_vacation_as_far_as_fuzz_allows(desk, vacation)


# --- more today -----------------------------------------------------------------------------


def test_more_new_cards_come_today_and_no_more_tomorrow(desk: Desk, more: MoreToday) -> None:
    fill(desk, 60, name="A::B")
    counts(desk, "A")
    study(desk, 20)
    assert desk.study.current() == Finished()
    more.add(desk.deck_id("A"), new=7)
    assert (counts(desk, "A").new, counts(desk, "A::B").new) == (7, 7)
    assert desk.study.undo() == "more cards today"
    assert counts(desk, "A").new == 0
    desk.study.redo()
    desk.clock.move(days=1)
    assert counts(desk, "A").new == 20


def test_more_reviews_come_today(desk: Desk, more: MoreToday) -> None:
    use(desk, replace(DEFAULT_PRESET, reviews_per_day=5))
    fill(desk, 0, *(in_review(TODAY) for _ in range(12)))
    assert counts(desk).due == 5
    study(desk, 3)
    more.add(desk.deck_id(), due=4)
    assert counts(desk).due == 6
    more.add(desk.deck_id(), due=1)
    assert counts(desk).due == 7


def test_more_new_cards_come_on_a_vacation_if_they_are_asked_for(
    desk: Desk, vacation: Vacation, more: MoreToday
) -> None:
    fill(desk, 30)
    vacation.choose([TODAY])
    more.add(desk.deck_id(), new=3)
    assert counts(desk).new == 3


def test_what_is_asked_for_must_make_sense(desk: Desk, more: MoreToday) -> None:
    with pytest.raises(ContentError):
        more.add(1, new=-1)
    with pytest.raises(NotFound):
        more.add(4711, new=1)


# --- time -----------------------------------------------------------------------------------


def minutes(desk: Desk, number: int) -> None:
    use(desk, replace(DEFAULT_PRESET, minutes_per_day=number))


def log(desk: Desk, count: int, took_ms: int, was: CardState) -> None:
    """Reviews of the first card, ten days ago."""
    day = TODAY - 10
    review = in_review(day)
    before = review if was is CardState.REVIEW else Schedule()
    with desk.database.change("log", 1) as tx:
        ids = [row[0] for row in tx.exec_driver_sql("SELECT id FROM cards ORDER BY id")]
        for number in range(count):
            at = MORNING - 10 * MS_PER_DAY + number
            reviews.add(tx, Review(at, ids[number % len(ids)], GOOD, took_ms, before, review))


def test_new_cards_come_as_far_as_reviews_leave_time(desk: Desk) -> None:
    fill(desk, 30, *(in_review(TODAY) for _ in range(12)))
    minutes(desk, 5)
    # By default a review takes 10 s and a new card 40 s: 300 s - 12 * 10 s are left.
    assert counts(desk) == Counts(new=4, due=12)


def test_the_number_does_not_change_while_one_studies(desk: Desk) -> None:
    fill(desk, 30, *(in_review(TODAY) for _ in range(12)))
    minutes(desk, 5)
    counts(desk)
    new, studied = 4, 0
    while isinstance(current := desk.study.current(), Prompt):
        is_new = current.card.schedule.state is CardState.NEW
        study(desk, 1)
        new -= is_new
        studied += 1
        assert counts(desk).new == new
    assert (new, studied) == (0, 16)


def test_the_speed_is_the_users_own(desk: Desk) -> None:
    fill(desk, 40, *(in_review(TODAY) for _ in range(12)))
    log(desk, 40, 20_000, CardState.REVIEW)
    minutes(desk, 5)
    # 300 s - 12 * 20 s = 60 s: one new card.
    assert counts(desk).new == 1
    log(desk, 40, 6_000, CardState.NEW)
    assert counts(desk).new == 10


def test_the_usual_limit_holds_as_well_and_so_does_no_time_at_all(desk: Desk) -> None:
    fill(desk, 40, *(in_review(TODAY) for _ in range(12)))
    minutes(desk, 600)
    assert counts(desk).new == 20
    minutes(desk, 1)
    assert counts(desk).new == 0


def test_reviews_past_the_limit_take_no_time(desk: Desk) -> None:
    fill(desk, 30, *(in_review(TODAY) for _ in range(50)))
    use(desk, replace(DEFAULT_PRESET, minutes_per_day=5, reviews_per_day=20))
    assert counts(desk) == Counts(due=20)
    use(desk, replace(DEFAULT_PRESET, minutes_per_day=5, reviews_per_day=26))
    assert counts(desk) == Counts(due=26)


def test_more_than_there_is_time_for_can_be_asked_for(desk: Desk, more: MoreToday) -> None:
    fill(desk, 30, *(in_review(TODAY) for _ in range(12)))
    minutes(desk, 5)
    more.add(desk.deck_id(), new=6)
    assert counts(desk).new == 10
