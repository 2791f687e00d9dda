"""Where windows of the benchmarks are drawn."""

from __future__ import annotations

import os
import sys


def at_display() -> None:
    """On the display that there is; without one, into memory. Before the application is made."""
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
