"""Importing a package of Anki's, beside Anki: `python -m benchmarks.importing`.

Each is measured in a process of its own, whose peak of memory is told.
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
from time import perf_counter

from benchmarks import ankis, machine
from studyapp.environment import OPTIONS, care_of, new_key, system_clock

SIDES = ("build", "ours", "anki")
_MB = 1e6


def build(folder: Path, notes: int) -> dict[str, float]:
    """Make a collection with Anki, and let Anki export it."""
    from anki.collection import Collection, ExportAnkiPackageOptions  # noqa: PLC0415

    source = folder / "source"
    source.mkdir()
    ankis.build(source, notes)
    collection = Collection(str(source / "collection.anki2"))
    for legacy in (True, False):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )
        path = package(folder, legacy=legacy)
        collection.export_anki_package(out_path=str(path), options=options, limit=None)
    assert collection.db is not None
    reviews = float(collection.db.scalar("SELECT count(*) FROM revlog"))
    collection.close()
    return {"log rows": reviews}


def package(folder: Path, *, legacy: bool) -> Path:
    return folder / f"{'legacy' if legacy else 'modern'}.apkg"


def ours(folder: Path, notes: int) -> dict[str, float]:
    """Look, import, look again, take it back."""
    from studyapp.services.importing import Importing  # noqa: PLC0415
    from studyapp.store import history  # noqa: PLC0415

    taken: dict[str, float] = {}
    with closing(care_of(folder / "ours").open("benchmark")) as database:
        importing = Importing(database, system_clock, OPTIONS, new_key)
        for legacy in (True, False):
            path = package(folder, legacy=legacy)
            name = path.stem
            start = perf_counter()
            plan = importing.preview(path)
            taken[f"preview, {name}"] = perf_counter() - start
            assert plan.numbers.new == notes
            start = perf_counter()
            importing.apply(plan)
            taken[f"import, {name}"] = perf_counter() - start
            start = perf_counter()
            assert importing.preview(path).numbers.is_nothing
            taken[f"preview of the same again, {name}"] = perf_counter() - start
            start = perf_counter()
            with database.rewind() as tx:
                history.undo(tx)
            taken[f"undo, {name}"] = perf_counter() - start
    return taken


def anki(folder: Path, notes: int) -> dict[str, float]:
    """Anki's own import into an empty collection."""
    from anki.collection import (  # noqa: PLC0415
        Collection,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    taken = {}
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    for legacy in (True, False):
        path = package(folder, legacy=legacy)
        target = folder / f"anki-{path.stem}"
        target.mkdir()
        collection = Collection(str(target / "collection.anki2"))
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        start = perf_counter()
        collection.import_anki_package(request)
        taken[f"import, {path.stem}"] = perf_counter() - start
        assert collection.note_count() == notes
        collection.close()
    return taken


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
    size = package(folder, legacy=True).stat().st_size / _MB
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
