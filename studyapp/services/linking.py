"""Linked folders: deck files that are edited outside, and notes that are edited here, kept equal.

Files are written before the database commits. If the process dies in between, the next look finds
texts that have all that the collection has, and merging them again changes nothing; the other way
round, old texts would look like somebody's edits and undo newer ones of the collection.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.linking import Status
from studyapp.errors import ContentError, NotFound, StorageError
from studyapp.services import shipped_media
from studyapp.services.chosen import counted
from studyapp.services.clock import Clock
from studyapp.services.link_files import copy_media, write_texts
from studyapp.services.link_looking import look
from studyapp.services.link_values import Choices, Plan, Report
from studyapp.services.link_writing import Done, FolderSync
from studyapp.store import history, linked, media, trash
from studyapp.store.database import Database, Transaction
from studyapp.store.snapshot import Snapshot

__all__ = ["Choices", "Linked", "Linking", "Plan", "Report", "planned"]

_NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Linked:
    """A folder that is linked."""

    path: Path
    is_there: bool


def planned(collection: Database | Snapshot) -> Plan:
    """As `Linking.look`, also where another process writes the collection."""
    with collection.read() as tx:
        return look(tx)


class Linking:
    """Linking, unlinking and each sync are one step of undo.

    Undo takes back what a sync did in the collection, never what it wrote into texts; the next look
    shows the difference.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def folders(self) -> tuple[Linked, ...]:
        """In the order in which they were linked."""
        with self._database.read() as tx:
            return tuple(Linked(each.path, each.path.is_dir()) for each in linked.folders(tx))

    def link(self, folder: Path) -> Path:
        """Link a folder of deck files; returns its full path.

        Nothing else changes until the next sync. Raises StorageError if it is no folder,
        ContentError if it is linked already.
        """
        path = _resolved(folder)
        if not path.is_dir():
            raise StorageError(f"{path} is no folder. Make it first, or name another one.")
        at = self._clock().at
        with self._database.change("link a folder", at) as tx:
            if any(each.path == path for each in linked.folders(tx)):
                raise ContentError(f"{path} is linked already. Sync brings both sides together.")
            linked.add_folder(tx, path, at)
        return path

    def unlink(self, folder: Path) -> Path:
        """Forget that a folder is linked; both sides stay as they are. Raises NotFound."""
        path = _resolved(folder)
        with self._database.change("unlink a folder", self._clock().at) as tx:
            found = {each.path: each.id for each in linked.folders(tx)}
            if path not in found:
                names = "; ".join(map(str, found)) or "none"
                raise NotFound(f"{path} is not linked. Linked folders: {names}.")
            linked.remove_folder(tx, found[path])
        return path

    def look(self) -> Plan:
        """How all linked folders differ from the collection; changes nothing."""
        return planned(self._database)

    def sync(self, plan: Plan, choices: Choices = _NO_CHOICES) -> Report:
        """Bring over what only one side changed, and what was chosen of the rest.

        Raises ContentError if the notes or the texts are not as `plan` has them, StorageError; the
        collection is then as it was.
        """
        at = self._clock().at
        with self._database.change("sync", at) as tx:
            if look(tx) != plan:
                raise ContentError(
                    "Notes or texts have changed since they were looked at. Nothing was changed. "
                    "Look again."
                )
            batch_id = trash.begin(tx, "deletion in linked texts", at)
            done = [FolderSync(tx, each, choices, at).run(batch_id) for each in plan.folders]
            trash.end(tx, batch_id)
            messages = self._write(tx, plan, done, at)
            report = _report(done, messages)
            history.rename_step(tx, _step_name(report))
        return report

    def _write(self, tx: Transaction, plan: Plan, done: list[Done], at: int) -> tuple[str, ...]:
        """Media first: what a text calls for is there when the text is."""
        here = media.folder_of(self._database.path)
        messages: list[str] = []
        for folder, each in zip(plan.folders, done, strict=True):
            messages += folder.problems
            messages += shipped_media.install(tx, folder.path, here, at)
            messages += copy_media(folder, here, each.going_out)
        for folder, each in zip(plan.folders, done, strict=True):
            write_texts(folder, each.texts)
        return tuple(messages)


def _resolved(folder: Path) -> Path:
    return folder.expanduser().resolve()


def _report(done: list[Done], messages: tuple[str, ...]) -> Report:
    numbers: Counter[Status] = Counter()
    for each in done:
        numbers.update(each.numbers)
    return Report(
        numbers,
        tuple(item for each in done for item in each.left),
        tuple(head for each in done for head in each.heads_left),
        tuple(path for each in done for path in each.texts),
        messages,
    )


def _step_name(report: Report) -> str:
    number = sum(report.numbers.values()) - report.numbers.get(Status.SAME, 0)
    return counted("sync", number, "note") if number else "sync"
