"""Importing a package of Anki's, beside Anki: `python -m benchmarks.importing`.

Each is measured in a process of its own, whose peak of memory is told. Seconds are those of the
processor, all threads together, so that what else a machine does has no part in them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from anki.collection import Collection, ExportAnkiPackageOptions

from benchmarks import ankis, machine
from studyapp.cli.values_kept import values_kept
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.environment import OPTIONS, care_of, new_key, system_clock

SIDES = ("build", "ours", "anki")
PACKAGE = "modern.apkg"
REVIEWS = 10
"""Of each card, a day between them."""
START = 1_700_000_000_000
_MB = 1e6


def build(folder: Path, notes: int) -> dict[str, float]:
    """Make a collection with Anki, and let Anki export it."""
    source = folder / "source"
    source.mkdir()
    ankis.build(source, notes)
    collection = Collection(str(source / "collection.anki2"))
    _study(collection)
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=True, legacy=False
    )
    path = str(folder / PACKAGE)
    collection.export_anki_package(out_path=path, options=options, limit=None)
    assert collection.db is not None
    reviews = float(collection.db.scalar("SELECT count(*) FROM revlog"))
    collection.close()
    return {"log rows": reviews}


def _study(collection: Collection) -> None:
    """Formulas as Anki has them, and for each card a review on each of so many days."""
    db = collection.db
    assert db is not None
    formula = "replace(replace(flds, '$x_', char(92) || '(x_'), ' y$', ' y' || char(92) || ')')"
    db.execute(f"UPDATE notes SET flds = {formula}")
    db.execute("DELETE FROM revlog")
    for day in range(1, REVIEWS + 1):
        db.execute(
            "INSERT INTO revlog SELECT ? + 80 * (id - 1600000000000), id, -1, 3, ?, ?, 2500, 3000,"
            " iif(?, 1, 0) FROM cards",
            *(START + day * MS_PER_DAY, day, day - 1, int(day > 1)),
        )
    db.execute("UPDATE cards SET type = 2, queue = 2, ivl = ?, reps = ?", REVIEWS, REVIEWS)
    db.execute("UPDATE cards SET factor = 2500, due = 1100")
    collection.set_schema_modified()


def ours(folder: Path, notes: int) -> dict[str, float]:
    """Look, import, look again, take it back."""
    from studyapp.services.importing import Importing  # noqa: PLC0415
    from studyapp.store import history  # noqa: PLC0415

    taken: dict[str, float] = {}
    # As `studyapp import` does it.
    with closing(care_of(folder / "ours").open("benchmark")) as database, values_kept():
        importing = Importing(database, system_clock, OPTIONS, new_key)
        path = folder / PACKAGE
        start = process_time()
        plan = importing.preview(path)
        taken["preview"] = process_time() - start
        assert plan.numbers.new == notes
        start = process_time()
        importing.apply(plan)
        taken["import"] = process_time() - start
        start = process_time()
        assert importing.preview(path).numbers.is_nothing
        taken["preview of the same again"] = process_time() - start
        start = process_time()
        with database.rewind() as tx:
            history.undo(tx)
        taken["undo"] = process_time() - start
    return taken


def anki(folder: Path, notes: int) -> dict[str, float]:
    """Anki's own import into an empty collection."""
    from anki.collection import (  # noqa: PLC0415
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    (folder / "anki").mkdir()
    collection = Collection(str(folder / "anki" / "collection.anki2"))
    request = ImportAnkiPackageRequest(package_path=str(folder / PACKAGE), options=options)
    start = process_time()
    collection.import_anki_package(request)
    taken = process_time() - start
    assert collection.note_count() == notes
    collection.close()
    return {"import": taken}


ACTIONS: dict[str, Callable[[Path, int], dict[str, float]]] = dict(
    zip(SIDES, (build, ours, anki), strict=True)
)


def child(side: str, folder: Path, notes: int) -> dict[str, float]:
    """What a side took, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.importing", "--side", side]
    done = subprocess.run(
        [*command, "--folder", str(folder), "--notes", str(notes)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(folder: Path, notes: int) -> None:
    built = child("build", folder, notes)
    size = (folder / PACKAGE).stat().st_size / _MB
    print(f"\n{notes:,} notes, {built['log rows']:,.0f} log rows, {size:.0f} MB\n")
    print("| | ours | Anki's |\n|---|--:|--:|")
    mine, theirs = child("ours", folder, notes), child("anki", folder, notes)
    for name, seconds in mine.items():
        unit = "MB" if name == "peak of memory" else "s"
        beside = f"{theirs[name]:.1f} {unit}" if name in theirs else ""
        print(f"| {name} | {seconds:.1f} {unit} | {beside} |")


def main() -> None:
    """Print the report, or what one side took as JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.importing", description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    parser.add_argument("--side", choices=SIDES)
    asked = parser.parse_args()
    if asked.side:
        taken = ACTIONS[asked.side](asked.folder, asked.notes)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MB
        json.dump({**taken, "peak of memory": peak}, sys.stdout)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(f"- {machine.processor()}; load {machine.load()}\n- {machine.versions()}")
    with TemporaryDirectory(dir=asked.folder) as folder:
        report(Path(folder), asked.notes)


if __name__ == "__main__":
    main()
