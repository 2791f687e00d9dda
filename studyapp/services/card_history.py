"""What became of one card: its facts and all of its reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.domain.cards import Card, CardState
from studyapp.domain.memory import Memory
from studyapp.domain.notes import Note
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import Review
from studyapp.domain.study_day import Instant, StudyMoment, study_moment
from studyapp.scheduling.fsrs_memory import Past, steps
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.scheduling.recall import recall
from studyapp.services.clock import Clock
from studyapp.services.remembering import remembered
from studyapp.store import cards, decks, notes, reviews
from studyapp.store.database import Database


@dataclass(frozen=True, slots=True)
class Logged:
    """A review, and what FSRS remembered after it."""

    review: Review
    memory: Memory | None
    """None with SM-2, and of what was before the card was last reset."""


@dataclass(frozen=True, slots=True)
class CardHistory:
    """A card as it is now, and how it came to be so."""

    card: Card
    note: Note
    deck_name: str
    preset: Preset
    suspended: bool
    added_at: int
    """Of its note, in ms since the epoch."""
    logged: tuple[Logged, ...]
    """The oldest first."""
    recall: float | None
    """Probability that it is recalled now, 0 to 1; None if its scheduler cannot tell."""
    memory: Memory | None
    """What FSRS remembers now."""
    instant: Instant
    """When it was looked."""
    moment: StudyMoment


class CardHistories:
    """Reads the histories of cards; changes nothing."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def cards_of(self, note_id: int) -> list[int]:
        """Ids of a note's cards, in the order in which they are asked of it."""
        with self._database.read() as tx:
            found = cards.of_notes(tx, [note_id])
        return [each.card.id for each in sorted(found, key=lambda each: each.card.ordinal)]

    def of(self, card_id: int) -> CardHistory:
        """All there is to tell of a card; raises NotFound."""
        instant = self._clock()
        moment = study_moment(instant, self._options.rollover_hour)
        with self._database.read() as tx:
            card = cards.get(tx, card_id)
            note = notes.get(tx, card.note_id)
            siblings = cards.of_notes(tx, [card.note_id])
            deck = decks.get(tx, card.deck_id)
            log = reviews.of_card(tx, card_id)
            memory = remembered(tx, card, deck.preset, moment)
        return CardHistory(
            card=card,
            note=note.note,
            deck_name=deck.name,
            preset=deck.preset,
            suspended=any(each.suspended for each in siblings if each.card.id == card_id),
            added_at=note.created_at,
            logged=_logged(log, deck.preset, moment),
            recall=recall(card.schedule, memory, deck.preset, moment),
            memory=memory,
            instant=instant,
            moment=moment,
        )


def _logged(log: Sequence[Review], preset: Preset, moment: StudyMoment) -> tuple[Logged, ...]:
    if preset.scheduler != "fsrs":
        return tuple(Logged(review, None) for review in log)
    past = [_past(review) for review in log]
    after = {step.at: memory for step, _, memory in steps(past, parameters_of(preset), moment)}
    return tuple(Logged(review, after.get(review.id)) for review in log)


def _past(review: Review) -> Past:
    before = review.before
    return Past(
        review.id,
        review.grade,
        CardState(before.state),
        before.due_on,
        before.interval_days,
        before.ease_permille,
    )
