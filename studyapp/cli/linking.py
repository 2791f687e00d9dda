"""`studyapp link`, `sync` and `unlink`: folders of deck files that are kept equal with decks."""

from __future__ import annotations

import argparse
from pathlib import Path

from studyapp.domain.linking import Choice
from studyapp.environment import system_clock
from studyapp.services.link_values import Choices, Deletion
from studyapp.services.linking import Linking, planned
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """The three commands and what may follow them."""
    linking = commands.add_parser("link", help="link a folder of deck files")
    linking.add_argument("folder", type=Path)
    linking.set_defaults(command="link")

    unlinking = commands.add_parser("unlink", help="let a folder be linked no more")
    unlinking.add_argument("folder", type=Path)
    unlinking.set_defaults(command="unlink")

    syncing = commands.add_parser("sync", help="bring linked folders and decks together")
    syncing.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and change nothing"
    )
    syncing.add_argument(
        "--conflicts",
        type=Choice,
        choices=list(Choice),
        default=Choice.LATER,
        metavar="|".join(Choice),
        help="notes that were changed on both sides: leave them as they are (later), or take the "
        "words of the app or of the text",
    )
    syncing.add_argument(
        "--deletions",
        type=Deletion,
        choices=list(Deletion),
        default=Deletion.LATER,
        metavar="|".join(Deletion),
        help="notes that were deleted on one side: leave them as they are (later), delete them on "
        "the other side too (follow), or put them back (restore)",
    )
    syncing.set_defaults(command="sync")


def link(database: Database, options: argparse.Namespace) -> str:
    """Links; returns what to tell the user."""
    linking = Linking(database, system_clock)
    path = linking.link(options.folder)
    return f"{path} is linked. `studyapp sync` would find this:\n{linking.look().told()}"


def unlink(database: Database, options: argparse.Namespace) -> str:
    """Unlinks; returns what to tell the user."""
    path = Linking(database, system_clock).unlink(options.folder)
    return f"{path} is linked no more. Its texts and the decks stay as they are."


def sync(collection: Database | Snapshot, options: argparse.Namespace) -> tuple[str, bool]:
    """Brings both sides together, or looks only where the collection can only be read.

    Returns what to tell the user, and whether nothing is left to be chosen or mended.
    """
    plan = planned(collection)
    if not plan.folders:
        return "No folder is linked. `studyapp link FOLDER` links one.", True
    if isinstance(collection, Snapshot):
        return plan.told(), not plan.has_conflicts
    choices = Choices(conflicts=options.conflicts, deletions=options.deletions)
    report = Linking(collection, system_clock).sync(plan, choices)
    return report.told(), report.is_complete
