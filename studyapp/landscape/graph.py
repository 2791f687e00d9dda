"""What igraph does for the map: springs, communities and PageRank.

igraph is imported by the first call, in the thread that makes the map: it takes a quarter of a
second. Its calls hold back other threads of Python, so callers ask for a few hundred notes at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import cycle
from math import cos, pi, sin, sqrt
from threading import Lock
from typing import Any

from studyapp.landscape.facts import Point, Tie

_TURN = Lock()
"""igraph has one source of chance for all threads."""
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
_ITERATIONS = 80
_PERIOD = 9973


class _Chance:
    """Numbers as if by chance, the same every time (a linear congruential generator).

    Multiplier and increment are Knuth's for 64 bits (The Art of Computer Programming, 3.3.4).
    """

    def __init__(self) -> None:
        self._state = 1
        # Asked for millions of times, to shake nodes a little: so it repeats itself.
        self.random = cycle(_parts_of_one()).__next__

    def getrandbits(self, bits: int) -> int:
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self._state >> (64 - bits)

    def randint(self, low: int, high: int) -> int:
        return low + int(self.random() * (high - low + 1))

    def gauss(self, mean: float, deviation: float) -> float:
        return mean + deviation * (sum(self.random() for _ in range(12)) - 6)


@lru_cache
def _parts_of_one() -> tuple[float, ...]:
    return tuple(sunflower(number)[0] % 1 for number in range(_PERIOD))


def spring(count: int, ties: Sequence[Tie]) -> list[Point]:
    """Places of so many nodes, in no unit: ties pull, and all push each other away.

    By Fruchterman and Reingold (Graph drawing by force-directed placement, 1991).
    """
    if count < 2:
        return [(0.0, 0.0)] * count
    start = [sunflower(number) for number in range(count)]
    with _igraph() as igraph:
        layout = _graph(igraph, count, ties).layout_fruchterman_reingold(
            weights=[tie.weight for tie in ties],
            seed=[list(point) for point in start],
            niter=_ITERATIONS,
            start_temp=sqrt(count) / 3,
            grid="nogrid" if count < 500 else "grid",
        )
    return [(x, y) for x, y in layout.coords]


def communities(count: int, ties: Sequence[Tie]) -> list[list[int]]:
    """Nodes that are tied to each other more than to others, by the Leiden algorithm.

    Traag, Waltman and van Eck (From Louvain to Leiden, 2019).
    """
    if not ties:
        return [list(range(count))]
    with _igraph() as igraph:
        found = _graph(igraph, count, ties).community_leiden(
            objective_function="modularity", weights=[tie.weight for tie in ties]
        )
    return [list(each) for each in found]


def importance(count: int, links: Sequence[tuple[int, int]]) -> list[float]:
    """How much hangs on each note, 0 to 1: PageRank of the notes that others link to.

    Brin and Page (The anatomy of a large-scale hypertextual web search engine, 1998).
    """
    if not links:
        return [0.0] * count
    with _igraph() as igraph:
        ranks = igraph.Graph(n=count, edges=list(links), directed=True).pagerank()
    low, high = min(ranks), max(ranks)
    span = high - low
    return [(rank - low) / span for rank in ranks] if span > 0 else [0.0] * count


def sunflower(number: int) -> Point:
    """Where the seed with this number lies in a flower head: a disc is filled evenly."""
    radius = sqrt(number + 0.5)
    angle = number * _GOLDEN_ANGLE
    return (radius * cos(angle), radius * sin(angle))


@contextmanager
def _igraph() -> Iterator[Any]:
    """The package, with a source of chance that begins anew."""
    import igraph  # noqa: PLC0415 - takes long to import

    with _TURN:
        igraph.set_random_number_generator(_Chance())
        yield igraph


def _graph(igraph: Any, count: int, ties: Sequence[Tie]) -> Any:
    return igraph.Graph(n=count, edges=[(tie.first, tie.second) for tie in ties])
