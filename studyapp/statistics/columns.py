"""Reviews and cards as columns: a million of them are counted in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

NO_DAY: Final = -(2**31)
"""In place of a study day that there is none of."""
UNKNOWN: Final = -1
_WIDE: Final = 1_000_000
"""From the lowest value to the highest; up to there counting is faster than sorting."""


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Reviews in the order of their ids; all columns have the same length."""

    at: Ints
    """Ids: when the grades were given, in ms since the epoch."""
    card: Ints
    grade: Ints
    took_ms: Ints
    state: Ints
    """Before the review, as all that follow."""
    interval_days: Ints
    due_on: Ints
    """Study day; NO_DAY of new cards and within the steps of a day."""

    def __len__(self) -> int:
        return len(self.at)

    @property
    def last(self) -> int:
        """The newest id; -1 where there is none."""
        return int(self.at[-1]) if len(self) else -1

    def where(self, chosen: Mask | slice) -> Log:
        """The chosen reviews."""
        return Log(*(getattr(self, each.name)[chosen] for each in fields(self)))

    def followed_by(self, later: Log) -> Log:
        """These reviews and later ones."""
        names = [each.name for each in fields(self)]
        return Log(*(np.concatenate((getattr(self, n), getattr(later, n))) for n in names))


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """Cards in the order of their ids; all columns have the same length."""

    id: Ints
    deck: Ints
    state: Ints
    due_on: Ints
    """Study day, a later one while a card is held back; NO_DAY of new cards and of those that are
    within the steps of a day."""
    due_at: Ints
    """Ms since the epoch, of cards within the steps of a day; else 0."""
    interval_days: Ints
    ease_permille: Ints
    lapses: Ints
    suspended: Ints
    buried_on: Ints
    """Study day or NO_DAY."""
    added_at: Ints
    """Of the note, in ms since the epoch."""
    difficulty: Ints
    """Tenths of what FSRS has reckoned, 10 to 100; UNKNOWN else."""

    def __len__(self) -> int:
        return len(self.id)

    def updated(self, changed: Cards) -> Cards:
        """With these in place of those with the same ids, which are all known."""
        places = np.searchsorted(self.id, changed.id)
        columns = [getattr(self, each.name).copy() for each in fields(self)]
        for column, each in zip(columns, fields(self), strict=True):
            column[places] = getattr(changed, each.name)
        return Cards(*columns)

    @property
    def all(self) -> Mask:
        """A mask that chooses every card."""
        return np.ones(len(self), dtype=np.bool_)

    def where(self, chosen: Mask) -> Cards:
        """The chosen cards."""
        return Cards(*(getattr(self, each.name)[chosen] for each in fields(self)))


_Value = TypeVar("_Value", np.int64, np.float64)


def looked_up(
    ids: NDArray[np.integer], keys: Ints, values: NDArray[_Value], default: float
) -> NDArray[_Value]:
    """For each of `ids` the value that its key has; ids are small, as SQLite numbers rows."""
    table = np.full(_room(ids, keys), default, dtype=values.dtype)
    table[keys] = values
    found: NDArray[_Value] = table[ids]
    return found


def are_among(ids: NDArray[np.integer], wanted: Sequence[int] | Ints) -> Mask:
    """For each of `ids` whether it is wanted."""
    keys = np.asarray(wanted, dtype=np.int64)
    table = np.zeros(_room(ids, keys), dtype=np.bool_)
    table[keys] = True
    found: Mask = table[ids]
    return found


def of_decks(decks: Ints, values: Mapping[int, float], default: float) -> Floats:
    """For each deck id its value."""
    keys = np.fromiter(values, dtype=np.int64, count=len(values))
    numbers = np.fromiter(values.values(), dtype=np.float64, count=len(values))
    return looked_up(decks, keys, numbers, default)


def counted(values: Ints) -> dict[int, int]:
    """Each value, in order, and how often it occurs."""
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    if high - low > _WIDE:
        found, counts = np.unique(values, return_counts=True)
    else:
        every = np.bincount(values - low)
        found = np.flatnonzero(every)
        found, counts = found + low, every[found]
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _room(ids: NDArray[np.integer], keys: Ints) -> int:
    return int(max(ids.max(initial=0), keys.max(initial=0))) + 1
