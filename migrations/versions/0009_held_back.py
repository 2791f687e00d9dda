"""Cards that are held back for some days, though they are due: by a plan or for a vacation."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    # A row counts as long as the card is due on the day it was due on then; so nothing has to be
    # done when the card is graded or gets another date.
    op.execute(
        """
        CREATE TABLE held_back (
            id INTEGER PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
            due_on INTEGER NOT NULL,
            held_until INTEGER NOT NULL CHECK (held_until > due_on),
            held_for TEXT NOT NULL CHECK (held_for IN ('backlog', 'vacation'))
        ) STRICT
        """
    )
