"""How far long work is, in a terminal."""

from __future__ import annotations

import sys

from studyapp.services.progress import Progress


def on_screen() -> Progress:
    """Tells each percent, if somebody looks at the screen."""
    told = -1

    def tell(done: int, total: int) -> bool:
        nonlocal told
        percent = 100 * done // total if total else 0
        if percent != told:
            told = percent
            _tell(percent)
        return True

    return tell


def _tell(percent: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{percent} %", end="" if percent < 100 else "\n", file=sys.stderr)
