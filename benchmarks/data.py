"""What both collections are made of: the same notes, decks, schedules and reviews, every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

ROOT = "Benchmark"
"""The deck that is studied; all others are below it."""

PARTS = tuple(f"{ROOT}::Part {number}" for number in range(1, 5))
CHAPTERS = tuple(
    f"{PARTS[number % len(PARTS)]}::Chapter {number // len(PARTS) + 1}" for number in range(15)
)
DECKS = (ROOT, *PARTS, *CHAPTERS)
"""20 decks in a tree of three levels; cards are in all of them."""

MANY_PARTS = tuple(f"{ROOT}::Part {number}" for number in range(1, 25))
MANY_DECKS = (
    ROOT,
    *MANY_PARTS,
    *(f"{MANY_PARTS[n % 24]}::Chapter {n // 24 + 1}" for n in range(475)),
)
"""500 decks in a tree of three levels."""

EASE_PERMILLE = 2500
_SEED = 20
_REVIEWED_PART = 0.4
_OVERDUE_DAYS = 6
_DUE_WITHIN_DAYS = 53
_INTERVAL_DAYS = (10, 120)
_MS_PER_DAY = 86_400_000
# Up to one and a half million cards, the reviews of one day all have times of their own.
_MS_BETWEEN_CARDS = 57
_MATURE_PART = 0.6
_STATES_PER_MILLE = (30, 15, 5)
"""Of the cards that were reviewed: suspended, in a step until a day, in a step of minutes."""


class Kind(StrEnum):
    """What a collection is like."""

    PLAIN = "plain"
    """20 decks; every note has one card, which is new or in review."""
    MATURE = "mature"
    """500 decks; every other note has two cards; cards are in all states."""

    @property
    def decks(self) -> tuple[str, ...]:
        return DECKS if self is Kind.PLAIN else MANY_DECKS


class Place(StrEnum):
    """Where a card waits that was reviewed."""

    REVIEW = "review"
    SUSPENDED = "suspended"
    INTERDAY = "interday"
    """Forgotten; its step ends on a day."""
    STEPS = "steps"
    """Forgotten; its step ends at an instant, some minutes ago."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """One review of the past, graded good."""

    at: int
    """Milliseconds since the epoch; never twice the same."""
    interval_before: int
    """Days; 0: the card was new."""
    interval_after: int


@dataclass(frozen=True, slots=True)
class Item:
    """A card, with what its note says."""

    number: int
    """From 0 on."""
    note: int
    """From 0 on; its first card comes first."""
    ordinal: int
    has_sibling: bool
    deck: int
    """Index among the decks of its kind of collection."""
    front: str
    back: str
    tag: str
    due_in_days: int
    """Before 0: overdue. Only of a card that was reviewed."""
    history: tuple[Repetition, ...]
    """In order; empty: the card is new."""
    place: Place = Place.REVIEW

    @property
    def interval_days(self) -> int:
        return self.history[-1].interval_after if self.history else 0


def items(notes: int, today: int, kind: Kind = Kind.PLAIN) -> Iterator[Item]:
    """The cards of so many notes; plain: 60 % new, mature: 40 %.

    The others are due from six days ago to seven weeks ahead. `today`: the study day, as days since
    1970-01-01.
    """
    chance = Random(_SEED)  # noqa: S311 - not for secrets
    number = 0
    for note in range(notes):
        has_sibling = kind is Kind.MATURE and note % 2 == 0
        for ordinal in range(1 + has_sibling):
            yield _item(chance, number, (note, ordinal, has_sibling), today, kind)
            number += 1


def _item(
    chance: Random, number: int, place: tuple[int, int, bool], today: int, kind: Kind
) -> Item:
    note, ordinal, has_sibling = place
    is_mature = kind is Kind.MATURE
    is_reviewed = chance.random() < (_MATURE_PART if is_mature else _REVIEWED_PART)
    due_in = chance.randint(-_OVERDUE_DAYS, _DUE_WITHIN_DAYS)
    interval = max(chance.randint(*_INTERVAL_DAYS), due_in + 2)
    return Item(
        number=number,
        note=note,
        ordinal=ordinal,
        has_sibling=has_sibling,
        deck=chance.randrange(len(kind.decks)),
        front=f"What does lemma {note} say of {_words(chance, 12)}?",
        back=f"That $x_{{{note}}} \\le y$: {_words(chance, 20)}.",
        tag=f"topic-{note % 50}",
        due_in_days=due_in if is_reviewed else 0,
        history=_history(number, today + due_in, interval) if is_reviewed else (),
        place=_place(chance) if is_reviewed and is_mature else Place.REVIEW,
    )


def _place(chance: Random) -> Place:
    drawn = chance.randrange(1000)
    for place, part in zip(
        (Place.SUSPENDED, Place.INTERDAY, Place.STEPS), _STATES_PER_MILLE, strict=True
    ):
        if drawn < part:
            return place
        drawn -= part
    return Place.REVIEW


def grades(count: int, seed: int) -> list[int]:
    """Grades, 1 to 4, as somebody gives them who knows most of the cards."""
    chance = Random(seed)  # noqa: S311 - not for secrets
    return chance.choices((1, 2, 3, 4), weights=(10, 15, 65, 10), k=count)


def _history(number: int, due_on: int, interval: int) -> tuple[Repetition, ...]:
    """Backwards from the day the card is due, each interval two and a half times the one before."""
    repetitions = []
    day = due_on
    while interval > 0:
        day -= interval
        before = int(interval * 1000 / EASE_PERMILLE)
        at = day * _MS_PER_DAY + number * _MS_BETWEEN_CARDS
        repetitions.append(Repetition(at, before, interval))
        interval = before
    return tuple(reversed(repetitions))


_WORDS = ("bound", "reward", "policy", "value", "agent", "proof", "gradient", "utility", "belief")


def _words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))
