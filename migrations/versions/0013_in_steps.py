"""An index of the few cards in their steps: siblings of each are asked for in every deck."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("DROP INDEX cards_due_at")
    op.execute(
        "CREATE INDEX cards_in_steps ON cards (deck_id, due_at, due_on, buried_on, note_id)"
        " WHERE state IN (1, 3) AND suspended = 0"
    )
