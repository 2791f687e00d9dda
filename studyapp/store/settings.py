"""Single values that belong to the collection."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from studyapp.store.tables import settings


def get(connection: Connection, name: str) -> str | None:
    """None if it was never set."""
    value: str | None = connection.scalar(select(settings.c.value).where(settings.c.name == name))
    return value


def put(connection: Connection, name: str, value: str) -> None:
    """Set it; `value` is not empty."""
    statement = insert(settings).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=[settings.c.name], set_={"value": value})
    )
