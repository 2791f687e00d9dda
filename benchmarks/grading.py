"""Grading a card and getting the next, the deck tree and the day's queue, this app beside Anki.

    python -m benchmarks.grading --cards 100000
    python -m benchmarks.grading --cards 1000000 --kinds plain --rounds 3

So many notes, which in a plain collection have one card each; in a mature one every other note has
two, in 500 decks and in all states. Collections are made once a day and kept below build/. Each
number is taken in a process of its own, in turns, by the clock and as the time processors worked.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import machine
from benchmarks.child import Times
from benchmarks.data import Kind
from benchmarks.run import Rounds, compare, timed
from benchmarks.side import Case, Name, side
from benchmarks.table import HEAD, Line
from studyapp.domain.study_day import study_day
from studyapp.environment import OPTIONS, system_clock

CASES = (Case.GRADE, Case.TREE, Case.FIRST_CARD)

Part = Callable[[Times], list[int]]


def collections(folder: Path, kind: Kind, cards: int) -> Path:
    """Where both sides' collections are; those of another day are made anew."""
    today = study_day(system_clock(), OPTIONS.rollover_hour)
    made = folder / f"{kind}-{cards}-{today}"
    if made.is_dir():
        return made
    for old in folder.glob(f"{kind}-{cards}-*"):
        shutil.rmtree(old)
    begun = folder / "begun"
    shutil.rmtree(begun, ignore_errors=True)
    for name in Name:
        (begun / name).mkdir(parents=True)
        side(name).build(begun / name, cards, kind)
    return begun.rename(made)


def report(kind: Kind, folder: Path, rounds: int) -> str:
    """As Markdown."""
    load = machine.load()
    found: dict[Case, Rounds] = {case: {name: [] for name in Name} for case in CASES}
    for number in range(rounds):
        for case, times in found.items():
            for name in list(Name) if number % 2 else reversed(Name):
                times[name].append(timed(name, case, folder / name))
    for case, times in found.items():
        compare(case, times)
    told = f"{rounds} rounds; load {load} before, {machine.load()} after"
    return f"{told}\n\nBy the clock\n\n{_clock(found)}\nProcessors\n\n{_processors(found)}"


def _clock(found: dict[Case, Rounds]) -> str:
    grade, tree, first = (found[case] for case in CASES)
    return _table(
        [
            ("grade a card, get the next", grade, lambda times: times.again),
            ("the first grade of a session", grade, lambda times: [times.first]),
            ("while the first card is looked at", grade, lambda times: [times.thought]),
            ("deck tree with counts", tree, lambda times: times.again),
            ("the first time", tree, lambda times: [times.first]),
            ("build the day's queue, get its first card", first, lambda times: times.again),
            ("the first time", first, lambda times: [times.first]),
        ]
    )


def _processors(found: dict[Case, Rounds]) -> str:
    grade, tree, first = (found[case] for case in CASES)
    return _table(
        [
            ("grade a card, get the next", grade, lambda times: times.worked[1:]),
            ("deck tree with counts", tree, lambda times: times.worked[1:]),
            ("build the day's queue, get its first card", first, lambda times: times.worked[1:]),
        ]
    )


def _table(rows: Sequence[tuple[str, Rounds, Part]]) -> str:
    return HEAD + "".join(_line(*row).markdown() for row in rows)


def _line(title: str, rounds: Rounds, part: Part) -> Line:
    ours, ankis = ([part(times) for times in rounds[name]] for name in Name)
    return Line(title, ours, ankis)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.grading", description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--kinds", type=Kind, nargs="+", default=list(Kind))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("build", "grading"))
    asked = parser.parse_args()
    for kind in asked.kinds:
        folder = collections(asked.folder, kind, asked.cards)
        print(f"### {asked.cards:,} notes, {kind}\n\n{report(kind, folder, asked.rounds)}")


if __name__ == "__main__":
    main()
