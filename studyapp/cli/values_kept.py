"""Long work without Python's looks for values to let go."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def values_kept() -> Iterator[None]:
    """With a million values those looks take a tenth of the time.

    The window has its own turns for that.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
