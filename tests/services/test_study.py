"""Studying: cards come, are graded, come back; grades can be taken back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from studyapp.domain.cards import CardState
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.reviews import Grade, Review
from studyapp.errors import NotFound, StorageError
from studyapp.scheduling.queue import Counts
from studyapp.services.study_values import Finished, Pause, Prompt
from studyapp.store import cards, decks, reviews
from tests.services.conftest import Desk, MovableClock, basic

AGAIN, HARD, GOOD, EASY = Grade


def prompt(desk: Desk) -> Prompt:
    current = desk.study.current()
    assert isinstance(current, Prompt)
    return current


def front(desk: Desk) -> str:
    return desk.study.content(prompt(desk).card).note.front


def grade(desk: Desk, given: Grade) -> None:
    desk.study.grade(prompt(desk), given, took_ms=2000)


def log(desk: Desk) -> list[Review]:
    with desk.database.read() as tx:
        return reviews.in_decks(tx, [deck.id for deck in decks.every(tx)], 0)


def start(desk: Desk, *notes: Note) -> None:
    desk.install(notes)
    desk.study.start(desk.deck_id())


def test_new_cards_come_in_the_deck_files_order(desk: Desk) -> None:
    start(desk, *(basic(number) for number in range(3)))
    seen = []
    for _ in range(3):
        seen.append(front(desk))
        grade(desk, EASY)
    assert seen == ["front 0", "front 1", "front 2"]
    assert desk.study.current() == Finished()


def test_the_buttons_tell_the_interval_that_each_grade_gives(desk: Desk) -> None:
    start(desk, basic(1))
    assert list(prompt(desk).labels.values()) == ["1 min", "6 min", "10 min", "4 d"]


def test_a_learning_card_comes_back_after_its_step_within_the_session(
    desk: Desk, clock: MovableClock
) -> None:
    start(desk, basic(1), basic(2))
    grade(desk, AGAIN)
    assert front(desk) == "front 2"
    clock.move(minutes=2)
    assert front(desk) == "front 1"
    assert prompt(desk).counts == Counts(new=1, learning=1, due=0)


def test_steps_are_shown_ahead_of_time_when_nothing_else_is_left(desk: Desk) -> None:
    start(desk, basic(1))
    grade(desk, GOOD)
    assert front(desk) == "front 1"


def test_a_step_beyond_the_learn_ahead_span_is_a_pause(desk: Desk, clock: MovableClock) -> None:
    start(desk, basic(1))
    with desk.database.change("an hour's step", 1) as tx:
        tx.exec_driver_sql("UPDATE presets SET options = '{\"learning_steps_s\": [3600]}'")
    desk.study.start(desk.deck_id())
    grade(desk, AGAIN)
    pause = desk.study.current()
    assert isinstance(pause, Pause)
    assert clock.at + 3_600_000 <= pause.until <= clock.at + 3_900_000
    clock.at = pause.until - 20 * 60_000
    assert front(desk) == "front 1"


def test_the_log_holds_each_grade_with_the_schedule_before_and_after(desk: Desk) -> None:
    start(desk, basic(1))
    for given in (AGAIN, GOOD, GOOD):
        grade(desk, given)
    first, second, third = log(desk)
    assert (first.after, second.after) == (second.before, third.before)
    assert third.after.state is CardState.REVIEW
    with desk.database.read() as tx:
        assert cards.get(tx, third.card_id).schedule == third.after
    assert [review.id - first.id for review in (first, second, third)] == [0, 1, 2]


def test_limits_of_the_day_hold_over_a_restart(desk: Desk, clock: MovableClock) -> None:
    start(desk, *(basic(number) for number in range(30)))
    for _ in range(15):
        grade(desk, EASY)
    desk.close()
    desk.open()
    desk.study.start(desk.deck_id())
    assert prompt(desk).counts.new == 5
    for _ in range(5):
        grade(desk, EASY)
    assert desk.study.current() == Finished()
    clock.move(days=1)
    assert prompt(desk).counts.new == 10


def test_no_more_reviews_than_the_limit_come_in_a_day(desk: Desk, clock: MovableClock) -> None:
    desk.install([basic(number) for number in range(230)])
    with desk.database.change("make them due", 1) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET state = 2, due_on = 19000, interval_days = 9, ease_permille = 2500"
        )
    desk.study.start(desk.deck_id())
    assert prompt(desk).counts == Counts(due=200)
    grade(desk, GOOD)
    desk.study.start(desk.deck_id())
    assert prompt(desk).counts == Counts(due=199)
    clock.move(days=1)
    assert prompt(desk).counts == Counts(due=200)


def test_siblings_are_kept_apart_until_the_next_day(desk: Desk, clock: MovableClock) -> None:
    start(desk, Note("both", NoteKind.REVERSED, "one side", "other side"))
    assert prompt(desk).card.ordinal == 0
    grade(desk, EASY)
    assert desk.study.current() == Finished()
    desk.close()
    desk.open()
    desk.study.start(desk.deck_id())
    assert desk.study.current() == Finished()
    clock.move(days=1)
    assert prompt(desk).card.ordinal == 1


def test_undo_goes_back_grade_by_grade_and_shows_the_card_again(desk: Desk) -> None:
    start(desk, *(basic(number) for number in range(4)))
    for given in (EASY, GOOD, AGAIN):
        grade(desk, given)
    names = []
    for number in (2, 1, 0):
        names.append(desk.study.undo())
        assert front(desk) == f"front {number}"
        assert prompt(desk).card.schedule.reps == 0
    assert names == ["grade again", "grade good", "grade easy"]
    assert log(desk) == []


def test_undo_works_after_a_restart_and_redo_gives_the_same_interval(desk: Desk) -> None:
    start(desk, *(basic(number) for number in range(3)))
    grade(desk, EASY)
    grade(desk, EASY)
    before = log(desk)
    desk.close()
    desk.open()
    desk.study.start(desk.deck_id())
    assert desk.study.undo() == "grade easy"
    assert front(desk) == "front 1"
    assert desk.study.redo() == "grade easy"
    assert log(desk) == before
    assert front(desk) == "front 2"


def test_with_nothing_to_undo_nothing_happens(desk: Desk) -> None:
    assert desk.study.undo() is None
    assert desk.study.redo() is None


def test_a_grade_that_cannot_be_saved_changes_neither_card_nor_log(desk: Desk) -> None:
    start(desk, basic(1), basic(2))
    shown = prompt(desk)
    with desk.database.read() as tx:
        tx.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        desk.study.grade(shown, GOOD, 10)
    with desk.database.read() as tx:
        tx.exec_driver_sql("PRAGMA query_only = OFF")
    assert prompt(desk) == shown
    assert log(desk) == []
    desk.study.grade(shown, GOOD, 10)
    assert len(log(desk)) == 1


def test_a_card_is_graded_once(desk: Desk) -> None:
    start(desk, basic(1), basic(2))
    shown = prompt(desk)
    desk.study.grade(shown, EASY, 10)
    with pytest.raises(NotFound):
        desk.study.grade(shown, EASY, 10)
    assert len(log(desk)) == 1


def test_a_clock_that_jumps_back_loses_nothing(desk: Desk, clock: MovableClock) -> None:
    start(desk, basic(1))
    for _ in range(4):
        grade(desk, AGAIN)
        clock.move(minutes=-5)
    history = log(desk)
    assert len(history) == 4
    assert all(first.after == second.before for first, second in pairwise(history))


def test_two_grades_in_one_millisecond_are_both_kept(desk: Desk) -> None:
    start(desk, *(basic(number) for number in range(3)))
    for _ in range(3):
        grade(desk, EASY)
    assert len({review.id for review in log(desk)}) == 3


def test_time_taken_is_capped(desk: Desk) -> None:
    start(desk, basic(1))
    desk.study.grade(prompt(desk), GOOD, took_ms=3_600_000)
    assert log(desk)[0].took_ms == 60_000


def test_a_deck_is_studied_with_its_sub_decks(desk: Desk) -> None:
    desk.install([basic(1)], name="Deck")
    desk.install([basic(2)], name="Deck::Sub")
    desk.install([basic(3)], name="Other")
    desk.study.start(desk.deck_id())
    assert prompt(desk).counts.new == 2


def test_the_summary_tells_what_was_done_and_what_comes(desk: Desk, clock: MovableClock) -> None:
    start(desk, *(basic(number) for number in range(3)))
    for given in (GOOD, GOOD, GOOD, GOOD, GOOD, GOOD):
        grade(desk, given)
    assert desk.study.summary().tomorrow == 3
    clock.move(days=1)
    grade(desk, GOOD)
    grade(desk, AGAIN)
    summary = desk.study.summary()
    assert (summary.reviews, summary.due, summary.remembered) == (2, 2, 1)
    assert summary.grades == {AGAIN: 1, HARD: 0, GOOD: 1, EASY: 0}
    assert summary.took_ms == 4000


def test_the_upcoming_card_is_the_one_that_comes(desk: Desk) -> None:
    start(desk, *(basic(number) for number in range(3)))
    upcoming = desk.study.upcoming()
    grade(desk, EASY)
    assert upcoming == prompt(desk).card


def test_linked_notes_are_named(desk: Desk) -> None:
    linking = replace(basic(1), links=("note-2", "missing"))
    start(desk, linking, basic(2))
    assert desk.study.content(prompt(desk).card).linked == (basic(2),)


def test_studying_a_deck_that_is_gone_says_so(desk: Desk) -> None:
    with pytest.raises(NotFound, match="does not exist"):
        desk.study.start(99)
