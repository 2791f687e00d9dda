"""What both collections are made of: the same notes, decks, schedules and reviews, every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

ROOT = "Benchmark"
"""The deck that is studied; all others are below it."""

PARTS = tuple(f"{ROOT}::Part {number}" for number in range(1, 5))
CHAPTERS = tuple(
    f"{PARTS[number % len(PARTS)]}::Chapter {number // len(PARTS) + 1}" for number in range(15)
)
DECKS = (ROOT, *PARTS, *CHAPTERS)
"""20 decks in a tree of three levels; cards are in all of them."""

EASE_PERMILLE = 2500
_SEED = 20
_REVIEWED_PART = 0.4
_OVERDUE_DAYS = 6
_DUE_WITHIN_DAYS = 53
_INTERVAL_DAYS = (10, 120)
_MS_PER_DAY = 86_400_000
# Up to a million notes, the reviews of one day all have times of their own.
_MS_BETWEEN_NOTES = 80


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
    """A basic note with its one card."""

    number: int
    """From 0 on."""
    deck: int
    """Index in `DECKS`."""
    front: str
    back: str
    tag: str
    due_in_days: int
    """Before 0: overdue. Only of a card that was reviewed."""
    history: tuple[Repetition, ...]
    """In order; empty: the card is new."""

    @property
    def interval_days(self) -> int:
        return self.history[-1].interval_after if self.history else 0


def items(count: int, today: int) -> Iterator[Item]:
    """So many notes: 60 % new; the others due from six days ago to seven weeks ahead.

    `today`: the study day, as days since 1970-01-01.
    """
    chance = Random(_SEED)  # noqa: S311 - not for secrets
    for number in range(count):
        is_reviewed = chance.random() < _REVIEWED_PART
        due_in = chance.randint(-_OVERDUE_DAYS, _DUE_WITHIN_DAYS)
        interval = max(chance.randint(*_INTERVAL_DAYS), due_in + 2)
        yield Item(
            number=number,
            deck=chance.randrange(len(DECKS)),
            front=f"What does lemma {number} say of {_words(chance, 12)}?",
            back=f"That $x_{{{number}}} \\le y$: {_words(chance, 20)}.",
            tag=f"topic-{number % 50}",
            due_in_days=due_in if is_reviewed else 0,
            history=_history(number, today + due_in, interval) if is_reviewed else (),
        )


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
        at = day * _MS_PER_DAY + number * _MS_BETWEEN_NOTES
        repetitions.append(Repetition(at, before, interval))
        interval = before
    return tuple(reversed(repetitions))


_WORDS = ("bound", "reward", "policy", "value", "agent", "proof", "gradient", "utility", "belief")


def _words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))
