"""Which names of regions stand where, so that none covers another, at any zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from studyapp.domain.landscape import Label, Region, RegionKind, View

Measure: TypeAlias = Callable[[str, float], float]
"""Width in pixels of a text in one line, set so that the line has this height in pixels."""

_HEIGHTS = (26.0, 21.0, 17.0)
"""Of lines: of the highest decks, of those below them, of all others."""
_TAG_HEIGHT = 15.0
"""Of tags; nothing is smaller."""
_PARTS = (1.0, 0.85, 0.7, 0.5)
"""Parts of its usual height in which a name is tried."""
_SMALLEST = {RegionKind.DECK: 0.35, RegionKind.TAG: 0.55}
"""A name is shown once its region is so many times as wide as the name."""
_LARGEST = 3.0
"""It is not shown any more once its region is so many times as wide as the view."""
_GAP = 4.0
"""Pixels that stay free around a name."""
_SHIFTS = (0.0, -1.2, 1.2, -2.4, 2.4)
"""Where a name is tried: so many line heights below the middle of its region."""


def labels(regions: Sequence[Region], view: View, width_of: Measure) -> list[Label]:
    """Names for a view; of two that are in each other's way the more important one stays.

    `regions`: the most important first. Where the view lies within a region and shows none other,
    that region's name stands at the top.
    """
    placed: list[Label] = []
    for region in regions:
        height = _fitting_height(region, view, width_of)
        if height is not None:
            tried = _tried(region, view, width_of(region.title, height), height)
            free = (label for label in tried if _is_free(label, placed))
            placed.extend(islice(free, 1))
    around = [region for region in regions if _is_around(region, view)]
    if around and not any(label.region.kind is RegionKind.DECK for label in placed):
        _put_at_the_top(around[-1], view, width_of, placed)
    return placed


def height_of(region: Region) -> float:
    """Pixels that the line with its name has where there is room."""
    if region.kind is RegionKind.TAG:
        return _TAG_HEIGHT
    return _HEIGHTS[min(region.depth, len(_HEIGHTS) - 1)]


def _fitting_height(region: Region, view: View, width_of: Measure) -> float | None:
    """The largest in which the name fits its region; None: it is not shown in this view."""
    across = 2 * region.radius * view.scale
    if across > _LARGEST * max(view.width, view.height):
        return None
    usual = height_of(region)
    heights = (max(usual * part, _TAG_HEIGHT) for part in _PARTS)
    share = _SMALLEST[region.kind]
    fitting = (each for each in heights if across >= share * width_of(region.title, each))
    return next(fitting, None)


def _is_around(region: Region, view: View) -> bool:
    """Whether the middle of the view is within a deck that is wider than the view."""
    if region.kind is not RegionKind.DECK or 2 * region.radius * view.scale < view.width:
        return False
    away_x = view.x + view.width / view.scale / 2 - region.x
    away_y = view.y + view.height / view.scale / 2 - region.y
    return away_x**2 + away_y**2 <= region.radius**2


def _tried(region: Region, view: View, width: float, height: float) -> Iterator[Label]:
    middle_x = (region.x - view.x) * view.scale
    middle_y = (region.y - view.y) * view.scale
    if not (0 <= middle_x <= view.width and 0 <= middle_y <= view.height):
        return
    reach = region.radius * view.scale
    left = min(max(middle_x - width / 2, 0), view.width - width)
    for shift in _SHIFTS:
        if abs(shift * height) <= reach:
            label = Label(region, left, middle_y + (shift - 0.5) * height, width, height)
            if _is_within(label, view):
                yield label


def _put_at_the_top(region: Region, view: View, width_of: Measure, placed: list[Label]) -> None:
    height = height_of(region)
    width = width_of(region.title, height)
    top = Label(region, (view.width - width) / 2, _GAP, width, height)
    placed[:] = [label for label in placed if _is_free(label, [top])]
    placed.append(top)


def _is_within(label: Label, view: View) -> bool:
    return (
        label.left >= 0
        and label.top >= 0
        and label.left + label.width <= view.width
        and label.top + label.height <= view.height
    )


def _is_free(label: Label, placed: Sequence[Label]) -> bool:
    return not any(
        label.left < other.left + other.width + _GAP
        and other.left < label.left + label.width + _GAP
        and label.top < other.top + other.height + _GAP
        and other.top < label.top + label.height + _GAP
        for other in placed
    )
