"""The day's queue of a real Anki collection that is filled past its API."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer, Scheduler

from studyapp.domain.cards import CardState
from studyapp.domain.presets import DeckLimits, Mix, NewGather, NewSort, Preset, ReviewOrder
from studyapp.domain.reviews import Grade
from tests.interop.anki_clock import anki_now
from tests.interop.anki_scheduler import read_state
from tests.interop.any_collection import DECKS, AnyCard, AnyCollection, Remembered

# The numbers that Anki's protocol has for them.
_GATHER = dict(zip(NewGather, (0, 5, 1, 2, 3, 4), strict=True))
_SORT = dict(zip(NewSort, (0, 1, 2, 3, 4), strict=True))
_REVIEW = dict(zip(ReviewOrder, (0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 8, 9, 10), strict=True))
_MIX = {Mix.MIX_WITH_REVIEWS: 0, Mix.AFTER_REVIEWS: 1, Mix.BEFORE_REVIEWS: 2}
_ALL = 999
_AGE_DAYS = 1000
"""No day of a test is before its birth."""


class AnkiQueue:
    """One collection, which is emptied and filled again and again."""

    def __init__(self, path: Path) -> None:
        self._open(str(path))
        db = self._collection.db
        assert db is not None
        db.execute("update col set crt = crt - ?", _AGE_DAYS * 86_400)
        self._collection.set_config("applyAllParentLimits", True)
        decks = self._collection.decks
        self._decks = [decks.add_normal_deck_with_name(name).id for name in DECKS]
        for deck_id in self._decks:
            deck = decks.get(DeckId(deck_id))
            assert deck is not None
            decks.set_config_id_for_deck_dict(deck, decks.add_config_returning_id(str(deck_id)))
        basic = self._collection.models.by_name("Basic")
        assert basic is not None
        self._kind = basic["id"]
        self._reopen(4, 0)

    def _open(self, path: str) -> None:
        self._collection = Collection(path)
        scheduler = self._collection.sched
        assert isinstance(scheduler, Scheduler)
        self._scheduler = scheduler

    def close(self) -> None:
        self._collection.close()

    def fill(self, made: AnyCollection) -> None:
        """Put this collection in place of what was there."""
        db = self._collection.db
        assert db is not None
        db.transact(lambda: self._write(made))
        self._collection.set_config("fsrs", False)
        for place, preset in enumerate(made.presets):
            self._use(self._decks[place], preset, made.limits[place])
        self.study(made)

    def remember(self, made: AnyCollection, memories: Mapping[int, Remembered]) -> None:
        """Let FSRS remember cards; to be told before the deck is studied."""
        db = self._collection.db
        assert db is not None
        for card in made.cards:
            if card.id in memories:
                data = _data(memories[card.id], made.presets[card.deck])
                db.execute("update cards set data = ? where id = ?", data, card.id)
        self._collection.set_config("fsrs", True)

    def study(self, made: AnyCollection) -> None:
        """Begin with the deck, its queue built anew."""
        self._collection.decks.select(DeckId(1))
        self._collection.decks.select(DeckId(self._decks[made.studied]))

    def queue(self) -> list[int]:
        """Ids of all cards left today, in their order."""
        queued = self._collection._backend.get_queued_cards(
            fetch_limit=_ALL, intraday_learning_only=False
        )
        return [each.card.id for each in queued.cards]

    def tree(self) -> list[tuple[int, int, int]]:
        """New, learning and due cards of each of the decks, as the deck list has them."""
        tree = self._collection._backend.deck_tree(now=anki_now())
        nodes = (self._collection.decks.find_deck_in_tree(tree, DeckId(i)) for i in self._decks)
        return [(n.new_count, n.learn_count, n.review_count) for n in nodes if n is not None]

    def answer_easy(self) -> int | None:
        """Grade the first card; its id."""
        queued = self._scheduler.get_queued_cards()
        if not queued.cards:
            return None
        first = queued.cards[0]
        card = self._collection.get_card(first.card.id)
        card.start_timer()
        self._scheduler.answer_card(
            self._scheduler.build_answer(card=card, states=first.states, rating=CardAnswer.EASY)
        )
        return int(card.id)

    def begin_day(self) -> int:
        """Let the study day begin with the present hour, 0 to 23, which is returned."""
        hour = time.localtime(anki_now()).tm_hour
        self._reopen(hour, 0)
        return hour

    def set_clock_back(self, hours: int) -> None:
        """As if it was so much earlier: all that was done is moved as far into the future.

        Instead of the clock that is the collection's birth, or within a day the rollover.
        """
        db = self._collection.db
        assert db is not None
        db.execute("update cards set due = due + ? where queue = 1", hours * 3600)
        db.execute("update revlog set id = id + ?", hours * 3_600_000)
        days, rollover = divmod(int(self._collection.get_config("rollover")) + hours % 24, 24)
        self._reopen(rollover, days + hours // 24)
        assert self.day > 0  # once it is asked for the day, Anki ends what was buried long ahead

    def _reopen(self, rollover: int, younger_days: int) -> None:
        path = self._collection.path
        self._collection.set_config("rollover", rollover)
        assert self._collection.db is not None
        self._collection.db.execute("update col set crt = crt + ?", younger_days * 86_400)
        self._collection.close()
        self._open(path)

    @property
    def day(self) -> int:
        """The study day, counted from the collection's birth."""
        return self._scheduler.today

    def next_days(self, card_id: int) -> dict[Grade, int]:
        """The interval in days that each grade of a card would give."""
        states = self._collection._backend.get_scheduling_states(card_id)
        offered = (states.again, states.hard, states.good, states.easy)
        pairs = zip(Grade, map(read_state, offered), strict=True)
        return {grade: state.interval_days for grade, state in pairs}

    def _write(self, made: AnyCollection) -> None:
        db = self._collection.db
        assert db is not None
        for table in ("cards", "notes", "revlog"):
            db.execute(f"delete from {table}")
        for note_id in {card.note_id for card in made.cards}:
            db.execute(
                "insert into notes values (?, ?, ?, 0, 0, '', 'a\x1fb', 'a', 0, 0, '')",
                note_id,
                str(note_id),
                self._kind,
            )
        for card in made.cards:
            db.execute(
                "insert into cards values (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '')",
                *self._row(card),
            )

    def _row(self, card: AnyCard) -> tuple[int, ...]:
        schedule = card.schedule
        queue, due = int(schedule.state), card.position
        if schedule.due_at is not None:
            queue, due = 1, anki_now() + schedule.due_at // 1000
        elif schedule.due_on is not None:
            queue = 2 if schedule.state is CardState.REVIEW else 3
            due = self._scheduler.today + schedule.due_on
        return (
            card.id,
            card.note_id,
            self._decks[card.deck],
            card.ordinal,
            schedule.state,
            queue,
            due,
            schedule.interval_days,
            schedule.ease_permille,
            schedule.reps,
            schedule.lapses,
            schedule.steps_left,
        )

    def _use(self, deck_id: int, preset: Preset, limits: DeckLimits) -> None:
        decks = self._collection.decks
        config = decks.config_dict_for_deck_id(DeckId(deck_id))
        config["new"].update(perDay=preset.new_per_day, bury=preset.bury_new_siblings)
        config["rev"].update(perDay=preset.reviews_per_day, bury=preset.bury_review_siblings)
        config.update(
            buryInterdayLearning=preset.bury_interday_learning_siblings,
            newGatherPriority=_GATHER[preset.new_gather_priority],
            newSortOrder=_SORT[preset.new_sort_order],
            reviewOrder=_REVIEW[preset.review_order],
            newMix=_MIX[preset.new_mix],
            interdayLearningMix=_MIX[preset.interday_learning_mix],
        )
        decks.update_config(config)
        deck = decks.get(DeckId(deck_id))
        assert deck is not None
        today = self._scheduler.today + (limits.today or 0)
        deck.update(
            newLimit=limits.new_per_day,
            reviewLimit=limits.reviews_per_day,
            newLimitToday=_on(today, limits.new_today),
            reviewLimitToday=_on(today, limits.reviews_today),
            newToday=[0, 0],
            revToday=[0, 0],
        )
        decks.save(deck)


def _data(memory: Remembered, preset: Preset) -> str:
    """A card's memory as Anki writes it down."""
    values = {
        "s": memory.stability_days,
        "d": memory.difficulty,
        "dr": preset.desired_retention_permille / 1000,
        "decay": preset.fsrs_parameters[-1],
        "lrt": anki_now() - memory.reviewed_s_ago,
    }
    return json.dumps(values)


def _on(day: int, limit: int | None) -> dict[str, int] | None:
    return None if limit is None else {"limit": limit, "today": day}
