"""Which weights a gradient reaches: a mask on latent dimensions, and a product of weights."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from docs.decks.canvas import AXIS, BLUE, MUTED, PAPER, RED, SMALL, THIN, Canvas, Pen, Point

DIGITS = 10
MASK: Point = (152, 78)
"""Upper left corner of the table, in pixels."""
CELL = 27

WEIGHTS = 1, 2, 4
COLUMNS = 104, 252, 400
"""Where each weight and its bars stand, in pixels."""
BASE = 300
"""The foot of the bars, in pixels."""


def latent_mask() -> Canvas:
    canvas = Canvas(
        452,
        432,
        "Gradient mask of the latent dimensions",
        "A table of ten rows, the digit on the image, and ten columns, the latent dimension. Only "
        "the diagonal holds 1: there the gradient passes. All other entries are 0: these "
        "dimensions are detached, their values pass but no gradient does.",
    )
    x, y = MASK
    canvas.text((x + 5 * CELL, y - 36), "latent dimension", anchor="middle", bold=True)
    canvas.text((24, y + 4.6 * CELL), "digit on", bold=True)
    canvas.text((24, y + 5.4 * CELL), "the image", bold=True)
    for digit in range(DIGITS):
        canvas.text((x + (digit + 0.5) * CELL, y - 10), str(digit), anchor="middle")
        canvas.text((x - 16, y + (digit + 0.5) * CELL + 5), str(digit), anchor="middle")
    _mask(canvas)
    canvas.box((x, 362), 20, 20, BLUE)
    canvas.repeat([(x + 10, 377)], "1", colour=PAPER, size=SMALL)
    canvas.text((x + 30, 377), "gradient passes, so it learns", size=SMALL)
    canvas.box((x, 388), 20, 20, PAPER, THIN)
    canvas.repeat([(x + 10, 403)], "0", colour=MUTED, size=SMALL)
    canvas.text((x + 30, 403), "detached: only the value passes", size=SMALL)
    return canvas


def _mask(canvas: Canvas) -> None:
    """The table: 1 on the diagonal, else 0."""
    x, y = MASK
    end = DIGITS * CELL
    canvas.box(MASK, end, end, PAPER)
    for step in range(0, end + 1, CELL):
        canvas.line((x, y + step), (x + end, y + step), pen=THIN)
        canvas.line((x + step, y), (x + step, y + end), pen=THIN)
    for step in range(0, end, CELL):
        canvas.box((x + step, y + step), CELL, CELL, BLUE)
    places = {
        (row, column): (x + (column + 0.5) * CELL, y + (row + 0.5) * CELL + 5)
        for row in range(DIGITS)
        for column in range(DIGITS)
    }
    learning = [place for (row, column), place in places.items() if row == column]
    detached = [place for (row, column), place in places.items() if row != column]
    canvas.repeat(learning, "1", colour=PAPER, size=SMALL)
    canvas.repeat(detached, "0", colour=MUTED, size=SMALL)


def product_gradient() -> Canvas:
    by_gradient = shares([1 / weight for weight in WEIGHTS])
    deserved = shares([float(weight) for weight in WEIGHTS])
    canvas = Canvas(
        524,
        360,
        "Gradient share against deserved share of weights in a product",
        "The weights 1, 2 and 4 are multiplied along a path to the output 8. Two bars for each: "
        f"its share of the gradient, {_percents(by_gradient)}, falls as the weight grows; "
        f"its deserved share, {_percents(deserved)}, grows with it. An example of the deck.",
    )
    _product(canvas)
    for x, low, high in zip(COLUMNS, by_gradient, deserved, strict=True):
        _bar(canvas, x - 50, low, RED, solid=True)
        _bar(canvas, x + 10, high, BLUE, solid=False)
    canvas.line((24, BASE), (500, BASE))
    canvas.box((24, 322), 16, 16, RED)
    canvas.text((48, 335), "share of the gradient, ∝ 1/w_j", colour=RED)
    _hatched(canvas, (302, 322), 16, 16, BLUE)
    canvas.text((326, 335), "deserved share, ∝ w_j", colour=BLUE)
    return canvas


def shares(parts: list[float]) -> list[float]:
    return [part / sum(parts) for part in parts]


def _percents(parts: list[float]) -> str:
    return ", ".join(f"{part:.1%}" for part in parts)


def _product(canvas: Canvas) -> None:
    """The weights, each above its bars, and what they make."""
    for index, (x, weight) in enumerate(zip(COLUMNS, WEIGHTS, strict=True), start=1):
        canvas.box((x - 42, 24), 84, 36, PAPER, AXIS, radius=8)
        canvas.text((x, 47), f"w_{index} = {weight}", anchor="middle", bold=True)
    for left, right in pairwise(COLUMNS):
        canvas.text(((left + right) / 2, 47), "×", anchor="middle")
    canvas.text((COLUMNS[-1] + 60, 47), f"= {prod(WEIGHTS)}")


def _bar(canvas: Canvas, left: float, share: float, colour: str, *, solid: bool) -> None:
    height = share * 320
    top = BASE - height
    if solid:
        canvas.box((left, top), 40, height, colour)
    else:
        _hatched(canvas, (left, top), 40, height, colour)
    words = f"{share:.1%}".replace("%", " %")
    canvas.text((left + 20, top - 7), words, anchor="middle", colour=colour, size=SMALL)


def _hatched(canvas: Canvas, corner: Point, width: float, height: float, colour: str) -> None:
    canvas.box(corner, width, height, PAPER)
    canvas.hatch(corner, width, height, 7, Pen(colour, 1.5))
    canvas.box(corner, width, height, "none", Pen(colour))
