"""Keeping the collection safe: opening it, daily backups, putting one back."""

from __future__ import annotations

from pathlib import Path

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import day_to_date, study_day
from studyapp.services.clock import Clock
from studyapp.services.trash import Trash
from studyapp.store import backup
from studyapp.store.backup import Backup
from studyapp.store.database import Database, make_folder
from studyapp.store.lock import WriteLock

COLLECTION = "collection.db"


class Care:
    """The collection in one data folder."""

    def __init__(self, folder: Path, migrations: Path, clock: Clock, options: DayOptions) -> None:
        self.collection = folder / COLLECTION
        self._migrations = migrations
        self._clock = clock
        self._options = options

    def open(self, holder: str) -> Database:
        """Open the collection for writing, or make an empty one.

        `holder` names this process to another that wants to write. Raises CollectionInUse,
        DamagedCollection, NewerCollection or StorageError; nothing was changed then.
        """
        database = Database.open(self.collection, self._migrations, holder)
        try:
            Trash(database, self._clock).purge()
        except BaseException:
            database.close()
            raise
        return database

    def back_up_today(self) -> Backup | None:
        """Today's backup; None if there is one. Works beside an open collection, in any thread.

        Raises DamagedCollection if the collection turns out to be damaged, or StorageError.
        """
        today = study_day(self._clock(), self._options.rollover_hour)
        return backup.make_daily(self.collection, day_to_date(today).isoformat())

    def back_up_now(self) -> Backup:
        """A backup on demand, which is never deleted; raises as `back_up_today`."""
        return backup.make(
            self.collection, backup.folder_of(self.collection), f"on-demand-{self._clock().at}"
        )

    def backups(self) -> tuple[Backup, ...]:
        """The newest first."""
        return backup.found(self.collection)

    def newest_sound_backup(self) -> Backup | None:
        """The newest backup that is not damaged itself."""
        return backup.newest_sound(self.collection)

    def restore(self, copy: Backup, holder: str) -> Path:
        """Put a backup in the collection's place; returns where the present one was set aside.

        Raises CollectionInUse or StorageError.
        """
        make_folder(self.collection.parent)
        lock = WriteLock(self.collection, holder)
        lock.acquire()
        try:
            return backup.restore(self.collection, copy, self._clock().at)
        finally:
            lock.release()
