"""The log in a package: whose reviews it has, and the bounds that Anki has for numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from studyapp.anki.export import ExportCard, ExportNote, Scope, write_package
from studyapp.anki.export_values import CopyLog
from studyapp.domain.reviews import LOG_COLUMNS, LOG_LINES
from tests.anki.building import NOON, basic, cloze, rows

MANY = 2**40


def copying(log: Sequence[tuple[int, ...]]) -> CopyLog:
    """Of a log with these lines."""

    @contextmanager
    def into(path: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as run:
            run.execute(f"CREATE TABLE {LOG_LINES} ({', '.join(LOG_COLUMNS)})")
            run.executemany(f"INSERT INTO {LOG_LINES} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", log)
            run.execute("ATTACH ? AS made", (str(path),))
            yield run

    return into


def note(number: int) -> ExportNote:
    return ExportNote(basic(str(number)), NOON, NOON, (ExportCard(0, "Deck", 0, id=number),))


def exported(package: Path, *log: tuple[int, ...]) -> list[tuple[int, ...]]:
    """All columns of the package's log of the cards 7 and 8, and of a note that makes no card."""
    blank = ExportNote(cloze("b", "blank"), NOON, NOON, (ExportCard(0, "Deck", 0, id=9),))
    notes = [note(7), blank, note(8)]
    write_package(package, notes, at=NOON, scope=Scope(log=copying(log)))
    return [tuple(map(int, row.values())) for row in rows(package, "revlog")]


def test_reviews_have_the_ids_of_their_cards(tmp_path: Path) -> None:
    found = exported(
        tmp_path / "package.apkg", (5, 3, 4, 2, 2500, 900, 1, 8), (4, 1, -60, 0, 0, 800, 0, 7)
    )
    assert found == [(4, NOON, -1, 1, -60, 0, 0, 800, 0), (5, NOON + 1, -1, 3, 4, 2, 2500, 900, 1)]


def test_reviews_of_other_cards_stay_here(tmp_path: Path) -> None:
    found = exported(
        tmp_path / "package.apkg", (5, 3, 4, 2, 2500, 900, 1, 6), (6, 3, 4, 2, 2500, 900, 1, 9)
    )
    assert found == []


def test_numbers_beyond_ankis_bounds_become_the_highest(tmp_path: Path) -> None:
    found = exported(
        tmp_path / "package.apkg",
        (5, 3, MANY, -MANY, 70_000, 900, 1, 7),
        (6, 3, -MANY, MANY, 1300, 900, 1, 7),
    )
    most = 2**31 - 1
    assert [row[4:7] for row in found] == [(most, -most, 65_535), (-most, most, 1300)]
