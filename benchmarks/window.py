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
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns

from benchmarks import machine
from benchmarks.session import Seen
from benchmarks.side import Name, side
from benchmarks.table import milliseconds, percentile

_PLATFORM = "QT_QPA_PLATFORM"


def report(folder: Path, notes: int, rounds: int) -> str:
    """A Markdown table."""
    with TemporaryDirectory(dir=folder) as made:
        begun = Path(made, "begun")
        begun.mkdir()
        side(Name.OURS).build(begun, notes)
        _session(begun)  # the first start installs the decks that come with the app
        load = machine.load()
        seen = [_session(shutil.copytree(begun, Path(made, str(n)))) for n in range(rounds)]
    rows = (
        _row("start of the process → decks painted", [each.decks for each in seen]),
        _row("start studying → first card painted", [each.first_question for each in seen]),
        _row("key → answer painted", [ns for each in seen for ns in each.answers]),
        _row("grade → next card painted", [ns for each in seen for ns in each.questions]),
    )
    about = f"- {machine.processor()}; load {load} before, {machine.load()} after\n"
    about += f"- Qt platform {os.environ.get(_PLATFORM, 'of the desktop')}, {rounds} starts\n\n"
    return f"{about}| {notes:,} notes | median | 95 % within |\n|---|--:|--:|\n{''.join(rows)}"


def _session(folder: Path) -> Seen:
    words = [sys.executable, "-m", "benchmarks.session", str(folder), str(time_ns())]
    said = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout
    return Seen(**json.loads(said))


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
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault(_PLATFORM, "offscreen")
    print(report(asked.folder, asked.notes, asked.rounds))


if __name__ == "__main__":
    main()
