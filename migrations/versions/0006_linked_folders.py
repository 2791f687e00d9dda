"""Folders of deck files that are linked, and what both sides were when they met last."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """
    CREATE TABLE linked_folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE CHECK (path <> ''),
        linked_at INTEGER NOT NULL
    ) STRICT
    """,
    # A deck file, and what it said besides its notes.
    """
    CREATE TABLE linked_decks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder_id INTEGER NOT NULL REFERENCES linked_folders (id) ON DELETE CASCADE,
        deck_key TEXT NOT NULL UNIQUE CHECK (deck_key <> ''),
        file TEXT NOT NULL,
        head TEXT NOT NULL CHECK (head LIKE '{%}')
    ) STRICT
    """,
    # By the note's key, not its id: a note may be gone on one side and must be known nevertheless.
    """
    CREATE TABLE linked_notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder_id INTEGER NOT NULL REFERENCES linked_folders (id) ON DELETE CASCADE,
        note_key TEXT NOT NULL UNIQUE CHECK (note_key <> ''),
        deck_key TEXT NOT NULL,
        note TEXT NOT NULL CHECK (note LIKE '{%}')
    ) STRICT
    """,
    "CREATE INDEX linked_decks_by_folder ON linked_decks (folder_id)",
    "CREATE INDEX linked_notes_by_folder ON linked_notes (folder_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
