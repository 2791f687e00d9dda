"""A backlog is spread over days, and held back until its day comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions, Preset
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError, NotFound
from studyapp.scheduling.queue import Counts
from studyapp.services.backlog import Backlog
from studyapp.services.library import Library
from studyapp.services.study_values import Finished, Pause, Prompt
from studyapp.store import bulk, due, presets
from studyapp.store.snapshot import Snapshot
from tests.services.conftest import Desk, basic

GOOD = Grade.GOOD
TODAY = 20_000


@pytest.fixture
def backlog(desk: Desk) -> Backlog:
    return Backlog(desk.database, desk.clock, DayOptions())


def overdue(number: int) -> Schedule:
    """Of a card that has waited for some days."""
    interval = 3 + number * 7 % 90
    return Schedule(CardState.REVIEW, None, TODAY - number % 30, interval, 2500, 0, 4, 0)


def fill(desk: Desk, count: int, name: str = "Deck") -> None:
    desk.install([replace(basic(n), key=f"{name}-{n}") for n in range(count)], name=name)
    with desk.database.change("fill", 1) as tx:
        ids = [row[0] for row in tx.exec_driver_sql("SELECT id FROM cards WHERE state = 0")]
        bulk.set_schedules(tx, [(card_id, overdue(place)) for place, card_id in enumerate(ids)])


def counts(desk: Desk, name: str = "Deck") -> Counts:
    """Of the deck list; the day's queue must have the same."""
    lines = Library(desk.database, desk.clock, DayOptions()).day().lines
    listed = next(line.counts for line in lines if line.deck.name == name)
    desk.study.start(desk.deck_id(name))
    current = desk.study.current()
    queued = current.counts if isinstance(current, (Prompt, Pause)) else Counts()
    assert queued == listed
    return listed


def study(desk: Desk) -> int:
    """Study all that the deck offers today; how many grades that took."""
    desk.study.start(desk.deck_id())
    done = 0
    while not isinstance(current := desk.study.current(), Finished):
        assert isinstance(current, Prompt)
        desk.study.grade(current, GOOD, 4000)
        done += 1
    return done


@contextmanager
def unchanged(desk: Desk) -> Iterator[None]:
    """Neither schedules nor the log."""
    before = schedules_and_log(desk)
    yield
    assert schedules_and_log(desk) == before


def schedules_and_log(desk: Desk) -> list[tuple[object, ...]]:
    with desk.database.read() as tx:
        run = tx.exec_driver_sql
        return [
            tuple(row) for table in ("cards", "reviews") for row in run(f"SELECT * FROM {table}")
        ]


def use(desk: Desk, preset: Preset) -> None:
    with desk.database.change("a preset", 1) as tx:
        presets.put(tx, 1, preset)


def test_a_plan_tells_what_is_due_and_how_long_it_takes(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 64)
    with unchanged(desk):
        outlook = backlog.look(per_day=10)
    # The cards alone take 7 days; some of them are forgotten and come back.
    assert outlook.told == "You have 64 due. At 10 a day this is done in 8 days."
    assert (outlook.before[0], max(outlook.after)) == (64, 10)
    assert backlog.running() is None
    assert counts(desk).due == 64


def test_a_plan_for_some_days_takes_the_fewest_reviews_a_day(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 60)
    plan = backlog.look(days=6).plan
    assert len(plan.days) <= 6
    assert len(backlog.look(per_day=plan.per_day - 1).plan.days) > 6


def test_without_a_wish_the_usual_number_of_reviews_is_proposed(
    desk: Desk, backlog: Backlog
) -> None:
    fill(desk, 30)
    assert study(desk) == 30
    desk.clock.move(days=400)
    outlook = backlog.look()
    assert outlook.due == 30
    assert outlook.usual_per_day == 30
    assert outlook.plan.per_day == 30
    assert not outlook.is_backlog


def test_a_plan_offers_its_share_each_day_and_ends_by_itself(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 55)
    with unchanged(desk):
        backlog.accept(per_day=20)
        assert counts(desk).due == 20
    running = backlog.running()
    assert running is not None
    assert (running.held_back, running.per_day) == (35, 20)
    assert backlog.held_back(desk.deck_id()) == 35
    done = [study(desk)]
    for _ in range(running.days_left - 1):
        assert backlog.running() is not None
        desk.clock.move(days=1)
        done.append(study(desk))
    assert sum(done) == 55
    assert max(done) <= 20
    assert backlog.running() is None
    assert backlog.held_back(desk.deck_id()) == 0


def test_a_plan_survives_a_restart(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 30)
    backlog.accept(per_day=10)
    desk.close()
    desk.open()
    assert counts(desk).due == 10
    again = Backlog(Snapshot(desk.path), desk.clock, DayOptions())
    running = again.running()
    assert running is not None
    assert sum(running.coming) == 20
    assert max(running.coming) <= 10


def test_accepting_changing_and_dropping_are_undone_and_done_again(
    desk: Desk, backlog: Backlog
) -> None:
    fill(desk, 30)
    backlog.accept(per_day=10)
    backlog.accept(per_day=15)
    assert counts(desk).due == 15
    assert backlog.drop() == 15
    assert (counts(desk).due, backlog.running()) == (30, None)
    assert desk.study.undo() == "end of a plan for a backlog"
    assert counts(desk).due == 15
    desk.study.undo()
    assert counts(desk).due == 10
    desk.study.undo()
    assert (counts(desk).due, backlog.running()) == (30, None)
    for offered in (10, 15, 30):
        desk.study.redo()
        assert counts(desk).due == offered


def test_a_plan_made_during_another_spreads_what_is_held_back_too(
    desk: Desk, backlog: Backlog
) -> None:
    fill(desk, 40)
    backlog.accept(per_day=10)
    desk.clock.move(days=1)
    outlook = backlog.look(per_day=10)
    assert outlook.due == 40
    assert sum(len(day.cards) for day in outlook.plan.days) == 40
    assert outlook.after[:4] == (10, 10, 10, 10)


def test_what_was_done_today_takes_room_in_a_plan(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 30)
    desk.study.start(desk.deck_id())
    for _ in range(4):
        current = desk.study.current()
        assert isinstance(current, Prompt)
        desk.study.grade(current, GOOD, 1)
    assert len(backlog.look(per_day=10).plan.days[0].cards) == 6


def test_a_card_that_gets_another_date_leaves_the_plan(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 20)
    backlog.accept(per_day=5)
    with desk.database.change("due today", 1) as tx:
        tx.exec_driver_sql("UPDATE cards SET due_on = ? WHERE due_on < ?", (TODAY, TODAY))
    assert counts(desk).due >= 19


def test_a_plan_for_one_deck_leaves_the_others(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 30)
    fill(desk, 30, "Other")
    backlog.accept(desk.deck_id(), per_day=10)
    assert (counts(desk).due, counts(desk, "Other").due) == (10, 30)
    assert (backlog.held_back(desk.deck_id()), backlog.held_back(desk.deck_id("Other"))) == (20, 0)


def test_a_deleted_note_takes_its_place_in_the_plan_along_and_undo_brings_it_back(
    desk: Desk, backlog: Backlog
) -> None:
    fill(desk, 30)
    backlog.accept(per_day=10)
    with desk.database.change("delete", 1) as tx:
        bulk.delete_notes(tx, list(range(1, 31)))
    assert backlog.running() is None
    desk.study.undo()
    running = backlog.running()
    assert running is not None
    assert running.held_back == 20


def test_fsrs_has_a_plan_as_well(desk: Desk, backlog: Backlog) -> None:
    use(desk, replace(DEFAULT_PRESET, scheduler="fsrs"))
    fill(desk, 30)
    assert study(desk) > 0
    desk.clock.move(days=400)
    outlook = backlog.look(per_day=10)
    assert outlook.due == 30
    assert len(outlook.plan.held_back) == 20
    assert 0 < outlook.plan.lost < 30


@pytest.mark.parametrize(
    ("per_day", "days", "said"),
    [
        pytest.param(0, None, "at least one review", id="none-a-day"),
        pytest.param(None, 0, "1 to 365 days", id="no-days"),
        pytest.param(None, 366, "1 to 365 days", id="too-long"),
    ],
)
def test_plans_that_cannot_be(
    desk: Desk, backlog: Backlog, per_day: int | None, days: int | None, said: str
) -> None:
    fill(desk, 5)
    with pytest.raises(ContentError, match=said):
        backlog.accept(per_day=per_day, days=days)
    assert backlog.running() is None


def test_too_few_a_day_are_refused_with_how_many_it_takes(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 500)
    with pytest.raises(ContentError, match=r"Choose at least \d+ a day") as refused:
        backlog.look(per_day=1)
    least = int(str(refused.value).split()[-3])
    assert backlog.look(per_day=least).plan.per_day == least
    with pytest.raises(ContentError):
        backlog.look(per_day=least - 1)


def test_a_deck_that_is_gone_has_no_plan(desk: Desk, backlog: Backlog) -> None:
    with pytest.raises(NotFound):
        backlog.look(4711)
    assert backlog.held_back(4711) == 0


def test_new_intervals_avoid_the_days_that_a_plan_fills(desk: Desk, backlog: Backlog) -> None:
    fill(desk, 40)
    backlog.accept(per_day=10)
    running = backlog.running()
    coming = () if running is None else running.coming
    assert sum(coming) == 30
    deck_id = desk.deck_id()
    with desk.database.read() as tx:
        assert due.by_day(tx, [deck_id], TODAY, 9)[1:] == list(coming) + [0] * (8 - len(coming))
