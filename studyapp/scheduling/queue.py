"""The order in which a day's cards come: what is gathered, what is held back, what is next."""

from __future__ import annotations

from bisect import insort
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studyapp.domain.presets import Preset


class Kind(StrEnum):
    """What a waiting card counts as."""

    NEW = "new"
    LEARNING = "learning"
    """In its intraday steps: it comes back at an instant."""
    INTERDAY = "interday"
    """In a step that crossed a rollover: it comes back on a day, among the reviews."""
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be studied today."""

    card_id: int
    note_id: int
    deck_id: int
    kind: Kind
    due_at: int = 0
    """Of a learning card: when its step ends, in ms since the epoch."""
    ordinal: int = 0
    """Of a new card: which of its note's cards it is."""


_GATHERED = (Kind.LEARNING, Kind.INTERDAY, Kind.REVIEW, Kind.NEW)
"""One kind after the other: of two siblings the more urgent one is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A card that siblings are kept apart from."""

    deck_id: int
    kind: Kind
    """What it counted as; it keeps no card away that is gathered before that kind."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards left today."""

    new: int = 0
    learning: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class Limit:
    """How many cards a deck, with its sub-decks, may still give today."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class DeckDay:
    """What gathering knows of one deck."""

    path: tuple[int, ...]
    """The ids of the deck's parents, the outermost first, and its own."""
    limit: Limit
    preset: Preset


class Gatherer:
    """Takes candidates in order while limits allow and no sibling came before."""

    def __init__(
        self, root: int, decks: Mapping[int, DeckDay], seen: Mapping[int, Mapping[int, Seen]]
    ) -> None:
        """`root`: the studied deck; `decks`: it, all below it, and all on the way to it.

        `seen`: for each note with cards already reviewed today, those cards by their ids.
        """
        self._root = root
        self._decks = decks
        self._new = {deck_id: day.limit.new for deck_id, day in decks.items()}
        self._reviews = {deck_id: day.limit.reviews for deck_id, day in decks.items()}
        self._reviewed = seen
        self._seen = {note_id: dict(cards) for note_id, cards in seen.items()}

    def take(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that may be studied; stops reading once the studied deck's limit is reached."""
        taken = []
        for candidate in candidates:
            if self._is_spent(candidate.kind):
                break
            # What a reviewed card keeps away is gone for the day, and keeps no sibling away itself.
            if self._has_room(candidate) and not self._is_held_back(candidate, self._reviewed):
                is_held_back = self._is_held_back(candidate, self._seen)
                # Its siblings stay apart even from a card that is itself held back.
                self._see(candidate)
                if not is_held_back:
                    self._count(candidate)
                    taken.append(candidate)
        return taken

    def _is_spent(self, kind: Kind) -> bool:
        if kind is Kind.LEARNING:
            return False
        path = self._decks[self._root].path
        if any(self._reviews[deck_id] <= 0 for deck_id in path):
            return True
        return kind is Kind.NEW and any(self._new[deck_id] <= 0 for deck_id in path)

    def _has_room(self, candidate: Candidate) -> bool:
        if candidate.kind is Kind.LEARNING:
            return True
        path = self._decks[candidate.deck_id].path
        if any(self._reviews[deck_id] <= 0 for deck_id in path):
            return False
        return candidate.kind is not Kind.NEW or all(self._new[deck_id] > 0 for deck_id in path)

    def _is_held_back(
        self, candidate: Candidate, seen_before: Mapping[int, Mapping[int, Seen]]
    ) -> bool:
        """Whether a sibling came before whose preset, not the card's own, keeps them apart."""
        siblings = seen_before.get(candidate.note_id)
        if not siblings:
            return False
        return any(
            _keeps_apart(self._decks[seen.deck_id].preset, candidate.kind)
            for card_id, seen in siblings.items()
            if card_id != candidate.card_id
            and seen.deck_id in self._decks
            and _GATHERED.index(seen.kind) <= _GATHERED.index(candidate.kind)
        )

    def _see(self, candidate: Candidate) -> None:
        seen = Seen(candidate.deck_id, candidate.kind)
        self._seen.setdefault(candidate.note_id, {}).setdefault(candidate.card_id, seen)

    def _count(self, candidate: Candidate) -> None:
        if candidate.kind is Kind.LEARNING:
            return
        for deck_id in self._decks[candidate.deck_id].path:
            if candidate.kind is Kind.NEW:
                self._new[deck_id] -= 1
            self._reviews[deck_id] -= 1


def _keeps_apart(preset: Preset, kind: Kind) -> bool:
    match kind:
        case Kind.NEW:
            return preset.bury_new_siblings
        case Kind.REVIEW:
            return preset.bury_review_siblings
        case Kind.INTERDAY:
            return preset.bury_interday_learning_siblings
        case Kind.LEARNING:
            return False


class DayQueue:
    """The cards left of a day: steps by the clock, all others in a fixed order."""

    def __init__(self, steps: Sequence[Candidate], others: Iterable[Candidate]) -> None:
        self._steps = sorted((step.due_at, step.card_id, step) for step in steps)
        self._others = deque(others)
        self._counts = Counter(candidate.kind for candidate in (*steps, *self._others))

    def next(self, at: int, learn_ahead_ms: int, just_seen: int | None = None) -> Candidate | None:
        """The card to show at the instant `at`, or None if there is nothing to show (yet).

        Steps that have ended come first, then all other cards, then steps that end within
        `learn_ahead_ms`. Of the last, a card that was just seen waits for the others.
        """
        if self._steps and self._steps[0][0] <= at:
            return self._steps[0][2]
        if self._others:
            return self._others[0]
        ahead = [step for due_at, _, step in self._steps if due_at <= at + learn_ahead_ms]
        return next((step for step in ahead if step.card_id != just_seen), next(iter(ahead), None))

    def following(self, current: Candidate, at: int) -> Candidate | None:
        """The card that comes after the current one, if no step ends in the meantime."""
        steps = [step for _, _, step in self._steps[:2] if step.due_at <= at]
        others = (self._others[index] for index in range(min(2, len(self._others))))
        return next((each for each in (*steps, *others) if each != current), None)

    def next_step_at(self) -> int | None:
        """When the first of the waiting steps ends, in ms since the epoch."""
        return self._steps[0][0] if self._steps else None

    def remove(self, candidate: Candidate) -> None:
        """Take a card out; raises ValueError if it is not there."""
        if candidate.kind is Kind.LEARNING:
            self._steps.remove((candidate.due_at, candidate.card_id, candidate))
        else:
            self._others.remove(candidate)
        self._counts[candidate.kind] -= 1

    def add_step(self, candidate: Candidate) -> None:
        """Wait for a card's next step."""
        insort(self._steps, (candidate.due_at, candidate.card_id, candidate))
        self._counts[candidate.kind] += 1

    def holds(self, candidate: Candidate) -> bool:
        """Whether the card waits at this place."""
        if candidate.kind is Kind.LEARNING:
            return (candidate.due_at, candidate.card_id, candidate) in self._steps
        return candidate in self._others

    def find(self, card_id: int) -> Candidate | None:
        """The card's place in the queue, None if it does not wait."""
        waiting = (*(step for _, _, step in self._steps), *self._others)
        return next((each for each in waiting if each.card_id == card_id), None)

    def note_ids(self) -> frozenset[int]:
        """The notes of all cards left, the present one included."""
        steps = (step for _, _, step in self._steps)
        return frozenset(each.note_id for each in (*steps, *self._others))

    def counts(self) -> Counts:
        """Cards left, the present one included."""
        learning = self._counts[Kind.LEARNING] + self._counts[Kind.INTERDAY]
        return Counts(self._counts[Kind.NEW], learning, self._counts[Kind.REVIEW])
