"""Exporting a deck to Anki: where to, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studyapp.domain.decks import Deck
from studyapp.services.progress import Progress
from studyapp.ui.background import BackgroundWork

Export = Callable[[int, Path, Progress], str]
"""Writes a deck (by its id) to a file and returns what to tell the user."""

_SUFFIX = ".apkg"
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class Exporting(QObject):
    """Writes one deck at a time beside the window."""

    told = Signal(str)
    """What came of it, to be kept on the screen."""
    cancelled = Signal()

    def __init__(self, window: QWidget, export: Export) -> None:
        super().__init__(window)
        self._window = window
        self._export = export
        self._work: BackgroundWork | None = None

    def ask(self, deck: Deck) -> None:
        """Ask where to, then write the deck."""
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            "Export to Anki",
            str(usual_folder() / file_name(deck)),
            f"Anki packages (*{_SUFFIX})",
        )
        if path:
            target = Path(path)
            self.start(deck, target if target.suffix else target.with_suffix(_SUFFIX))

    def start(self, deck: Deck, target: Path) -> None:
        """Write a deck; nothing happens while another is being written."""
        if self._work is not None:
            return
        self._work = BackgroundWork(
            self._window,
            f"Exporting “{deck.short_name}”",
            lambda progress: self._export(deck.id, target, progress),
        )
        self._work.done.connect(self.told)
        self._work.failed.connect(self.told)
        self._work.cancelled.connect(self.cancelled)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def stop(self) -> None:
        """Cancel what is being written and wait for it."""
        if self._work is not None:
            self._work.stop()

    def _on_ended(self) -> None:
        self._work = None


def usual_folder() -> Path:
    location = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(location))
    return folder if folder.is_dir() else Path.home()


def file_name(deck: Deck) -> str:
    """A name for the deck's package that every file system takes."""
    name = _NOT_IN_FILE_NAMES.sub(" ", deck.short_name)
    return f"{' '.join(name.split()).strip('. ') or 'deck'}{_SUFFIX}"
