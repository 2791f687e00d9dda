"""Anki's collection, through the calls that its desktop reviewer and deck list make."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from anki import collection
from anki.cards import Card
from anki.decks import DeckId, DeckTreeNode
from anki.scheduler.v3 import CardAnswer, Scheduler
from anki.utils import checksum

from benchmarks.data import EASE_PERMILLE, ROOT, Item, Kind, Place, items
from benchmarks.side import MANY_A_DAY, SETTINGS, Counts

_FILE = "collection.anki2"
_RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
_AGE_DAYS = 1000
_SECONDS_PER_DAY = 86_400
_TOOK_MS = 3000
_FIRST_ID = 1_600_000_000_000
_BATCH = 20_000

Row = Sequence[int | str]


def build(folder: Path, notes: int, kind: Kind = Kind.PLAIN) -> None:
    """Make a collection with Anki, fill it past its API, and let Anki check and tidy it."""
    col = _made(folder)
    deck_ids = [col.decks.add_normal_deck_with_name(name).id for name in kind.decks]
    types = [_note_type(col, name) for name in ("Basic", "Basic (and reversed card)")]
    today = col.sched.today
    for some in _batches(items(notes, today + _first_day(col), kind)):
        first = [item for item in some if item.ordinal == 0]
        _insert(col, "notes", (_note(item, types[item.has_sibling]) for item in first))
        _insert(col, "cards", (_card(item, deck_ids, today) for item in some))
        _insert(col, "revlog", (row for item in some for row in _reviews(item)))
    _keep_siblings_apart(col, deck_ids[0])
    col.set_schema_modified()
    col.fix_integrity()  # it adds what Anki keeps beside: the time of the last review
    problems, is_sound = col.fix_integrity()
    assert is_sound, problems
    col.close()


def _keep_siblings_apart(col: collection.Collection, deck_id: int) -> None:
    """As we do by default, in the preset that all decks have."""
    preset = col.decks.config_dict_for_deck_id(DeckId(deck_id))
    preset["new"]["bury"] = preset["rev"]["bury"] = preset["buryInterdayLearning"] = True
    col.decks.update_config(preset)


def _note_type(col: collection.Collection, name: str) -> int:
    found = col.models.by_name(name)
    assert found is not None
    return int(found["id"])


def _made(folder: Path) -> collection.Collection:
    """Empty, and older than its reviews: Anki counts days from a collection's birth."""
    path = str(folder / _FILE)
    col = collection.Collection(path)
    assert col.db is not None
    col.db.execute("UPDATE col SET crt = crt - ?", _AGE_DAYS * _SECONDS_PER_DAY)
    col.close()
    return collection.Collection(path)


def _first_day(col: collection.Collection) -> int:
    """The day that Anki counts as 0, as days since 1970-01-01."""
    return col.crt // _SECONDS_PER_DAY


def _batches(every: Iterator[Item]) -> Iterator[list[Item]]:
    while some := list(islice(every, _BATCH)):
        yield some


def _insert(col: collection.Collection, table: str, rows: Iterable[Row]) -> None:
    values = list(rows)
    if not values:
        return  # the last cards of all may be siblings of notes that are there
    db = col.db
    assert db is not None
    marks = ", ".join("?" * len(values[0]))
    # Outside a transaction each row would be synced to the disk.
    db.transact(lambda: db.executemany(f"INSERT INTO {table} VALUES ({marks})", values))


def _note(item: Item, kind: int) -> Row:
    note_id = _FIRST_ID + item.note
    fields = f"{item.front}\x1f{item.back}"
    digest = int(checksum(item.front)[:8], 16)  # no HTML in it, which Anki would leave out
    guid, tags = f"note-{item.note}", f" {item.tag} "
    return (note_id, guid, kind, 0, -1, tags, fields, item.front, digest, 0, "")


def _card(item: Item, deck_ids: Sequence[int], today: int) -> Row:
    card_id = _FIRST_ID + item.number
    reps = len(item.history)
    place = (card_id, _FIRST_ID + item.note, deck_ids[item.deck], item.ordinal, 0, -1)
    if reps == 0:
        return (*place, 0, 0, item.number, 0, 0, 0, 0, 0, 0, 0, 0, "{}")
    due = today + item.due_in_days
    memory = (item.interval_days, EASE_PERMILLE, reps)
    match item.place:
        case Place.REVIEW:
            return (*place, 2, 2, due, *memory, 0, 0, 0, 0, 0, "{}")
        case Place.SUSPENDED:
            return (*place, 2, -1, due, *memory, 0, 0, 0, 0, 0, "{}")
        case Place.INTERDAY:
            return (*place, 3, 3, due, *memory, 1, 1, 0, 0, 0, "{}")
        case Place.STEPS:
            ago = int(time.time()) - 60 * (1 + item.number % 10)
            return (*place, 3, 1, ago, *memory, 1, 1, 0, 0, 0, "{}")


def _reviews(item: Item) -> Iterator[Row]:
    card_id = _FIRST_ID + item.number
    for each in item.history:
        intervals = (each.interval_after, each.interval_before)
        kind = 1 if each.interval_before else 0
        yield (each.at, card_id, -1, 3, *intervals, EASE_PERMILLE, _TOOK_MS, kind)


class AnkisCollection:
    """What Anki's windows ask of its backend."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / _FILE)

    def open(self) -> None:
        self._col = collection.Collection(self._path)

    def close(self) -> None:
        self._col.close()

    def leave(self) -> None:
        # Selecting another deck is what makes Anki drop the queue that it built.
        self._col.decks.select(DeckId(1))
        self._col.decks.select(self._root_id())

    def first_card(self) -> None:
        self._get_next_card()

    def grade(self, grade: int) -> None:
        scheduler = self._scheduler()
        answer = scheduler.build_answer(
            card=self._card, states=self._states, rating=_RATINGS[grade - 1]
        )
        scheduler.answer_card(answer)
        scheduler.state_is_leech(answer.new_state)
        self._get_next_card()

    def think(self) -> None:
        self._scheduler().describe_next_states(self._states)

    def tree(self) -> DeckTreeNode:
        return self._col.sched.deck_due_tree()

    def left(self) -> Counts:
        queue = self._queue
        return queue.new_count, queue.learning_count, queue.review_count

    def tree_counts(self) -> Counts:
        root = self._col.decks.find_deck_in_tree(self.tree(), self._root_id())
        assert root is not None
        return root.new_count, root.learn_count, root.review_count

    def raise_limits(self) -> None:
        preset = self._col.decks.config_dict_for_deck_id(self._root_id())
        preset["new"]["perDay"] = preset["rev"]["perDay"] = MANY_A_DAY
        self._col.decks.update_config(preset)

    def settings(self) -> Mapping[str, str]:
        assert self._col.db is not None
        return {name: str(self._col.db.scalar(sql)) for name, sql in SETTINGS.items()}

    def _root_id(self) -> DeckId:
        root_id = self._col.decks.id_for_name(ROOT)
        assert root_id is not None
        return root_id

    def _scheduler(self) -> Scheduler:
        assert isinstance(self._col.sched, Scheduler)
        return self._col.sched

    def _get_next_card(self) -> None:
        """As the reviewer does: one card with the schedule that each grade gives."""
        self._queue = self._scheduler().get_queued_cards()
        top = self._queue.cards[0]
        self._states = top.states
        self._states.current.custom_data = top.card.custom_data
        self._card = Card(self._col, backend_card=top.card)
        self._card.start_timer()


def at(folder: Path) -> AnkisCollection:
    return AnkisCollection(folder)
