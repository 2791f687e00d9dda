"""The tables in migrations/ and those in the code are the same, and they refuse nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from studyapp.store import history, schema, tables
from studyapp.store.database import Database
from tests.store.conftest import MIGRATIONS


def test_the_code_knows_every_migration_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([each.revision for each in revisions])) == schema.VERSIONS


def test_tables_in_code_equal_those_that_migrations_make(database: Database) -> None:
    with database.read() as tx:
        made = {
            name: [(column["name"], column["nullable"]) for column in inspect(tx).get_columns(name)]
            for name in inspect(tx).get_table_names()
            if name not in ("alembic_version", "sqlite_sequence")
        }
    coded = {
        table.name: [(column.name, bool(column.nullable)) for column in table.columns]
        for table in tables.METADATA.tables.values()
    }
    made_nullable = {
        name: [(column, null and column != "id") for column, null in columns]
        for name, columns in made.items()
    }
    assert made_nullable == coded


def test_every_table_is_strict(database: Database) -> None:
    with database.read() as tx:
        rows = tx.exec_driver_sql("PRAGMA table_list").all()
    ours = {row.name: row.strict for row in rows if row.name in tables.METADATA.tables}
    assert ours == dict.fromkeys(tables.METADATA.tables, 1)


def test_every_table_but_the_journal_and_what_is_derived_is_journaled() -> None:
    assert set(tables.METADATA.tables.values()) - set(tables.JOURNALED) == {
        tables.undo_steps,
        tables.undo_changes,
        *tables.PUT_ASIDE,
        *tables.DERIVED,
    }


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("UPDATE cards SET state = 4", id="unknown-state"),
        pytest.param("UPDATE cards SET state = 2", id="review-without-a-day"),
        pytest.param("UPDATE cards SET due_on = 1", id="new-with-a-day"),
        pytest.param("UPDATE cards SET state = 1, due_on = 1, due_at = 1", id="two-dues"),
        pytest.param("UPDATE cards SET flag = 8", id="unknown-flag"),
        pytest.param("UPDATE cards SET note_id = 99", id="note-missing"),
        pytest.param("UPDATE cards SET reps = 'many'", id="strict-types"),
        pytest.param("UPDATE notes SET kind = 'other'", id="unknown-kind"),
        pytest.param("UPDATE notes SET key = ''", id="empty-key"),
        pytest.param("UPDATE decks SET name = ''", id="nameless-deck"),
        pytest.param("DELETE FROM decks", id="deck-with-cards"),
        pytest.param("INSERT INTO decks (name, preset_id) VALUES ('a', 1)", id="case-of-names"),
    ],
)
def test_the_database_refuses(database: Database, sql: str) -> None:
    with database.change("set up", 1) as tx:
        tx.exec_driver_sql("INSERT INTO decks (id, name, preset_id) VALUES (1, 'A', 1)")
        tx.exec_driver_sql(
            "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
            " VALUES (1, 'k', 'basic', 'f', 'b', 0, 0)"
        )
        tx.exec_driver_sql(
            "INSERT INTO cards (id, note_id, ordinal, deck_id, position) VALUES (1, 1, 0, 1, 0)"
        )
    with pytest.raises(IntegrityError), database.change("spoil", 2) as tx:
        tx.exec_driver_sql(sql)
    with database.read() as tx:
        assert history.next_undo(tx) == history.Step(1, "set up", changes=3)


def test_opening_a_current_collection_does_not_import_alembic(path: Path) -> None:
    Database.open(path, MIGRATIONS, "a test").close()
    Database.open(path, path.parent / "no-migrations-here", "a test").close()
