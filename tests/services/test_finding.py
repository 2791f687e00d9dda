"""A table of what a query finds, page by page."""

from __future__ import annotations

from contextlib import closing

import pytest

from studyapp.domain.cards import CardState
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Column, Listed
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled, QueryError, StorageError
from studyapp.services.finding import FIRST_PAGE, Finding
from studyapp.services.study_values import Prompt
from studyapp.store.snapshot import Snapshot
from tests.services.conftest import Desk, MovableClock, basic


def finding(desk: Desk) -> Finding:
    return Finding(desk.database, desk.clock, DayOptions())


def titles(found: Finding, query: str, *more: object) -> list[str]:
    result = found.find(query, *more)  # type: ignore[arg-type]
    return [row.title for row in result.rows(0, result.total) if row is not None]


def test_rows_tell_what_a_table_shows(desk: Desk) -> None:
    note = Note("k", NoteKind.CLOZE, "{{c1::Rome::city}}\nis old", "", ("geo", "it"), "Atlas")
    desk.install([note])
    found = finding(desk).find("rome")
    (row,) = found.rows(0, 50)
    assert row is not None
    assert (row.title, row.deck, row.tags) == ("Rome is old", "Deck", ("geo", "it"))
    assert (row.kind, row.schedule.state, row.cards) == (NoteKind.CLOZE, CardState.NEW, 1)
    assert row.added_at == row.edited_at == desk.clock.at


def test_pages_beyond_the_first_are_there_when_asked_for(desk: Desk) -> None:
    desk.install([basic(number) for number in range(FIRST_PAGE + 30)])
    found = finding(desk).find("front", Column.ADDED, descending=True)
    assert found.total == FIRST_PAGE + 30
    last = found.rows(FIRST_PAGE + 20, FIRST_PAGE + 50)
    assert [row.title for row in last if row] == [f"front {number}" for number in range(9, -1, -1)]
    assert len(set(found.all_ids())) == found.total


def test_a_row_that_is_gone_stays_empty(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    found = finding(desk).find("*")
    with desk.database.change("delete", 1) as tx:
        tx.exec_driver_sql("DELETE FROM notes WHERE key = 'note-1'")
    assert [row and row.title for row in found.rows(0, 2)] == [None, "front 2"]


def test_notes_are_listed_once(desk: Desk) -> None:
    desk.install([Note("r", NoteKind.REVERSED, "one", "two"), basic(1)])
    assert finding(desk).find("*").total == 3
    found = finding(desk).find("*", Column.CARD, True, Listed.NOTES)
    assert found.total == 2
    assert [row.title for row in found.rows(0, 2) if row] == ["one", "front 1"]


def test_columns_sort(desk: Desk) -> None:
    desk.install([Note(key, NoteKind.BASIC, key, "") for key in ("b", "É", "a", "f")])
    assert titles(finding(desk), "*", Column.FRONT) == ["a", "b", "É", "f"]
    assert titles(finding(desk), "*", Column.FRONT, True) == ["f", "É", "b", "a"]


def test_what_changes_is_found_as_it_is_now(desk: Desk) -> None:
    desk.install([basic(1)])
    searches = finding(desk)
    assert titles(searches, "edited") == []
    with desk.database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'edited'")
    assert titles(searches, "edited") == ["edited"]
    desk.study.undo()
    assert titles(searches, "edited") == []
    desk.study.redo()
    assert titles(searches, "edited") == ["edited"]


def test_searching_is_no_step_of_undo_and_keeps_redo(desk: Desk) -> None:
    desk.install([basic(1)])
    with desk.database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'edited'")
    desk.study.undo()
    finding(desk).find("edited")
    assert desk.study.redo() == "edit"


def test_a_grade_leaves_the_index_alone(desk: Desk) -> None:
    desk.install([basic(1)])
    searches = finding(desk)
    searches.find("*")
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.GOOD, 1000)
    assert searches.waiting() == 0
    assert searches.find("rated:1 is:learn").total == 1


def test_days_are_study_days(desk: Desk, clock: MovableClock) -> None:
    desk.install([basic(1)])
    assert finding(desk).find("added:1").total == 1
    clock.move(days=1)
    assert finding(desk).find("added:1").total == 0
    assert finding(desk).find("added:2").total == 1


def test_the_index_can_be_made_ahead_and_stopped(desk: Desk) -> None:
    desk.install([basic(number) for number in range(5)])
    searches = finding(desk)
    assert searches.waiting() == 5
    left: list[int] = []
    searches.refresh(left.append)
    assert left == [0]

    def stop(_left: int) -> None:
        raise Cancelled

    with desk.database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'edited'")
    with pytest.raises(Cancelled):
        searches.refresh(stop)
    assert searches.find("edited").total == 5


def test_a_read_only_view_finds_the_same(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    finding(desk).find("*")
    with desk.database.change("edit", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'edited' WHERE key = 'note-1'")
    with closing(Snapshot(desk.path)) as view:
        found = Finding(view, desk.clock, DayOptions()).find("edited or front", Column.FRONT)
        assert {row.title for row in found.rows(0, 2) if row} == {"edited", "front 2"}


def test_a_mistake_is_a_query_error(desk: Desk) -> None:
    with pytest.raises(QueryError, match=r"Did you mean is:review\?"):
        finding(desk).find("is:reveiw")


def test_a_full_disk_does_not_keep_from_searching(desk: Desk) -> None:
    long = [Note(f"k{n}", NoteKind.BASIC, f"front {n}", "back " * 3000) for n in range(40)]
    desk.install(long)
    with desk.database.change("take up all free pages", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET back = back || back || back")
    searches = finding(desk)
    with desk.database.read() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar()
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError):
        searches.refresh()
    assert titles(searches, "front 39") == ["front 39"]
    assert searches.waiting() == 40
