"""Going through cards without a trace: no schedule, no log and no undo journal knows of it.

What is asked again later, and what can be taken back, is kept for the session alone. As in Anki's
filtered decks that do not reschedule, "again" brings a card back after a minute, "hard" after ten,
sooner if nothing else is left, and "good" and "easy" are done with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from studyapp.domain.cards import Card, CardState
from studyapp.domain.decks import Deck
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Listed
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment, study_moment
from studyapp.errors import NotFound
from studyapp.scheduling.fuzz import shuffled
from studyapp.scheduling.labels import span_label
from studyapp.scheduling.queue import Candidate, DayQueue, Kind
from studyapp.services.clock import Clock
from studyapp.services.study_values import Finished, Graded, Prompt, Summary
from studyapp.store import bulk, cards, decks
from studyapp.store.bulk import Scheduled
from studyapp.store.database import Database

_DELAYS_MS = {Grade.AGAIN: 60_000, Grade.HARD: 600_000}
_LABELS = {
    grade: span_label(_DELAYS_MS[grade] // 1000) if grade in _DELAYS_MS else "done"
    for grade in Grade
}
_AT_ONCE = 1 << 60
"""All steps may be shown ahead of time: a session never waits."""
_LAST = 1 << 60


class CramOrder(StrEnum):
    """In which order cards come."""

    DUE = "due"
    """The longest due first, new cards last."""
    RANDOM = "random"
    HARDEST = "hardest"
    """The most often forgotten first, then by ease."""


@dataclass(frozen=True, slots=True)
class CramPrompt(Prompt):
    """A card of such a session; its grades lead to no intervals."""

    @property
    def labels(self) -> Mapping[Grade, str]:
        """When each grade brings the card back within the session."""
        return _LABELS


@dataclass(frozen=True, slots=True)
class _Given:
    """A grade that was given in this session."""

    place: Candidate
    grade: Grade
    took_ms: int
    at: int

    @property
    def comes_back(self) -> Candidate | None:
        delay_ms = _DELAYS_MS.get(self.grade)
        if delay_ms is None:
            return None
        return replace(self.place, kind=Kind.LEARNING, due_at=self.at + delay_ms)


class Cram:
    """A session; nothing of it outlives it."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._title = ""
        self._cards: Sequence[Candidate] = ()
        self._queue = DayQueue((), ())
        self._given: list[_Given] = []
        self._undone: list[_Given] = []
        self._first: Candidate | None = None
        self._decks: Mapping[int, Deck] = {}

    def start(self, title: str, card_ids: Sequence[int], order: CramOrder) -> None:
        """Go through these cards; those that are gone are passed over."""
        moment = self._moment()
        with self._database.read() as tx:
            found = bulk.schedules(tx, card_ids)
            self._decks = {deck.id: deck for deck in decks.every(tx)}
        found.sort(key=lambda card: _place(card, order, moment))
        self._title = title
        self._cards = [
            Candidate(each.card_id, each.note_id, each.deck_id, _kind(each)) for each in found
        ]
        self._given, self._undone = [], []
        self._lay_out(None)

    def start_notes(self, title: str, note_ids: Sequence[int], order: CramOrder) -> int:
        """Go through the cards of notes that are not suspended; returns how many these are."""
        with self._database.read() as tx:
            asked = bulk.not_suspended(tx, bulk.card_ids(tx, note_ids, Listed.NOTES))
        self.start(title, asked, order)
        return len(asked)

    def current(self) -> CramPrompt | Finished:
        """What to show now; cards that are gone meanwhile are passed over."""
        while (place := self._next()) is not None:
            with self._database.read() as tx:
                try:
                    card = cards.get(tx, place.card_id)
                except NotFound:
                    self._first = None
                    self._queue.remove(place)
                    continue
            return self._prompt(card, place)
        return Finished()

    def upcoming(self) -> Card | None:
        """The card that most likely comes after the current one, to prepare its page."""
        current = self._next()
        if current is None:
            return None
        following = self._queue.following(current, _AT_ONCE)
        if following is None:
            return None
        with self._database.read() as tx:
            return cards.get(tx, following.card_id)

    def waiting_notes(self) -> frozenset[int]:
        """The notes whose cards are left in this session, by their ids."""
        return self._queue.note_ids()

    def grade(self, prompt: Prompt, grade: Grade, took_ms: int) -> Graded:
        """Go on, and bring the card back later if it was not known.

        Raises NotFound if the prompt was graded already.
        """
        if not self._queue.holds(prompt.place):
            raise NotFound("This card is not waiting for a grade any more.")
        took_ms = min(max(took_ms, 0), prompt.preset.answer_cap_ms)
        given = _Given(prompt.place, grade, took_ms, self._moment().at)
        self._given.append(given)
        self._undone.clear()
        self._first = None
        _go_on(self._queue, given)
        return Graded(prompt.card.schedule)

    def undo(self) -> str | None:
        """Take back the last grade of this session; returns its name, None if there is none."""
        if not self._given:
            return None
        given = self._given.pop()
        self._undone.append(given)
        self._lay_out(given.place)
        return _name(given)

    def redo(self) -> str | None:
        """Give the grade again that was taken back last; returns its name."""
        if not self._undone:
            return None
        given = self._undone.pop()
        self._given.append(given)
        self._lay_out(None)
        return _name(given)

    def look_again(self, *card_ids: int) -> None:
        """Cards were changed elsewhere; the first of these that waits comes first."""
        found = (self._queue.find(card_id) for card_id in card_ids)
        self._first = next((each for each in found if each is not None), None)

    def summary(self) -> Summary:
        """What was done in this session."""
        return Summary(
            title=self._title,
            reviews=len(self._given),
            took_ms=sum(given.took_ms for given in self._given),
            grades={grade: sum(each.grade is grade for each in self._given) for grade in Grade},
            remembered=0,
            due=0,
            tomorrow=None,
        )

    def _moment(self) -> StudyMoment:
        return study_moment(self._clock(), self._options.rollover_hour)

    def _next(self) -> Candidate | None:
        if self._first is not None:
            return self._first
        seen = self._given[-1].place.card_id if self._given else None
        return self._queue.next(self._moment().at, _AT_ONCE, seen)

    def _prompt(self, card: Card, place: Candidate) -> CramPrompt:
        preset = self._decks[place.deck_id].preset
        return CramPrompt(card, self._queue.counts(), place, preset, self._moment())

    def _lay_out(self, first: Candidate | None) -> None:
        """The queue as the grades that were given leave it."""
        self._queue = DayQueue((), self._cards)
        for given in self._given:
            _go_on(self._queue, given)
        self._first = first


def _go_on(queue: DayQueue, given: _Given) -> None:
    queue.remove(given.place)
    if given.comes_back is not None:
        queue.add_step(given.comes_back)


def _name(given: _Given) -> str:
    return f"grade {given.grade.name.lower()} (not logged)"


def _kind(card: Scheduled) -> Kind:
    return Kind.NEW if card.schedule.state is CardState.NEW else Kind.REVIEW


def _place(card: Scheduled, order: CramOrder, moment: StudyMoment) -> tuple[int, int]:
    by_chance = shuffled(card.card_id, moment.at)
    schedule = card.schedule
    match order:
        case CramOrder.RANDOM:
            return 0, by_chance
        case CramOrder.DUE:
            day = moment.day if schedule.due_at is not None else schedule.due_on
            return (_LAST, card.card_id) if day is None else (day, by_chance)
        case CramOrder.HARDEST:
            return -schedule.lapses, schedule.ease_permille or _LAST
