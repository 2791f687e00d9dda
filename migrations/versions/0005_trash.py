"""What was deleted is kept for a while, and the size of each step of the journal is known."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    # What one action deleted.
    """
    CREATE TABLE trash_batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        deleted_at INTEGER NOT NULL
    ) STRICT
    """,
    # A note with its tags, links and cards; without note_id a deck. They never change, and undo
    # does not cover them: what is in the trash and what came back from it is told by `trash`, so
    # that the journal need not hold each deleted text once more.
    """
    CREATE TABLE trash_contents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch_id INTEGER NOT NULL REFERENCES trash_batches (id) ON DELETE CASCADE,
        note_id INTEGER,
        content TEXT NOT NULL CHECK (content LIKE '{%}')
    ) STRICT
    """,
    # No foreign key: undo may bring a row back whose content is gone for ever.
    "CREATE TABLE trash (id INTEGER PRIMARY KEY) STRICT",
    "CREATE INDEX trash_contents_by_batch ON trash_contents (batch_id)",
    "CREATE INDEX trash_contents_of_decks ON trash_contents (id) WHERE note_id IS NULL",
    "ALTER TABLE undo_steps ADD COLUMN size_bytes INTEGER",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
