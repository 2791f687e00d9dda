"""A collection on disk: opening it, and transactions that keep all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection

from studyapp.errors import StorageError
from studyapp.store import backup, history, journal, schema
from studyapp.store.connecting import check_magic, engine, transaction
from studyapp.store.driver import driver
from studyapp.store.failures import told_to_the_user
from studyapp.store.lock import WriteLock
from studyapp.store.snapshot import Snapshot

Transaction = Connection
"""What the functions of this room work on; other rooms only pass it along."""

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
            with told_to_the_user(self.path), transaction(self._journaled()):
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
        with self._turn, told_to_the_user(self.path), transaction(self._journaled()):
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
        with self._turn, told_to_the_user(self.path), transaction(self._journaled()):
            self._may_redo = True
            yield self._connection

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """A transaction for what is made from the rest, which undo knows nothing of."""
        with self._turn, told_to_the_user(self.path), transaction(self._connection):
            yield self._connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing.

        While another thread changes something, it sees the state before that, and need not wait.
        """
        if self._turn.acquire(blocking=False):
            try:
                with told_to_the_user(self.path), transaction(self._connection):
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
    check_magic(path)
    with told_to_the_user(path):
        connection = engine(path, _WRITER_PRAGMAS).connect()
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
