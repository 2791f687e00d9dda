"""The days on which the user does not study."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from studyapp.store import settings
from studyapp.store.driver import driver

_SETTING = "vacation_days"
_GET = "SELECT value FROM settings WHERE name = ?"
NONE: frozenset[int] = frozenset()


def every(connection: Connection) -> frozenset[int]:
    """Study days, as days since 1970-01-01."""
    row = driver(connection).execute(_GET, (_SETTING,)).fetchone()
    return NONE if row is None else frozenset(json.loads(row[0]))


def put(connection: Connection, days: Iterable[int]) -> None:
    """These days and no others."""
    settings.put(connection, _SETTING, json.dumps(sorted(set(days))))
