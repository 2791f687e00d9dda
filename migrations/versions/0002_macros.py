"""Decks have macros for their formulas: a JSON object of names and the LaTeX they stand for."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE decks ADD COLUMN macros TEXT NOT NULL DEFAULT '{}' CHECK (macros LIKE '{%}')"
    )
