"""What is written to the residual stream: by a layer, as the stream grows, and after clipping."""

from __future__ import annotations

from docs.decks.axes import Axes
from docs.decks.canvas import (
    AXIS,
    BLUE,
    MUTED,
    PANEL,
    PAPER,
    RED,
    SMALL,
    THIN,
    Canvas,
    Pen,
    Point,
    dashed,
)

FIRST_NORM, GROWTH, LAYERS = 100, 1.05, 30
WRITE = 5
"""The norm of one write, at whichever layer."""

BAR = Axes((24, 128), 512, 52, (0, 2300), (0, 1))
REGIMES = (
    (0, 300, "up to about 300: chaotic, and low"),
    (300, 1500, "about 300 to about 1500: stable, but still low"),
    (1500, 2000, "about 1500 to about 2000: comes to normal"),
    (2000, 2300, "after that: about perfect"),
)
"""First and last number of directions kept, and how the clipped network does."""


def residual_writes() -> Canvas:
    canvas = Canvas(
        560,
        268,
        "Writes to the residual stream",
        "A horizontal line, the residual stream, runs through one layer. Attention reads it "
        "through a norm and adds its output back: x becomes h. Then the feed-forward part reads h "
        "through a norm and adds its output: h becomes out.",
    )
    canvas.arrow((24, 180), (536, 180), pen=Pen(BLUE, 5))
    _sublayer(canvas, 122, 288, "attention")
    _sublayer(canvas, 322, 488, "feed-forward")
    canvas.text((24, 148), "residual", colour=BLUE, bold=True)
    canvas.text((24, 167), "stream", colour=BLUE, bold=True)
    for x, name in ((36, "x"), (308, "h"), (520, "out")):
        canvas.text((x, 206), name, anchor="middle", bold=True)
    canvas.text((24, 242), "h = x + attention(norm(x))", size=SMALL)
    canvas.text((536, 242), "out = h + feed-forward(norm(h))", size=SMALL, anchor="end")
    return canvas


def _sublayer(canvas: Canvas, read: float, write: float, name: str) -> None:
    """A branch that leaves the stream at `read` and comes back at `write`."""
    middle = (read + write) / 2
    canvas.arrow((read, 180), (read, 52), (middle - 62, 52), pen=Pen(MUTED))
    canvas.dot((read, 180), 4)
    canvas.box((middle - 62, 24), 124, 56, PAPER, AXIS, radius=8)
    canvas.text((middle, 46), "norm", anchor="middle", size=SMALL, colour=MUTED)
    canvas.text((middle, 67), name, anchor="middle", bold=True)
    canvas.arrow((middle + 62, 52), (write, 52), (write, 167), pen=Pen(RED))
    canvas.dot((write, 180), 12, PANEL, Pen(RED))
    canvas.line((write - 6, 180), (write + 6, 180), pen=Pen(RED))
    canvas.line((write, 174), (write, 186), pen=Pen(RED))
    canvas.text((read + 9, 128), "reads", size=SMALL, colour=MUTED)
    canvas.text((write - 9, 128), "writes", size=SMALL, colour=RED, anchor="end")


def norm_at(layer: int) -> float:
    """Norm of the residual stream, by the growth rate of the text."""
    return FIRST_NORM * GROWTH**layer


def norm_growth() -> Canvas:
    last = norm_at(LAYERS)
    canvas = Canvas(
        520,
        342,
        "Growth of the residual stream's norm",
        f"The norm of the stream rises from {FIRST_NORM} at layer 0 to {last:.1f} at layer "
        f"{LAYERS}, by a factor of {GROWTH} a layer. A write of norm {WRITE} stays a flat line "
        f"just above zero: {WRITE / FIRST_NORM:.0%} of the stream at first, "
        f"{WRITE / last:.2%} at the end.",
    )
    axes = Axes((62, 280), 412, 216, (0, LAYERS), (0, 450))
    for value in (100, 200, 300, 400):
        canvas.line(axes.at(0, value), axes.at(LAYERS, value), pen=THIN)
    axes.draw(canvas, "layer n", "norm")
    axes.ticks_across(canvas, (0, 10, 20, 30))
    axes.ticks_up(canvas, (0, 100, 200, 300, 400))
    canvas.line(*(axes.at(n, norm_at(n)) for n in range(LAYERS + 1)), pen=Pen(BLUE, 3))
    canvas.line(axes.at(0, WRITE), axes.at(LAYERS, WRITE), pen=dashed(Pen(RED, 3), "8 4"))
    _label_norms(canvas, axes, last)
    return canvas


def _label_norms(canvas: Canvas, axes: Axes, last: float) -> None:
    first_point, last_point = axes.at(0, FIRST_NORM), axes.at(LAYERS, last)
    canvas.dot(first_point, 4.5, BLUE)
    canvas.dot(last_point, 4.5, BLUE)
    x, y = last_point
    canvas.text((x - 14, y + 5), f"{last:.1f}", anchor="end", colour=BLUE, bold=True)
    canvas.text((226, 160), "stream: 100 · 1.05ⁿ", anchor="middle", colour=BLUE, bold=True)
    baseline = axes.at(0, WRITE)[1] - 10
    canvas.text((first_point[0] + 8, baseline), f"{WRITE / FIRST_NORM * 100:.0f} %", colour=RED)
    canvas.text((268, baseline), f"one write: norm {WRITE}", anchor="middle", colour=RED, bold=True)
    canvas.text((x, baseline), f"{WRITE / last * 100:.2f} %", anchor="end", colour=RED)


def clipping_regimes() -> Canvas:
    canvas = Canvas(
        560,
        310,
        "Three regimes when writes are clipped, and what follows them",
        "A scale of the number of right singular vectors kept. Up to about 300 the probability of "
        "the original continuation is fairly chaotic and low; from about 300 to about 1500 it is "
        "stable but still pretty low; from about 1500 to about 2000 it converges to normal; after "
        "that it is about perfect. A scale, not a measured curve.",
    )
    canvas.text((24, 38), "Right singular vectors kept", bold=True)
    words = "and the probability that the original continuation then gets"
    canvas.text((24, 60), words, size=SMALL, colour=MUTED)
    gaps = {0: 6.0, 1: 22.0, 2: 11.0, 3: 0.0}
    for index, (first, last, _) in enumerate(REGIMES):
        _regime(canvas, index, BAR.at(first, 1), BAR.at(last, 0), gaps[index])
    BAR.marks_across(canvas, {300: "≈ 300", 1500: "≈ 1500", 2000: "≈ 2000"})
    for index, (_, _, words) in enumerate(REGIMES):
        _number(canvas, index, (36, 184 + 30 * index))
        canvas.text((58, 189 + 30 * index), words)
    return canvas


def _regime(canvas: Canvas, index: int, top: Point, low: Point, gap: float) -> None:
    width, height = low[0] - top[0], low[1] - top[1]
    if gap:
        canvas.box(top, width, height, PAPER)
        canvas.hatch(top, width, height, gap, Pen(BLUE, 1))
        canvas.box(top, width, height, "none", AXIS)
    else:  # the last has no end
        tip = low[0], (top[1] + low[1]) / 2
        upper, lower = (low[0] - 16, top[1]), (low[0] - 16, low[1])
        canvas.polygon((top, upper, tip, lower, (top[0], low[1])), BLUE, AXIS)
    _number(canvas, index, (top[0] + width / 2, top[1] + height / 2))


def _number(canvas: Canvas, index: int, at: Point) -> None:
    canvas.dot(at, 12, PAPER, Pen(BLUE, 2))
    canvas.text((at[0], at[1] + 5), str(index + 1), anchor="middle", colour=BLUE, bold=True)
