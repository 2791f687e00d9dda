"""Deleted notes and decks, which can be had back for 30 days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studyapp.domain.decks import parent_names
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.errors import NotFound
from studyapp.services.chosen import counted
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, in_chunks, silent
from studyapp.store import decks, history, trash, trash_return
from studyapp.store.database import Database, Transaction
from studyapp.store.trash import KEPT_DAYS, Batch, DeletedNote
from studyapp.store.trash_return import ReturnedDeck

__all__ = ["KEPT_DAYS", "Batch", "DeletedNote", "Restored", "Trash"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    name: str
    """Of the step of undo: "return of 12 notes"."""
    notes: int
    left: int
    """Notes that stay in the trash, since others with their keys are there now."""


class Trash:
    """What was deleted in the last 30 days, by the actions that deleted it.

    Undo of a deletion takes its notes out of the trash, redo puts them in again.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def batches(self) -> tuple[Batch, ...]:
        """Each deletion of which something is in the trash, the newest first."""
        with self._database.read() as tx:
            return tuple(trash.batches(tx))

    def ids(self, batch_id: int) -> tuple[int, ...]:
        """Ids, in the trash, of the notes of a batch, for a table that shows them by pages."""
        with self._database.read() as tx:
            return tuple(trash.ids_in(tx, batch_id))

    def notes(self, ids: Sequence[int]) -> tuple[DeletedNote | None, ...]:
        """A page of them: some of `ids`; None for those that are not in the trash any more."""
        with self._database.read() as tx:
            found = trash.listed(tx, ids)
        return tuple(found.get(each) for each in ids)

    def restore(
        self, batch_id: int, ids: Sequence[int] | None = None, progress: Progress = silent
    ) -> Restored:
        """Put a batch, or some notes of it, back with cards, schedules and reviews as they were.

        Decks that are not there any more come back with them, with their options and texts. One
        step of undo; works in any thread. Raises NotFound if nothing of it is in the trash,
        Cancelled, StorageError; nothing was changed then.
        """
        with self._database.change("return of notes", self._clock().at) as tx:
            came = trash_return.put_back_decks(tx, batch_id) if ids is None else []
            inside = trash.ids_in(tx, batch_id)
            wanted = inside if ids is None else sorted({*inside} & {*ids})
            if not came and not wanted:
                raise NotFound("This is not in the trash any more.")
            _complete(tx, came)
            number = sum(_put_back(tx, chunk) for chunk in in_chunks(wanted, progress))
            name = counted("return", number, "note") if wanted else "return of a deck"
            history.rename_step(tx, name)
        return Restored(name, number, len(wanted) - number)

    def empty(self) -> None:
        """Delete for ever what is in the trash. Undo can bring it back as long as it goes so far.

        Raises StorageError.
        """
        with self._database.rewind() as tx:
            trash.empty(tx)

    def purge(self) -> None:
        """Delete for ever what was deleted more than 30 days ago; raises StorageError."""
        before = self._clock().at - KEPT_DAYS * MS_PER_DAY
        with self._database.read() as tx:
            oldest = trash.oldest(tx)
        if oldest is not None and oldest < before:
            with self._database.rewind() as tx:
                trash.purge(tx, before)


def _put_back(tx: Transaction, ids: Sequence[int]) -> int:
    return trash_return.put_back(
        tx, trash_return.contents(tx, ids), lambda name: _ensure_deck(tx, name)
    )


def _ensure_deck(tx: Transaction, name: str) -> int:
    """The id of a deck, which comes from the trash if it is there, with those above it."""
    for each in (*parent_names(name), name):
        _complete(tx, trash_return.put_back_deck(tx, each))
    return decks.ensure(tx, name)


def _complete(tx: Transaction, came: Iterable[ReturnedDeck]) -> None:
    """Decks that came back have decks above them, and newer versions of their files count again."""
    removed = decks.removed(tx)
    keys = {each.key for each in came if each.key in removed}
    if keys:
        decks.remember_removed(tx, {key: removed[key] for key in removed if key not in keys})
    for each in came:
        for parent in parent_names(each.name):
            decks.ensure(tx, parent)
