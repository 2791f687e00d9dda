"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from studyapp.errors import Cancelled

Progress = Callable[[int, int], bool]
"""Told how much of how much is done; answers False to cancel. Called in the thread of the work."""

CHUNK = 2000
"""Cards or notes between two calls."""


def silent(_done: int, _total: int) -> bool:
    """For work that nobody watches."""
    return True


def go_on(progress: Progress, done: int, total: int) -> None:
    """Tell it; raises Cancelled, which rolls back the transaction it is raised in."""
    if not progress(done, total):
        raise Cancelled("That was cancelled; nothing was changed.")


def in_chunks(ids: Sequence[int], progress: Progress) -> Iterator[Sequence[int]]:
    """The ids, some at a time; raises Cancelled."""
    for start in range(0, len(ids), CHUNK):
        go_on(progress, start, len(ids))
        yield ids[start : start + CHUNK]
