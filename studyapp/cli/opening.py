"""The collection, as a command opens it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from studyapp.environment import care_of, shipped, system_clock
from studyapp.errors import StorageError
from studyapp.services.installing import Installer
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot

TERMINAL = "a review in a terminal"


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """The collection with the shipped decks, for writing."""
    with closing(care_of(folder).open(TERMINAL)) as database:
        for message in Installer(database, system_clock).install(shipped("decks")):
            print(message, file=sys.stderr)
        yield database


@contextmanager
def installed(folder: Path) -> Iterator[Snapshot]:
    """The collection for reading only, beside an open window too; made if it is not there yet."""
    collection = care_of(folder).collection
    try:
        snapshot = Snapshot(collection)
    except StorageError:
        with opened(folder):
            pass
        snapshot = Snapshot(collection)
    with closing(snapshot):
        yield snapshot
