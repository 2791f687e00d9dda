"""Finding notes by what stands in them, while somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select

from studyapp.store.tables import notes


def with_front(connection: Connection, front: str, limit: int) -> list[int]:
    """Ids of notes whose front begins with a text, folding the case of ASCII letters."""
    condition = notes.c.front.startswith(front, autoescape=True)
    return list(connection.scalars(select(notes.c.id).where(condition).limit(limit)))


def with_words(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Ids of notes with all the words in the front or the key, those added last before others."""
    conditions = (
        or_(
            notes.c.front.contains(word, autoescape=True),
            notes.c.key.contains(word, autoescape=True),
        )
        for word in words
    )
    found = select(notes.c.id).where(and_(True, *conditions))
    return list(connection.scalars(found.order_by(notes.c.id.desc()).limit(limit)))
