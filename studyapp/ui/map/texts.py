"""What is told in words of a note on the map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from studyapp.domain.cards import CardState
from studyapp.domain.landscape import Landscape, Place
from studyapp.domain.query import Column
from studyapp.rendering.plain import one_line
from studyapp.services.finding import Row
from studyapp.ui.map.marks import LEVELS, Fill
from studyapp.ui.map.survey import Survey
from studyapp.ui.result_cells import Seen, cell
from studyapp.ui.spans import counted


def percent(part: float) -> str:
    """Such as "83 %"."""
    return f"{100 * part:.0f} %"


LEVEL_NAMES: Sequence[tuple[Fill, str]] = (
    (Fill.RECALL_0, f"below {percent(LEVELS[0])}"),
    *((Fill(number), f"from {percent(bound)}") for number, bound in enumerate(LEVELS, 1)),
)
STATE_NAMES: Sequence[tuple[Fill, str]] = (
    (Fill.UNKNOWN, "in its first steps"),
    (Fill.NEW, "new"),
    (Fill.SUSPENDED, "suspended"),
)
_MOST_NAMED = 3
"""Linked notes that are named."""
_LONGEST_NAME = 56
_OF_NOTE = (("Deck", Column.DECK), ("Tags", Column.TAGS))
_OF_CARD = (
    ("State", Column.STATE),
    ("Due", Column.DUE),
    ("Interval", Column.INTERVAL),
    ("Reviews", Column.REPS),
    ("Lapses", Column.LAPSES),
)


def title_of(place: Place) -> str:
    """The front as plain text; found when it is asked for, as that takes a while for many notes."""
    return _plain(place.title)


@lru_cache(maxsize=20_000)
def _plain(title: str) -> str:
    return one_line(title)


def state_of(place: Place) -> str:
    """In a few words what the drawing tells: "83 % likely recalled, due today"."""
    if place.is_suspended:
        return "suspended"
    if place.is_new:
        known = "new"
    elif place.recall is None:
        known = "in its first steps"
    else:
        known = f"{percent(place.recall)} likely recalled"
    parts = [known, "due today" if place.is_due and not place.is_new else ""]
    return ", ".join(part for part in [*parts, "" if place.is_linked else "no links"] if part)


def facts(place: Place, cards: Sequence[Row], seen: Seen) -> list[tuple[str, str]]:
    """What a note and each of its cards tell, with names; without what there is nothing to tell of.

    Of a single card each fact has a line; of several each card has one.
    """
    if not cards:
        return []
    told = [("Now", state_of(place))]
    told += [(name, cell(cards[0], column, seen)) for name, column in _OF_NOTE]
    if len(cards) == 1:
        told += [(name, cell(cards[0], column, seen)) for name, column in _OF_CARD]
    else:
        told += [(cell(card, Column.CARD, seen), _in_a_line(card, seen)) for card in cards]
    return [(name, value) for name, value in told if value]


def _in_a_line(card: Row, seen: Seen) -> str:
    """Such as "Review, due Tomorrow, interval 4 d, 6 reviews, 1 lapse"."""
    schedule = card.schedule
    due, interval = cell(card, Column.DUE, seen), cell(card, Column.INTERVAL, seen)
    parts = [cell(card, Column.STATE, seen)]
    parts += [f"due {due}"] if due and schedule.state is not CardState.NEW else []
    parts += [f"interval {interval}"] if interval else []
    parts += [counted(schedule.reps, "review")] if schedule.reps else []
    parts += [counted(schedule.lapses, "lapse")] if schedule.lapses else []
    return ", ".join(parts)


def links_of(landscape: Landscape, survey: Survey, index: int) -> list[tuple[str, str]]:
    """The notes that a note links to, and those that link to it, by name."""
    links = [landscape.links[each] for each in survey.links_of(index).tolist()]
    to = [link.target for link in links if link.source == index]
    by = [link.source for link in links if link.target == index]
    named = (("Links to", to), ("Linked from", by))
    return [(name, _named(landscape, found)) for name, found in named if found]


def shortened(name: str) -> str:
    """The beginning of a long name."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _named(landscape: Landscape, indexes: Sequence[int]) -> str:
    names = [shortened(title_of(landscape.places[index])) for index in indexes[:_MOST_NAMED]]
    more = len(indexes) - len(names)
    return "; ".join([*names, *([f"{more} more"] if more else [])])
