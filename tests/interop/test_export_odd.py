"""Odd schedules, names and sizes: the real Anki takes the package and finds nothing to repair."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.anki.export import write_package
from studyapp.anki.losses import LossKind
from studyapp.anki.schedule_export import DAY_ZERO, LAST_DUE, LAST_POSITION, MOST_EASE
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade, Review
from tests.anki.building import NOON, basic, exported
from tests.interop.anki_profile import AnkiProfile
from tests.interop.export_collection import Ours, Row, now

CASES = int(os.environ.get("STUDYAPP_EXPORT_CASES", "12"))

days = st.integers(-2_932_000, 2_932_896) | st.integers(14_000, 30_000)
instants = st.integers(1_000_000_000_000, 4_000_000_000_000)
intervals = st.integers(0, 1_000_000)
eases = st.integers(1300, 100_000)
counts = st.integers(0, 1_000_000)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Whatever the table of cards can hold."""
    state = draw(st.sampled_from(CardState))
    if state is CardState.NEW:
        return Schedule(reps=draw(counts), lapses=draw(counts))
    on_day = state is CardState.REVIEW or draw(st.booleans())
    learned = state in (CardState.REVIEW, CardState.RELEARNING)
    return Schedule(
        state,
        None if on_day else draw(instants),
        draw(days) if on_day else None,
        max(draw(intervals), 1) if learned else 0,
        draw(eases) if learned else 0,
        0 if state is CardState.REVIEW else draw(st.integers(1, 1000)),
        draw(counts),
        draw(counts),
    )


rows = st.builds(Row, schedules(), st.booleans(), st.booleans(), st.integers(0, 7))
_folders = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


def new_folder(folder: Path) -> Path:
    made = folder / str(next(_folders))
    made.mkdir()
    return made


@settings(
    max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(rows, min_size=1, max_size=10))
def test_any_schedule_is_taken(folder: Path, rows: list[Row]) -> None:
    place = new_folder(folder)
    with closing(Ours(place)) as ours, closing(AnkiProfile(new_folder(folder))) as anki:
        first = now().at - 10**9
        ours.fill([with_review(row, first + number) for number, row in enumerate(rows)])
        report = ours.export(place / "package.apkg")
        anki.import_package(place / "package.apkg", progress=True)
        assert anki.collection.card_count() == len(rows) == report.preview.reviews
        assert anki.sound()
        lost = 0
        for key, (schedule, _, _) in ours.cards().items():
            card = anki.cards(key)[0]
            assert int(card.type) == schedule.state
            assert card.factor == min(schedule.ease_permille, MOST_EASE)
            assert (card.ivl, card.reps) == (schedule.interval_days, schedule.reps)
            day = schedule.due_on or 0
            lost += schedule.ease_permille > MOST_EASE or day > DAY_ZERO + LAST_DUE
        told = {loss.kind: loss.count for loss in report.preview.losses}
        assert told == ({LossKind.LIMITS: lost} if lost else {})


def with_review(row: Row, at: int) -> Row:
    review = Review(at, 0, Grade.HARD, 86_400_000, row.schedule, row.schedule)
    return replace(row, log=(review,))


def test_high_positions_are_counted_through(folder: Path, anki: AnkiProfile) -> None:
    place = new_folder(folder)
    with closing(Ours(place)) as ours:
        ours.fill([Row(), Row(), Row()])
        with ours.database.change("move", 1) as tx:
            tx.exec_driver_sql("UPDATE cards SET position = -7 WHERE id = 2")
            tx.exec_driver_sql("UPDATE cards SET position = 2000000000 WHERE id = 1")
        ours.export(place / "package.apkg")
    anki.import_package(place / "package.apkg")
    assert anki.new_cards("Top::Deck 2") == ["n2", "n3", "n1"]
    assert max(anki.cards(key)[0].due for key in ("n1", "n2", "n3")) < LAST_POSITION
    assert anki.sound()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("con.png", id="device"),
        pytest.param("b*|.png", id="signs"),
        pytest.param(f"{'ü' * 100}.png", id="long"),
        pytest.param("dot.png.", id="dot-at-the-end"),
    ],
)
def test_names_that_anki_refuses_are_changed(
    folder: Path, anki: AnkiProfile, package: Path, name: str
) -> None:
    file = folder / "file"
    file.write_bytes(b"its bytes")
    note = basic("b", f"![](<{name}>)", f"[sound:{name}]")
    report = write_package(package, [exported(note)], at=NOON, media={name: file})
    assert [loss.kind for loss in report.losses] == [LossKind.RENAMED_MEDIA]
    anki.import_package(package)
    (arrived,) = anki.media()
    assert arrived != name
    assert anki.media_are_in_order()
    assert anki.played("b") == [arrived]


def test_names_that_differ_by_how_letters_are_composed(
    anki: AnkiProfile, package: Path, tmp_path: Path
) -> None:
    names = {"é.png": tmp_path / "1", "e\u0301.png": tmp_path / "2"}
    for path in names.values():
        path.write_text(path.name)
    notes = [exported(basic(str(n), f"[sound:{name}]")) for n, name in enumerate(names)]
    write_package(package, notes, at=NOON, media=names)
    anki.import_package(package)
    assert sorted(anki.media().values()) == [b"1", b"2"]
    assert anki.media_are_in_order()
