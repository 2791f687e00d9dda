"""How long advice on a note takes: `python -m benchmarks.advice`.

The notes of the shipped decks are advised against collections of many notes, by the service that
the editor asks; then texts of 10 kB that were made to take long.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from benchmarks import data, machine, ours
from benchmarks.hostile import PARTS
from benchmarks.table import milliseconds, percentile
from studyapp.advice.catalogue import advise
from studyapp.advice.context import Context
from studyapp.deckfile.parse import read_deck
from studyapp.domain.notes import Note, NoteKind
from studyapp.environment import shipped
from studyapp.services.advising import Advising
from studyapp.store import decks, notes
from studyapp.store.database import Database

LENGTH = 10_000
"""Characters of a hostile text."""
FREQUENT = "What does lemma say of bound, reward, policy, value, agent and proof?"
"""A front of words that nearly every note of the collection has."""
_OPENINGS = ("", "Is it ", "What is ", "Name ", "In a, ")
_ENGLISH = (" and ", "and what ", ", ", "? ", ". ", "(a) ", '"a" ', "“a” ", "it ", "$=$ ", "a ")
_SPACES = (" " * 50 + "x", "\n- a", "{{c1::a}} ", "define a and ", "Studies ")


def _timed(note: Note, advising: Advising, deck_id: int) -> int:
    start = perf_counter_ns()
    advising.advise(note, deck_id)
    return perf_counter_ns() - start


def _told(title: str, taken: Sequence[int]) -> str:
    cells = (percentile(taken, 50), percentile(taken, 95), max(taken))
    return f"| {title} | {' | '.join(milliseconds(each) for each in cells)} |"


def _of_collection(folder: Path, count: int, typical: Sequence[Note]) -> Iterator[str]:
    ours.build(folder, count)
    path = folder / "collection.db"
    with closing(Database.open(path, shipped("migrations"), "a benchmark")) as database:
        advising = Advising(database)
        with database.read() as tx:
            deck_id = decks.by_name(tx, data.ROOT).id
        frequent = Note("new", NoteKind.BASIC, FREQUENT, "Nothing.", ("tag",))
        yield _told(f"{count:,} notes: the first note", [_timed(frequent, advising, deck_id)])
        warm = [_timed(note, advising, deck_id) for note in typical for _ in range(3)]
        yield _told(f"{count:,} notes: a note of a shipped deck", warm)
        often = [_timed(frequent, advising, deck_id) for _ in range(100)]
        yield _told(f"{count:,} notes: a front of frequent words", often)
        edited = [_after_an_edit(database, advising, deck_id, each) for each in range(10)]
        yield _told(f"{count:,} notes: after an edit of a note", edited)


def _after_an_edit(database: Database, advising: Advising, deck_id: int, number: int) -> int:
    with database.change("edit", number) as tx:
        stored = next(iter(notes.in_decks(tx, [deck_id])))
        front = f"{stored.note.front} {number}"
        notes.change(tx, stored, replace(stored.note, front=front), stored.changed_at + 1)
    return _timed(stored.note, advising, deck_id)


def _hostile() -> list[Note]:
    chance = random.Random(1)  # noqa: S311 - not for secrets
    parts = (*PARTS, *_ENGLISH, *_SPACES)
    texts = [opening + part * LENGTH for opening in _OPENINGS for part in parts]
    texts += ["".join(chance.choices(parts, k=LENGTH)) for _ in range(50)]
    return [note for text in texts for note in _as_fields(text[:LENGTH])]


def _as_fields(text: str) -> tuple[Note, ...]:
    return (
        Note("n", NoteKind.BASIC, text, "Short."),
        Note("n", NoteKind.BASIC, "Which are they?", text),
        Note("n", NoteKind.CLOZE, text),
    )


def _of_hostile_texts() -> str:
    taken = []
    for note in _hostile():
        start = perf_counter_ns()
        advise(note, Context())
        taken.append(perf_counter_ns() - start)
    return _told(f"{len(taken)} hostile texts of 10 kB, formulas not drawn", taken)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.advice", description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    files = sorted(shipped("decks").glob("*.md"))
    typical = [note for file in files for note in read_deck(file).notes]
    print(f"{machine.processor()}; load {machine.load()}; {len(typical)} shipped notes\n")
    print("| advice | median | 95 % | longest |\n|---|---|---|---|")
    for count in asked.notes:
        with TemporaryDirectory(prefix="advice-") as folder:
            for line in _of_collection(Path(folder), count, typical):
                print(line, flush=True)
    print(_of_hostile_texts())


if __name__ == "__main__":
    main()
