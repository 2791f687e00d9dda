"""Fits parameters in a process of its own: the library lets no other thread run meanwhile.

The process starts afresh, so this imports little. Ending it is how fitting is cancelled.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from studyapp.errors import ContentError
from studyapp.scheduling.fsrs_fitting import Fit, Seen, fit
from studyapp.scheduling.fsrs_parameters import Parameters

_LOOK_EVERY_S = 0.1
_CARDS_AT_ONCE = 500


def fit_beside(
    cards: Sequence[Sequence[Seen]], present: Parameters, go_on: Callable[[], None]
) -> Fit | None:
    """As `fit`; calls `go_on` ten times a second, and ends the process if that raises.

    Raises ContentError if the library gives up.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        _send(ours, cards, go_on)
        ours.send(present)
        while not ours.poll(_LOOK_EVERY_S):
            go_on()
        fitted: Fit | None = ours.recv()
        return fitted
    except (EOFError, BrokenPipeError) as failure:
        raise ContentError(
            "No parameters could be fitted to this log. The present ones stay in use."
        ) from failure
    finally:
        ours.close()
        process.kill()
        process.join()


def _send(end: Connection, cards: Sequence[Sequence[Seen]], go_on: Callable[[], None]) -> None:
    """Some at a time: pickling lets no other thread run either."""
    for start in range(0, len(cards), _CARDS_AT_ONCE):
        go_on()
        end.send(cards[start : start + _CARDS_AT_ONCE])
    end.send([])


def _work(end: Connection) -> None:
    cards: list[Sequence[Seen]] = []
    while some := end.recv():
        cards += some
    end.send(fit(cards, end.recv()))
