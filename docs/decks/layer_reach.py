"""How far back a layer sees, and how a circuit reaches further all the same."""

from __future__ import annotations

from itertools import pairwise

from docs.decks.canvas import (
    AXIS,
    BLUE,
    MUTED,
    PAPER,
    RED,
    SMALL,
    TEXT,
    Canvas,
    Pen,
    dashed,
)

SEEN = 3
SHOWN = 8
"""Layers in the column, with the reading one."""
PITCH = 40
TOP = 24

HOPS = 1, 6, 11, 16
"""Layers of the relay; an example, each hop as long as the horizon allows."""
HORIZON = 5
STEP = 32


def layer_horizon() -> Canvas:
    canvas = Canvas(
        436,
        360,
        "Effective layer horizon",
        f"A column of layers beside the residual stream, to which each of them writes. Layer n at "
        f"the top reads only the last {SEEN} writes, of layers n−1 to n−{SEEN}. Below these the "
        "stream is cut: the earlier writes are left out.",
    )
    cut = _row(SEEN) + PITCH / 2
    lowest = _row(SHOWN - 1)
    canvas.line((196, lowest), (196, cut + 12), pen=dashed(Pen(MUTED, 3), "4 5"))
    canvas.arrow((196, _row(SEEN)), (196, _row(0)), (144, _row(0)), pen=Pen(BLUE, 5))
    for index in range(SHOWN):
        _layer(canvas, index)
    canvas.cross((196, cut), 7, Pen(RED, 3))
    canvas.text((214, _row(0) + 5), "layer n reads", colour=BLUE)
    _brace(canvas, _row(1) - 14, _row(SEEN) + 14, BLUE)
    canvas.text((250, _row(2) - 4), f"last k = {SEEN} writes:", colour=BLUE, bold=True)
    canvas.text((250, _row(2) + 16), "seen", colour=BLUE)
    _brace(canvas, _row(SEEN + 1) - 14, lowest + 14, MUTED)
    middle = (_row(SEEN + 1) + lowest) / 2
    canvas.text((250, middle - 4), "all earlier writes:", colour=MUTED, bold=True)
    canvas.text((250, middle + 16), "left out", colour=MUTED)
    return canvas


def _row(index: int) -> float:
    """Height of the layer that lies `index` below layer n."""
    return TOP + 16 + index * PITCH


def _layer(canvas: Canvas, index: int) -> None:
    y, seen = _row(index), 1 <= index <= SEEN
    pen = Pen(MUTED, 1.5, "" if index <= SEEN else "4 4")
    canvas.box((36, y - 15), 108, 30, PAPER, Pen(BLUE, 2) if index <= SEEN else pen, radius=6)
    name = f"layer n − {index}" if index else "layer n"
    colour = TEXT if index <= SEEN else MUTED
    canvas.text((90, y + 5), name, anchor="middle", colour=colour, bold=not index)
    if index:
        canvas.arrow((144, y), (192, y), pen=Pen(BLUE) if seen else pen)


def _brace(canvas: Canvas, top: float, low: float, colour: str) -> None:
    canvas.line((226, top), (234, top), (234, low), (226, low), pen=Pen(colour, 1.5))


def circuit_relay() -> Canvas:
    canvas = Canvas(
        560,
        276,
        "A relay that crosses the whole model",
        f"Sixteen layers in a row and a horizon of {HORIZON} layers. A circuit hops from layer 1 "
        "to 6, 11 and 16; each hop is within the horizon. A direct link from layer 1 to 16 is out "
        "of reach. The layers are an example of the deck.",
    )
    words = f"each hop spans {HORIZON} layers: within the horizon"
    canvas.text((280, 38), words, anchor="middle", colour=BLUE, bold=True)
    for start, goal in pairwise(HOPS):
        middle = (_column(start) + _column(goal)) / 2
        ends = (_column(start) + 4, 130.0), (_column(goal) - 4, 130.0)
        canvas.arc(ends[0], (middle, 40), ends[1], Pen(BLUE, 3))
    ends = (_column(HOPS[0]), 166.0), (_column(HOPS[-1]), 166.0)
    canvas.arc(ends[0], (280, 270), ends[1], dashed(Pen(RED, 2)))
    canvas.cross((280, 218), 8, Pen(RED, 3))
    for layer in range(1, HOPS[-1] + 1):
        _station(canvas, layer)
    span = HOPS[-1] - HOPS[0]
    words = f"one hop over {span} layers: out of reach"
    canvas.text((280, 252), words, anchor="middle", colour=RED)
    return canvas


def _column(layer: int) -> float:
    return 8 + layer * STEP


def _station(canvas: Canvas, layer: int) -> None:
    on = layer in HOPS
    x = _column(layer)
    canvas.box((x - 13, 134), 26, 28, BLUE if on else PAPER, None if on else AXIS, radius=5)
    colour = PAPER if on else MUTED
    canvas.text((x, 153), str(layer), anchor="middle", colour=colour, size=SMALL, bold=on)
