"""An index for searches: the words of all notes, and a list of the notes that changed since."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    # Folded, so that a search needs no function of the app; follows search_stale.
    """
    CREATE TABLE search_texts (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        tags TEXT NOT NULL,
        front TEXT NOT NULL,
        back TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT
    """,
    # Each word of search_texts once; id: where it begins in search_state.lexicon.
    # notes: ids as 32-bit numbers, or if dense a bit for each id; the lowest first.
    """
    CREATE TABLE search_words (
        id INTEGER PRIMARY KEY,
        word TEXT NOT NULL UNIQUE,
        dense INTEGER NOT NULL CHECK (dense IN (0, 1)),
        notes BLOB NOT NULL
    ) STRICT
    """,
    # Notes whose entries in search_words are those of `indexed`, not of their text.
    "CREATE TABLE search_loose (id INTEGER PRIMARY KEY, indexed TEXT NOT NULL) STRICT",
    # Notes that changed since they were put into search_texts.
    "CREATE TABLE search_stale (id INTEGER PRIMARY KEY) STRICT",
    """
    CREATE TABLE search_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        folding TEXT NOT NULL,
        generation INTEGER NOT NULL,
        lexicon BLOB NOT NULL
    ) STRICT
    """,
)

INDEXES = (
    "CREATE INDEX search_by_title ON search_texts (title)",
    "CREATE INDEX search_by_tags ON search_texts (tags)",
    "CREATE INDEX notes_by_kind ON notes (kind)",
    "CREATE INDEX notes_by_created_at ON notes (created_at)",
    "CREATE INDEX notes_by_changed_at ON notes (changed_at)",
)


# In the schema, so that they see the changes of undo, of bulk SQL and of every other program.
def _trigger(name: str, event: str, *changes: str) -> str:
    # Not OR IGNORE: the conflict clause of the statement that fires the trigger would prevail.
    body = " ".join(
        f"INSERT INTO search_stale {change} ON CONFLICT DO NOTHING;" for change in changes
    )
    return f"CREATE TRIGGER search_{name} AFTER {event} BEGIN {body} END"


_OLD_AND_NEW_TAG = "SELECT DISTINCT note_id FROM note_tags WHERE tag_id IN (old.id, new.id)"
TRIGGERS = (
    _trigger("note_added", "INSERT ON notes", "VALUES (new.id)"),
    _trigger(
        "note_changed",
        "UPDATE OF id, kind, front, back, source ON notes",
        "VALUES (new.id)",
        "VALUES (old.id)",
    ),
    _trigger("note_deleted", "DELETE ON notes", "VALUES (old.id)"),
    _trigger("tag_given", "INSERT ON note_tags", "VALUES (new.note_id)"),
    _trigger(
        "tag_exchanged", "UPDATE ON note_tags", "VALUES (new.note_id)", "VALUES (old.note_id)"
    ),
    _trigger("tag_taken", "DELETE ON note_tags", "VALUES (old.note_id)"),
    _trigger("tag_renamed", "UPDATE OF id, name ON tags", _OLD_AND_NEW_TAG),
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES, *TRIGGERS):
        op.execute(statement)
    op.execute("INSERT INTO search_state VALUES (1, '', 0, x'0A')")
    op.execute("INSERT INTO search_stale SELECT id FROM notes")
