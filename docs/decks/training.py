"""Where a gradient leads: downhill on a loss, and a policy to its better trajectories."""

from __future__ import annotations

from math import cos, exp, radians, sin, sqrt, tau

from docs.decks.canvas import (
    FAINT,
    GREEN,
    MUTED,
    PANEL,
    RED,
    SMALL,
    TEXT,
    Canvas,
    Pen,
    Point,
    dashed,
)

CURVATURES = 0.5, 2.0
"""Of the loss L(u, v) = (0.5 u² + 2 v²) / 2 along its two main directions."""
TURN = radians(24)
"""From the direction of the first weight to the first main direction."""
LEVELS = {4.0: "#e9ecec", 2.25: "#dfe5ea", 1.0: "#d2dde7", 0.25: "#c2d2e2"}
"""Loss on each contour line, and the colour within it."""
RATE = 0.45
BOTTOM: Point = (280, 190)
"""The minimum, in pixels."""
UNIT = 50
"""Pixels of a step of 1 in a weight."""
START = -4 / sqrt(2), 2 / sqrt(2)
"""Along the main directions; a point of the outermost contour line."""

REWARDS = 2, 1, 0, -1, -2
PUSH = 0.45
"""How strongly a reward changes the width of a trajectory's line."""


def loss(u: float, v: float) -> float:
    return (CURVATURES[0] * u**2 + CURVATURES[1] * v**2) / 2


def gradient(u: float, v: float) -> Point:
    return CURVATURES[0] * u, CURVATURES[1] * v


def loss_surface_step() -> Canvas:
    slope = gradient(*START)
    after = START[0] - RATE * slope[0], START[1] - RATE * slope[1]
    uphill = START[0] + RATE * slope[0], START[1] + RATE * slope[1]
    canvas = Canvas(
        520,
        372,
        "One step of gradient descent",
        "Contour lines of a loss over two weights, ellipses around a minimum. At a point of the "
        "outermost line the gradient points outwards, uphill. The step, minus the learning rate "
        "times the gradient, leads inwards at a right angle to the line, but not straight to the "
        f"minimum. The loss falls from {loss(*START):g} to {loss(*after):.2f}.",
    )
    _contours(canvas)
    canvas.arrow((32, 340), (488, 340))
    canvas.arrow((32, 340), (32, 32))
    canvas.text((488, 328), "w_1", anchor="end")
    canvas.text((44, 42), "w_2")
    canvas.dot(BOTTOM, 4)
    canvas.text((BOTTOM[0] - 4, BOTTOM[1] + 21), "minimum", size=SMALL)
    canvas.arrow(_weights(*START), _weights(*uphill), pen=dashed(Pen(MUTED), "5 4"))
    canvas.arrow(_weights(*START), _weights(*after), pen=Pen(RED, 3.5))
    canvas.dot(_weights(*START), 5)
    canvas.dot(_weights(*after), 5, PANEL, Pen(TEXT, 2))
    _name_the_step(canvas, _weights(*START), _weights(*after), _weights(*uphill))
    return canvas


def _contours(canvas: Canvas) -> None:
    for level, colour in LEVELS.items():
        wide, high = (sqrt(2 * level / curvature) for curvature in CURVATURES)
        angles = [step * tau / 60 for step in range(60)]
        ring = [_weights(wide * cos(angle), high * sin(angle)) for angle in angles]
        canvas.polygon(ring, colour, Pen(FAINT, 1))
        x, y = _weights(wide, 0)
        words = f"{level:g}" if level < max(LEVELS) else f"L = {level:g}"
        canvas.tag((x, y), words, max(24, 10 + 8 * len(words)), colour=MUTED)


def _name_the_step(canvas: Canvas, start: Point, after: Point, uphill: Point) -> None:
    middle = (start[0] + after[0]) / 2, (start[1] + after[1]) / 2
    canvas.text((start[0] - 12, start[1] + 12), "θ_t", anchor="end", bold=True)
    canvas.text((after[0] + 6, after[1] + 22), "θ_{t+1}", bold=True)
    canvas.tag((middle[0] + 62, middle[1] - 8), "−η ∇L(θ_t)", 92, colour=RED, bold=True)
    canvas.text((uphill[0] - 4, uphill[1] - 16), "∇L(θ_t): uphill", colour=MUTED)


def _weights(u: float, v: float) -> Point:
    """The place of a point given along the main directions of the loss."""
    right, above = u * cos(TURN) - v * sin(TURN), u * sin(TURN) + v * cos(TURN)
    return BOTTOM[0] + UNIT * right, BOTTOM[1] - UNIT * above


def weighted_trajectories() -> Canvas:
    canvas = Canvas(
        520,
        340,
        "Policy gradient weights trajectories",
        "Five trajectories fan out from one start. Those with rewards +2 and +1 are drawn thick: "
        "they become likelier. The one with reward 0 gets no weight. Those with −1 and −2 are "
        "thin and dashed: they become less likely. The deck's own drawing.",
    )
    start = 56.0, 170.0
    for index, gain in enumerate(REWARDS):
        _trajectory(canvas, start, 46 + 62 * index, gain)
    canvas.dot(start, 8, PANEL, Pen(TEXT, 2.5))
    canvas.text((56, 200), "start", anchor="middle")
    return canvas


def _trajectory(canvas: Canvas, start: Point, height: float, gain: int) -> None:
    colour = GREEN if gain > 0 else RED if gain < 0 else MUTED
    pen = Pen(colour, 2.6 * exp(PUSH * gain), "7 5" if gain < 0 else "")
    tip, bend = (376.0, height), (200.0, height)
    canvas.arc(start, bend, tip, pen)
    for share in (0.3, 0.5, 0.7):
        canvas.dot(_on_arc(start, bend, tip, share), 4, PANEL, Pen(colour, 1.5))
    sign = {1: "+", 0: "", -1: "−"}[(gain > 0) - (gain < 0)]
    effect = {"+": "weighted up", "": "weight 0", "−": "weighted down"}[sign]
    canvas.text((390, height - 3), f"reward {sign}{abs(gain)}", colour=colour, bold=True)
    canvas.text((390, height + 15), effect, size=SMALL, colour=colour)


def _on_arc(start: Point, bend: Point, tip: Point, share: float) -> Point:
    """A point of the quadratic curve."""
    first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
    x, y = (first * start[i] + second * bend[i] + third * tip[i] for i in (0, 1))
    return x, y
