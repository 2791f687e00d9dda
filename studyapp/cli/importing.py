"""`studyapp import`: takes in a file, or says what that would do."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from studyapp.cli.progress import on_screen
from studyapp.cli.values_kept import values_kept
from studyapp.environment import OPTIONS, new_key, system_clock
from studyapp.services.import_values import Choice, Choices
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot

_WHAT = (
    "a package (.apkg, .colpkg), a text (.txt, .csv, .tsv), a deck file (.md) or a folder of them"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What may follow the command."""
    parser.add_argument("file", type=Path, help=_WHAT)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be imported, and change nothing"
    )
    parser.add_argument(
        "--conflicts",
        type=Choice,
        choices=list(Choice),
        default=Choice.LATER,
        metavar="|".join(Choice),
        help="notes that were changed here and there: leave them as they are (later), keep yours "
        "and be asked no more (mine), take the file's (theirs), or have both",
    )


def look(installed: AbstractContextManager[Snapshot], options: argparse.Namespace) -> str:
    """What importing the file would do."""
    from studyapp.services.importing import preview  # noqa: PLC0415 - other commands do without

    with installed as collection, values_kept():
        plan = preview(collection.path, system_clock, OPTIONS, options.file, on_screen())
    return plan.told()


def take_in(opened: AbstractContextManager[Database], options: argparse.Namespace) -> str:
    """Import the file; returns what was done."""
    from studyapp.services.importing import Importing  # noqa: PLC0415 - as above

    with opened as database:
        importing = Importing(database, system_clock, OPTIONS, new_key)
        choices = Choices(others=options.conflicts)
        with values_kept():
            plan = importing.preview(options.file, on_screen())
            return importing.apply(plan, choices, on_screen()).told()
