"""Notes keep newer words of their deck until the user has chosen, and why they retired."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE notes ADD COLUMN offered TEXT CHECK (offered IS NULL OR offered LIKE '{%}')"
    )
    op.execute("ALTER TABLE notes ADD COLUMN retired_because TEXT NOT NULL DEFAULT ''")
    op.execute("CREATE INDEX notes_offered ON notes (id) WHERE offered IS NOT NULL")
    op.execute("CREATE INDEX notes_retired ON notes (id) WHERE retired = 1")
