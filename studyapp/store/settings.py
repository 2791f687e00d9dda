"""Settings of the collection: a name and a JSON value."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select, update

from studyapp.store.tables import settings

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


def get(connection: Connection, name: str, default: Value = None) -> Value:
    text = connection.scalar(select(settings.c.value).where(settings.c.name == name))
    return default if text is None else json.loads(text)


def put(connection: Connection, name: str, value: Value) -> None:
    text = json.dumps(value)
    found = update(settings).where(settings.c.name == name).values(value=text)
    if connection.execute(found).rowcount == 0:
        connection.execute(insert(settings).values(name=name, value=text))
