"""Measure this app beside Anki on this machine: `python -m benchmarks.run`.

Each number is taken in a process of its own, in turns: ours, Anki's, Anki's, ours, and so on, so
that whatever else the machine does hits both. Both sides have to count the same cards, else nothing
is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import machine, window
from benchmarks.child import Times
from benchmarks.side import Case, Name, side
from benchmarks.table import HEAD, Line, milliseconds, percentile

Rounds = dict[Name, list[Times]]

COUNTS = {Case.OPEN: 6, Case.FIRST_CARD: 10, Case.GRADE: 300, Case.TREE: 20}
"""How often a process does each."""

SIDES = {Name.OURS: "ours", Name.ANKIS: "Anki's"}

MARK = "## Measured"
"""The heading in a page that what was measured stands below, up to the page's end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure, and where."""

    folder: Path
    """On the disk that is meant."""
    sizes: Sequence[int]
    """Numbers of notes."""
    rounds: int


def report(plan: Plan) -> str:
    """All as Markdown."""
    load = machine.load()
    syncs = sorted(machine.sync_times(plan.folder))
    results = {notes: measured(plan, notes) for notes in plan.sizes}
    settings = results[plan.sizes[-1]][Case.OPEN]
    facts = (
        f"{machine.processor()}; load {load} before, {machine.load()} after",
        machine.versions(),
        *(f"{title}: {_settings(settings[name][0])}" for name, title in SIDES.items()),
        f"4 KiB written and synced in {milliseconds(percentile(syncs, 50))}, 95 % within "
        f"{milliseconds(percentile(syncs, 95))}",
        f"{plan.rounds} rounds",
    )
    tables = (f"### {notes:,} notes\n\n{_table(cases)}" for notes, cases in results.items())
    return "\n".join(("".join(f"- {fact}\n" for fact in facts), *tables))


def measured(plan: Plan, notes: int) -> dict[Case, Rounds]:
    """Make both collections and time every case in every round."""
    with TemporaryDirectory(dir=plan.folder) as made:
        for name in Name:
            _tell(f"making {name} with {notes:,} notes")
            folder = Path(made, name)
            folder.mkdir()
            side(name).build(folder, notes)
        found: dict[Case, Rounds] = {case: {name: [] for name in Name} for case in Case}
        for number in range(plan.rounds):
            _tell(f"round {number + 1} of {plan.rounds}, load {machine.load()}")
            for case, rounds in found.items():
                for name in list(Name) if number % 2 else reversed(Name):
                    rounds[name].append(timed(name, case, Path(made, name)))
    for case, rounds in found.items():
        compare(case, rounds)
    return found


def timed(name: Name, case: Case, folder: Path) -> Times:
    """One side's times for a case, taken in a process of its own; the collection stays as it is."""
    if case is not Case.GRADE:
        return _in_a_process(name, case, folder)
    with _copied(folder) as copy:
        return _in_a_process(name, case, copy)


def _in_a_process(name: Name, case: Case, folder: Path) -> Times:
    words = [sys.executable, "-m", "benchmarks.child", name, case, str(folder), str(COUNTS[case])]
    said = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout
    return Times(**json.loads(said))


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    """A copy to write to, so that every round starts alike."""
    with TemporaryDirectory(dir=folder.parent) as made:
        copy = shutil.copytree(folder, Path(made, folder.name))
        if hasattr(os, "sync"):
            os.sync()  # else the copy would still be on its way to the disk while grades are
        yield copy


def compare(case: Case, rounds: Rounds) -> None:
    """Raises SystemExit if the sides differ: whoever counts other cards does other work."""
    counts = {name: {tuple(times.counts) for times in rounds[name]} for name in Name}
    if counts[Name.OURS] != counts[Name.ANKIS]:
        raise SystemExit(f"{case}: the sides count different cards: {counts}")


def _table(cases: dict[Case, Rounds]) -> str:
    opening, first, grade, tree = (cases[case] for case in Case)
    lines = (
        _line("import the backend, open the collection", opening, _imports_and_first),
        _line("the latter alone", opening, _first),
        _line("open it again", opening, _again),
        _line("build the day's queue, get its first card, the first time", first, _first),
        _line("the same again", first, _again),
        _line("grade a card, get the next", grade, _again),
        _line("deck tree with counts, the first time", tree, _first),
        _line("the same again", tree, _again),
    )
    return HEAD + "".join(line.markdown() for line in lines)


def _line(title: str, rounds: Rounds, part: Callable[[Times], list[int]]) -> Line:
    ours, ankis = ([part(times) for times in rounds[name]] for name in Name)
    return Line(title, ours, ankis)


def _first(times: Times) -> list[int]:
    return [times.first]


def _imports_and_first(times: Times) -> list[int]:
    return [times.imports + times.first]


def _again(times: Times) -> list[int]:
    return times.again


def _settings(times: Times) -> str:
    return ", ".join(f"{key} {value}" for key, value in times.settings.items())


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main() -> None:
    """Print the report, or put it into a page of the documentation."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    parser.add_argument("--window", action="store_true", help="measure the window too")
    parser.add_argument(
        "--into", type=Path, help=f"a page; what stands below its “{MARK}” is replaced"
    )
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = report(Plan(asked.folder, asked.notes, asked.rounds))
    if asked.window:
        _tell("opening windows")
        found += "\n" + window.report(asked.folder, asked.notes[0], asked.rounds)
    if asked.into is None:
        print(found)
    else:
        _put_into(asked.into, found)


def _put_into(page: Path, found: str) -> None:
    kept = page.read_text(encoding="utf-8").partition(MARK)[0]
    page.write_text(f"{kept}{MARK}\n\n{found}", encoding="utf-8")


if __name__ == "__main__":
    main()
