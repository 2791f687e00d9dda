"""A collection on disk: opening it, and transactions that keep all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from studyapp.errors import StorageError
from studyapp.store import backup, history, journal, schema
from studyapp.store.copying import Copying
from studyapp.store.driver import driver
from studyapp.store.failures import damaged, told_to_the_user
from studyapp.store.lock import WriteLock

Transaction = Connection
"""What the functions of this room work on; other rooms only pass it along."""

_MAGIC = b"SQLite format 3\x00"
_BUSY_MS = 3000
_MANY_ROWS = 1000
"""A step that writes more of them, and each so many steps, has the journal kept within bounds."""
_MANY_STEPS = 500

_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # An answer that the user gave is never lost, not even when the power fails.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)
_READER_PRAGMAS = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF")


class Database:
    """An open collection that this process may write.

    Threads take turns: one that wants to change something waits until another has done so.
    """

    def __init__(self, path: Path, connection: Connection, lock: WriteLock) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._turn = RLock()
        """Held while a thread is within a transaction."""
        self._is_journaled = False
        # Saves a statement on the way from key to card: there is rarely anything to forget.
        self._may_redo = True

    @classmethod
    def open(cls, path: Path, migrations: Path, holder: str) -> Database:
        """Open a collection, or make an empty one, and upgrade its tables (after a backup).

        Raises CollectionInUse, DamagedCollection, NewerCollection or StorageError; the file is
        then as it was.
        """
        make_folder(path.parent)
        lock = WriteLock(path, holder)
        lock.acquire()
        try:
            return cls(path, _connected(path, migrations), lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()
        self._lock.release()

    @contextmanager
    def change(self, name: str, at: int) -> Iterator[Connection]:
        """A transaction that is one undo step; commits at the end, rolls back on any error.

        `name` says what the user did, to be read after "Undo"; `at` is now, in ms since the epoch.
        """
        with self._turn:
            may_redo = self._may_redo
            with told_to_the_user(self.path), _transaction(self._journaled()):
                rows_before = driver(self._connection).total_changes
                step_id = history.begin_step(self._connection, name, at)
                yield self._connection
                if may_redo and history.has_changes(self._connection, step_id):
                    history.forget_undone_steps(self._connection)
                    may_redo = False
                rows = driver(self._connection).total_changes - rows_before
                if rows > _MANY_ROWS or step_id % _MANY_STEPS == 0:
                    history.forget_old_steps(self._connection)
            # Only now is it kept: what the transaction forgot is there again if the commit fails.
            self._may_redo = may_redo

    @contextmanager
    def maintain(self, at: int) -> Iterator[Connection]:
        """A transaction that no user asked for, so undo does not take it back.

        What was done before it can be undone still, back to where it changed the same rows: undoing
        puts back what was there, and could take its changes along.
        """
        with self._turn, told_to_the_user(self.path), _transaction(self._journaled()):
            step_id = history.begin_step(self._connection, "maintenance", at)
            yield self._connection
            history.forget_under(self._connection, step_id)

    @contextmanager
    def beside(self, path: Path) -> Iterator[None]:
        """Has another database at hand, in which the transactions within read as `beside`.

        It must be one that this process made. It can be let go of after the transaction only.
        """
        run = driver(self._connection).execute
        with self._turn, told_to_the_user(self.path):
            run("ATTACH ? AS beside", (str(path),))
            try:
                yield
            finally:
                run("DETACH beside")

    @contextmanager
    def rewind(self) -> Iterator[Connection]:
        """A transaction for undo and redo, which are no steps themselves."""
        with self._turn, told_to_the_user(self.path), _transaction(self._journaled()):
            self._may_redo = True
            yield self._connection

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """A transaction for what is made from the rest, which undo knows nothing of."""
        with self._turn, told_to_the_user(self.path), _transaction(self._connection):
            yield self._connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing.

        While another thread changes something, it sees the state before that, and need not wait.
        """
        if self._turn.acquire(blocking=False):
            try:
                with told_to_the_user(self.path), _transaction(self._connection):
                    yield self._connection
            finally:
                self._turn.release()
        else:
            with closing(Snapshot(self.path)) as beside, beside.read() as connection:
                yield connection

    def get_ready(self) -> None:
        """Do what the first change would take longest with, while there is time; not within one.

        If another thread changes something now, that does it.
        """
        if self._turn.acquire(blocking=False):
            try:
                with told_to_the_user(self.path):
                    self._journaled()
            finally:
                self._turn.release()

    def _journaled(self) -> Connection:
        """The connection once it writes down what it changes.

        Making the triggers takes longer than the rest of opening, so it is not done there.
        """
        if not self._is_journaled:
            driver(self._connection).executescript(journal.TRIGGERS)
            self._is_journaled = True
            with self._connection.begin():
                history.forget_old_steps(self._connection)
        return self._connection


class Snapshot:
    """A read-only view for other threads and processes; it needs no lock and blocks nobody."""

    def __init__(self, path: Path) -> None:
        """Raises StorageError if there is no collection or it must be upgraded first.

        Also raises what `schema.version_of` does.
        """
        self.path = path
        if not path.is_file():
            raise StorageError(f"There is no collection at {path} yet. Start the app once.")
        _check_magic(path)
        self._engine = _engine(path, _READER_PRAGMAS)
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
                with _transaction(connection):
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
        with told_to_the_user(self.path), _transaction(self._kept):
            yield self._kept

    def close(self) -> None:
        self._kept.close()
        super().close()


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    """Commits at the end, rolls back on any error, also one of the commit itself.

    SQLite keeps a transaction open whose commit failed, and SQLAlchemy does not roll it back then.
    """
    try:
        with connection.begin():
            yield
    finally:
        if driver(connection).in_transaction:
            driver(connection).rollback()


def make_folder(folder: Path) -> None:
    """Make the folder for the user's data; raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise StorageError(
            f"The folder {folder} cannot be made ({failure.strerror}). Make it yourself, or "
            "choose another with --data-dir."
        ) from failure


def _connected(path: Path, migrations: Path) -> Connection:
    _check_magic(path)
    with told_to_the_user(path):
        connection = _engine(path, _WRITER_PRAGMAS).connect()
        try:
            _prepare(connection, path, migrations)
        except BaseException:
            connection.close()
            connection.engine.dispose()
            raise
    return connection


def _prepare(connection: Connection, path: Path, migrations: Path) -> None:
    version = schema.version_of(connection, path)
    if version != schema.VERSIONS[-1]:
        if version is not None:
            backup.make(path, backup.folder_of(path), label=f"before-upgrade-from-{version}")
        schema.upgrade(connection, migrations)


def _check_magic(path: Path) -> None:
    """Refuse a file that is no database before SQLite could write to it."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as failure:
        raise StorageError(
            f"{path} cannot be read ({failure.strerror}). Check its permissions."
        ) from failure
    if start not in (b"", _MAGIC):
        raise damaged(path)


def _engine(path: Path, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def connected(dbapi: sqlite3.Connection, _record: object) -> None:
        # The driver's own transaction control would commit before DDL; BEGIN comes from us.
        dbapi.isolation_level = None
        dbapi.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        for pragma in pragmas:
            dbapi.execute(pragma)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        driver(connection).execute("BEGIN")

    return engine
