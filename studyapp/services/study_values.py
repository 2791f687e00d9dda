"""What a session shows and tells: prompts, pauses, what came of a grade, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studyapp.domain.cards import Card, Schedule
from studyapp.domain.decks import Deck
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.memory import Memory
from studyapp.domain.notes import Note
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.choice import scheduler_of
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.labels import interval_label
from studyapp.scheduling.queue import Candidate, Counts
from studyapp.services.due_loads import DueLoads


@dataclass(frozen=True, slots=True)
class Prompt:
    """A card that waits for its grade."""

    card: Card
    counts: Counts
    """Cards left in this deck today, this one included."""
    place: Candidate
    """Where the card stands in the day's queue."""
    preset: Preset
    moment: StudyMoment
    """When it was asked."""
    memory: Memory | None = None
    """What FSRS remembers of the card, if its preset uses that."""
    loads: DueLoads | None = field(default=None, compare=False)
    """Of the coming days, to which intervals are fitted; counted when a label asks for it."""

    @property
    def labels(self) -> Mapping[Grade, str]:
        """The interval that each grade gives: "10 min", "4 d"."""
        load = None if self.loads is None else self.loads.of(self.card.deck_id)
        fuzz = fuzz_of(self.card.id, self.card.schedule.reps, load)
        scheduler = scheduler_of(self.preset, self.memory)
        after = scheduler.answers(self.card.schedule, self.preset, self.moment, fuzz)
        return {grade: interval_label(each, self.moment) for grade, each in after.items()}

    def count_loads(self) -> None:
        """Do beforehand what takes long in `labels`; for another thread. Raises StorageError."""
        if self.loads is not None:
            self.loads.count(self.card.deck_id)


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of a grade."""

    after: Schedule
    is_leech: bool = False
    """Whether the card was just found to be forgotten too often, and its note was tagged."""
    is_suspended: bool = False
    """Whether it is not asked any more for that."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing to show before a step ends that lies beyond the learn-ahead span."""

    until: int
    """When it ends, in ms since the epoch."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left for today."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a card's page is made from."""

    note: Note
    ordinal: int
    linked: tuple[Note, ...]
    """The notes that it links to, as far as they exist."""
    macros: Macros = NO_MACROS
    """Those that its formulas may use, by its deck and the user."""
    linked_macros: Mapping[str, Macros] = field(default_factory=dict)
    """The same of the linked notes, by their keys."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done in a deck today, and what comes tomorrow; or what a session brought."""

    title: str
    """The deck's full name, or what the session was about."""
    reviews: int
    took_ms: int
    grades: Mapping[Grade, int]
    remembered: int
    """Of the cards that were due for review, those not graded again."""
    due: int
    """Reviews of cards that were due."""
    tomorrow: int | None
    """Cards that come due tomorrow, new ones not counted; None: the session changes nothing."""


def summary_of(deck: Deck, done: Sequence[Review], tomorrow: int) -> Summary:
    """Of the reviews that were done in a deck; `tomorrow`: cards that come due then."""
    was_due = [review for review in done if review.before.due_on is not None]
    return Summary(
        title=deck.name,
        reviews=len(done),
        took_ms=sum(review.took_ms for review in done),
        grades={grade: sum(review.grade is grade for review in done) for grade in Grade},
        remembered=sum(review.grade is not Grade.AGAIN for review in was_due),
        due=len(was_due),
        tomorrow=tomorrow,
    )
