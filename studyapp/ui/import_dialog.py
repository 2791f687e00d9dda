"""Taking a file in: it is read, shown before anything is changed, imported, and can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from studyapp.rendering.design import Theme
from studyapp.services.import_values import Plan, Report
from studyapp.services.importing import Importing
from studyapp.ui.import_page import ImportPage
from studyapp.ui.import_words import done, sections
from studyapp.ui.steps_dialog import Rewinds, StepsDialog


class ImportDialog(StepsDialog):
    """One file; it is read as soon as the dialog is made."""

    def __init__(
        self, parent: QWidget, path: Path, importing: Importing, rewinds: Rewinds, theme: Theme
    ) -> None:
        self.page = ImportPage(theme)
        super().__init__(parent, f"Import {path.name}", self.page, rewinds)
        self._path = path
        self._importing = importing
        self._plan: Plan | None = None
        self.page.import_wanted.connect(self.take_in)
        self.page.looking_wanted.connect(self.look)
        self.page.cancel.clicked.connect(self.reject)
        self.look()

    def look(self) -> None:
        """Read the file and show what it would bring."""
        path, with_progress = self._path, self.page.with_progress.isChecked()
        self.begin(
            f"Reading {path.name}",
            lambda progress: self._importing.preview(path, progress, with_progress=with_progress),
            self._on_looked,
            self.look,
        )

    def take_in(self) -> None:
        """Import what was looked at."""
        plan, choices = self._plan, self.page.choices
        if plan is not None:
            self.begin(
                f"Importing {self._path.name}",
                lambda progress: self._importing.apply(plan, choices, progress),
                self._on_imported,
                self.look,  # the file may be another one by now
            )

    def on_return(self) -> None:
        if self._plan is not None:
            self.page.tick(self._plan)

    def _on_looked(self, plan: object) -> None:
        if isinstance(plan, Plan):
            self._plan = plan
            self.page.show_plan(plan)
            self.decide()

    def _on_imported(self, report: object) -> None:
        if isinstance(report, Report):
            heading = "Imported" if report.name else "All of it was here already"
            offered = [self.undo_button] if report.name else []
            self.tell(heading, done(report), sections(report), offered)
            self.changed.emit()
