"""The decks of a collection: their tree, and what the day holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studyapp.domain.decks import Deck, parent_names, sort_key
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, study_moment
from studyapp.scheduling.limits import counts_left
from studyapp.scheduling.queue import Counts
from studyapp.services.clock import Clock
from studyapp.services.decks_today import decks_today
from studyapp.store import due, reviews
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One line of the deck tree."""

    deck: Deck
    depth: int
    """0 for a deck at the top."""
    counts: Counts
    """Cards left today, those of sub-decks counted in."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a study day has brought so far and still holds."""

    lines: tuple[DeckLine, ...]
    """The deck tree, every deck right before its sub-decks."""
    left: Counts
    """Of all decks."""
    reviews_done: int
    took_ms: int
    expected_ms: int
    """For the cards left, by the user's own speed of late."""
    clock_is_behind_days: int
    """How far the computer's clock stands before the last review; 0 if it does not."""


class Library:
    """The decks of a collection."""

    def __init__(self, database: Database | Snapshot, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def day(self) -> Day:
        """The deck tree with today's counts, and the day's load."""
        moment = study_moment(self._clock(), self._options.rollover_hour)
        start = moment.day_ends_at - MS_PER_DAY
        with self._database.read() as tx:
            every = sorted(decks_today(tx, moment), key=lambda deck: sort_key(deck.name))
            left = counts_left(
                every,
                due.waiting(tx, every, moment.day, start),
                reviews.spent_on(tx, start),
                moment.day,
            )
            pace = reviews.pace(tx, moment.at)
            last = reviews.last_id(tx)
            done, took_ms = reviews.totals(tx, start, moment.day_ends_at)
        lines = _lines(every, left)
        total = _total(line for line in lines if line.depth == 0)
        behind = max((last or 0) - moment.at, 0) // MS_PER_DAY
        return Day(tuple(lines), total, done, took_ms, total.total * pace, behind)


def _lines(every: Sequence[Deck], left: dict[int, Counts]) -> list[DeckLine]:
    return [DeckLine(deck, len(parent_names(deck.name)), left[deck.id]) for deck in every]


def _total(lines: Iterable[DeckLine]) -> Counts:
    counts = [line.counts for line in lines]
    return Counts(
        sum(c.new for c in counts), sum(c.learning for c in counts), sum(c.due for c in counts)
    )
