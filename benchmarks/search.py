"""Searching, at 100,000 notes beside Anki, at a million alone: `python -m benchmarks.search`."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from benchmarks import machine, ours
from benchmarks.table import milliseconds, percentile, timed
from studyapp.domain.query import Column, Listed
from studyapp.domain.query_text import plain
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.services.finding import Finding
from studyapp.store.database import Database
from studyapp.store.search_words import Index, containing

VOCABULARY = 50_000
_WORDS_OF_A_NOTE = 20
_PAGE = 50
_SAMPLE = 150
_REPEATS = 5
_FIRST_ANKI_ID = 1_600_000_000_000

QUERIES = (
    "*", "lemma", "-lemma", "is:due", "is:new", "deck:Benchmark::*", "tag:topic-1", "added:7",
    "rated:7", "introduced:30", "prop:ivl>30", "prop:ivl>30 -is:due tag:topic-1*",
    "lemma 4242", '"lemma 42"', "e", "12", "l*a", "lem_a", "front:*4242*", "back:*x_{42*",
    "re:lemma.4242", "re:l.mm.\\s42", "w:lemma", "dupe:",
)  # fmt: skip
UNKNOWN_TO_ANKI = ("dupe:",)


def vocabulary() -> list[str]:
    """Words of two to five syllables, all different, always the same."""
    chance = Random(7)  # noqa: S311 - not for secrets
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        made["".join(chance.choices(syllables, k=chance.randint(2, 5)))] = None
    return list(made)


def texts(count: int) -> Iterator[str]:
    """For each note words of which few are frequent and most are rare, as in any language."""
    words, chance = vocabulary(), Random(8)  # noqa: S311 - not for secrets
    for number in range(count):
        chosen = (words[int(VOCABULARY * chance.random() ** 4)] for _ in range(_WORDS_OF_A_NOTE))
        yield f"That $x_{{{number}}}$ is {' '.join(chosen)}."


def build(folder: Path, notes: int) -> None:
    folder.mkdir()
    ours.build(folder, notes)
    with closing(sqlite3.connect(care_of(folder).collection)) as connection, connection:
        rows = ((text, number) for number, text in enumerate(texts(notes), 1))
        connection.executemany("UPDATE notes SET back = ? WHERE id = ?", rows)
        connection.execute("UPDATE notes SET created_at = id * 1000, changed_at = -id * 1000")


def sampled_words() -> list[str]:
    """Frequent ones, rare ones, and such as occur nowhere."""
    words = vocabulary()
    step = VOCABULARY // _SAMPLE
    return ["lemma", *words[:20], *words[20::step], "4242", "123", "nowhere", "quixotic"]


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in nanoseconds."""

    taken: Sequence[int]

    def cells(self) -> str:
        most = (median(self.taken), percentile(self.taken, 95), max(self.taken))
        return " | ".join(milliseconds(each) for each in most)


def repeated(action: Callable[[], object], times: int = _REPEATS) -> Times:
    action()
    return Times(timed(action, times))


def each_word(find: Callable[[str], object]) -> Times:
    """The median of three for each word."""
    return Times([int(median(repeated(partial(find, word), 3).taken)) for word in sampled_words()])


class Ours:
    """Our collection, searched."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.finding = Finding(database, system_clock, OPTIONS)
        self._index = Index()

    def set_of(self, word: str) -> int:
        """The notes with a word, as a set."""
        with self.database.read() as tx:
            return self._index.reader(tx).notes(containing(plain(word)))

    def page(
        self, query: str, column: Column = Column.ADDED, listed: Listed = Listed.CARDS
    ) -> object:
        return self.finding.find(query, column, True, listed).rows(0, _PAGE)

    def all_ids(self, query: str) -> Sequence[int]:
        return self.finding.find(query).all_ids()

    def edit_and_find(self) -> object:
        with self.database.change("edit", 1) as tx:
            tx.exec_driver_sql("UPDATE notes SET front = front || '.' WHERE id = 5")
        return self.page("lemma 4242")


def our_lines(side: Ours) -> Iterator[str]:
    yield "| | median | 95 % within | longest |\n|---|--:|--:|--:|\n"
    yield f"| a word → the set of its notes | {each_word(side.set_of).cells()} |\n"
    yield f"| a word → count and first page | {each_word(side.page).cells()} |\n"
    for query in QUERIES:
        taken = repeated(partial(side.page, query))
        yield f"| `{query}` → count and first page | {taken.cells()} |\n"
    yield f"| edit a note, search | {repeated(side.edit_and_find).cells()} |\n"
    every = side.finding.find("*", Column.DUE)
    whole = repeated(lambda: side.finding.all_ids(every.question, every.total), 3)
    yield f"| the order of all rows, once, when scrolling begins | {whole.cells()} |\n"


def sort_lines(side: Ours) -> Iterator[str]:
    yield "| sorted by, first page | all cards | cards with “lemma” | all notes |\n"
    yield "|---|--:|--:|--:|\n"
    for column in Column:
        cells = [
            milliseconds(median(repeated(partial(side.page, *asked)).taken))
            for asked in (
                ("*", column, Listed.CARDS),
                ("lemma", column, Listed.CARDS),
                ("*", column, Listed.NOTES),
            )
        ]
        yield f"| {column} | {' | '.join(cells)} |\n"


def anki_lines(folder: Path, notes: int, side: Ours) -> Iterator[str]:
    """The same queries in Anki, which tells the ids of all cards; ours tells all of them too."""
    from anki.collection import Collection  # noqa: PLC0415 - it starts Anki's backend

    from benchmarks import ankis  # noqa: PLC0415

    folder.mkdir()
    ankis.build(folder, notes)
    col = Collection(str(folder / "collection.anki2"))
    assert col.db is not None
    fields = [(text, _FIRST_ANKI_ID + number) for number, text in enumerate(texts(notes))]
    sql = "UPDATE notes SET flds = substr(flds, 1, instr(flds, char(31))) || ? WHERE id = ?"
    col.db.transact(partial(col.db.executemany, sql, fields))
    yield "| all ids | ours: median | longest | Anki's: median | longest |\n|---|--:|--:|--:|--:|\n"
    yield _beside("a word", each_word(side.all_ids), each_word(col.find_cards))
    for query in QUERIES:
        if query not in UNKNOWN_TO_ANKI:
            mine = repeated(partial(side.all_ids, query))
            theirs = repeated(partial(col.find_cards, query))
            yield _beside(f"`{query}`", mine, theirs)
    col.close()


def _beside(title: str, mine: Times, theirs: Times) -> str:
    cells = [milliseconds(each) for t in (mine, theirs) for each in (median(t.taken), max(t.taken))]
    return f"| {title} | {' | '.join(cells)} |\n"


def report(folder: Path, notes: int, *, beside_anki: bool) -> Iterator[str]:
    build(folder / f"ours-{notes}", notes)
    path = care_of(folder / f"ours-{notes}").collection
    before = path.stat().st_size
    with closing(care_of(folder / f"ours-{notes}").open("benchmark")) as database:
        side = Ours(database)
        start = perf_counter_ns()
        side.finding.refresh()
        took = (perf_counter_ns() - start) / 1e9
        with database.read() as tx:
            pages = tx.exec_driver_sql("SELECT page_count FROM pragma_page_count").scalar()
        megabytes = int(pages or 0) * 4096 / 1e6
        yield f"\n### {notes:,} notes\n\nThe index was made in {took:.1f} s; with it "
        yield f"the collection has {megabytes:.0f} MB, {before / 1e6:.0f} MB before.\n\n"
        yield from our_lines(side)
        if beside_anki:
            yield "\n"
            yield from sort_lines(side)
            yield "\n"
            yield from anki_lines(folder / f"ankis-{notes}", notes, side)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--many", type=int, default=1_000_000, help="0: leave that out")
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(f"- {machine.processor()}; load {machine.load()}\n- {machine.versions()}")
    print(f"- SQLite {sqlite3.sqlite_version}")
    with TemporaryDirectory(dir=asked.folder) as folder:
        for line in report(Path(folder), asked.notes, beside_anki=True):
            print(line, end="", flush=True)
        if asked.many:
            for line in report(Path(folder), asked.many, beside_anki=False):
                print(line, end="", flush=True)


if __name__ == "__main__":
    main()
