"""Filtering against reinforcement learning, in the model with the submodules A, B and C.

A tries to be true and persuasive, B only true, C only persuasive. They give independent normal
scores a, b, c; an output has truth t = αa + βb and persuasiveness p = αa + γc, where the
weights α, β, γ add up to 1. The numbers are an example of the deck.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

from docs.decks.axes import Axes
from docs.decks.canvas import (
    AXIS,
    BLUE,
    FAINT,
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

ALPHA, BETA, GAMMA = 0.5, 0.25, 0.25
MEAN_A, MEAN_B, MEAN_C = 2.0, 2.0, 3.0
DEVIATION = 1.0
"""The standard deviation of a, b and c alike."""
PARAMETERS = (
    f"alpha = {ALPHA}, beta = {BETA}, gamma = {GAMMA}; means of A, B and C {MEAN_A:g}, "
    f"{MEAN_B:g} and {MEAN_C:g}; standard deviations {DEVIATION:g}"
)

MEAN_TRUTH = ALPHA * MEAN_A + BETA * MEAN_B
MEAN_PERSUASION = ALPHA * MEAN_A + GAMMA * MEAN_C
SLOPE = ALPHA**2 / (ALPHA**2 + GAMMA**2)
"""Covariance of t and p over the variance of p, where all deviations are equal."""

OUTPUTS = 64
OFFSET = 0.6
GOLDEN = 1.2207440846057596
"""The real root of x⁴ = x + 1; its powers spread points evenly over a cube."""
KEPT_FROM = 2.3
"""The filter keeps outputs that are at least so persuasive."""


def expected_truth(persuasion: float) -> float:
    """E[t | p = x] of the bivariate normal distribution of t and p."""
    return MEAN_TRUTH + SLOPE * (persuasion - MEAN_PERSUASION)


def outputs(count: int) -> Iterator[Point]:
    """Persuasiveness and truth of outputs, spread as their joint distribution is."""
    normal = NormalDist(0, DEVIATION)
    for index in range(1, count + 1):
        a, b, c = (normal.inv_cdf((OFFSET + index / GOLDEN**power) % 1) for power in (1, 2, 3))
        common = ALPHA * (MEAN_A + a)
        yield common + GAMMA * (MEAN_C + c), common + BETA * (MEAN_B + b)


def filtering_vs_rl() -> Canvas:
    canvas = Canvas(
        560,
        348,
        "Filtering picks outputs, RL moves the weights",
        "Left: outputs of one fixed distribution by persuasiveness and truth, which rise "
        "together; the filter keeps those right of a threshold. Right: a triangle of the three "
        "weights; from a start inside, an arrow leads to the corner gamma = 1, where only "
        "submodule C speaks and truth is 0. So it goes if C has a greater mean than A. "
        f"An example of the deck: {PARAMETERS}.",
    )
    canvas.text((24, 38), "Filtering picks outputs", bold=True, colour=BLUE)
    _scatter(canvas)
    canvas.line((284, 24), (284, 324), pen=THIN)
    canvas.text((308, 38), "RL moves the weights", bold=True, colour=RED)
    _weights(canvas)
    return canvas


def _scatter(canvas: Canvas) -> None:
    axes = Axes((34, 286), 212, 190, (0, 3.2), (0, 3.2))
    spread = list(outputs(OUTPUTS))
    left_out = [axes.at(*output) for output in spread if output[0] < KEPT_FROM]
    canvas.dots(left_out, 3.5, MUTED)
    canvas.dots(left_out, 2.5, PAPER)
    canvas.dots([axes.at(*output) for output in spread if output[0] >= KEPT_FROM], 3.5, BLUE)
    threshold = axes.at(KEPT_FROM, 3.2)
    canvas.line(axes.at(KEPT_FROM, 0), threshold, pen=dashed(Pen(BLUE)))
    x, y = threshold[0], threshold[1] + 8
    canvas.text((x - 7, y), "left out", colour=MUTED, size=SMALL, anchor="end")
    canvas.text((x + 7, y), "kept", colour=BLUE, size=SMALL)
    axes.draw(canvas, "persuasiveness p", "truth t")


def _weights(canvas: Canvas) -> None:
    a, b, c = (424.0, 104.0), (322.0, 258.0), (526.0, 258.0)
    start = (
        ALPHA * a[0] + BETA * b[0] + GAMMA * c[0],
        ALPHA * a[1] + BETA * b[1] + GAMMA * c[1],
    )
    canvas.polygon((a, b, c), PAPER, AXIS)
    canvas.arrow(start, (c[0] - 6, c[1] - 4.5), pen=Pen(RED, 3))
    canvas.dot(start, 5, PANEL, Pen(RED, 2.5))
    canvas.dot(c, 6, RED)
    canvas.text((start[0], start[1] - 14), "start", anchor="middle", size=SMALL)
    _corner(canvas, (a[0], 74), "α = 1: only A", "true and persuasive", "middle")
    _corner(canvas, (308, 280), "β = 1: only B", "true", "start")
    _corner(canvas, (540, 280), "γ = 1: only C", "persuasive", "end")
    canvas.text((424, 324), "μ_C > μ_A: truth 0", anchor="middle", colour=RED)


def _corner(canvas: Canvas, at: Point, which: str, what: str, anchor: str) -> None:
    canvas.text(at, which, anchor=anchor, size=SMALL, bold=True)
    canvas.text((at[0], at[1] + 17), what, anchor=anchor, size=SMALL, colour=MUTED)


def conditional() -> Canvas:
    filtered = expected_truth(MEAN_C)
    canvas = Canvas(
        520,
        340,
        "Expected truth of an output of given persuasiveness",
        f"A rising straight line with slope {SLOPE:g} through the average output "
        f"({MEAN_PERSUASION:g}, {MEAN_TRUTH:g}). Filtering for persuasiveness {MEAN_C:g} gives "
        f"truth {filtered:g} on average; RL that sets gamma = 1 gets the same "
        f"persuasiveness with truth 0. An example of the deck: {PARAMETERS}.",
    )
    axes = Axes((48, 278), 436, 216, (0, 4), (0, 3.6))
    x, y = axes.at(MEAN_C, filtered)
    canvas.line((x, y), axes.at(MEAN_C, 0), pen=dashed(Pen(RED)))
    _slope(canvas, axes)
    canvas.line(axes.at(0, expected_truth(0)), axes.at(4, expected_truth(4)), pen=Pen(BLUE, 3))
    axes.draw(canvas, "persuasiveness x", "truth t")
    axes.ticks_across(canvas, (0, 1, 2, 3, 4))
    axes.ticks_up(canvas, (0, 1, 2, 3))
    average = axes.at(MEAN_PERSUASION, MEAN_TRUTH)
    canvas.dot(average, 5, PANEL, Pen(BLUE, 2.5))
    canvas.text((average[0] - 11, average[1] - 10), "average output", anchor="end", size=SMALL)
    canvas.dot((x, y), 6, BLUE)
    canvas.text((x - 12, y - 12), f"filtering: {filtered:g}", anchor="end", colour=BLUE, bold=True)
    canvas.cross(axes.at(MEAN_C, 0), 7, Pen(RED, 3))
    canvas.text((x + 12, 262), "RL, γ = 1: 0", colour=RED, bold=True)
    canvas.text((484, 142), "E[t | p = x]", anchor="end", colour=BLUE)
    weights = f"α = {ALPHA}, β = γ = {BETA}"
    means = f"μ_A = μ_B = {MEAN_A:g}, μ_C = {MEAN_C:g}, σ = {DEVIATION:g}"
    canvas.text((496, 38), f"{weights}, {means}", anchor="end", colour=MUTED, size=SMALL)
    return canvas


def _slope(canvas: Canvas, axes: Axes) -> None:
    """A triangle under the line, one unit wide."""
    low, high = expected_truth(0.5), expected_truth(1.5)
    canvas.line(axes.at(0.5, low), axes.at(1.5, low), axes.at(1.5, high), pen=Pen(FAINT, 1.5))
    x, y = axes.at(1, low)
    canvas.text((x, y + 17), "1", anchor="middle", colour=MUTED, size=SMALL)
    x, y = axes.at(1.5, (low + high) / 2)
    canvas.text((x + 7, y + 5), f"{high - low:.2g}", colour=MUTED, size=SMALL)
