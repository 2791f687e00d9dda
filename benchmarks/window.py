"""How long a user waits for the window: `python -m benchmarks.window`.

From the start of the process to the list of decks, from a key to the card it brings. Anki's window
is not measured beside it: the `anki` package has none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns

from benchmarks import machine
from benchmarks.session import Seen
from benchmarks.side import Name, side
from benchmarks.table import milliseconds, percentile

_PLATFORM = "QT_QPA_PLATFORM"
_HEAD = "| | median | 95 % within |\n|---|--:|--:|\n"
_PATIENCE_S = 120


def report(folder: Path, notes: int, rounds: int) -> str:
    """A Markdown table."""
    with TemporaryDirectory(dir=folder) as made:
        environment = _environment()
        begun = Path(made, "begun")
        begun.mkdir()
        side(Name.OURS).build(begun, notes)
        _session(begun, environment)  # the first start installs the decks that come with the app
        load = machine.load()
        copies = (shutil.copytree(begun, Path(made, str(number))) for number in range(rounds))
        seen = [_session(copy, environment) for copy in copies]
    rows = (
        _row("start of the process → decks painted", [each.decks for each in seen]),
        _row("start studying → first card painted", [each.first_question for each in seen]),
        _row("key → answer painted", [ns for each in seen for ns in each.answers]),
        _row("grade → next card painted", [ns for each in seen for ns in each.questions]),
    )
    about = (
        f"Qt platform “{environment.get(_PLATFORM, 'of the desktop')}”, {rounds} starts, {notes:,} "
        f"notes; load {load} before, {machine.load()} after."
    )
    return f"### The window\n\n{about}\n\n{_HEAD}{''.join(rows)}"


def _environment() -> dict[str, str]:
    """Where there is no display, the window is drawn into memory."""
    environment = dict(os.environ)
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
        environment.setdefault(_PLATFORM, "offscreen")
    return environment


def _session(folder: Path, environment: Mapping[str, str]) -> Seen:
    words = [sys.executable, "-m", "benchmarks.session", str(folder), str(time_ns())]
    # Chromium tells at length what this machine lacks; an error of ours is told there too.
    done = subprocess.run(
        words, capture_output=True, check=False, timeout=_PATIENCE_S, env=environment
    )
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return Seen(**json.loads(done.stdout))


def _row(title: str, times: Sequence[int]) -> str:
    cells = (title, *(milliseconds(percentile(times, percent)) for percent in (50, 95)))
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.window", description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(report(asked.folder, asked.notes, asked.rounds))


if __name__ == "__main__":
    main()
