"""What is wrong with a collection is found, named and mended; mending can be taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled
from studyapp.services.checking import RECOVERED, Checking, told
from studyapp.services.study_values import Prompt
from studyapp.store import decks
from studyapp.store.checking import IMPOSSIBLE, RULES
from tests.services.conftest import Desk, MovableClock, basic

IN_REVIEW = "state = 2, due_on = 20000, interval_days = 9, ease_permille = 2500"
IN_A_STEP = "state = 1, due_at = 1728032400000, steps_left = 1"

FAULTS = [
    pytest.param("UPDATE cards SET interval_days = 4 WHERE id = 1", "new-with-schedule"),
    pytest.param(f"UPDATE cards SET {IN_REVIEW}, due_on = 1000000000 WHERE id = 1", "due-too-far"),
    pytest.param(f"UPDATE cards SET {IN_REVIEW}, due_on = -50000 WHERE id = 1", "due-too-far"),
    pytest.param(
        f"UPDATE cards SET {IN_A_STEP}, due_at = 9000000000000 WHERE id = 1", "step-too-far"
    ),
    pytest.param(f"UPDATE cards SET {IN_A_STEP}, steps_left = 0 WHERE id = 1", "no-steps"),
    pytest.param(f"UPDATE cards SET {IN_REVIEW}, interval_days = 0 WHERE id = 1", "no-interval"),
    pytest.param(
        f"UPDATE cards SET {IN_REVIEW}, interval_days = 1000000000 WHERE id = 1",
        "interval-too-long",
    ),
    pytest.param(f"UPDATE cards SET {IN_REVIEW}, ease_permille = 0 WHERE id = 1", "no-ease"),
    pytest.param(
        f"UPDATE cards SET {IN_REVIEW}, ease_permille = 90 WHERE id = 1", "ease-out-of-bounds"
    ),
    pytest.param("UPDATE cards SET position = 1 WHERE id = 3", "same-position"),
    pytest.param(
        "INSERT INTO reviews SELECT id + 7, card_id, grade, took_ms, state_before, due_at_before,"
        " due_on_before, interval_days_before, ease_permille_before, steps_left_before,"
        " reps_before, lapses_before, state_after, due_at_after, due_on_after,"
        " interval_days_after, ease_permille_after, steps_left_after, reps_after, lapses_after"
        " FROM reviews",
        "doubled-reviews",
    ),
]


@pytest.fixture
def checking(desk: Desk, clock: MovableClock) -> Checking:
    """Of a collection with five notes, one of them graded."""
    desk.install([basic(number) for number in range(5)])
    with desk.database.change("the last one is asked first", 1) as tx:
        tx.exec_driver_sql("UPDATE cards SET position = -1 WHERE id = 5")
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.GOOD, took_ms=1)
    return Checking(desk.database, clock, DayOptions())


def tamper(desk: Desk, sql: str) -> None:
    """As a broken disk or another program would."""
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql)


def rows(desk: Desk) -> list[tuple[object, ...]]:
    with desk.database.read() as tx:
        return [
            tuple(row)
            for table in ("cards", "reviews", "decks")
            for row in tx.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")
        ]


def names(checking: Checking) -> list[str]:
    return [finding.name for finding in checking.find()]


def test_a_sound_collection_has_no_findings(desk: Desk, checking: Checking) -> None:
    before = rows(desk)
    assert checking.find() == checking.mend() == ()
    assert rows(desk) == before
    assert desk.study.undo() == "grade good"


@pytest.mark.parametrize(("sql", "name"), FAULTS)
def test_faults_are_found_mended_and_put_back(
    desk: Desk, checking: Checking, sql: str, name: str
) -> None:
    tamper(desk, sql)
    damaged = rows(desk)
    assert names(checking) == [name]
    assert [finding.name for finding in checking.mend()] == [name]
    assert names(checking) == []
    mended = rows(desk)
    assert mended != damaged
    assert desk.study.undo() == "repair of the collection"
    assert rows(desk) == damaged
    assert desk.study.redo() == "repair of the collection"
    assert rows(desk) == mended


def test_every_rule_is_tested() -> None:
    tested = {str(fault.values[1]) for fault in FAULTS}
    assert tested == {rule.name for rule in RULES} - {"gaps"}


def test_what_is_found_says_how_much_and_what_mending_does(desk: Desk, checking: Checking) -> None:
    tamper(desk, f"UPDATE cards SET {IN_REVIEW}, interval_days = 0 WHERE id < 3")
    assert told(checking.find()) == (
        "2 cards: are in review but have no interval. Their interval is a day."
    )


def test_a_gap_in_the_log_is_told_and_left(desk: Desk, checking: Checking) -> None:
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    tamper(
        desk,
        "INSERT INTO reviews SELECT id + 9, card_id, grade, took_ms, state_after, due_at_after,"
        " due_on_after, interval_days_after, ease_permille_after, steps_left_after,"
        " reps_after + 3, lapses_after, state_after, due_at_after, due_on_after,"
        " interval_days_after, ease_permille_after, steps_left_after, reps_after + 4,"
        " lapses_after FROM reviews",
    )
    (gap,) = checking.mend()
    assert (gap.name, gap.can_be_mended) == ("gaps", False)
    assert names(checking) == ["gaps"]


def test_what_sqlite_refuses_is_mended_after_a_backup(desk: Desk, checking: Checking) -> None:
    tamper(desk, "DELETE FROM notes WHERE id = 1")
    tamper(desk, "UPDATE cards SET deck_id = 77 WHERE id = 2")
    tamper(desk, "UPDATE decks SET preset_id = 77")
    tamper(desk, f"UPDATE cards SET {IN_REVIEW}, due_on = NULL WHERE id = 3")
    tamper(desk, "UPDATE cards SET due_on = 5 WHERE id = 4")
    found = [rule.name for rule in IMPOSSIBLE]
    assert names(checking) == found
    assert [finding.name for finding in checking.mend()] == found
    assert names(checking) == []
    with desk.database.read() as tx:
        recovered = decks.by_name(tx, RECOVERED).id
        left = tx.exec_driver_sql("SELECT id, deck_id FROM cards ORDER BY id").all()
    assert (2, recovered) in left
    assert [card_id for card_id, _ in left] == [2, 3, 4, 5]
    assert list((desk.path.parent / "backups").glob("*before-repair*"))


def test_checking_can_be_cancelled(desk: Desk, checking: Checking) -> None:
    tamper(desk, f"UPDATE cards SET {IN_REVIEW}, interval_days = 0 WHERE id < 3")
    damaged = rows(desk)
    with pytest.raises(Cancelled):
        checking.mend(lambda done, total: False)
    assert rows(desk) == damaged
