"""Reading a collection beside the one who writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from studyapp.errors import StorageError
from studyapp.store import schema
from studyapp.store.connecting import check_magic, engine, transaction
from studyapp.store.copying import Copying
from studyapp.store.driver import driver
from studyapp.store.failures import told_to_the_user

_PRAGMAS = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF")


class Snapshot:
    """A read-only view for other threads and processes; it needs no lock and blocks nobody."""

    def __init__(self, path: Path) -> None:
        """Raises StorageError if there is no collection or it must be upgraded first.

        Also raises what `schema.version_of` does.
        """
        self.path = path
        if not path.is_file():
            raise StorageError(f"There is no collection at {path} yet. Start the app once.")
        check_magic(path)
        self._engine = engine(path, _PRAGMAS)
        with told_to_the_user(path), self._engine.connect() as connection:
            if schema.version_of(connection, path) != schema.VERSIONS[-1]:
                raise StorageError(f"{path} must be upgraded first. Start the app once.")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state."""
        with (
            told_to_the_user(self.path),
            self._engine.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def read_and_copy(self) -> Iterator[tuple[Connection, Copying]]:
        """A transaction, and what copies the state that it sees."""
        with (
            told_to_the_user(self.path),
            self._engine.connect() as connection,
            closing(Copying(self.path)) as copying,
        ):
            while True:
                before = copying.version()
                with transaction(connection):
                    driver(connection).execute("SELECT name FROM sqlite_master").fetchone()
                    # Nobody changed anything while both began.
                    if copying.keep() == before:
                        yield connection, copying
                        return

    def close(self) -> None:
        self._engine.dispose()


class Watch(Snapshot):
    """A snapshot that keeps its connection, and so can tell whether anything has changed.

    Its transactions follow one another; between them it holds nobody up.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._kept = self._engine.connect()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state."""
        with told_to_the_user(self.path), transaction(self._kept):
            yield self._kept

    def close(self) -> None:
        self._kept.close()
        super().close()
