"""Where each note lies on the map."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Without a reference to notes: a note that is deleted and comes back, by undo or from the
    # trash, has the same id, and finds its place again. The map can be made anew at any time.
    op.execute(
        """
        CREATE TABLE places (
            id INTEGER PRIMARY KEY,
            x INTEGER NOT NULL,
            y INTEGER NOT NULL
        ) STRICT
        """
    )
