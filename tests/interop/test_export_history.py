"""Schedules, presets and the log that the real Anki has after importing a package of ours."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import LeechAction, Mix, NewGather, NewSort, Preset, ReviewOrder
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant, study_moment
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.sm2 import answer, answers
from tests.interop.anki_profile import AnkiProfile
from tests.interop.export_collection import HOUR, Ours, Row, logged_interval, moment, now

CASES = int(os.environ.get("STUDYAPP_EXPORT_CASES", "12"))
ODD = Preset(
    "Odd", (7, 59, 3600, 172_800), 3, 9, 2310, 1150, 1450, 930, 400, (61, 86_400), 350, 2, 33,
    reviews_per_day=77, bury_new_siblings=False, answer_cap_ms=12_500,
    new_gather_priority=NewGather.DECK_THEN_RANDOM_NOTES, new_sort_order=NewSort.RANDOM_CARD,
    new_mix=Mix.BEFORE_REVIEWS, interday_learning_mix=Mix.AFTER_REVIEWS,
    review_order=ReviewOrder.RELATIVE_OVERDUENESS, leech_threshold=5,
    leech_action=LeechAction.SUSPEND, desired_retention_permille=870,
    easy_days_percent=(100, 100, 50, 100, 100, 0, 100),
)  # fmt: skip
PRESETS = (Preset("Usual"), ODD)


def history(random: Random, preset: Preset, length: int) -> tuple[Schedule, tuple[Review, ...]]:
    """A card that was graded so often, each time when it was due or later."""
    ids = (now().at - 700 * MS_PER_DAY) + random.randrange(10**9)
    clock = Instant(ids, now().utc_offset_ms)
    schedule, log = NEW_SCHEDULE, []
    for _ in range(length):
        if clock.at > now().at - 60_000:
            break
        then = study_moment(clock, HOUR)
        grade = random.choice([Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.EASY])
        after = answer(schedule, grade, preset, then, fuzz_of(random.randrange(99), schedule.reps))
        log.append(Review(clock.at, 0, grade, random.randrange(60_000), schedule, after))
        schedule = after
        wait = (after.due_on or then.day) - then.day
        at = clock.at + wait * MS_PER_DAY if after.due_at is None else after.due_at
        clock = replace(clock, at=at + random.randrange(5, MS_PER_DAY // 4))
    return schedule, tuple(log)


def collection(seed: int, size: int) -> list[Row]:
    random = Random(seed)  # noqa: S311
    rows = []
    for _ in range(size):
        deck = random.randrange(len(PRESETS))
        schedule, log = history(random, PRESETS[deck], random.choice([0, 1, 2, 3, 5, 8, 20]))
        rows.append(
            Row(
                schedule,
                suspended=random.random() < 0.15,
                buried=random.random() < 0.1,
                flag=random.choice([0, 0, 0, 1, 7]),
                deck=deck,
                log=log,
            )
        )
    return rows


_folders = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def new_folder(folder: Path) -> Path:
    made = folder / str(next(_folders))
    made.mkdir()
    return made


@settings(
    max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 40))
def test_any_collection_arrives_as_it_is(folder: Path, seed: int, size: int) -> None:
    place = new_folder(folder)
    package = place / "package.apkg"
    with closing(Ours(place, PRESETS)) as ours, closing(AnkiProfile(new_folder(folder))) as anki:
        ours.fill(collection(seed, size))
        report = ours.export(package)
        anki.import_package(package, progress=True)
        assert report.preview.reviews == len(ours.log())
        assert_same_cards(ours, anki)
        assert_same_log(ours, anki)
        assert_same_answers(ours, anki)
        assert anki.sound()


def assert_same_cards(ours: Ours, anki: AnkiProfile, *, whole: bool = False) -> None:
    shift = moment().day - anki.collection.sched.today
    for key, (schedule, suspended, flag) in ours.cards().items():
        card = anki.cards(key)[0]
        found = (int(card.type), card.ivl, card.factor, card.reps, card.lapses, card.left)
        assert found == (
            int(schedule.state),
            schedule.interval_days,
            schedule.ease_permille,
            schedule.reps,
            schedule.lapses,
            schedule.steps_left,
        ), key
        waits = not whole and card.queue in (-1, -3) and schedule.state is not CardState.REVIEW
        if schedule.due_on is not None and waits:
            assert card.due == start_of_day(schedule.due_on), "as soon as its day begins"
        elif schedule.due_on is not None:
            assert card.due + shift == schedule.due_on
        elif schedule.due_at is not None:
            assert card.due == schedule.due_at // 1000
        assert (card.queue == -1, card.user_flag()) == (suspended, flag)


def start_of_day(day: int) -> int:
    """In seconds since the epoch."""
    return (day * MS_PER_DAY + HOUR * MS_PER_HOUR - now().utc_offset_ms) // 1000


def assert_same_log(ours: Ours, anki: AnkiProfile) -> None:
    db = anki.collection.db
    assert db is not None
    of_cards = "SELECT c.id, n.guid FROM cards c JOIN notes n ON n.id = c.nid"
    keys = {int(card_id): str(guid) for card_id, guid in db.execute(of_cards)}
    columns = "id, cid, ease, ivl, factor, time, type"
    found = {row[0]: row for row in db.execute(f"SELECT {columns} FROM revlog")}
    types = {CardState.NEW: 0, CardState.LEARNING: 0, CardState.REVIEW: 1, CardState.RELEARNING: 2}
    log = ours.log()
    assert found.keys() == log.keys()
    for review_id, (key, review) in log.items():
        _, card_id, *rest = found[review_id]
        ease = review.after.ease_permille
        assert keys[card_id] == key
        assert rest == [
            int(review.grade),
            logged_interval(review),
            0 if review.after.state is CardState.LEARNING else ease,
            review.took_ms,
            types[review.before.state],
        ]


def assert_same_answers(ours: Ours, anki: AnkiProfile) -> None:
    """What each grade would give to cards that are due."""
    with ours.database.read() as tx:
        sql = "SELECT n.key, c.deck_id FROM cards c JOIN notes n ON n.id = c.note_id"
        decks = {row.key: row.deck_id for row in tx.exec_driver_sql(sql)}
    for key, (schedule, _, _) in ours.cards().items():
        today = moment()
        if schedule.due_on is not None and schedule.due_on > today.day:
            continue
        states = anki.collection._backend.get_scheduling_states(anki.cards(key)[0].id)
        offered = (states.again, states.hard, states.good, states.easy)
        expected = answers(schedule, PRESETS[decks[key] - 2], today)
        for after, state in zip(expected.values(), offered, strict=True):
            normal = state.normal
            kind = normal.WhichOneof("kind")
            if after.state is CardState.REVIEW:
                assert (kind, normal.review.scheduled_days) == ("review", after.interval_days)
                assert round(normal.review.ease_factor * 1000) == after.ease_permille
                continue
            learning = normal.learning if kind == "learning" else normal.relearning.learning
            assert learning.remaining_steps == after.steps_left
            if after.due_at is not None:
                assert learning.scheduled_secs == (after.due_at - today.at) // 1000


def test_last_intervals_chain(folder: Path) -> None:
    place = new_folder(folder)
    with closing(Ours(place, PRESETS)) as ours, closing(AnkiProfile(new_folder(folder))) as anki:
        ours.fill(collection(5, 30))
        ours.export(place / "package.apkg")
        anki.import_package(place / "package.apkg", progress=True)
        db = anki.collection.db
        assert db is not None
        last: dict[int, int] = {}
        for card_id, interval, before in db.execute(
            "SELECT cid, ivl, lastIvl FROM revlog ORDER BY id"
        ):
            expected = last.get(card_id, 0)
            assert before == expected or (before > 0 and expected < 0)
            last[card_id] = interval
        assert len(last) > 20
