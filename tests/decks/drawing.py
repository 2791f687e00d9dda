"""Reads a picture as its viewer sees it: labels, what is behind them, lines that cross them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist
from xml.etree import ElementTree as Tree

Point = tuple[float, float]

NAMESPACE = "{http://www.w3.org/2000/svg}"
LETTERS = {" .,:;|'ijl": 0.34, "()[]frt": 0.42, "mwMW@%=+−<>≈×∝∇θ": 0.9}
CAPITAL, OTHER = 0.78, 0.66
"""Widths in units of the type size, a little more than those of DejaVu Sans, a wide face."""
BOLD = 1.1

_PAIR = re.compile(r"([MLQ ])(-?[\d.]+) (-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class Label:
    """Words and the space that they take, in pixels."""

    words: str
    order: int
    """How many elements are drawn before."""
    colour: str
    size: float
    left: float
    right: float
    baseline: float

    def covers(self, point: Point) -> bool:
        """Whether a point lies within the letters."""
        x, y = point
        return self.left < x < self.right and 0.1 * self.size < self.baseline - y < 0.7 * self.size

    def overlaps(self, other: Label) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        apart = abs(self.baseline - other.baseline)
        return not beside and apart < 0.9 * max(self.size, other.size)

    def sample(self) -> list[Point]:
        """Points along the middle of the letters."""
        middle = self.baseline - 0.35 * self.size
        return [(self.left + (self.right - self.left) * i / 8, middle) for i in range(1, 8)]


@dataclass(frozen=True, slots=True)
class Drawing:
    root: Tree.Element
    elements: tuple[Tree.Element, ...]
    """In the order in which they are drawn, those of groups too."""

    def labels(self) -> list[Label]:
        parents = {child: parent for parent in self.root.iter() for child in parent}
        return [
            _label(element, parents[element], order)
            for order, element in enumerate(self.elements)
            if element.tag == "text"
        ]

    def behind(self, point: Point, first: int, last: int) -> str | None:
        """The colour of the topmost shape at a point, among the elements from first to last."""
        found = [
            element.attrib["fill"]
            for element in self.elements[first:last]
            if "fill" in element.attrib and _covers(element, point)
        ]
        return found[-1] if found else None

    def crossing(self, label: Label, unless: str) -> Iterator[str]:
        """The paths whose stroke is seen to run through a label, but for those of one colour."""
        for order, element in enumerate(self.elements):
            if element.tag != "path" or element.get("stroke", unless) == unless:
                continue
            for point in filter(label.covers, _stroke(element.attrib["d"])):
                if order > label.order or not self.behind(point, order + 1, label.order):
                    yield element.attrib["d"]
                    break


def read(text: str) -> Drawing:
    root = Tree.fromstring(text)  # noqa: S314 - our own files
    for element in root.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
    drawn = tuple(element for element in root.iter() if element.tag not in {"svg", "g"})
    return Drawing(root, drawn)


def _label(element: Tree.Element, parent: Tree.Element, order: int) -> Label:
    given = {**parent.attrib, **element.attrib}
    words = "".join(element.itertext())
    size = float(given["font-size"])
    width = size * sum(map(_width, words)) * (BOLD if "font-weight" in given else 1)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[given.get("text-anchor", "start")]
    left = float(given["x"]) - share * width
    return Label(words, order, given["fill"], size, left, left + width, float(given["y"]))


def _width(letter: str) -> float:
    other = CAPITAL if letter.isupper() else OTHER
    return next((width for letters, width in LETTERS.items() if letter in letters), other)


def _covers(element: Tree.Element, point: Point) -> bool:
    names = "x", "y", "width", "height", "cx", "cy", "r"
    x, y, width, height, *centre, radius = (float(element.get(name, "0")) for name in names)
    if element.tag == "rect":
        return x <= point[0] <= x + width and y <= point[1] <= y + height
    if element.tag == "circle":
        return dist(point, centre) <= radius
    return element.tag == "path" and _within(point, _corners(element.attrib["d"]))


def _corners(data: str) -> list[Point]:
    return [(float(x), float(y)) for _, x, y in _PAIR.findall(data)]


def _within(point: Point, corners: list[Point]) -> bool:
    """Whether a ray from the point crosses the polygon's edges an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        if (y1 > point[1]) != (y2 > point[1]):
            inside ^= point[0] < x1 + (point[1] - y1) * (x2 - x1) / (y2 - y1)
    return inside


def _stroke(data: str) -> Iterator[Point]:
    """Points along a path's lines and curves, about a pixel apart."""
    for part in data.split("M")[1:]:
        if "Q" in part:
            yield from _curve(*_corners("M" + part))
        else:
            corners = _corners("M" + part)
            for start, end in pairwise([*corners, *(corners[:1] if "Z" in part else [])]):
                yield from _curve(start, start, end)


def _curve(start: Point, bend: Point, end: Point) -> Iterator[Point]:
    steps = ceil(dist(start, bend) + dist(bend, end)) + 1
    for share in (step / steps for step in range(steps + 1)):
        first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
        x, y = (first * start[i] + second * bend[i] + third * end[i] for i in (0, 1))
        yield x, y
