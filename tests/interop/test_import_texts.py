"""Texts that the real Anki exports come here with preview, choices and undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyapp.domain.notes import NoteKind
from studyapp.services.importing import Choice, Choices, Importing
from studyapp.store import history, notes
from studyapp.store.database import Database
from tests.interop.rich_collection import RichCollection
from tests.interop.test_import_from_anki import database, importing, rich, rows

__all__ = ["database", "importing", "rich"]
TABLES = ("notes", "cards", "decks", "tags", "note_tags", "reviews")


def export(rich: RichCollection, path: Path) -> Path:
    """Notes in Plain Text, with all its boxes ticked."""
    rich.collection.export_note_csv(
        out_path=str(path),
        limit=None,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    return path


def state(database: Database) -> list[object]:
    return [rows(database, f"SELECT * FROM {table}") for table in TABLES]


def test_all_notes_arrive(
    rich: RichCollection, importing: Importing, database: Database, tmp_path: Path
) -> None:
    path = export(rich, tmp_path / "notes.txt")
    before = state(database)
    plan = importing.preview(path)
    assert state(database) == before
    assert plan.numbers.new == rich.collection.note_count()
    report = importing.apply(plan)
    assert report.numbers == plan.numbers
    with database.read() as tx:
        found = notes.by_keys(tx, ["both", "opt", "opt0", "cloze"])
    assert found["both"].note.kind is NoteKind.REVERSED
    assert found["opt"].note.kind is NoteKind.REVERSED
    assert found["opt0"].note.kind is NoteKind.BASIC
    assert found["cloze"].note.front == "{{c1::a}} {{c3::$x<y$}}"
    decks = dict(
        rows(
            database,
            "SELECT n.key, d.name FROM cards AS c JOIN notes AS n"
            " ON n.id = c.note_id JOIN decks AS d ON d.id = c.deck_id",
        )
    )
    assert (decks["review"], decks["new"]) == ("A::B", "A")
    assert importing.preview(path).numbers.is_nothing

    with database.rewind() as tx:
        history.undo(tx)
    assert state(database) == before


@pytest.fixture
def exported(rich: RichCollection, tmp_path: Path) -> Path:
    return export(rich, tmp_path / "notes.txt")


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param((Choice.LATER, "here"), id="later"),
        pytest.param((Choice.MINE, "here"), id="mine"),
        pytest.param((Choice.THEIRS, "there"), id="theirs"),
    ],
)
def test_conflicts_are_chosen(
    rich: RichCollection,
    importing: Importing,
    database: Database,
    exported: Path,
    chosen: tuple[Choice, str],
) -> None:
    choice, front = chosen
    importing.apply(importing.preview(exported))
    with database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'here' WHERE key = 'new'")
    rich.profile.edit("new", "Front", "there")
    plan = importing.preview(export(rich, exported))
    (conflict,) = plan.conflicts
    assert (conflict.mine.front, conflict.theirs.front) == ("here", "there")
    importing.apply(plan, Choices({"new": choice}))
    with database.read() as tx:
        assert notes.by_keys(tx, ["new"])["new"].note.front == front
