"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from time import perf_counter_ns

_BLOCK = b"\x00" * 4096
_SYNCS = 200


def processor() -> str:
    """Its name, and how many of its cores there are."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    found = re.search(r"model name\s*: (.+)", text)
    name = found[1] if found else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


def load() -> str:
    """How many processes wanted to run, on average over the last minute."""
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"


def versions() -> str:
    """Of Python and of the packages that matter; each side tells the SQLite that it has."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "anki"))
    return f"Python {platform.python_version()}, {packages}"


def sync_times(folder: Path) -> list[int]:
    """Nanoseconds that appending 4 KiB to a file and having it on the disk took, each time."""
    path = folder / "synced"
    taken = []
    with path.open("wb", buffering=0) as file:
        for _ in range(_SYNCS):
            start = perf_counter_ns()
            file.write(_BLOCK)
            os.fsync(file.fileno())
            taken.append(perf_counter_ns() - start)
    path.unlink()
    return taken
