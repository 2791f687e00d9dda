"""Notes that are added many at once leave what those leave that are added one by one."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.domain.cards import NEW_SCHEDULE
from studyapp.domain.notes import Note, NoteKind
from studyapp.store import decks, history
from studyapp.store.adding import Adding, NewCard
from studyapp.store.database import Database


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(sql)]


def triggers(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as tx:
        sql = "SELECT type, name, sql FROM {} WHERE type = 'trigger' ORDER BY name"
        schemas = (sql.format("sqlite_schema"), sql.format("sqlite_temp_schema"))
        return [tuple(row) for each in schemas for row in tx.exec_driver_sql(each)]


def add(database: Database, count: int) -> None:
    with database.change("import", 1) as tx:
        deck_id = decks.ensure(tx, "Deck")
        adding = Adding(tx, "an import")
        for number in range(count):
            note = Note(f"note-{number}", NoteKind.BASIC, "f", "b", ("tag",), links=("note-0",))
            note_id = adding.note(note, 1, 1)
            adding.card(note_id, NewCard(0, deck_id, None, NEW_SCHEDULE, False, None, 0))
        adding.flush()


@pytest.mark.parametrize("count", [3, 300])
def test_searches_and_undo_know_of_new_notes(database: Database, count: int) -> None:
    with database.change("begin", 0) as tx:
        assert history.next_undo(tx) is None
    before = triggers(database)
    assert before
    add(database, count)
    assert triggers(database) == before
    ids = rows(database, "SELECT id FROM notes")
    assert len(ids) == count
    assert rows(database, "SELECT id FROM search_stale") == ids
    for table in ("note_tags", "links", "cards"):
        assert rows(database, f"SELECT note_id FROM {table} ORDER BY 1") == ids
    with database.rewind() as tx:
        history.undo(tx)
    assert rows(database, "SELECT id FROM notes") == []
    with database.rewind() as tx:
        history.redo(tx)
    assert rows(database, "SELECT id FROM notes") == ids
