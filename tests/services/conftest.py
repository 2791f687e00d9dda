"""A collection with a deck, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant
from studyapp.services.installing import Installer
from studyapp.services.study import Study
from studyapp.store import decks
from studyapp.store.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
MORNING = 20_000 * MS_PER_DAY + 9 * MS_PER_HOUR


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> Instant:
        return Instant(self.at)

    def move(self, *, minutes: float = 0, days: int = 0) -> None:
        self.at += int(minutes * 60_000) + days * MS_PER_DAY


class Desk:
    """An open collection and what a test does with it."""

    def __init__(self, folder: Path, clock: MovableClock) -> None:
        self.path = folder / "collection.db"
        self.clock = clock
        self.open()

    def open(self) -> None:
        self.database = Database.open(self.path, MIGRATIONS, "a test")
        self.study = Study(self.database, self.clock, DayOptions())
        self.installer = Installer(self.database, self.clock)

    def close(self) -> None:
        self.database.close()

    def install(self, notes: Sequence[Note], name: str = "Deck", digest: str = "1") -> None:
        self.installer.install_text(DeckText(name, name.lower(), notes=tuple(notes)), digest)

    def deck_id(self, name: str = "Deck") -> int:
        with self.database.read() as tx:
            return decks.by_name(tx, name).id


def basic(number: int) -> Note:
    return Note(f"note-{number}", NoteKind.BASIC, f"front {number}", f"back {number}")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def desk(tmp_path: Path, clock: MovableClock) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock)) as opened:
        yield opened
