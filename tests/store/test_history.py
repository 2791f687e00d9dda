"""One undo for everything."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import Cancelled
from studyapp.store import cards, decks, history, journal, notes, tables
from studyapp.store import database as database_module
from studyapp.store.database import Database, Transaction
from tests.store.conftest import MIGRATIONS

Contents = dict[str, list[tuple[object, ...]]]


def contents(database: Database) -> Contents:
    """Every row of every table that undo covers."""
    with database.read() as tx:
        return {
            table.name: [
                tuple(row) for row in tx.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY id")
            ]
            for table in tables.JOURNALED
        }


def add_note(database: Database, key: str, deck: str = "Deck") -> int:
    with database.change(f"add {key}", 1) as tx:
        deck_id = decks.ensure(tx, deck)
        note = Note(key, NoteKind.BASIC, "front", "back", ("tag",), "source", ("other",))
        note_id = notes.add(tx, note, 1)
        cards.add(tx, note_id, deck_id, [0])
    return note_id


def undo(database: Database) -> str | None:
    with database.rewind() as tx:
        step = history.undo(tx)
    return None if step is None else step.name


def redo(database: Database) -> str | None:
    with database.rewind() as tx:
        step = history.redo(tx)
    return None if step is None else step.name


def test_undo_and_redo_go_many_levels_and_also_after_a_restart(
    database: Database, path: Path
) -> None:
    states = [contents(database)]
    for key in "abc":
        add_note(database, key)
        states.append(contents(database))
    assert undo(database) == "add c"
    assert contents(database) == states[2]
    database.close()

    reopened = Database.open(path, MIGRATIONS, "a test")
    assert [undo(reopened), undo(reopened), undo(reopened)] == ["add b", "add a", None]
    assert contents(reopened) == states[0]
    assert [redo(reopened) for _ in range(4)] == ["add a", "add b", "add c", None]
    assert contents(reopened) == states[3]
    reopened.close()


def test_a_new_action_forgets_what_could_be_redone(database: Database) -> None:
    add_note(database, "a")
    undo(database)
    add_note(database, "b")
    assert redo(database) is None
    assert undo(database) == "add b"


def test_an_action_that_changes_nothing_is_no_step(database: Database) -> None:
    add_note(database, "a")
    with database.change("nothing", 2) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = front")
    assert undo(database) == "add a"


def add_note_and_spoil_it(database: Database) -> None:
    with database.change("fail", 2) as tx:
        decks.ensure(tx, "Half")
        tx.exec_driver_sql("INSERT INTO decks (name, preset_id) VALUES ('', 1)")


def test_an_action_that_fails_changes_nothing_and_is_no_step(database: Database) -> None:
    before = contents(database)
    with pytest.raises(IntegrityError):
        add_note_and_spoil_it(database)
    assert contents(database) == before
    assert undo(database) is None


def fail_when_it_is_committed(database: Database) -> None:
    with database.change("fail", 2) as tx:
        tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        tx.exec_driver_sql("UPDATE cards SET deck_id = 99")


def test_an_action_that_fails_at_its_very_end_leaves_redo_right(database: Database) -> None:
    add_note(database, "a")
    add_note(database, "b")
    undo(database)
    with pytest.raises(IntegrityError):
        fail_when_it_is_committed(database)
    add_note(database, "c")
    assert redo(database) is None
    assert undo(database) == "add c"


def test_undoing_a_deletion_brings_back_what_went_with_it(database: Database) -> None:
    note_id = add_note(database, "a")
    before = contents(database)
    with database.change("delete", 2) as tx:
        tx.exec_driver_sql("DELETE FROM notes WHERE id = ?", (note_id,))
    assert contents(database)["cards"] == []
    undo(database)
    assert contents(database) == before


def test_undoing_an_edit_of_a_note_leaves_its_cards(database: Database) -> None:
    note_id = add_note(database, "a")
    before = contents(database)
    with database.change("edit", 2) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'other' WHERE id = ?", (note_id,))
    undo(database)
    assert contents(database) == before


def test_old_steps_are_forgotten_when_a_collection_is_opened(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        with database.change(f"set {number}", number) as tx:
            decks.ensure(tx, f"Deck {number}")
    database.close()
    monkeypatch.setattr(history, "KEPT_STEPS", 2)
    reopened = Database.open(path, MIGRATIONS, "a test")
    assert [undo(reopened), undo(reopened), undo(reopened)] == ["set 4", "set 3", None]
    reopened.close()


def some_action(tx: Transaction, choose: random.Random) -> None:
    """One change of any kind, as a later feature could make it."""
    note_ids = [row.id for row in tx.exec_driver_sql("SELECT id FROM notes").all()]
    deck_id = decks.ensure(tx, choose.choice(["A", "A::B", "C"]))
    if not note_ids or choose.random() < 0.4:
        key = f"key-{choose.getrandbits(60)}"
        note = Note(key, NoteKind.REVERSED, "f", "b", (choose.choice("xyz"),), "", ("key",))
        cards.add(tx, notes.add(tx, note, 1), deck_id, [0, 1])
        return
    note_id = choose.choice(note_ids)
    sql = choose.choice(
        [
            "DELETE FROM notes WHERE id = ?",
            "UPDATE notes SET front = front || 'é' WHERE id = ?",
            "UPDATE cards SET flag = (flag + 1) % 8 WHERE note_id >= ?",
            "UPDATE cards SET state = 2, due_on = 5, interval_days = 9 WHERE note_id = ?",
            "DELETE FROM note_tags WHERE note_id = ?",
        ]
    )
    tx.exec_driver_sql(sql, (note_id,))


def test_any_sequence_of_actions_can_be_walked_back_and_forth(database: Database) -> None:
    choose = random.Random(20261121)  # noqa: S311
    states = [contents(database)]
    for number in range(150):
        with database.change(str(number), number) as tx:
            some_action(tx, choose)
        if contents(database) != states[-1]:
            states.append(contents(database))
    position = len(states) - 1
    for _ in range(300):
        if choose.random() < 0.55:
            position -= undo(database) is not None
        else:
            position += redo(database) is not None
        assert contents(database) == states[position]


def test_steps_of_older_versions_can_be_undone(database: Database) -> None:
    note_id = add_note(database, "a")
    before = contents(database)
    with database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'other'")
    # They wrote down all columns of a row as an array, here without two that were added later.
    row = before["notes"][0][:-2]
    with database.rewind() as tx:
        tx.exec_driver_sql(
            "UPDATE undo_changes SET before = ?, after = ? WHERE before IS NOT NULL",
            (json.dumps(row), json.dumps([*row[:3], "other", *row[4:]])),
        )
        tx.exec_driver_sql(
            "UPDATE undo_changes SET after = json_remove(after, '$[#-1]', '$[#-1]')"
            " WHERE before IS NULL AND table_name = 'notes'"
        )
    after = contents(database)
    assert undo(database) == "edit"
    assert contents(database) == before
    assert undo(database) == "add a"
    assert redo(database) == "add a"
    assert redo(database) == "edit"
    assert contents(database) == after
    with database.read() as tx:
        assert notes.get(tx, note_id).note.front == "other"


def test_an_update_is_written_down_by_the_columns_that_it_changed(database: Database) -> None:
    add_note(database, "a")
    with database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'o\"ther', back = back, shipped_by = 'x'")
    with database.read() as tx:
        rows = tx.exec_driver_sql("SELECT before, after FROM undo_changes WHERE step_id = 2").all()
    assert [(json.loads(row.before), json.loads(row.after)) for row in rows] == [
        ({"front": "front", "shipped_by": None}, {"front": 'o"ther', "shipped_by": "x"})
    ]


def fill(database: Database, name: str, size: int) -> None:
    with database.change(name, 1) as tx:
        values = {"name": name, "value": "x" * size}
        tx.exec_driver_sql("INSERT INTO settings (name, value) VALUES (:name, :value)", values)


def test_the_journal_is_bounded_in_size_but_keeps_its_newest_step(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEPT_BYTES", 1000)
    for number in range(5):
        fill(database, f"set {number}", 300)
    database.close()
    with closing(Database.open(path, MIGRATIONS, "a test")) as reopened:
        fill(reopened, "small", 1)
        assert [undo(reopened) for _ in range(4)] == ["small", "set 4", "set 3", None]
        fill(reopened, "large", 2000)
    with closing(Database.open(path, MIGRATIONS, "a test")) as reopened:
        fill(reopened, "last", 1)
        assert [undo(reopened) for _ in range(3)] == ["last", "large", None]


def test_a_large_step_bounds_the_journal_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEPT_BYTES", 1000)
    monkeypatch.setattr(database_module, "_MANY_ROWS", 10)
    fill(database, "early", 1)
    with database.change("many", 1) as tx:
        for number in range(20):
            decks.ensure(tx, f"Deck {number}")
    assert [undo(database), undo(database)] == ["many", None]


def test_putting_rows_back_tells_how_far_it_is_and_can_be_stopped(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_AT_ONCE", 3)
    with database.change("many", 1) as tx:
        for number in range(8):
            decks.ensure(tx, f"Deck {number}")
    before = contents(database)
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        if done == 6:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled), database.rewind() as tx:
        history.undo(tx, report)
    assert told == [(0, 8), (3, 8), (6, 8)]
    assert contents(database) == before
    assert undo(database) == "many"
    assert redo(database) == "many"
    assert contents(database) == before


def add_many(database: Database, keys: list[str]) -> None:
    """As an import adds notes: only their ids are written down."""
    with database.change("import", 1) as tx:
        with journal.paused(tx):
            ids = [notes.add(tx, Note(key, NoteKind.BASIC, "front", "back"), 1) for key in keys]
        journal.added(tx, tables.notes, ids)


def test_many_rows_are_undone_and_redone_by_their_ids(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_AT_ONCE", 3)
    states = [contents(database)]
    add_note(database, "first")
    states.append(contents(database))
    add_many(database, list("abcdefgh"))
    states.append(contents(database))
    with database.change("edit", 2) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'new' WHERE key IN ('a', 'first')")
    states.append(contents(database))
    for _ in range(2):
        assert [undo(database), undo(database), undo(database)] == ["edit", "import", "add first"]
        assert contents(database) == states[0]
        for state in states[1:]:
            redo(database)
            assert contents(database) == state
    undo(database)
    database.close()
    with closing(Database.open(path, MIGRATIONS, "a test")) as again:
        assert (contents(again), undo(again)) == (states[2], "import")
        assert contents(again) == states[1]


def test_what_maintenance_did_to_many_rows_comes_back_with_them(database: Database) -> None:
    add_many(database, list("abc"))
    with database.maintain(2) as tx:
        tx.exec_driver_sql("UPDATE notes SET source = 'kept' WHERE key = 'b'")
        tx.exec_driver_sql("DELETE FROM notes WHERE key = 'c'")
    before = contents(database)
    assert undo(database) == "import"
    assert contents(database)["notes"] == []
    assert redo(database) == "import"
    assert contents(database) == before
