"""Taking decks to Anki, and to texts that people and programs read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from studyapp.domain.presets import DayOptions
from studyapp.errors import Cancelled, ExportError
from studyapp.services.clock import Clock
from studyapp.services.export_decks import export_decks
from studyapp.services.export_gathering import Gathered, Gathering
from studyapp.services.export_json import export_json
from studyapp.services.export_packages import export_package
from studyapp.services.export_texts import export_text
from studyapp.services.export_values import (
    Everything,
    Form,
    OfDeck,
    OfSearch,
    OfTag,
    Preview,
    Report,
    Request,
    Selection,
    Task,
)
from studyapp.services.progress import Progress, silent
from studyapp.store import media
from studyapp.store.snapshot import Snapshot

__all__ = [
    "Everything", "Exchange", "Form", "OfDeck", "OfSearch", "OfTag", "Preview", "Report", "Request",
    "Selection",
]  # fmt: skip

_OPTIONS: Final = DayOptions()


class Exchange:
    """Reads the collection by a snapshot of its own, so it works in any thread."""

    def __init__(self, collection: Path, clock: Clock, options: DayOptions = _OPTIONS) -> None:
        self._collection = collection
        self._clock = clock
        self._options = options

    def preview(self, request: Request, progress: Progress = silent) -> Preview:
        """What an export would hold and lose; writes nothing.

        Raises ExportError, NotFound, QueryError, StorageError, or Cancelled.
        """
        return self._run(request, None, progress)

    def write(self, request: Request, target: Path, progress: Progress = silent) -> Report:
        """Export to a file, or a folder if decks are written; returns what was written.

        A file gets the ending of its form, so that no other file is written over by mistake.
        Raises as `preview`; then nothing was written.
        """
        named = _named(target, request.form)
        return Report(self._run(request, named, progress), named)

    def _run(self, request: Request, target: Path | None, progress: Progress) -> Preview:
        _check(request)
        with closing(Snapshot(self._collection)) as snapshot:
            gathering = Gathering(snapshot, self._clock, self._options)
            selection = gathering.chosen(request.selection)
            with snapshot.read_and_copy() as (tx, copying):
                gathered = gathering.gather(tx, selection)
                folder = media.folder_of(self._collection)
                watch = _watched(progress)
                now = self._clock()
                task = Task(request, target, folder, now, self._options, watch, copying)
                return _WRITERS[request.form](gathered, task)


_WRITERS: Final[dict[Form, Callable[[Gathered, Task], Preview]]] = {
    Form.PACKAGE: export_package,
    Form.COLLECTION: export_package,
    Form.CSV: export_text,
    Form.TSV: export_text,
    Form.DECKS: export_decks,
    Form.JSON: export_json,
}


def _check(request: Request) -> None:
    if request.form is Form.COLLECTION and request.selection != Everything():
        raise ExportError(
            "A .colpkg holds a whole collection. Export a part of it to an .apkg, or leave out the "
            "deck, the tag and the search."
        )


def _named(target: Path, form: Form) -> Path:
    ending = f".{form}"
    if form is Form.DECKS or target.suffix.lower() == ending:
        return target
    return target.with_name(target.name + ending)


def _watched(progress: Progress) -> Callable[[int, int], None]:
    def go_on(done: int, total: int) -> None:
        if not progress(done, total):
            raise Cancelled("The export was cancelled; no file was written.")

    return go_on
