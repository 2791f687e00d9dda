"""The first collection: decks, notes, cards, reviews, and the journal of undo."""

from alembic import op

revision = "0001"
down_revision = None

# JSON is checked by its brackets only: under trusted_schema = OFF SQLite refuses json_valid here.
#
# Every table that undo covers has an integer primary key of its own: rows are journaled by it, and
# VACUUM may renumber rows that have none.
TABLES = (
    """
    CREATE TABLE presets (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        options TEXT NOT NULL CHECK (options LIKE '{%}')
    ) STRICT
    """,
    """
    CREATE TABLE decks (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        key TEXT UNIQUE,
        description TEXT NOT NULL DEFAULT '',
        sources TEXT NOT NULL DEFAULT '[]' CHECK (sources LIKE '[%]'),
        preset_id INTEGER NOT NULL REFERENCES presets (id),
        shipped_digest TEXT
    ) STRICT
    """,
    # AUTOINCREMENT where an id may not be used again: reviews outlive their cards.
    """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE CHECK (key <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('basic', 'reversed', 'cloze')),
        front TEXT NOT NULL,
        back TEXT NOT NULL,
        source TEXT NOT NULL DEFAULT '',
        shipped TEXT CHECK (shipped IS NULL OR shipped LIKE '{%}'),
        shipped_by TEXT,
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE tags (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> '' AND instr(name, ' ') = 0)
    ) STRICT
    """,
    """
    CREATE TABLE note_tags (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
        UNIQUE (note_id, tag_id)
    ) STRICT
    """,
    # A link names its target by key: the target may come later, or with another deck.
    """
    CREATE TABLE links (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        target_key TEXT NOT NULL CHECK (target_key <> ''),
        UNIQUE (note_id, target_key)
    ) STRICT
    """,
    """
    CREATE TABLE cards (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
        deck_id INTEGER NOT NULL REFERENCES decks (id),
        position INTEGER NOT NULL,
        state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
        due_at INTEGER,
        due_on INTEGER,
        interval_days INTEGER NOT NULL DEFAULT 0 CHECK (interval_days >= 0),
        ease_permille INTEGER NOT NULL DEFAULT 0 CHECK (ease_permille >= 0),
        steps_left INTEGER NOT NULL DEFAULT 0 CHECK (steps_left >= 0),
        reps INTEGER NOT NULL DEFAULT 0 CHECK (reps >= 0),
        lapses INTEGER NOT NULL DEFAULT 0 CHECK (lapses >= 0),
        suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
        buried_on INTEGER,
        flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 7),
        UNIQUE (note_id, ordinal),
        CHECK (state = 0 OR (due_at IS NULL) <> (due_on IS NULL)),
        CHECK (state <> 0 OR (due_at IS NULL AND due_on IS NULL)),
        CHECK (state <> 2 OR due_on IS NOT NULL)
    ) STRICT
    """,
    # No foreign key to cards: the log is history, and stays when a card is deleted.
    """
    CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        card_id INTEGER NOT NULL,
        grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
        took_ms INTEGER NOT NULL CHECK (took_ms >= 0),
        state_before INTEGER NOT NULL CHECK (state_before BETWEEN 0 AND 3),
        due_at_before INTEGER,
        due_on_before INTEGER,
        interval_days_before INTEGER NOT NULL,
        ease_permille_before INTEGER NOT NULL,
        steps_left_before INTEGER NOT NULL,
        reps_before INTEGER NOT NULL,
        lapses_before INTEGER NOT NULL,
        state_after INTEGER NOT NULL CHECK (state_after BETWEEN 0 AND 3),
        due_at_after INTEGER,
        due_on_after INTEGER,
        interval_days_after INTEGER NOT NULL,
        ease_permille_after INTEGER NOT NULL,
        steps_left_after INTEGER NOT NULL,
        reps_after INTEGER NOT NULL,
        lapses_after INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE media (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '' AND instr(name, '/') = 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
        added_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE settings (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        value TEXT NOT NULL CHECK (value <> '')
    ) STRICT
    """,
    """
    CREATE TABLE undo_steps (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        done_at INTEGER NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT
    """,
    # before NULL: the row was inserted; after NULL: it was deleted. Values as a JSON array in the
    # order of the table's columns. Without a rowid a change costs one page of the log less.
    """
    CREATE TABLE undo_changes (
        step_id INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (step_id, number),
        CHECK (before IS NOT NULL OR after IS NOT NULL)
    ) STRICT, WITHOUT ROWID
    """,
)

INDEXES = (
    "CREATE INDEX decks_by_preset ON decks (preset_id)",
    "CREATE INDEX note_tags_by_tag ON note_tags (tag_id)",
    "CREATE INDEX links_by_target ON links (target_key)",
    "CREATE INDEX cards_new ON cards (deck_id, position, buried_on)"
    " WHERE state = 0 AND suspended = 0",
    "CREATE INDEX cards_due_on ON cards (deck_id, due_on, state, buried_on)"
    " WHERE due_on IS NOT NULL AND suspended = 0",
    "CREATE INDEX cards_due_at ON cards (deck_id, due_at, buried_on)"
    " WHERE due_at IS NOT NULL AND suspended = 0",
    "CREATE INDEX cards_by_deck ON cards (deck_id)",
    "CREATE INDEX reviews_by_card ON reviews (card_id)",
    "CREATE INDEX undo_steps_undone ON undo_steps (id) WHERE undone = 1",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    op.execute("INSERT INTO presets (id, name, options) VALUES (1, 'Default', '{}')")
