"""Decks may have daily limits of their own: a JSON object of the fields of DeckLimits."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE decks ADD COLUMN limits TEXT NOT NULL DEFAULT '{}' CHECK (limits LIKE '{%}')"
    )
