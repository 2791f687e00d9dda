"""Studying a deck: which card is next, grading it, taking a grade back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from studyapp.domain.cards import Card, Schedule
from studyapp.domain.decks import Deck, is_within, sort_key
from studyapp.domain.macros import NO_MACROS
from studyapp.domain.presets import DayOptions, LeechAction, Preset
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment, study_moment
from studyapp.errors import NotFound
from studyapp.scheduling import leeches
from studyapp.scheduling.choice import scheduler_of
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.limits import deck_days
from studyapp.scheduling.ordering import day_queue
from studyapp.scheduling.queue import (
    Candidate,
    DayQueue,
    DeckDay,
    Gatherer,
    Kind,
)
from studyapp.services import recall_order
from studyapp.services.clock import Clock
from studyapp.services.decks_today import decks_today
from studyapp.services.due_loads import DueLoads
from studyapp.services.media_care import MediaCare
from studyapp.services.progress import Progress, go_on, silent
from studyapp.services.remembering import keep, remembered
from studyapp.services.study_values import (
    Content,
    Finished,
    Graded,
    Pause,
    Prompt,
    Summary,
    summary_of,
)
from studyapp.services.walking import walked
from studyapp.store import (
    bulk,
    candidates,
    cards,
    decks,
    due,
    history,
    macros,
    notes,
    reviews,
    vacations,
)
from studyapp.store.database import Database, Transaction
from studyapp.store.history import Step

_FEW = 100
"""Rows of a step that was undone, among which the card is looked for that it was about."""


class Study:
    """A session in one deck; the collection is the only state that outlives it."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._media = MediaCare(database, clock)
        self._deck_id: int | None = None
        self._until: int | None = None
        self._day: int | None = None
        self._decks: Mapping[int, DeckDay] = {}
        self._loads = DueLoads(database, (), 0)
        self._queue = DayQueue((), ())
        self._cards: dict[int, Card] = {}
        self._first: Candidate | None = None
        self._just_seen: int | None = None
        self._is_walk = False

    @property
    def is_walk(self) -> bool:
        """Whether the cards come in the order of a walk over the map."""
        return self._is_walk

    def start(self, deck_id: int, ahead_days: int = 0) -> None:
        """Study a deck and those below it from now on; raises NotFound.

        `ahead_days`: study what comes due in so many days after today, in place of the day's cards;
        it is graded early then.
        """
        self._deck_id = deck_id
        self._until = self._moment().day + ahead_days if ahead_days else None
        self._just_seen = None
        self._gather()

    def current(self) -> Prompt | Pause | Finished:
        """What to show now."""
        moment = self._moment()
        if moment.day != self._day:
            self._gather()
        candidate = self._next(moment)
        if candidate is not None:
            return self._prompt(candidate, moment)
        until = self._queue.next_step_at()
        return Finished() if until is None else Pause(until, self._queue.counts())

    def content(self, card: Card) -> Content:
        """What a card's page is made from; raises NotFound."""
        with self._database.read() as tx:
            stored = notes.get(tx, card.note_id)
            linked = notes.linked_from(tx, card.note_id) if stored.note.links else []
            own = macros.in_decks(tx, [card.deck_id]).get(card.deck_id, NO_MACROS)
            of_linked = macros.of_notes(tx, [note.key for note in linked])
        return Content(stored.note, card.ordinal, tuple(linked), own, of_linked)

    def upcoming(self) -> Card | None:
        """The card that most likely comes after the current one, to prepare its page.

        Also gets ready to log the first grade. Raises StorageError.
        """
        self._database.get_ready()
        moment = self._moment()
        current = self._next(moment)
        following = None if current is None else self._queue.following(current, moment.at)
        return None if following is None else self._card(following.card_id)

    def waiting_notes(self) -> frozenset[int]:
        """The notes whose cards are left, by their ids."""
        return self._queue.note_ids()

    def grade(self, prompt: Prompt, grade: Grade, took_ms: int) -> Graded:
        """Log a grade and schedule the card, both or neither.

        Raises StorageError, or NotFound if the prompt was graded already.
        """
        moment = self._moment()
        card = prompt.card
        if not self._queue.holds(prompt.place):
            raise NotFound("This card is not waiting for a grade any more.")
        preset = self._decks[card.deck_id].preset
        fuzz = fuzz_of(card.id, card.schedule.reps, self._loads.of(card.deck_id))
        took_ms = min(max(took_ms, 0), preset.answer_cap_ms)
        with self._database.change(f"grade {grade.name.lower()}", moment.at) as tx:
            memory = remembered(tx, card, preset, moment)
            scheduler = scheduler_of(preset, memory)
            after = scheduler.answer(card.schedule, grade, preset, moment, fuzz)
            reviews.add(tx, Review(moment.at, card.id, grade, took_ms, card.schedule, after))
            cards.set_schedule(tx, card.id, after)
            keep(tx, card.id, memory, grade, preset=preset, moment=moment)
            graded = _graded(tx, card, after, preset, moment.at)
        self._cards[card.id] = replace(card, schedule=after)
        self._loads.move(card.deck_id, card.schedule, after)
        self._move_on(prompt.place, graded)
        return graded

    def next_undo(self) -> Step | None:
        """What undo would take back, and how much that is; None if there is nothing."""
        with self._database.read() as tx:
            return history.next_undo(tx)

    def next_redo(self) -> Step | None:
        """What redo would do again, and how much that is; None if there is nothing."""
        with self._database.read() as tx:
            return history.next_redo(tx)

    def undo(self, progress: Progress = silent) -> str | None:
        """Take back the last change of the collection; returns its name, None if there is none.

        Raises StorageError, or Cancelled; then nothing was taken back.
        """
        with self._database.rewind() as tx:
            step = history.undo(tx, partial(go_on, progress))
            is_small = step is not None and step.changes <= _FEW
            changed = history.changed_rows(tx, step, "cards") if step and is_small else ()
        self._after_rewind(changed)
        self._media.settle()
        return None if step is None else step.name

    def redo(self, progress: Progress = silent) -> str | None:
        """Do again what was undone last; returns its name, None if there is nothing.

        Raises StorageError, or Cancelled; then nothing was done.
        """
        with self._database.rewind() as tx:
            step = history.redo(tx, partial(go_on, progress))
        self._after_rewind(())
        self._media.settle()
        return None if step is None else step.name

    def look_again(self, *card_ids: int) -> None:
        """Cards were changed elsewhere; the first of these that waits for its grade comes first."""
        self._after_rewind(card_ids)

    def summary(self) -> Summary:
        """What was done today in the deck that is studied; raises NotFound."""
        moment = self._moment()
        with self._database.read() as tx:
            deck, below = self._studied(decks.every(tx))
            ids = [each.id for each in below]
            done = reviews.in_decks(tx, ids, moment.day_ends_at - MS_PER_DAY)
            tomorrow = due.count_on(tx, ids, moment.day + 1)
        return summary_of(deck, done, tomorrow)

    def _moment(self) -> StudyMoment:
        return study_moment(self._clock(), self._options.rollover_hour)

    def _studied(self, every: Sequence[Deck]) -> tuple[Deck, list[Deck]]:
        """The studied deck, and it with all below it in the tree's order."""
        root = next((deck for deck in every if deck.id == self._deck_id), None)
        if root is None:
            raise NotFound("This deck does not exist any more.")
        below = [deck for deck in every if is_within(deck.name, root.name)]
        return root, sorted(below, key=lambda deck: sort_key(deck.name))

    def _gather(self) -> None:
        moment = self._moment()
        with self._database.read() as tx:
            every = decks_today(tx, moment)
            root, below = self._studied(every)
            start = moment.day_ends_at - MS_PER_DAY
            self._decks = deck_days(every, reviews.spent_on(tx, start), moment.day)
            self._queue = self._gathered(tx, root, [deck.id for deck in below], moment)
            closed = vacations.every(tx)
        self._loads = DueLoads(self._database, every, moment.day, closed)
        self._is_walk = root.preset.walk and self._until is None
        self._cards = {}
        self._day = moment.day
        self._first = None

    def _gathered(
        self, tx: Transaction, root: Deck, deck_ids: Sequence[int], moment: StudyMoment
    ) -> DayQueue:
        start = moment.day_ends_at - MS_PER_DAY
        if self._until is not None:
            later = candidates.ahead(tx, deck_ids, moment, self._until)
            return DayQueue(list(later.steps), later.reviews)
        preset = root.preset
        presets = {deck_id: self._decks[deck_id].preset for deck_id in deck_ids}
        return day_queue(
            Gatherer(root.id, self._decks, reviews.seen_since(tx, start)),
            recall_order.waiting(tx, presets, moment, preset),
            preset,
            moment.day,
            partial(walked, tx) if preset.walk else list,
        )

    def _next(self, moment: StudyMoment) -> Candidate | None:
        if self._first is not None:
            return self._first
        return self._queue.next(moment.at, self._options.learn_ahead_ms, self._just_seen)

    def _prompt(self, candidate: Candidate, moment: StudyMoment) -> Prompt:
        card = self._card(candidate.card_id)
        preset = self._decks[card.deck_id].preset
        memory = None
        if preset.scheduler == "fsrs":
            with self._database.read() as tx:
                memory = remembered(tx, card, preset, moment)
        counts = self._queue.counts()
        return Prompt(card, counts, candidate, preset, moment, memory, self._loads)

    def _card(self, card_id: int) -> Card:
        if card_id not in self._cards:
            with self._database.read() as tx:
                self._cards[card_id] = cards.get(tx, card_id)
        return self._cards[card_id]

    def _move_on(self, candidate: Candidate, graded: Graded) -> None:
        self._queue.remove(candidate)
        self._first = None
        self._just_seen = candidate.card_id
        due_at = graded.after.due_at
        if due_at is not None and not graded.is_suspended:
            self._queue.add_step(replace(candidate, kind=Kind.LEARNING, due_at=due_at))

    def _after_rewind(self, changed_cards: Sequence[int]) -> None:
        if self._deck_id is None:
            return
        try:
            self._gather()
        except NotFound:  # What was undone or redone took the studied deck away.
            self._deck_id = None
            self._day = None
            return
        found = (self._queue.find(card_id) for card_id in changed_cards)
        self._first = next((each for each in found if each is not None), None)


def _graded(tx: Transaction, card: Card, after: Schedule, preset: Preset, at: int) -> Graded:
    """Does with a card that became a leech what its preset wants."""
    if not leeches.is_leech(card.schedule, after, preset):
        return Graded(after)
    bulk.add_tags(tx, [card.note_id], bulk.ensure_tags(tx, [leeches.TAG]), at)
    if preset.leech_action is LeechAction.TAG_ONLY:
        return Graded(after, is_leech=True)
    cards.suspend(tx, [card.id])
    return Graded(after, is_leech=True, is_suspended=True)
