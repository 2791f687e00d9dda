"""A small canvas: shapes and labels in, the text of an SVG out.

A picture stands in a card as an image and cannot know the card's theme. So it brings its own light
panel, and its ink comes from the light theme, whose colours are readable on that panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from xml.etree import ElementTree as Tree

from studyapp.rendering.design import LIGHT

Point = tuple[float, float]
"""x to the right and y downwards, in pixels."""

PANEL = LIGHT.rail
PAPER = LIGHT.surface
TEXT = LIGHT.text
MUTED = LIGHT.muted
FAINT = "#b9b3a5"
BLUE = LIGHT.accent
RED = LIGHT.learning
GREEN = LIGHT.due

BODY = 15
SMALL = 13
"""The smallest text at 1:1, in pixels."""
_SUBSCRIPT = re.compile(r"_(\w|\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn."""

    colour: str = TEXT
    width: float = 2
    dash: str = ""
    """Lengths of stroke and gap in turn, as SVG writes them; empty for a solid line."""

    @property
    def head(self) -> float:
        """Length of an arrow's head, in pixels."""
        return 6 + 1.6 * self.width

    def attributes(self) -> dict[str, str]:
        shown = {"stroke": self.colour, "stroke-width": number(self.width)}
        return shown | ({"stroke-dasharray": self.dash} if self.dash else {})


THIN = Pen(FAINT, 1)
AXIS = Pen(MUTED, 1.5)


class Canvas:
    """A picture in the making; what is drawn later lies above."""

    def __init__(self, width: int, height: int, title: str, about: str) -> None:
        size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        face = {"font-family": "sans-serif", "font-size": str(BODY), "fill": "none"}
        svg = {"xmlns": "http://www.w3.org/2000/svg", "role": "img"}
        self._root = Tree.Element("svg", svg | size | face)
        Tree.SubElement(self._root, "title").text = title
        Tree.SubElement(self._root, "desc").text = about
        self.box((0.5, 0.5), width - 1, height - 1, PANEL, Pen(LIGHT.line, 1), radius=12)

    def line(self, *points: Point, pen: Pen = AXIS) -> None:
        """A line through the points."""
        self.path("M" + "L".join(map(_pair, points)), pen=pen)

    def path(self, data: str, fill: str = "none", pen: Pen | None = None) -> None:
        """A path in SVG's own notation."""
        self._add("path", {"d": data, **_fill(fill), **(pen.attributes() if pen else {})})

    def arrow(self, *points: Point, pen: Pen = AXIS) -> None:
        """A line through the points with a head at the last."""
        *_, before, tip = points
        self.line(*points[:-1], _towards(tip, before, pen.head - 1), pen=pen)
        self._head(before, tip, pen)

    def arc(self, start: Point, bend: Point, tip: Point, pen: Pen) -> None:
        """A quadratic curve with a head, which leaves towards `bend` and comes in from there."""
        end = _towards(tip, bend, pen.head - 1)
        self.path(f"M{_pair(start)}Q{_pair(bend)} {_pair(end)}", pen=pen)
        self._head(bend, tip, pen)

    def polygon(self, points: Sequence[Point], fill: str, pen: Pen | None = None) -> None:
        self.path("M" + "L".join(map(_pair, points)) + "Z", fill, pen)

    def dot(self, at: Point, radius: float, fill: str = TEXT, pen: Pen | None = None) -> None:
        place = {"cx": number(at[0]), "cy": number(at[1]), "r": number(radius)}
        self._add("circle", place | _fill(fill) | (pen.attributes() if pen else {}))

    def dots(self, places: Iterable[Point], radius: float, colour: str) -> None:
        """Many dots alike, in one element."""
        round_pen = {"stroke-linecap": "round", **Pen(colour, 2 * radius).attributes()}
        self._add("path", {"d": "".join(f"M{_pair(place)}h0" for place in places), **round_pen})

    def cross(self, at: Point, reach: float, pen: Pen) -> None:
        """An x that strikes something out."""
        x, y = at
        self.line((x - reach, y - reach), (x + reach, y + reach), pen=pen)
        self.line((x - reach, y + reach), (x + reach, y - reach), pen=pen)

    def box(
        self,
        corner: Point,
        width: float,
        height: float,
        fill: str,
        pen: Pen | None = None,
        *,
        radius: float = 0,
    ) -> None:
        """A rectangle, by its upper left corner."""
        place = {"x": corner[0], "y": corner[1], "width": width, "height": height}
        rounded = {"rx": number(radius)} if radius else {}
        shown = {name: number(value) for name, value in place.items()}
        self._add("rect", shown | rounded | _fill(fill) | (pen.attributes() if pen else {}))

    def hatch(self, corner: Point, width: float, height: float, gap: float, pen: Pen) -> None:
        """Slanting lines within a rectangle, `gap` apart along its edges."""
        x, y = corner
        strokes = []
        for step in range(1, int((width + height) / gap) + 1):
            low = step * gap
            start = max(0.0, low - height), min(low, height)
            end = min(low, width), max(0.0, low - width)
            strokes.append(
                f"M{_pair((x + start[0], y + start[1]))}L{_pair((x + end[0], y + end[1]))}"
            )
        self.path("".join(strokes), pen=pen)

    def text(
        self,
        at: Point,
        words: str,
        *,
        anchor: str = "start",
        colour: str = TEXT,
        size: int = BODY,
        bold: bool = False,
    ) -> None:
        """A label on the baseline at `at`; _x or _{more} in `words` becomes a subscript."""
        place = {"x": number(at[0]), "y": number(at[1]), "fill": colour}
        style = {"text-anchor": anchor} if anchor != "start" else {}
        style |= {"font-size": str(size)} if size != BODY else {}
        style |= {"font-weight": "bold"} if bold else {}
        label = self._add("text", place | style)
        first, *rest = _SUBSCRIPT.split(words)
        label.text = first
        for letter, after in zip(rest[::2], rest[1::2], strict=True):
            Tree.SubElement(
                label, "tspan", {"dy": "4", "font-size": str(SMALL)}
            ).text = letter.strip("{}")
            if after:
                Tree.SubElement(label, "tspan", {"dy": "-4"}).text = after

    def repeat(self, places: Iterable[Point], words: str, *, colour: str, size: int = BODY) -> None:
        """The same label, centred at each of the places."""
        style = {"fill": colour, "text-anchor": "middle", "font-size": str(size)}
        group = self._add("g", style)
        for x, y in places:
            Tree.SubElement(group, "text", {"x": number(x), "y": number(y)}).text = words

    def tag(self, at: Point, words: str, width: float, *, colour: str, bold: bool = False) -> None:
        """A small label on a plate of its own, for places where lines run."""
        x, y = at
        self.box((x - width / 2, y - 12), width, 24, PAPER, Pen(FAINT, 1), radius=12)
        self.text((x, y + 4), words, anchor="middle", colour=colour, size=SMALL, bold=bold)

    def svg(self) -> str:
        """The picture, one element a line."""
        self._root.text = "\n"
        for child in self._root:
            child.tail = "\n"
        return Tree.tostring(self._root, encoding="unicode") + "\n"

    def _head(self, before: Point, tip: Point, pen: Pen) -> None:
        """The head of an arrow that comes from `before`."""
        x, y = _towards(tip, before, pen.head)
        across = (tip[1] - y) * 0.45, (x - tip[0]) * 0.45
        wings = (x + across[0], y + across[1]), (x - across[0], y - across[1])
        self.polygon((tip, *wings), pen.colour)

    def _add(self, tag: str, attributes: dict[str, str]) -> Tree.Element:
        return Tree.SubElement(self._root, tag, attributes)


def number(value: float) -> str:
    """A length with one decimal at most, which is finer than any screen shows."""
    return f"{round(value, 1) + 0.0:g}"


def dashed(pen: Pen, dash: str = "6 5") -> Pen:
    return replace(pen, dash=dash)


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _fill(colour: str) -> dict[str, str]:
    return {} if colour == "none" else {"fill": colour}


def _towards(start: Point, goal: Point, distance: float) -> Point:
    length = hypot(goal[0] - start[0], goal[1] - start[1])
    share = distance / length
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share
