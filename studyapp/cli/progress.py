"""How far long work is, in a terminal."""

from __future__ import annotations

import sys


def progress(done: int, total: int) -> bool:
    """Told on the screen, if somebody looks at it."""
    if sys.stderr.isatty() and total:
        print(f"\r{100 * done // total} %", end="" if done < total else "\n", file=sys.stderr)
    return True
