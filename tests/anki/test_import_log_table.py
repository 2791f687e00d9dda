"""A log that is mapped in SQL says the same as one that is mapped card by card."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.anki import blank_collection
from studyapp.anki.anki_values import AnkiReview
from studyapp.anki.collection_opening import ForeignDatabase
from studyapp.anki.incoming import LoggedCard
from studyapp.anki.log_mapping import LogMapping, is_grade
from studyapp.anki.log_table import LONGEST_AT_ONCE, LogTable
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview

LATEST = 2_000_000_000_000
START = 1_700_000_000_000
MAPPING = LogMapping(-3_600_000, 4)
OTHER_STEPS = Preset(learning_steps_s=(60, 600, 600, 86_400), relearning_steps_s=(600, 1200))
ORDINARY = st.builds(
    AnkiReview,
    id=st.integers(START, START + 10**10),
    card_id=st.integers(7, 9),
    ease=st.integers(0, 4),
    interval=st.sampled_from([-86_400, -1200, -600, -60, 0, 1, 2, 30, 2_000_000]),
    last_interval=st.sampled_from([-600, -60, 0, 1, 20, 3_000_000]),
    factor=st.sampled_from([0, 700, 1300, 1350, 2500, 200_000]),
    took_ms=st.integers(-5, 100_000_000),
    type=st.integers(0, 5),
)
NUMBERS = st.integers(-(2**61), 2**61) | st.integers(-100_000, 1000)
STRANGE = st.builds(
    AnkiReview,
    id=NUMBERS | st.integers(LATEST - 2, LATEST + 2),
    card_id=st.integers(7, 9),
    ease=st.integers(-1, 5),
    interval=NUMBERS,
    last_interval=NUMBERS,
    factor=NUMBERS,
    took_ms=NUMBERS,
    type=st.integers(-1, 6),
)
LOGS = st.lists(ORDINARY | ORDINARY | STRANGE, max_size=40, unique_by=lambda row: row.id)
NOWS = st.sampled_from(
    [
        NEW_SCHEDULE,
        Schedule(reps=3),
        Schedule(CardState.REVIEW, None, 20_000, 30, 2500, 0, 12, 3),
        Schedule(CardState.RELEARNING, START, None, 5, 0, 1, 2, 1),
        Schedule(CardState.LEARNING, START, None, 0, 0, 2, 40, 0),
    ]
)
CARDS = st.tuples(*[st.tuples(NOWS, st.sampled_from([Preset(), OTHER_STEPS]))] * 3).map(
    lambda each: [LoggedCard(7 + n, 70 - n, now, preset) for n, (now, preset) in enumerate(each)]
)


@cache
def blank() -> bytes:
    """A collection of Anki's without anything."""
    with closing(sqlite3.connect(":memory:")) as database:
        blank_collection.lay_out(database.cursor())
        return database.serialize()


@contextmanager
def package(rows: Sequence[AnkiReview]) -> Iterator[tuple[ForeignDatabase, Path]]:
    """The database of a package with this log, and its folder."""
    with TemporaryDirectory() as name:
        path = Path(name) / "collection"
        path.write_bytes(blank())
        with closing(sqlite3.connect(path)) as database, database:
            database.executemany(
                "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)"
                " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?)",
                rows,
            )
        with closing(ForeignDatabase(path, path)) as foreign:
            yield foreign, Path(name)


def mapped(
    rows: Sequence[AnkiReview], cards: Sequence[LoggedCard], *, given_as_rows: bool
) -> dict[int, list[LoggedReview]]:
    """The reviews by our cards' ids, in the order of their table."""
    with (
        package([] if given_as_rows else rows) as (foreign, folder),
        closing(LogTable(foreign, folder / "log", MAPPING, LATEST)) as table,
    ):
        table.count(rows if given_as_rows else None)
        count = table.take(cards)
        with closing(sqlite3.connect(table.path)) as made:
            found: dict[int, list[LoggedReview]] = {card.card_id: [] for card in cards}
            for at, card_id, grade, took, *rest in made.execute("SELECT * FROM reviews ORDER BY 1"):
                assert len(rest) == 16
                found[card_id].append((at, grade, took, tuple(rest[:8]), tuple(rest[8:])))
    assert count == sum(map(len, found.values()))
    return found


def one_by_one(
    rows: Sequence[AnkiReview], cards: Sequence[LoggedCard]
) -> dict[int, list[LoggedReview]]:
    own = {card.source_id: [row for row in rows if row.card_id == card.source_id] for card in cards}
    return {
        card.card_id: MAPPING.reviews(
            sorted(own[card.source_id], key=lambda row: row.id), LATEST, card.now, card.preset
        )
        for card in cards
    }


@settings(deadline=None)
@given(LOGS, CARDS, st.booleans())
def test_any_log(rows: list[AnkiReview], cards: list[LoggedCard], given_as_rows: bool) -> None:
    assert mapped(rows, cards, given_as_rows=given_as_rows) == one_by_one(rows, cards)


@settings(deadline=None, max_examples=30)
@given(LOGS)
def test_the_cards_of_a_log(rows: list[AnkiReview]) -> None:
    with (
        package(rows) as (foreign, folder),
        closing(LogTable(foreign, folder / "log", MAPPING, LATEST)) as table,
    ):
        table.count(None)
        for card in table.cards():
            own = [row for row in sorted(rows) if row.card_id == card.source_id]
            assert card.rows == len(own)
            assert card.count == sum(is_grade(row, LATEST) for row in own)
            assert table.rows_of(card.source_id) == own
        assert {card.source_id for card in table.cards()} == {row.card_id for row in rows}


@pytest.mark.parametrize("rows", [LONGEST_AT_ONCE, LONGEST_AT_ONCE + 1])
def test_long_logs_are_mapped_alone(rows: int) -> None:
    log = [AnkiReview(START + n, 7, 3, 1, 1, 2500, 0, 1) for n in range(rows)]
    with (
        package(log) as (foreign, folder),
        closing(LogTable(foreign, folder / "log", MAPPING, LATEST)) as table,
    ):
        table.count(None)
        (card,) = table.cards()
        assert card.is_short == (rows == LONGEST_AT_ONCE)


def test_the_package_is_only_read() -> None:
    with (
        package([]) as (foreign, folder),
        closing(sqlite3.connect((folder / "own").as_uri(), uri=True)) as own,
    ):
        own.execute("CREATE TABLE mine (id)")
        foreign.attach_to(own, "package")
        own.execute("INSERT INTO mine SELECT 1 FROM package.col")
        for statement in ("DELETE FROM mine", "INSERT INTO package.revlog (id) VALUES (1)"):
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                own.execute(statement)
