"""Linked folders in the window: linked, looked at, brought together, unlinked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from studyapp.rendering.design import Theme
from studyapp.services.link_values import Plan, Report
from studyapp.services.linking import Linking
from studyapp.ui.linked_page import LinkedPage
from studyapp.ui.linked_words import done
from studyapp.ui.steps_dialog import Rewinds, StepsDialog, plain_button

_UNDO = (
    "Undo takes back what was changed here, not what was written into the texts; the next look "
    "shows the difference."
)


class LinkedDialog(StepsDialog):
    """It looks as soon as it is made; if a folder is given, links it before that."""

    def __init__(
        self,
        parent: QWidget,
        linking: Linking,
        rewinds: Rewinds,
        theme: Theme,
        folder: Path | None = None,
    ) -> None:
        self.page = LinkedPage(theme)
        self.look_button = plain_button("Look again")
        super().__init__(parent, "Linked folders", self.page, rewinds, [self.look_button])
        self._linking = linking
        self._plan: Plan | None = None
        self.place: QFileDialog | None = None
        """Asks which folder; the one that was opened last."""
        self.look_button.clicked.connect(self.look)
        page = self.page
        page.sync_wanted.connect(self.sync)
        page.link_wanted.connect(self.ask_for_folder)
        page.unlink_wanted.connect(self.unlink)
        page.again.clicked.connect(self.look)
        page.cancel.clicked.connect(self.reject)
        if folder is None:
            self.look()
        else:
            self.link(folder)

    def look(self) -> None:
        """See how the folders differ from the collection."""
        self.begin(
            "Looking into the linked folders",
            lambda _: (self._linking.folders(), self._linking.look()),
            self._on_looked,
            self.look,
        )

    def ask_for_folder(self) -> None:
        """Ask which folder to link."""
        self.place = QFileDialog(self, "Link a folder of deck files")
        self.place.setFileMode(QFileDialog.FileMode.Directory)
        self.place.setOption(QFileDialog.Option.ShowDirsOnly)
        self.place.fileSelected.connect(lambda path: self.link(Path(path)))
        self.place.finished.connect(self.place.deleteLater)
        self.place.open()

    def link(self, folder: Path) -> None:
        """Link a folder, then look."""
        self.begin("Linking", lambda _: self._linking.link(folder), self._look_again, self.look)

    def unlink(self, folder: Path) -> None:
        """Let a folder be linked no more; both sides stay as they are."""
        self.begin("Unlinking", lambda _: self._linking.unlink(folder), self._look_again, self.look)

    def sync(self) -> None:
        """Bring both sides together, as was chosen."""
        plan, choices = self._plan, self.page.choices
        if plan is not None:
            self.begin(
                "Bringing both sides together",
                lambda _: self._linking.sync(plan, choices),
                self._on_synced,
                self.look,
            )

    def _look_again(self, _: object) -> None:
        self.look()

    def _on_looked(self, found: object) -> None:
        match found:
            case (tuple() as folders, Plan() as plan):
                self._plan = plan
                self.page.show_plan(folders, plan)
                self.decide()

    def _on_synced(self, report: object) -> None:
        if isinstance(report, Report):
            heading = "Both sides are the same" if report.is_complete else "Brought together"
            undo = [self.undo_button] if report.numbers else []
            text = _UNDO if report.numbers else ""
            self.tell(heading, text, done(report), [*undo, self.look_button])
            self.changed.emit()
