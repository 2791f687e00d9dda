"""What FSRS remembers of cards, as far as it was reckoned from the log already."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # It follows from reviews, and is worth nothing where `review_id` is not the card's last review
    # or `model` not the parameters of its preset. So undo need not know of it.
    op.execute(
        """
        CREATE TABLE memories (
            id INTEGER PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
            review_id INTEGER NOT NULL,
            model TEXT NOT NULL,
            stability_days REAL NOT NULL CHECK (stability_days > 0),
            difficulty REAL NOT NULL CHECK (difficulty BETWEEN 1 AND 10),
            reviewed_on INTEGER NOT NULL
        ) STRICT
        """
    )
