"""Indexes of what fronts begin with, and of when cards are due, so that both are found at once."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    # Long enough that few fronts share it, short enough to be small beside the fronts. The first
    # is always true to the notes, the second folds accents too and follows with the next search.
    op.execute("CREATE INDEX notes_by_front ON notes (substr(front, 1, 50) COLLATE NOCASE)")
    op.execute(
        "ALTER TABLE search_texts ADD COLUMN beginning TEXT"
        " GENERATED ALWAYS AS (substr(front, 1, 50)) VIRTUAL"
    )
    op.execute("CREATE INDEX search_by_front ON search_texts (beginning)")
    op.execute("CREATE INDEX search_words_dense ON search_words (word) WHERE dense = 1")
    op.execute(
        "CREATE INDEX cards_by_due ON cards ("
        "CASE WHEN state = 0 THEN 1152921504606846976 + position"
        " ELSE coalesce(due_at, due_on * 86400000) END)"
    )
