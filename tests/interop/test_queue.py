"""The day's queue has the cards that Anki's has, in its order, under any options."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.presets import options_of
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import study_day
from studyapp.environment import OPTIONS, system_clock
from studyapp.scheduling.queue import DayQueue
from studyapp.services.library import Library
from studyapp.services.study import Prompt, Study
from studyapp.store.database import Database, Transaction
from tests.interop.anki_queue import AnkiQueue
from tests.interop.any_collection import DECKS, AnyCard, AnyCollection, any_collection

CASES = int(os.environ.get("STUDYAPP_QUEUE_CASES", "80"))
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class Desk:
    """Our collection, which is emptied and filled again and again."""

    def __init__(self, path: Path) -> None:
        self.database = Database.open(path, MIGRATIONS, "a test")
        self.study = Study(self.database, system_clock, OPTIONS)
        self._library = Library(self.database, system_clock, OPTIONS)

    def fill(self, made: AnyCollection) -> None:
        """Put this collection in place of what was there."""
        self._day = study_day(system_clock(), OPTIONS.rollover_hour)
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

    def queue(self) -> list[int]:
        """Ids of all cards left today, in their order; takes them out of the queue."""
        queue: DayQueue = self.study._queue
        ids = []
        at = system_clock().at
        while (candidate := queue.next(at, OPTIONS.learn_ahead_ms)) is not None:
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
            schedule = replace(schedule, due_at=system_clock().at + schedule.due_at)
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


@pytest.fixture(scope="module")
def anki_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiQueue]:
    with closing(AnkiQueue(tmp_path_factory.mktemp("anki") / "collection.anki2")) as queue:
        yield queue


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("ours") / "collection.db")
    with closing(desk.database):
        yield desk


pytestmark = pytest.mark.timeout(3600 if CASES > 1000 else 120)
any_time = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_same_cards_in_the_same_order(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = any_collection(chance, by_chance=False)
    anki_queue.fill(made)
    desk.fill(made)
    assert desk.queue() == anki_queue.queue(), made


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_same_cards_if_chance_orders_them(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = _without_burying(any_collection(chance, by_chance=True))
    anki_queue.fill(made)
    desk.fill(made)
    assert sorted(desk.queue()) == sorted(anki_queue.queue()), made


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_deck_tree_counts_the_same_cards(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = _without_burying(any_collection(chance, by_chance=False))  # Anki's tree buries nothing
    anki_queue.fill(made)
    desk.fill(made)
    assert desk.tree() == anki_queue.tree(), made


@any_time
@given(st.integers(0, 2**32).map(Random), st.integers(1, 6))
def test_the_same_cards_are_left_after_some_were_graded(
    anki_queue: AnkiQueue, desk: Desk, chance: Random, number: int
) -> None:
    made = any_collection(chance, by_chance=False)
    anki_queue.fill(made)
    desk.fill(made)
    for _ in range(number):
        prompt = desk.study.current()
        assert (prompt.card.id if isinstance(prompt, Prompt) else None) == anki_queue.answer_easy()
        if isinstance(prompt, Prompt):
            desk.study.grade(prompt, Grade.EASY, took_ms=1)
    anki_queue.study(made)
    desk.study.start(made.studied + 1)
    assert desk.queue() == anki_queue.queue(), made


def _without_burying(made: AnyCollection) -> AnyCollection:
    return replace(
        made,
        presets=tuple(
            replace(
                preset,
                bury_new_siblings=False,
                bury_review_siblings=False,
                bury_interday_learning_siblings=False,
            )
            for preset in made.presets
        ),
    )
