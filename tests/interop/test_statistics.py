"""The figures of a random log equal those of Anki's graphs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from anki.stats_pb2 import GraphsResponse

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import study_moment
from studyapp.services.statistics import Scope, Statistics
from studyapp.statistics.page import Page
from studyapp.statistics.reviews import Kind
from studyapp.store.database import Database
from tests.interop.anki_graphs import AnkiGraphs
from tests.statistics.any_history import any_history, fill
from tests.store.conftest import MIGRATIONS

SPANS = {"one_month": 30, "three_months": 90, "one_year": 365, "all_time": None}
_RETENTION = {
    "today": "today",
    "yesterday": "yesterday",
    "7 days": "week",
    "30 days": "month",
    "365 days": "year",
    "all": "all_time",
}


@pytest.mark.parametrize("seed", range(2))
def test_all_figures_are_ankis(tmp_path: Path, seed: int) -> None:
    with closing(AnkiGraphs(tmp_path / "anki.anki2")) as anki:
        instant = anki.instant()
        moment = study_moment(instant, 4)
        made = any_history(Random(seed), moment, cards=60, reviews=900)  # noqa: S311
        anki.fill(made, moment)
        with closing(Database.open(tmp_path / "ours.db", MIGRATIONS, "a test")) as database:
            fill(database, made)
            statistics = Statistics(database.path, lambda: instant, DayOptions())
            with closing(statistics):
                pages = {name: statistics.page(Scope(), days) for name, days in SPANS.items()}
                part = statistics.page(Scope(deck="A"), None)
        compare(pages, anki.graphs())
        compare({"all_time": part}, anki.graphs("deck:A"))


def compare(pages: dict[str, Page], theirs: GraphsResponse) -> None:
    page = pages["all_time"]
    _today(page, theirs)
    _reviews(page, theirs)
    _cards(page, theirs)
    _coming(page, theirs)
    for each in page.retention:
        their = getattr(theirs.true_retention, _RETENTION[each.name])
        assert (each.young_passed, each.young, each.mature_passed, each.mature) == (
            their.young_passed,
            their.young_passed + their.young_failed,
            their.mature_passed,
            their.mature_passed + their.mature_failed,
        ), each.name
    for name, ours in pages.items():
        hours = getattr(theirs.hours, name)
        assert [(h.reviews, h.passed) for h in ours.hours] == [(h.total, h.correct) for h in hours]
        buttons = getattr(theirs.buttons, name)
        assert ours.grades.learning == tuple(buttons.learning)
        assert ours.grades.young == tuple(buttons.young)
        assert ours.grades.mature == tuple(buttons.mature)


def _today(page: Page, theirs: GraphsResponse) -> None:
    today, done = theirs.today, page.today
    assert (done.reviews, done.took_ms, done.passed, done.mature, done.mature_passed) == (
        today.answer_count,
        today.answer_millis,
        today.correct_count,
        today.mature_count,
        today.mature_correct,
    )
    kinds = done.by_kind
    assert (
        kinds[Kind.LEARNING],
        kinds[Kind.RELEARNING],
        kinds[Kind.YOUNG] + kinds[Kind.MATURE],
        kinds[Kind.EARLY],
    ) == (today.learn_count, today.relearn_count, today.review_count, today.early_review_count)


def _reviews(page: Page, theirs: GraphsResponse) -> None:
    counts = {day.day - page.day: day.reviews for day in page.reviews}
    times = {day.day - page.day: day.took_ms for day in page.reviews}
    assert counts == {
        day: (each.learn, each.relearn, each.young, each.mature, each.filtered)
        for day, each in theirs.reviews.count.items()
    }
    assert times == {
        day: (each.learn, each.relearn, each.young, each.mature, each.filtered)
        for day, each in theirs.reviews.time.items()
    }


def _cards(page: Page, theirs: GraphsResponse) -> None:
    assert page.intervals == dict(theirs.intervals.intervals)
    assert page.eases == dict(theirs.eases.eases)
    assert {day - page.day: n for day, n in page.added.items()} == dict(theirs.added.added)
    counts = theirs.card_counts.excluding_inactive
    assert [getattr(page.stock, name) for name in page.stock.__slots__] == [
        counts.newCards,
        counts.learn,
        counts.relearn,
        counts.young,
        counts.mature,
        counts.suspended,
        counts.buried,
    ]


def _coming(page: Page, theirs: GraphsResponse) -> None:
    due = dict(theirs.future_due.future_due)
    overdue = sum(count for ahead, count in due.items() if ahead < 0)
    days = {day.ahead: day.due for day in page.forecast.days if day.due}
    first = days.pop(0, 0)
    assert days == {ahead: count for ahead, count in due.items() if ahead > 0}
    assert first == due.get(0, 0) + overdue
    assert theirs.future_due.have_backlog == bool(overdue)
