"""Indexes that tell a card's note and whether that may have siblings, so that decks count fast."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("DROP INDEX cards_new")
    op.execute("DROP INDEX cards_due_on")
    op.execute(
        "CREATE INDEX cards_new ON cards (deck_id, position, buried_on, note_id)"
        " WHERE state = 0 AND suspended = 0"
    )
    op.execute(
        "CREATE INDEX cards_due_on ON cards (deck_id, due_on, state, buried_on, note_id)"
        " WHERE due_on IS NOT NULL AND suspended = 0"
    )
    # Of the cards of a note one at most has ordinal 0: a note that is not in here has no siblings.
    op.execute("CREATE INDEX cards_further ON cards (note_id) WHERE ordinal > 0")
