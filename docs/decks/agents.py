"""What an agent does and learns in a small world: coins and unicorns, two trajectories stitched."""

from __future__ import annotations

from itertools import pairwise

from docs.decks.canvas import (
    AXIS,
    BLUE,
    GREEN,
    MUTED,
    PAPER,
    RED,
    SMALL,
    TEXT,
    THIN,
    Canvas,
    Pen,
    Point,
    dashed,
)

COIN = "#f2cf63"
CELL = 62
BOARD: Point = (24, 24)
COLUMNS, ROWS = 7, 3
AGENT = 0, 1
COINS = (1, 2), (3, 2), (5, 2), (6, 1)
UNICORNS = (2, 0), (5, 0)
"""Columns and rows, counted from the upper left."""

HEAD = (
    *((-13, 14), (-9, -2), (-1, -11), (-2, -17), (4, -12)),
    *((6, -11), (14, 0), (16, 5), (12, 9), (8, 7)),
)
"""The outline of a unicorn's head, in pixels around the middle of its cell."""

RADIUS = 22
PLACES: dict[str, Point] = {
    "D": (47, 56), "A": (159, 56), "B": (291, 56), "C": (403, 56), "E": (225, 176), "F": (337, 176),
}  # fmt: skip
VALUABLE = "ABCD"
"""What the two trajectories teach to be worth visiting."""


def coins_and_unicorns() -> Canvas:
    canvas = Canvas(
        482,
        322,
        "The game of coins and unicorns",
        "A board, drawn by this deck. From the agent @ two routes start. The dashed one leads over "
        "both unicorns, 100 points each: what one would naively expect. The solid one leads over "
        "the four coins, 1 point each, and keeps away from the unicorns: what a gradient hacker "
        "would do that wants to go on liking coins.",
    )
    _board(canvas)
    _routes(canvas)
    canvas.text(_shifted(AGENT, 0, 8), "@", anchor="middle", size=24, bold=True)
    for coin in COINS:
        _coin(canvas, _middle(coin))
    for unicorn in UNICORNS:
        _unicorn(canvas, _middle(unicorn))
    _key(canvas)
    return canvas


def _board(canvas: Canvas) -> None:
    x, y = BOARD
    width, height = COLUMNS * CELL, ROWS * CELL
    canvas.box(BOARD, width, height, PAPER)
    for column in range(1, COLUMNS):
        canvas.line((x + column * CELL, y), (x + column * CELL, y + height), pen=THIN)
    for row in range(1, ROWS):
        canvas.line((x, y + row * CELL), (x + width, y + row * CELL), pen=THIN)
    canvas.box(BOARD, width, height, "none", AXIS)


def _routes(canvas: Canvas) -> None:
    naive = dashed(Pen(RED, 2.5), "7 5")
    canvas.line(_shifted(AGENT, 0, -16), _middle((0, 0)), _shifted((2, 0), -22, 0), pen=naive)
    canvas.arrow(_shifted((2, 0), 22, 0), _shifted((5, 0), -22, 0), pen=naive)
    wary = Pen(BLUE, 2.5)
    canvas.line(_shifted(AGENT, 0, 18), _middle((0, 2)), _middle((6, 2)), pen=wary)
    canvas.arrow(_middle((6, 2)), _shifted((6, 1), 0, 19), pen=wary)
    canvas.box(_shifted((1, 1), 1 - CELL / 2, 1 - CELL / 2), 4 * CELL - 2, CELL - 2, PAPER)
    x, y = _middle((1, 1))
    canvas.text((x - 14, y - 8), "naively expected: the unicorns", colour=RED)
    canvas.text((x - 14, y + 18), "gradient hacker: only the coins", colour=BLUE)


def _coin(canvas: Canvas, at: Point) -> None:
    canvas.dot(at, 16, COIN, Pen(TEXT, 1.5))
    canvas.text((at[0], at[1] + 5), "1", anchor="middle", bold=True)


def _unicorn(canvas: Canvas, at: Point) -> None:
    x, y = at
    canvas.polygon([(x + dx, y + dy) for dx, dy in HEAD], PAPER, Pen(TEXT, 1.5))
    canvas.polygon([(x + 2, y - 12), (x + 7, y - 10), (x + 13, y - 24)], COIN, Pen(TEXT, 1))
    canvas.dot((x + 5, y - 3), 1.5)


def _key(canvas: Canvas) -> None:
    canvas.text((40, 252), "@", anchor="middle", size=24, bold=True)
    canvas.text((62, 249), "agent: has met only coins so far")
    _coin(canvas, (40, 286))
    canvas.text((66, 291), "1 point")
    _unicorn(canvas, (176, 287))
    canvas.text((204, 291), "100 points")


def _middle(cell: tuple[int, int]) -> Point:
    return BOARD[0] + (cell[0] + 0.5) * CELL, BOARD[1] + (cell[1] + 0.5) * CELL


def _shifted(cell: tuple[int, int], right: float, down: float) -> Point:
    x, y = _middle(cell)
    return x + right, y + down


def trajectory_stitching() -> Canvas:
    canvas = Canvas(
        520,
        268,
        "Two trajectories, stitched, and a path that was never taken",
        "Trajectory 1 goes A, B, C and is rewarded at C. Trajectory 2 goes D, A, E, F and is "
        "punished at F. Together they teach that A, B, C and D are valuable, E and F are not. A "
        "dashed arrow from E to B shows a path learned of later.",
    )
    _steps(canvas, "ABC", Pen(BLUE, 3.5))
    _steps(canvas, "DAEF", Pen(RED, 2))
    _steps(canvas, "EB", dashed(Pen(GREEN, 2.5)))
    for name, place in PLACES.items():
        known = name in VALUABLE
        canvas.dot(place, RADIUS, BLUE if known else PAPER, Pen(BLUE if known else MUTED, 2))
        x, y = place
        canvas.text((x, y + 6), name, anchor="middle", colour=PAPER if known else TEXT, bold=True)
    canvas.text((433, 61), "reward", colour=BLUE, bold=True)
    canvas.text((367, 181), "punishment", colour=RED, bold=True)
    _legend(canvas)
    return canvas


def _steps(canvas: Canvas, names: str, pen: Pen) -> None:
    """Arrows from state to state, between the rims of their circles."""
    for start, goal in pairwise(names):
        here, there = PLACES[start], PLACES[goal]
        right, down = there[0] - here[0], there[1] - here[1]
        gap = (RADIUS + 4) / (right**2 + down**2) ** 0.5
        first = here[0] + gap * right, here[1] + gap * down
        canvas.arrow(first, (there[0] - gap * right, there[1] - gap * down), pen=pen)


def _legend(canvas: Canvas) -> None:
    for x, words, colour in ((225, "1", BLUE), (347, "1", BLUE), (103, "2", RED)):
        canvas.text((x, 44), words, anchor="middle", colour=colour, bold=True)
    canvas.text((177, 124), "2", anchor="end", colour=RED, bold=True)
    canvas.text((281, 164), "2", anchor="middle", colour=RED, bold=True)
    canvas.text((280, 124), "new path?", colour=GREEN, bold=True)
    canvas.text((24, 241), "value learned from trajectories 1 and 2:", size=SMALL)
    for x, words, fill, rim in ((324, "high", BLUE, BLUE), (400, "low", PAPER, MUTED)):
        canvas.dot((x, 236), 9, fill, Pen(rim))
        canvas.text((x + 17, 241), words, size=SMALL)
