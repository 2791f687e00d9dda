"""The deck tree and the day's load."""

from __future__ import annotations

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.scheduling.queue import Counts
from studyapp.services.library import Library
from studyapp.services.study_values import Prompt
from tests.services.conftest import Desk, MovableClock, basic


@pytest.fixture
def library(desk: Desk, clock: MovableClock) -> Library:
    return Library(desk.database, clock, DayOptions())


def counts(library: Library) -> dict[str, Counts]:
    return {line.deck.name: line.counts for line in library.day().lines}


def answer(desk: Desk, grade: Grade) -> None:
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, grade, 3000)


def test_a_deck_counts_its_sub_decks_in_within_its_own_limit(desk: Desk, library: Library) -> None:
    desk.install([basic(n) for n in range(15)], name="A::B")
    desk.install([basic(n) for n in range(100, 115)], name="A::C")
    assert counts(library) == {
        "A": Counts(new=20),
        "A::B": Counts(new=15),
        "A::C": Counts(new=15),
    }


def test_what_is_spent_in_one_sub_deck_is_missing_in_its_siblings(
    desk: Desk, library: Library
) -> None:
    desk.install([basic(n) for n in range(15)], name="A::B")
    desk.install([basic(n) for n in range(100, 115)], name="A::C")
    desk.study.start(desk.deck_id("A::B"))
    for _ in range(15):
        answer(desk, Grade.EASY)
    assert counts(library) == {"A": Counts(new=5), "A::B": Counts(), "A::C": Counts(new=5)}
    desk.study.start(desk.deck_id("A::C"))
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    assert prompt.counts.new == 5


def test_the_tree_is_sorted_with_each_deck_before_its_sub_decks(
    desk: Desk, library: Library
) -> None:
    for name in ("B", "A b", "A", "a::z", "A::c"):
        desk.install([], name=name)
    lines = library.day().lines
    assert [line.deck.name for line in lines] == ["A", "A::c", "a::z", "A b", "B"]
    assert [line.depth for line in lines] == [0, 1, 1, 0, 0]


def test_counts_move_from_new_to_learning_to_due(
    desk: Desk, library: Library, clock: MovableClock
) -> None:
    desk.install([basic(1)])
    desk.study.start(desk.deck_id())
    seen = [counts(library)["Deck"]]
    for _ in range(2):
        answer(desk, Grade.GOOD)
        seen.append(counts(library)["Deck"])
    clock.move(days=1)
    seen.append(counts(library)["Deck"])
    assert seen == [Counts(new=1), Counts(learning=1), Counts(), Counts(due=1)]


def test_the_counts_of_the_tree_are_those_of_the_session(
    desk: Desk, library: Library, clock: MovableClock
) -> None:
    desk.install([basic(n) for n in range(40)])
    desk.study.start(desk.deck_id())
    for grade in (Grade.GOOD, Grade.AGAIN, Grade.EASY, Grade.HARD, Grade.GOOD) * 3:
        prompt = desk.study.current()
        assert isinstance(prompt, Prompt)
        assert prompt.counts == counts(library)["Deck"]
        answer(desk, grade)
        clock.move(minutes=1)


def test_siblings_that_are_held_back_are_not_counted(
    desk: Desk, library: Library, clock: MovableClock
) -> None:
    both = [Note(f"both-{n}", NoteKind.REVERSED, f"one {n}", f"other {n}") for n in range(3)]
    desk.install([*both, Note("cloze", NoteKind.CLOZE, "{{c1::a}} {{c2::b}} {{c3::c}}")])
    desk.study.start(desk.deck_id())
    for day in range(4):
        while isinstance(prompt := desk.study.current(), Prompt):
            assert prompt.counts == counts(library)["Deck"], day
            desk.study.grade(prompt, Grade.GOOD, 1000)
        assert counts(library)["Deck"] == Counts()
        clock.move(days=1)


def test_siblings_in_another_deck_hold_back_and_lone_cards_of_a_cloze_do_not(
    desk: Desk, library: Library
) -> None:
    desk.install([basic(1), Note("late", NoteKind.CLOZE, "{{c3::a}} and b")])
    assert counts(library)["Deck"] == Counts(new=2)
    desk.install([Note("both", NoteKind.REVERSED, "one", "other")], name="Other")
    assert counts(library)["Other"] == Counts(new=1)
    first = desk.deck_id("Deck")
    with desk.database.change("move", desk.clock().at) as tx:
        tx.exec_driver_sql("UPDATE cards SET deck_id = ? WHERE ordinal = 1", (first,))
    assert counts(library) == {"Deck": Counts(new=3), "Other": Counts(new=1)}
    desk.study.start(desk.deck_id("Other"))
    answer(desk, Grade.AGAIN)
    assert counts(library) == {"Deck": Counts(new=2), "Other": Counts(learning=1)}


def test_the_load_is_told_in_the_users_own_speed(desk: Desk, library: Library) -> None:
    desk.install([basic(n) for n in range(4)])
    assert library.day().expected_ms == 4 * 10_000
    desk.study.start(desk.deck_id())
    answer(desk, Grade.EASY)
    day = library.day()
    assert (day.expected_ms, day.reviews_done, day.took_ms) == (3 * 3000, 1, 3000)


def test_a_clock_behind_the_last_review_is_noticed(
    desk: Desk, library: Library, clock: MovableClock
) -> None:
    desk.install([basic(1)])
    desk.study.start(desk.deck_id())
    answer(desk, Grade.GOOD)
    assert library.day().clock_is_behind_days == 0
    clock.move(days=-3)
    assert library.day().clock_is_behind_days == 3
