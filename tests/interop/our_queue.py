"""The day's queue of our collection that is filled past its services."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from studyapp.domain.cards import Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import DayOptions, options_of
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import study_day
from studyapp.environment import OPTIONS, system_clock
from studyapp.scheduling.fsrs_parameters import fingerprint, parameters_of
from studyapp.scheduling.queue import DayQueue
from studyapp.services.clock import Clock
from studyapp.services.library import Library
from studyapp.services.study import Study
from studyapp.store import memories as kept
from studyapp.store import reviews
from studyapp.store.database import Database, Transaction
from tests.interop.any_collection import DECKS, AnyCard, AnyCollection, Remembered

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class Desk:
    """Our collection, which is emptied and filled again and again."""

    def __init__(
        self, path: Path, clock: Clock = system_clock, options: DayOptions = OPTIONS
    ) -> None:
        self._clock = clock
        self._options = options
        self.database = Database.open(path, MIGRATIONS, "a test")
        self.study = Study(self.database, clock, options)
        self._library = Library(self.database, clock, options)

    def fill(self, made: AnyCollection) -> None:
        """Put this collection in place of what was there."""
        self._day = study_day(self._clock(), self._options.rollover_hour)
        with self.database.change("fill", 1) as tx:
            for table in ("reviews", "cards", "notes", "decks", "tags"):
                tx.exec_driver_sql(f"DELETE FROM {table}")
            tx.exec_driver_sql("DELETE FROM presets WHERE id > 1")
            for place, name in enumerate(DECKS):
                self._write_deck(tx, place, name, made)
            for note_id in {card.note_id for card in made.cards}:
                tx.exec_driver_sql(
                    "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
                    " VALUES (?, ?, 'basic', 'a', 'b', 0, 0)",
                    (note_id, str(note_id)),
                )
            for card in made.cards:
                self._write_card(tx, card)
        self.study.start(made.studied + 1)

    def remember(self, made: AnyCollection, memories: Mapping[int, Remembered]) -> None:
        """Let FSRS remember cards; to be told before the deck is studied."""
        with self.database.change("remember", 1) as tx:
            for card in made.cards:
                if card.id in memories:
                    memory = memories[card.id]
                    at = self._clock().at // 1000 * 1000 - memory.reviewed_s_ago * 1000
                    review_id = self._log(tx, card, at)
                    it = Memory(memory.stability_days, memory.difficulty, self._day)
                    model = fingerprint(parameters_of(made.presets[card.deck]))
                    kept.put(tx, model, [(card.id, review_id, it)])
        self.study.start(made.studied + 1)

    def _log(self, tx: Transaction, card: AnyCard, at: int) -> int:
        """A review of a card; its id."""
        reviews.add(tx, Review(at, card.id, Grade.GOOD, 1, Schedule(), card.schedule))
        return reviews.of_card(tx, card.id)[-1].id

    def queue(self) -> list[int]:
        """Ids of all cards left today, in their order; takes them out of the queue."""
        queue: DayQueue = self.study._queue
        ids = []
        at = self._clock().at
        while (candidate := queue.next(at, self._options.learn_ahead_ms)) is not None:
            ids.append(candidate.card_id)
            queue.remove(candidate)
        return ids

    def tree(self) -> list[tuple[int, int, int]]:
        """New, learning and due cards of each of the decks, as the deck tree has them."""
        lines = sorted(self._library.day().lines, key=lambda line: line.deck.id)
        return [(it.counts.new, it.counts.learning, it.counts.due) for it in lines]

    def _write_deck(self, tx: Transaction, place: int, name: str, made: AnyCollection) -> None:
        tx.exec_driver_sql(
            "INSERT INTO presets (id, name, options) VALUES (?, ?, ?)",
            (place + 2, name, json.dumps(options_of(made.presets[place], {}))),
        )
        limits = made.limits[place]
        limits = replace(limits, today=None if limits.today is None else self._day + limits.today)
        tx.exec_driver_sql(
            "INSERT INTO decks (id, name, preset_id, limits) VALUES (?, ?, ?, ?)",
            (place + 1, name, place + 2, json.dumps(asdict(limits))),
        )

    def _write_card(self, tx: Transaction, card: AnyCard) -> None:
        schedule = card.schedule
        if schedule.due_on is not None:
            schedule = replace(schedule, due_on=self._day + schedule.due_on)
        elif schedule.due_at is not None:
            schedule = replace(schedule, due_at=self._clock().at + schedule.due_at)
        tx.exec_driver_sql(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, 0)",
            (
                card.id,
                card.note_id,
                card.ordinal,
                card.deck + 1,
                card.position,
                *schedule.values(),
            ),
        )
