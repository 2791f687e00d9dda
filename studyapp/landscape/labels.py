"""Which names of regions stand where, so that none covers another, at any zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from studyapp.domain.landscape import Label, Region, RegionKind, View

Measure: TypeAlias = Callable[[str, float], float]
"""Width in pixels of a text in one line, set so that the line has this height in pixels."""

_HEIGHTS = (26.0, 21.0, 17.0)
"""Of lines: of the highest decks, of those below them, of all others."""
_TAG_HEIGHT = 15.0
_SMALLEST = 0.55
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
        if _is_wanted(region, view, width_of):
            free = (label for label in _tried(region, view, width_of) if _is_free(label, placed))
            placed.extend([label for label in (next(free, None),) if label is not None])
    around = [region for region in regions if _is_around(region, view)]
    if around and not any(label.region.kind is RegionKind.DECK for label in placed):
        _put_at_the_top(around[-1], view, width_of, placed)
    return placed


def height_of(region: Region) -> float:
    """Pixels that the line with its name has."""
    if region.kind is RegionKind.TAG:
        return _TAG_HEIGHT
    return _HEIGHTS[min(region.depth, len(_HEIGHTS) - 1)]


def _is_wanted(region: Region, view: View, width_of: Measure) -> bool:
    across = 2 * region.radius * view.scale
    if across > _LARGEST * max(view.width, view.height):
        return False
    return across >= _SMALLEST * width_of(region.title, height_of(region))


def _is_around(region: Region, view: View) -> bool:
    """Whether the middle of the view is within a deck that is wider than the view."""
    if region.kind is not RegionKind.DECK or 2 * region.radius * view.scale < view.width:
        return False
    away_x = view.x + view.width / view.scale / 2 - region.x
    away_y = view.y + view.height / view.scale / 2 - region.y
    return away_x**2 + away_y**2 <= region.radius**2


def _tried(region: Region, view: View, width_of: Measure) -> Iterator[Label]:
    height = height_of(region)
    width = width_of(region.title, height)
    middle_x = (region.x - view.x) * view.scale
    middle_y = (region.y - view.y) * view.scale
    reach = region.radius * view.scale
    for shift in _SHIFTS:
        if abs(shift * height) <= reach:
            label = Label(
                region, middle_x - width / 2, middle_y + (shift - 0.5) * height, width, height
            )
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
