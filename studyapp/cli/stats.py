"""`studyapp stats`: the figures of a collection, or of a part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from studyapp.domain.study_day import day_to_date
from studyapp.services.statistics import Scope, Statistics
from studyapp.statistics.done import ReviewDay
from studyapp.statistics.page import Page
from studyapp.statistics.retention import Retention
from studyapp.statistics.reviews import Kind

_MS_PER_MINUTE = 60_000


def told(statistics: Statistics, scope: Scope, days: int | None, *, as_json: bool) -> str:
    """The figures, as text or as JSON; raises NotFound for an unknown deck, QueryError."""
    page = statistics.page(scope, days)
    if as_json:
        return json.dumps(_as_json(page), indent=2, ensure_ascii=False)
    return "\n".join([*_as_text(page), "", statistics.week(scope)])


def _as_text(page: Page) -> list[str]:
    span, stock = page.span, page.stock
    named = f"{page.days} days" if page.days else "All"
    coming = page.forecast.days
    week = sum(day.due for day in coming[:7])
    lines = [
        f"{'Today':12}{_done(page.today.reviews, page.today.took_ms)}",
        f"{named:12}{_done(span.reviews, span.took_ms)}",
        f"{'Cards':12}{stock.new:,} new, {stock.learning + stock.relearning:,} learning,"
        f" {stock.young:,} young, {stock.mature:,} mature, {stock.suspended:,} suspended,"
        f" {stock.buried:,} buried",
        f"{'Due':12}{coming[0].due:,} today (backlog {page.forecast.backlog:,}),"
        f" {sum(day.due for day in coming[1:2]):,} tomorrow, {week:,} in 7 days",
        "",
        f"{'Retention':12}{'young':>16}{'mature':>16}{'all':>16}{'aim':>8}",
        *(_retention(each) for each in page.retention),
    ]
    return [*lines, "", *_calibration(page)]


def _done(reviews: int, took_ms: int) -> str:
    return f"{reviews:,} reviews in {took_ms / _MS_PER_MINUTE:,.0f} min"


def _retention(each: Retention) -> str:
    cells = (
        _share(each.young_passed, each.young),
        _share(each.mature_passed, each.mature),
        _share(each.passed, each.due),
    )
    return f"{each.name:12}{''.join(f'{cell:>16}' for cell in cells)}{each.aim:8.0%}"


def _share(passed: int, due: int) -> str:
    return f"{passed / due:.1%} of {due:,}" if due else "–"


def _calibration(page: Page) -> list[str]:
    if not page.calibration:
        return []
    return [
        f"{'predicted':>10}{'recalled':>10}{'reviews':>10}",
        *(f"{e.predicted:10.1%}{e.recalled:10.1%}{e.reviews:10,}" for e in page.calibration),
    ]


def _as_json(page: Page) -> dict[str, object]:
    """Study days are dates in ISO 8601, shares are 0 to 1, times are in ms."""
    return {
        **asdict(page),
        "day": _date(page.day),
        "calendar": [_day(each) for each in page.calendar],
        "reviews": [_day(each) for each in page.reviews],
        "today": asdict(page.today) | {"by_kind": _by_kind(page.today.by_kind)},
        "span": asdict(page.span) | {"by_kind": _by_kind(page.span.by_kind)},
        "added": {_date(day): count for day, count in page.added.items()},
        "difficulties": _tenths(page.difficulties),
    }


def _day(each: ReviewDay) -> dict[str, object]:
    return {
        "day": _date(each.day),
        "reviews": _by_kind(each.reviews),
        "took_ms": _by_kind(each.took_ms),
    }


def _by_kind(numbers: tuple[int, ...]) -> dict[str, int]:
    return {kind.name.lower(): numbers[kind] for kind in Kind}


def _date(day: int) -> str:
    return day_to_date(day).isoformat()


def _tenths(counts: Mapping[int, int]) -> dict[str, int]:
    return {f"{tenths / 10:.1f}": count for tenths, count in counts.items()}
