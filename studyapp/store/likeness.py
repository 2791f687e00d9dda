"""Finding notes by what stands in them, while somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select, text

from studyapp.store.tables import notes

_BEGINNING = 50
"""Characters of a front that the index notes_by_front has."""
_MAY_BEGIN_SO = text(
    f"substr(front, 1, {_BEGINNING}) COLLATE NOCASE BETWEEN :beginning AND :last_with_it"
)
_HIGHEST = "\U0010ffff"


def with_front(connection: Connection, front: str, limit: int) -> list[int]:
    """Ids of notes whose front begins with a text, folding the case of ASCII letters."""
    begins_so = notes.c.front.startswith(front, autoescape=True)
    beginning = front[:_BEGINNING]
    values = {"beginning": beginning, "last_with_it": beginning + _HIGHEST}
    found = select(notes.c.id).where(_MAY_BEGIN_SO, begins_so).limit(limit)
    return list(connection.scalars(found, values))


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
