"""Taking in what others wrote: packages of Anki's, texts with a note on each line, deck files."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from studyapp.anki.incoming import Findings, Incoming
from studyapp.domain.presets import DayOptions
from studyapp.errors import PackageError
from studyapp.services.authoring import NewKey
from studyapp.services.chosen import counted
from studyapp.services.clock import Clock
from studyapp.services.import_files import digest_of, opened
from studyapp.services.import_kept import KeptNotes
from studyapp.services.import_media import Files
from studyapp.services.import_running import Run
from studyapp.services.import_values import Choice, Choices, Conflict, Numbers, Plan, Report
from studyapp.services.import_without_progress import without_progress
from studyapp.services.import_writing import WritingRun
from studyapp.services.progress import Progress, silent
from studyapp.store import history, media
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot

__all__ = ["Choice", "Choices", "Conflict", "Importing", "Numbers", "Plan", "Report", "preview"]

_NO_CHOICES = Choices()


def preview(
    collection: Path,
    clock: Clock,
    options: DayOptions,
    path: Path,
    progress: Progress = silent,
    *,
    with_progress: bool = True,
) -> Plan:
    """What importing a file would do; writes nothing, and works in any thread.

    Unless `with_progress`, its notes come as if nobody had studied them there.

    Reads the collection by a snapshot of its own, so that nobody has to wait.
    Raises PackageError or DeckFileError if the file is not what it should be, StorageError if it
    cannot be read, Cancelled.
    """
    digest = digest_of(path)
    folder = media.folder_of(collection)
    told = _Told(progress)
    now = clock()
    kept = KeptNotes(now, options)
    with (
        opened(path, now, options, told.is_wanted) as incoming,
        closing(Snapshot(collection)) as snapshot,
        snapshot.read() as tx,
    ):
        read = kept.keeping(incoming)
        wanted = read if with_progress else without_progress(read)
        run = Run(tx, wanted, folder, _NO_CHOICES, told.progress)
        run.run()
    return Plan(
        path,
        digest,
        run.numbers,
        tuple(run.new_decks),
        tuple(run.conflicts),
        tuple(run.findings.skipped),
        tuple(run.findings.flattened),
        remarks_of(run.findings),
        with_progress,
        incoming.log_count > 0,
        kept,
        incoming.seen,
    )


class Importing:
    """Looks first, then imports; works in any thread."""

    def __init__(
        self, database: Database, clock: Clock, options: DayOptions, new_key: NewKey
    ) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._new_key = new_key

    def preview(
        self, path: Path, progress: Progress = silent, *, with_progress: bool = True
    ) -> Plan:
        """As the function of this name."""
        return preview(
            self._database.path,
            self._clock,
            self._options,
            path,
            progress,
            with_progress=with_progress,
        )

    def apply(
        self, plan: Plan, choices: Choices = _NO_CHOICES, progress: Progress = silent
    ) -> Report:
        """Import what was looked at: one transaction, one step of undo.

        Decides anew, by the collection as it is now. Raises as `preview`, and PackageError if the
        file is another one by now; the collection and its media are then as they were.
        """
        if digest_of(plan.path) != plan.digest:
            raise PackageError(f"{plan.path} has changed since you looked at it. Look again.")
        now = self._clock()
        folder = media.folder_of(self._database.path)
        files = Files(folder)
        told = _Told(progress)
        try:
            with (
                opened(plan.path, now, self._options, told.is_wanted, plan.seen) as incoming,
                self._beside(incoming),
                self._database.change("import", now.at) as tx,
            ):
                read = plan.kept.instead(incoming, now, self._options) if plan.kept else incoming
                wanted = read if plan.with_progress else without_progress(read)
                run = WritingRun(tx, wanted, folder, choices, told.progress)
                run.write(files, now.at, self._new_key)
                name = _step_name(run)
                history.rename_step(tx, name)
        except BaseException:
            files.take_back()
            raise
        return _report(run, name)

    def _beside(self, incoming: Incoming) -> AbstractContextManager[None]:
        """What maps the log in a file of its own is read from there."""
        log = incoming.log_file
        return nullcontext() if log is None else self._database.beside(log)


class _Told:
    """The progress, which SQLite asks for too while it is at work."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = (0, 1)

    def progress(self, done: int, total: int) -> bool:
        self._last = (done, total)
        return self._progress(done, total)

    def is_wanted(self) -> bool:
        return self._progress(*self._last)


def _step_name(run: Run) -> str:
    changed = run.numbers.new + run.numbers.updated
    if changed or not run.numbers.progress:
        return counted("import", changed, "note")
    return counted("import", run.numbers.progress, "card")


def _report(run: Run, name: str) -> Report:
    return Report(
        "" if run.numbers.is_nothing else name,
        run.numbers,
        tuple(run.new_decks),
        tuple(run.conflicts),
        tuple(run.findings.skipped),
        tuple(run.findings.flattened),
        remarks_of(run.findings),
    )


def remarks_of(findings: Findings) -> tuple[str, ...]:
    """What was found, as sentences."""
    counts = (f"{count:,} {what}." for what, count in findings.counts.items() if count)
    return (*findings.remarks, *counts)
