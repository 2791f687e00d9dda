"""The day's queue: what is gathered, held back, and next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.presets import Preset
from studyapp.scheduling.ordering import Waiting, day_queue, intersperse
from studyapp.scheduling.queue import (
    Candidate,
    Counts,
    DayQueue,
    DeckDay,
    Gatherer,
    Kind,
    Limit,
    Seen,
)

ROOT, CHILD = 1, 2
LEARN_AHEAD = 20 * 60_000


def cards(kind: Kind, *ids: int, deck: int = ROOT) -> list[Candidate]:
    """Candidates, each of a note of its own with the card's number."""
    return [Candidate(card_id, card_id, deck, kind) for card_id in ids]


def step(card_id: int, due_at: int) -> Candidate:
    return Candidate(card_id, card_id, ROOT, Kind.LEARNING, due_at)


def gatherer(
    limit: Limit = Limit(20, 200),  # noqa: B008
    child: Limit = Limit(20, 200),  # noqa: B008
    preset: Preset = Preset(),  # noqa: B008
    seen: Mapping[int, Mapping[int, Seen]] | None = None,
) -> Gatherer:
    decks = {
        ROOT: DeckDay((ROOT,), limit, preset),
        CHILD: DeckDay((ROOT, CHILD), child, preset),
    }
    return Gatherer(ROOT, decks, seen or {})


def ids(candidates: Sequence[Candidate]) -> list[int]:
    return [candidate.card_id for candidate in candidates]


def drain(queue: DayQueue, at: int = 0) -> list[int]:
    shown = []
    while (candidate := queue.next(at, LEARN_AHEAD)) is not None:
        shown.append(candidate.card_id)
        queue.remove(candidate)
    return shown


def test_limits_of_a_sub_deck_hold_within_those_of_the_studied_deck() -> None:
    new = [*cards(Kind.NEW, 1, 2, 3, deck=CHILD), *cards(Kind.NEW, 4, 5, 6, 7)]
    assert ids(gatherer(Limit(4, 200), Limit(2, 200)).take(new)) == [1, 2, 4, 5]


def test_new_cards_are_capped_by_the_review_limit() -> None:
    gather = gatherer(Limit(new=5, reviews=3))
    assert ids(gather.take(cards(Kind.REVIEW, 1, 2))) == [1, 2]
    assert ids(gather.take(cards(Kind.NEW, 11, 12, 13))) == [11]


def test_steps_know_no_limit() -> None:
    assert len(gatherer(Limit(0, 0)).take([step(n, n) for n in range(5)])) == 5


def test_gathering_stops_reading_once_the_limit_is_reached() -> None:
    read = []

    def endless() -> Iterator[Candidate]:
        for number in range(1_000_000):
            read.append(number)
            yield Candidate(number, number, ROOT, Kind.NEW)

    gatherer(Limit(3, 200)).take(endless())
    assert len(read) == 4


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        pytest.param(Preset(), [1], id="kept-apart"),
        pytest.param(Preset(bury_new_siblings=False), [1, 2], id="switched-off"),
    ],
)
def test_a_sibling_of_an_earlier_card_is_held_back(preset: Preset, expected: list[int]) -> None:
    first = Candidate(1, 9, ROOT, Kind.REVIEW)
    second = Candidate(2, 9, ROOT, Kind.NEW)
    gather = gatherer(preset=preset)
    assert ids([*gather.take([first]), *gather.take([second])]) == expected


def test_a_sibling_of_a_card_reviewed_today_is_held_back_but_not_the_card_itself() -> None:
    gather = gatherer(seen={9: {1: Seen(ROOT, Kind.REVIEW)}})
    taken = gather.take([Candidate(1, 9, ROOT, Kind.REVIEW), Candidate(2, 9, ROOT, Kind.REVIEW)])
    assert ids(taken) == [1]


def test_a_new_card_that_was_learned_today_keeps_no_review_away() -> None:
    gather = gatherer(seen={9: {1: Seen(ROOT, Kind.NEW)}})
    review, new = Candidate(2, 9, ROOT, Kind.REVIEW), Candidate(3, 9, ROOT, Kind.NEW)
    assert ids([*gather.take([review]), *gather.take([new])]) == [2]


def test_the_more_urgent_sibling_is_kept() -> None:
    review, new = Candidate(1, 9, ROOT, Kind.REVIEW), Candidate(2, 9, ROOT, Kind.NEW)
    assert drain(day_queue(gatherer(), Waiting(reviews=[review], new=[new]))) == [1]


def test_new_cards_are_spread_evenly_among_reviews() -> None:
    queue = day_queue(
        gatherer(), Waiting(reviews=cards(Kind.REVIEW, *range(1, 7)), new=cards(Kind.NEW, 11, 12))
    )
    assert drain(queue) == [1, 2, 11, 3, 4, 12, 5, 6]


@given(st.integers(0, 40), st.integers(0, 40))
def test_interspersing_loses_nothing_and_keeps_both_orders(many: int, few: int) -> None:
    first, second = cards(Kind.REVIEW, *range(many)), cards(Kind.NEW, *range(few))
    mixed = list(intersperse(first, second))
    assert [each for each in mixed if each.kind is Kind.REVIEW] == first
    assert [each for each in mixed if each.kind is Kind.NEW] == second


def test_a_step_that_has_ended_comes_before_all_other_cards() -> None:
    queue = DayQueue([step(1, due_at=100)], cards(Kind.REVIEW, 2))
    assert queue.next(99, LEARN_AHEAD) == cards(Kind.REVIEW, 2)[0]
    assert queue.next(100, LEARN_AHEAD) == step(1, 100)


def test_learn_ahead_shows_a_step_early_only_when_nothing_else_is_left() -> None:
    queue = DayQueue([step(1, due_at=LEARN_AHEAD)], ())
    assert queue.next(0, LEARN_AHEAD) == step(1, LEARN_AHEAD)
    assert queue.next(-1, LEARN_AHEAD) is None
    assert queue.next_step_at() == LEARN_AHEAD


def test_a_card_just_seen_waits_for_other_steps() -> None:
    queue = DayQueue([step(1, 500), step(2, 600)], ())
    assert queue.next(0, LEARN_AHEAD, just_seen=1) == step(2, 600)
    queue.remove(step(2, 600))
    assert queue.next(0, LEARN_AHEAD, just_seen=1) == step(1, 500)


def test_counts_follow_what_happens() -> None:
    queue = day_queue(
        gatherer(),
        Waiting(
            [step(1, 5)], cards(Kind.INTERDAY, 2), cards(Kind.REVIEW, 3, 4), cards(Kind.NEW, 5)
        ),
    )
    assert queue.counts() == Counts(new=1, learning=2, due=2)
    new = queue.find(5)
    assert new is not None
    queue.remove(new)
    queue.add_step(replace(new, kind=Kind.LEARNING, due_at=9))
    assert queue.counts() == Counts(new=0, learning=3, due=2)


def test_the_following_card_is_known_before_the_grade() -> None:
    queue = DayQueue([step(1, 50)], cards(Kind.REVIEW, 2, 3))
    assert queue.following(step(1, 50), at=60) == cards(Kind.REVIEW, 2)[0]
    assert queue.following(cards(Kind.REVIEW, 2)[0], at=10) == cards(Kind.REVIEW, 3)[0]
    assert DayQueue((), cards(Kind.NEW, 1)).following(cards(Kind.NEW, 1)[0], at=0) is None
