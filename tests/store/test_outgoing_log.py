"""The log that is copied into another database: its numbers, whose it is, and of which state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.reviews import LOG_LINES, Grade, Review
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.store import outgoing_log, reviews
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot
from tests.store.conftest import MIGRATIONS

INTO_DAY = -3 * 3_600_000
LATE = 2**62

Line = tuple[int, ...]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("log") / "collection.db"
    with closing(Database.open(path, MIGRATIONS, "a test")) as opened:
        yield opened


def fill(database: Database, log: Sequence[Review]) -> None:
    """Have this log and no other."""
    with database.change("fill", 1) as tx:
        tx.exec_driver_sql("DELETE FROM reviews")
        for review in log:
            reviews.add(tx, review)


def made(database: Database) -> Path:
    """A place for a copy, where there is none."""
    path = database.path.with_name("copy.db")
    path.unlink(missing_ok=True)
    return path


def copied(database: Database, card_ids: Sequence[int] | None) -> list[Line]:
    path = made(database)
    with closing(Snapshot(database.path)) as snapshot, snapshot.read_and_copy() as (_, copying):
        with outgoing_log.into(path, copying, card_ids, INTO_DAY) as run:
            run.execute(f"CREATE TABLE made.copy AS SELECT * FROM {LOG_LINES} ORDER BY id")
        with closing(sqlite3.connect(path)) as other:
            return list(other.execute("SELECT * FROM copy"))


def line(review: Review, last: Review | None) -> Line:
    """What is said of a review, whose card was graded by `last` before."""
    before, after = review.before, review.after
    interval_before = 0
    if before.state is CardState.REVIEW:
        interval_before = before.interval_days
    elif before.state is not CardState.NEW and last is not None and last.after == before:
        interval_before = gave(last)
    return (
        *(review.id, review.grade, gave(review), interval_before),
        after.ease_permille if after.state >= CardState.REVIEW else 0,
        *(review.took_ms, max(before.state - 1, 0), review.card_id),
    )


def gave(review: Review) -> int:
    """The interval: days, or seconds below 0."""
    after = review.after
    if after.state is CardState.REVIEW:
        return after.interval_days
    if after.due_at is not None:
        return -max((after.due_at - review.id + 999) // 1000, 1)
    if after.due_on is None:
        return 0
    return max(after.due_on - (review.id + INTO_DAY) // MS_PER_DAY, 1)


def expected(log: Sequence[Review]) -> list[Line]:
    last: dict[int, Review] = {}
    lines = []
    for review in sorted(log, key=lambda each: each.id):
        lines.append(line(review, last.get(review.card_id)))
        last[review.card_id] = review
    return lines


FEW = st.integers(0, 3)
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(CardState),
    st.none() | st.integers(10 * MS_PER_DAY, 14 * MS_PER_DAY),
    st.none() | st.integers(8, 14) | st.just(LATE),
    FEW | st.just(LATE),
    st.sampled_from((0, 1300, 70_000)),
    FEW,
    FEW,
    FEW,
)


@st.composite
def logs(draw: st.DrawFn) -> list[Review]:
    """Of three cards, in any order, mostly so that each grade finds what the last one left."""
    ids = draw(st.lists(st.integers(9 * MS_PER_DAY, 13 * MS_PER_DAY), unique=True, max_size=20))
    left: dict[int, Schedule] = {}
    log = []
    for at in sorted(ids):
        card = draw(st.integers(1, 3))
        before = draw(st.sampled_from((left.get(card, NEW_SCHEDULE),) * 3) | SCHEDULES)
        left[card] = draw(SCHEDULES)
        grade = draw(st.sampled_from(Grade))
        log.append(Review(at, card, grade, draw(FEW), before, left[card]))
    return log


@settings(max_examples=150, deadline=None)
@given(log=logs(), card_ids=st.none() | st.sets(st.integers(0, 4)))
def test_the_numbers_of_a_log(
    shared: Database, log: list[Review], card_ids: set[int] | None
) -> None:
    fill(shared, log)
    chosen = None if card_ids is None else sorted(card_ids)
    wanted = [each for each in expected(log) if card_ids is None or each[-1] in card_ids]
    assert copied(shared, chosen) == wanted


def review(at: int) -> Review:
    return Review(at, 1, Grade.GOOD, 0, NEW_SCHEDULE, Schedule(CardState.REVIEW, None, 20, 5))


def count(run: sqlite3.Connection) -> int:
    return int(run.execute(f"SELECT count(*) FROM {LOG_LINES}").fetchone()[0])


def test_what_is_graded_meanwhile_is_not_copied(database: Database) -> None:
    fill(database, [review(1)])
    with closing(Snapshot(database.path)) as snapshot, snapshot.read_and_copy() as (tx, copying):
        with database.change("grade", 2) as change:
            reviews.add(change, review(2))
        with outgoing_log.into(made(database), copying, None, INTO_DAY) as run:
            run.execute("CREATE TABLE made.first (id)")
            with database.change("grade", 3) as change:
                reviews.add(change, review(3))
            assert count(run) == 1
        assert [each.id for each in reviews.of_card(tx, 1)] == [1]


def test_a_change_before_the_state_is_kept_is_known(database: Database) -> None:
    """Then a transaction that has begun before it would see another state."""
    fill(database, [review(1)])
    with closing(Snapshot(database.path)) as snapshot, snapshot.read_and_copy() as (_, copying):
        before = copying.version()
        assert copying.keep() == before
        with database.change("grade", 2) as change:
            reviews.add(change, review(2))
        assert copying.version() == before, "what is kept does not change"
        assert copying.keep() != before


def test_the_collection_cannot_be_changed(database: Database) -> None:
    fill(database, [review(1)])
    with (
        closing(Snapshot(database.path)) as snapshot,
        snapshot.read_and_copy() as (_, copying),
        outgoing_log.into(made(database), copying, None, INTO_DAY) as run,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        run.execute("DELETE FROM collection.reviews")


def test_nothing_stays_beside_the_collection(path: Path) -> None:
    with closing(Database.open(path, MIGRATIONS, "a test")) as database:
        fill(database, [review(1)])
    with closing(Database.open(path, MIGRATIONS, "a test")):
        before = {each.name for each in path.parent.iterdir()}
    with closing(Snapshot(path)) as snapshot, snapshot.read_and_copy() as (_, copying):
        with outgoing_log.into(path.with_name("copy.db"), copying, None, INTO_DAY) as run:
            run.execute("CREATE TABLE made.first (id)")
        path.with_name("copy.db").unlink()
    assert {each.name for each in path.parent.iterdir()} <= before - {"collection.db-wal"}
