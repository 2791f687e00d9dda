"""Opens the database of a package as what it is: a file that a stranger made.

It is read-only, and nothing in it is run: no triggers, no views, no functions, no virtual tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

from studyapp.errors import PackageError

MAX_VALUE: Final = 64 * 1024**2
"""Bytes of one value in the database."""
_STEPS_BETWEEN_LOOKS = 200_000
"""Instructions of SQLite between two looks at whether to go on."""

_PRAGMAS = (
    "PRAGMA query_only = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -32768",
    # The check below would evaluate them, and they are a stranger's expressions.
    "PRAGMA ignore_check_constraints = ON",
)
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_COPYING = (*_ALLOWED, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_TRANSACTION)
_FUNCTIONS = ("count", "typeof")
"""All that this room calls."""
_COMMON = {
    "col": ("crt", "mod", "ver"),
    "notes": ("id", "guid", "mid", "mod", "tags", "flds"),
    "cards": (
        *("id", "nid", "did", "ord", "type", "queue", "due", "ivl", "factor"),
        *("reps", "lapses", "left", "odue", "odid", "flags"),
    ),
    "revlog": ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type"),
}
_OF_SCHEMA: dict[int, dict[str, tuple[str, ...]]] = {
    11: {"col": ("conf", "models", "decks", "dconf")},
    18: {
        "notetypes": ("id", "name", "config"),
        "fields": ("ntid", "ord", "name"),
        "templates": ("ntid", "ord", "name", "config"),
        "decks": ("id", "name", "common", "kind"),
        "deck_config": ("id", "name", "config"),
        "config": ("KEY", "val"),
    },
}
SCHEMAS: Final = tuple(_OF_SCHEMA)

GoOn = Callable[[], bool]
"""Asked now and then while SQLite works; False stops it."""


class Stopped(Exception):
    """Somebody wanted it."""


Row: TypeAlias = "tuple[Any, ...]"
"""Whatever a stranger put there."""


class ForeignDatabase:
    """The database of a package; all that it raises is fit for a user."""

    def __init__(
        self, path: Path, package: Path, go_on: GoOn = lambda: True, *, is_known: bool = False
    ) -> None:
        """Raises PackageError if it is damaged or no collection of Anki's.

        `package` names it in errors; `is_known`: these bytes were found sound before.
        """
        self.package = package
        self._path = path
        self._go_on = go_on
        self._is_stopped = False
        self._connection: sqlite3.Connection | None = None
        try:
            with self.told():
                self._connection = _connected(path, self._look)
                if not is_known:
                    _look_through(self._connection)
                self.schema = _checked(self._connection, package)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def rows(self, sql: str) -> Iterator[Row]:
        """What a statement finds, row by row; raises PackageError, or Stopped if that is wanted."""
        assert self._connection is not None  # noqa: S101 - else it was never made
        with self.told():
            # Not `yield from`: that would close the cursor, perhaps after its database.
            for row in self._connection.execute(sql):  # noqa: UP028
                yield row

    def first(self, sql: str) -> Row | None:
        """The first row that a statement finds; raises as `rows`."""
        return next(self.rows(sql), None)

    def _look(self) -> int:
        self._is_stopped = self._is_stopped or not self._go_on()
        return self._is_stopped

    def watch(self, other: sqlite3.Connection) -> None:
        """Let another connection of this process be stopped as this one."""
        other.set_progress_handler(self._look, _STEPS_BETWEEN_LOOKS)

    def attach_to(self, other: sqlite3.Connection, name: str) -> None:
        """Let another connection read this database, and do nothing but copy from it.

        `other` must understand addresses; it may write to its own tables only from here on.
        """
        other.execute(f"ATTACH ? AS {name}", (_address(self._path),))
        other.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        other.set_authorizer(_may_copy)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Errors of SQLite's as those that `rows` raises."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as failure:
            # Python cannot decode what SQLite says of names that are no UTF-8.
            if self._is_stopped:
                raise Stopped from failure
            raise _damaged(self.package, failure) from failure


def _connected(path: Path, look: Callable[[], int]) -> sqlite3.Connection:
    database = sqlite3.connect(_address(path), uri=True)
    database.isolation_level = None
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    for pragma in _PRAGMAS:
        database.execute(pragma)
    # Anki's own; it is named in the tables, and none of our queries compares by it.
    database.create_collation("unicase", _compared)
    database.text_factory = _decoded
    database.set_progress_handler(look, _STEPS_BETWEEN_LOOKS)
    return database


def _address(path: Path) -> str:
    return f"{path.as_uri()}?mode=ro&immutable=1"


def _compared(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _decoded(data: bytes) -> str:
    """Bytes that are no UTF-8 become lone surrogates, to be found and replaced later."""
    return data.decode("utf-8", "surrogateescape")


def _damaged(package: Path, failure: Exception) -> PackageError:
    return PackageError(
        f"The collection in {package} is damaged ({failure}). Nothing was changed. In Anki run "
        "Tools → Check Database and export again, or download the package again."
    )


def _look_through(database: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError if a page is damaged."""
    found = database.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise sqlite3.DatabaseError(str(found[0] if found else "it cannot be checked")[:200])


def _checked(database: sqlite3.Connection, package: Path) -> int:
    """The schema's version, once the tables are known to be plain ones."""
    _check_tables(database, package, _COMMON)
    rows = database.execute("SELECT ver FROM col LIMIT 2").fetchall()
    if len(rows) != 1:
        raise _strange(package, f"its table “col” has {len(rows) or 'no'} rows")
    schema = rows[0][0]
    if schema not in _OF_SCHEMA:
        raise _strange(package, f"its schema is {str(schema)[:20]}, and this app knows 11 and 18")
    _check_tables(database, package, _OF_SCHEMA[schema])
    database.set_authorizer(_authorized)
    return int(schema)


def _check_tables(
    database: sqlite3.Connection, package: Path, wanted: dict[str, tuple[str, ...]]
) -> None:
    for table, columns in wanted.items():
        kinds = database.execute(
            "SELECT type, sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE"
            " AND type IN ('table', 'view')",
            (table,),
        ).fetchall()
        if not kinds:
            raise _strange(package, f"the table “{table}” is missing")
        if kinds[0][0] != "table" or _is_virtual(kinds[0][1]):
            raise _strange(package, f"“{table}” is no plain table")
        _check_columns(database, package, table, columns)


def _is_virtual(sql: object) -> bool:
    return not isinstance(sql, str) or sql.split(None, 2)[1:2] != ["TABLE"]


def _check_columns(
    database: sqlite3.Connection, package: Path, table: str, wanted: Iterable[str]
) -> None:
    rows = database.execute(f"PRAGMA table_xinfo({table})")
    hidden = {str(row[1]).casefold(): row[6] for row in rows}
    for name in wanted:
        if name.casefold() not in hidden:
            raise _strange(package, f"the table “{table}” has no column “{name}”")
    if any(hidden.values()):
        raise _strange(package, f"the table “{table}” has computed columns")


def _strange(package: Path, reason: str) -> PackageError:
    return PackageError(
        f"The collection in {package} is not one that this app can read: {reason}. Nothing was "
        "changed. Export it with a newer version of Anki."
    )


def _authorized(
    action: int, first: str | None, second: str | None, _schema: str | None, inner: str | None
) -> int:
    """Only reading of tables, from here on; `inner` is the view or trigger that asks."""
    is_ours = action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS
    allowed = inner is None and (action in _ALLOWED or is_ours)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _may_copy(
    action: int, first: str | None, second: str | None, schema: str | None, inner: str | None
) -> int:
    """Reading anything, and adding rows to what is ours."""
    is_ours = action == sqlite3.SQLITE_INSERT and schema == "main"
    allowed = inner is None and (action in _COPYING or is_ours)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
