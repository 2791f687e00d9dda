"""Sessions: ahead of time, what was forgotten today, and cramming without a trace."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from studyapp.domain.cards import Card, CardState, Schedule
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError, NotFound, QueryError
from studyapp.services.cramming import Cram, CramOrder
from studyapp.services.finding import Finding
from studyapp.services.sessions import Sessions
from studyapp.services.study_values import Finished, Prompt
from studyapp.store import bulk, cards
from tests.services.conftest import Desk, MovableClock, basic

AGAIN, HARD, GOOD, EASY = Grade
TODAY = 20_000


@pytest.fixture
def sessions(desk: Desk) -> Sessions:
    cram = Cram(desk.database, desk.clock, DayOptions())
    return Sessions(desk.study, cram, Finding(desk.database, desk.clock, DayOptions()))


def in_review(
    due_on: int, interval: int = 10, ease_permille: int = 2500, lapses: int = 0
) -> Schedule:
    return Schedule(
        CardState.REVIEW,
        due_on=due_on,
        interval_days=interval,
        ease_permille=ease_permille,
        reps=3,
        lapses=lapses,
    )


def fill(desk: Desk, *schedules: Schedule) -> None:
    """Cards of a deck by their schedules: front 0 and so on."""
    desk.install([basic(number) for number in range(len(schedules))])
    ids = [of(desk, note_id)[0].id for note_id in range(1, len(schedules) + 1)]
    with desk.database.change("fill", 1) as tx:
        bulk.set_schedules(tx, zip(ids, schedules, strict=True))


def of(desk: Desk, note_id: int) -> Sequence[Card]:
    with desk.database.read() as tx:
        return cards.of_note(tx, note_id)


def state(desk: Desk) -> list[tuple[object, ...]]:
    """Everything that a review could leave behind."""
    with desk.database.read() as tx:
        run = tx.exec_driver_sql
        return [
            tuple(row)
            for sql in ("SELECT * FROM cards", "SELECT * FROM reviews", "SELECT * FROM undo_steps")
            for row in run(sql)
        ]


def asked(sessions: Sessions, *grades: Grade) -> list[str]:
    """The fronts that come while these grades are given."""
    fronts = []
    for grade in grades:
        fronts.append(front(sessions))
        give(sessions, grade)
    return fronts


def front(sessions: Sessions) -> str:
    return sessions.content(prompt(sessions).card).note.front


def prompt(sessions: Sessions) -> Prompt:
    current = sessions.current()
    assert isinstance(current, Prompt)
    return current


def give(sessions: Sessions, grade: Grade) -> None:
    sessions.grade(prompt(sessions), grade, took_ms=2000)


def test_cards_of_the_next_days_come_ahead_the_soonest_first(
    desk: Desk, sessions: Sessions
) -> None:
    fill(desk, *(in_review(TODAY + ahead) for ahead in (3, 1, 4, 0, 2)))
    sessions.start(desk.deck_id(), ahead_days=3)
    assert asked(sessions, GOOD, GOOD, GOOD) == ["front 1", "front 4", "front 0"]
    assert sessions.current() == Finished()


def test_a_card_ahead_is_graded_early_and_logged(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY + 4))
    sessions.start(desk.deck_id(), ahead_days=7)
    assert dict(prompt(sessions).labels) == {
        AGAIN: "10 min",
        HARD: "7 d",
        GOOD: "15 d",
        EASY: "17 d",
    }
    give(sessions, GOOD)
    (card,) = of(desk, 1)
    assert card.schedule.due_on == TODAY + 15
    assert sessions.summary().reviews == 1


def test_a_card_ahead_does_not_come_twice_even_if_it_stays_near(
    desk: Desk, sessions: Sessions
) -> None:
    fill(desk, in_review(TODAY + 1, interval=1), in_review(TODAY + 2))
    sessions.start(desk.deck_id(), ahead_days=5)
    assert asked(sessions, HARD) == ["front 0"]
    sessions.look_again()
    assert front(sessions) == "front 1"


def test_undo_brings_a_card_ahead_back(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY + 1), in_review(TODAY + 2))
    sessions.start(desk.deck_id(), ahead_days=5)
    give(sessions, GOOD)
    assert sessions.undo() == "grade good"
    assert asked(sessions, GOOD, GOOD) == ["front 0", "front 1"]
    sessions.undo()
    assert sessions.redo() == "grade good"
    assert sessions.current() == Finished()


@pytest.mark.parametrize("days", [pytest.param(-1, id="past"), pytest.param(366, id="far")])
def test_only_some_days_can_be_studied_ahead(desk: Desk, sessions: Sessions, days: int) -> None:
    fill(desk, in_review(TODAY))
    with pytest.raises(ContentError, match="365"):
        sessions.start(desk.deck_id(), ahead_days=days)


def test_what_was_forgotten_today_comes_again_and_leaves_no_trace(
    desk: Desk, sessions: Sessions, clock: MovableClock
) -> None:
    fill(desk, in_review(TODAY - 1), in_review(TODAY - 1), in_review(TODAY - 1))
    sessions.start(desk.deck_id())
    forgotten = asked(sessions, AGAIN, GOOD, AGAIN)
    clock.move(minutes=1)
    before = state(desk)
    assert sessions.start_forgotten() == 2
    assert set(asked(sessions, GOOD, GOOD)) == {forgotten[0], forgotten[2]}
    assert sessions.current() == Finished()
    assert state(desk) == before
    assert not sessions.changes_schedules


def test_forgotten_cards_of_one_deck_with_a_hard_name(desk: Desk, sessions: Sessions) -> None:
    name = 'a "quoted" * deck_: -x'
    desk.install([basic(number) for number in range(2)], name=name)
    sessions.start(desk.deck_id(name))
    give(sessions, AGAIN)
    assert sessions.start_forgotten(name) == 1
    assert sessions.start_forgotten("Another") == 0
    assert sessions.current() == Finished()


def test_what_was_forgotten_yesterday_is_not_of_today(
    desk: Desk, sessions: Sessions, clock: MovableClock
) -> None:
    fill(desk, in_review(TODAY - 1))
    sessions.start(desk.deck_id())
    give(sessions, AGAIN)
    clock.move(days=1)
    assert sessions.start_forgotten() == 0


@pytest.mark.parametrize(
    ("order", "fronts"),
    [
        pytest.param(CramOrder.DUE, ["front 1", "front 0", "front 3", "front 2"], id="due"),
        pytest.param(CramOrder.HARDEST, ["front 3", "front 1", "front 0", "front 2"], id="hardest"),
    ],
)
def test_orders_of_cramming(
    desk: Desk, sessions: Sessions, order: CramOrder, fronts: list[str]
) -> None:
    fill(
        desk,
        in_review(TODAY + 5, ease_permille=2000),
        in_review(TODAY - 5, ease_permille=1300),
        Schedule(),
        in_review(TODAY + 9, lapses=2),
    )
    assert sessions.start_cram("deck:Deck", order) == 4
    assert asked(sessions, GOOD, EASY, GOOD, GOOD) == fronts


def test_an_order_by_chance_holds_every_card_once(desk: Desk, sessions: Sessions) -> None:
    fill(desk, *(in_review(TODAY) for _ in range(12)))
    sessions.start_cram("", CramOrder.RANDOM)
    fronts = asked(sessions, *([GOOD] * 12))
    assert sorted(fronts) == sorted(f"front {number}" for number in range(12))
    assert fronts != sorted(fronts, key=lambda each: int(each.split()[1]))


def test_again_repeats_a_card_later_in_the_session(
    desk: Desk, sessions: Sessions, clock: MovableClock
) -> None:
    fill(desk, *(in_review(TODAY + number) for number in range(4)))
    sessions.start_cram("")
    assert list(prompt(sessions).labels.values()) == ["1 min", "10 min", "done", "done"]
    assert asked(sessions, AGAIN, HARD) == ["front 0", "front 1"]
    clock.move(minutes=2)
    assert asked(sessions, GOOD, GOOD, GOOD, AGAIN) == ["front 0", "front 2", "front 3", "front 1"]
    assert asked(sessions, GOOD) == ["front 1"]
    assert sessions.current() == Finished()


def test_cramming_changes_nothing_and_has_an_undo_of_its_own(
    desk: Desk, sessions: Sessions
) -> None:
    fill(desk, *(in_review(TODAY + number) for number in range(3)))
    before = state(desk)
    sessions.start_cram("deck:Deck")
    asked(sessions, AGAIN, GOOD)
    assert sessions.undo() == "grade good (not logged)"
    assert front(sessions) == "front 1"
    assert sessions.redo() == "grade good (not logged)"
    assert asked(sessions, GOOD, GOOD) == ["front 2", "front 0"]
    for _ in range(4):
        sessions.undo()
    assert sessions.undo() is None
    assert front(sessions) == "front 0"
    assert state(desk) == before


def test_the_summary_of_a_session_without_a_trace(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY), in_review(TODAY))
    sessions.start_cram("deck:Deck")
    asked(sessions, AGAIN, GOOD, EASY)
    summary = sessions.summary()
    assert (summary.title, summary.reviews, summary.took_ms) == ("deck:Deck", 3, 6000)
    assert (summary.grades[AGAIN], summary.tomorrow) == (1, None)


def test_suspended_cards_are_not_crammed_and_deleted_ones_are_passed_over(
    desk: Desk, sessions: Sessions
) -> None:
    fill(desk, *(in_review(TODAY + number) for number in range(4)))
    (third,) = of(desk, 3)
    with desk.database.change("suspend one", 1) as tx:
        cards.suspend(tx, [third.id])
    assert sessions.start_cram("") == 3
    with desk.database.change("delete one", 1) as tx:
        bulk.delete_notes(tx, [1])
    assert asked(sessions, GOOD, GOOD) == ["front 1", "front 3"]


def test_a_grade_is_taken_once(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY), in_review(TODAY))
    sessions.start_cram("")
    first = prompt(sessions)
    sessions.grade(first, GOOD, 1)
    with pytest.raises(NotFound):
        sessions.grade(first, GOOD, 1)


def test_a_search_that_is_wrong_leaves_the_session_as_it_is(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY))
    sessions.start(desk.deck_id())
    with pytest.raises(QueryError, match="At character 1:"):
        sessions.start_cram("nonsense:x")
    assert front(sessions) == "front 0"
    assert sessions.changes_schedules


def test_the_card_that_comes_next_is_known(desk: Desk, sessions: Sessions) -> None:
    fill(desk, in_review(TODAY), in_review(TODAY + 1))
    sessions.start_cram("")
    following = sessions.upcoming()
    assert following is not None
    assert following.schedule.due_on == TODAY + 1
    give(sessions, GOOD)
    assert sessions.upcoming() is None
