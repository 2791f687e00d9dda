"""What a session and a week came to, in a sentence: facts to act on, neither praise nor blame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from studyapp.domain.landscape import RegionKind
from studyapp.scheduling.time_budget import Pace
from studyapp.statistics.forecast import ComingDay
from studyapp.statistics.page import Page
from studyapp.statistics.retention import Retention
from studyapp.statistics.weakness import Region

WEEK: Final = 7
_ENOUGH: Final = 20
"""Due reviews; of fewer a share in per cent says more than is known."""
_MS_PER_MINUTE: Final = 60_000


def of_today(page: Page, weakest: Region | None) -> str:
    """After a session: today's retention, the weakest region of the page's span, and tomorrow."""
    today = page.retention[0]
    parts = [*_retained(today), *_weakest(page, weakest)]
    parts.append(f"tomorrow {_coming(page.forecast.days[1:2], page.pace)}")
    return _sentence(parts)


def of_week(page: Page, weakest: Region | None) -> str:
    """Of a page of seven days: what was done and recalled, and what the next week holds."""
    done = page.span
    if not done.reviews:
        parts = ["no reviews in the last 7 days"]
    else:
        took = _minutes(done.took_ms)
        parts = [f"in the last 7 days {_number(done.reviews, 'review')} in {took}"]
        parts += [*_retained(page.retained), *_weakest(page, weakest)]
    parts.append(f"the next 7 days bring {_coming(page.forecast.days[:WEEK], page.pace)}")
    return _sentence(parts)


def _retained(retained: Retention) -> list[str]:
    if not retained.due:
        return []
    if retained.due < _ENOUGH:
        return [f"{retained.passed} of {_number(retained.due, 'due card')} recalled"]
    share = retained.passed / retained.due
    return [f"retention {100 * share:.0f} % of {100 * retained.aim:.0f} % aimed at"]


def _weakest(page: Page, region: Region | None) -> list[str]:
    if region is None:
        return []
    name = region.name.replace("::", " › ")
    span = f"{page.days} days" if page.days else "all"
    kind = "deck" if region.kind is RegionKind.DECK else "region"
    return [f"{name} is your weakest {kind} ({100 * region.recalled:.0f} % in {span})"]


def _coming(days: Sequence[ComingDay], pace: Pace) -> str:
    reviews, new = sum(day.reviews for day in days), sum(day.new for day in days)
    if not reviews + new:
        return "no cards"
    took = reviews * pace.review_ms + new * pace.new_card_ms
    return f"{_number(reviews + new, 'card')}, about {_minutes(took)}"


def _minutes(ms: int) -> str:
    """Such as "9 minutes", "1 h 20 min"."""
    minutes = max(round(ms / _MS_PER_MINUTE), 1)
    if minutes < 60:
        return _number(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def _number(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
