"""Find and replace in many notes, with a look at what it would change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from studyapp.domain.query import Field
from studyapp.domain.replacing import Replacement, replacer
from studyapp.errors import Cancelled, ContentError
from studyapp.rendering.design import GRID
from studyapp.services.progress import Progress
from studyapp.services.replacing import Preview, TextChange
from studyapp.ui.bulk_dialogs import AskingDialog
from studyapp.ui.check_box import CheckBox
from studyapp.ui.chevron import ComboBox
from studyapp.ui.latest import Latest
from studyapp.ui.screen import label
from studyapp.ui.spans import counted

CALM_MS = 300
"""Without a key, before it is looked what would change."""
_SIZE = QSize(720, 560)
_AROUND = 30
"""Letters of a text that are shown before the first difference."""
_SHOWN = 90

Look = Callable[[Replacement, Progress], Preview]
"""Tells what would change; called beside the window."""


class ReplaceDialog(AskingDialog):
    """The button works when it is known what it changes."""

    looked = Signal()
    """It is told what would change."""

    def __init__(
        self, parent: QWidget, what: str, look: Look, replace: Callable[[Replacement], None]
    ) -> None:
        super().__init__(parent, "Find and replace", f"In {what}.", "Replace")
        self._look = look
        self._replace = replace
        self._number = 0
        self._latest = Latest()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self.wanted, self.put = QLineEdit(), QLineEdit()
        self.field = ComboBox()
        self.regex = CheckBox("Regular expression; \\1 puts in the first group")
        self.match_case = CheckBox("Capitals matter")
        self.effect = label("", "quiet", wraps=True)
        self.changes = QTreeWidget()
        self._fill()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.button.setEnabled(False)
        self.wanted.setFocus()

    def _fill(self) -> None:
        self.field.addItem("Front, back and source", None)
        for field in Field:
            self.field.addItem(f"Only the {field}", str(field))
        for line in (self.wanted, self.put):
            line.setMinimumWidth(90 * GRID)
        self.changes.setHeaderLabels(["Before", "After"])
        self.changes.setAccessibleName("What would change")
        self.changes.setRootIsDecorated(False)
        self.changes.setUniformRowHeights(True)
        self.effect.setAccessibleName("How much would change")
        self.add_line("Find", self.wanted)
        self.add_line("Replace with", self.put)
        self.add_line("In", self.field)
        self.body.addWidget(self.regex)
        self.body.addWidget(self.match_case)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.changes, 1)

    def _connect(self) -> None:
        for signal in (
            self.wanted.textEdited,
            self.put.textEdited,
            self.field.activated,
            self.regex.toggled,
            self.match_case.toggled,
        ):
            signal.connect(lambda *_: self._on_edited())
        self._calm.timeout.connect(self.look_now)
        self._latest.done.connect(self._on_looked)
        self._latest.failed.connect(self._on_failed)
        self.finished.connect(lambda _: self._end())

    @property
    def replacement(self) -> Replacement:
        """What is asked for."""
        field = self.field.currentData()
        return Replacement(
            self.wanted.text(),
            self.put.text(),
            Field(field) if field else None,
            regex=self.regex.isChecked(),
            match_case=self.match_case.isChecked(),
        )

    def look_now(self) -> None:
        """See what would change."""
        self._calm.stop()
        wanted = self.replacement
        if not wanted.find:
            return
        try:
            replacer(wanted)
        except ContentError as failure:
            self.complain(str(failure))
            return
        number = self._number = self._number + 1
        self.effect.setText("Looking …")
        self._latest.begin(
            lambda: (
                number,
                self._look(wanted, lambda _done, _total: number == self._number),
            )
        )

    def do(self) -> None:
        self._replace(self.replacement)

    def _on_edited(self) -> None:
        self._number += 1  # what is looked for now counts no more
        self.button.setEnabled(False)
        self.complain("")
        self.effect.setText("")
        self.changes.clear()
        self._calm.start()

    def _on_looked(self, _job: int, result: object) -> None:
        match result:
            case (int() as number, Preview() as preview):
                if number == self._number:
                    self._show(preview)

    def _show(self, preview: Preview) -> None:
        self.effect.setText(effect(preview))
        for change in preview.changes:
            before, after = excerpts(change)
            self.changes.addTopLevelItem(QTreeWidgetItem([before, after]))
        self.changes.header().resizeSection(0, self.changes.viewport().width() // 2)
        self.button.setEnabled(preview.notes > 0)
        self.looked.emit()

    def _on_failed(self, _job: int, failure: Exception) -> None:
        if not isinstance(failure, Cancelled):
            self.complain(str(failure))

    def _end(self) -> None:
        self._number += 1
        self._latest.shut_down()


def effect(preview: Preview) -> str:
    """How much would change, in a sentence or two."""
    if not preview.notes and not preview.refused:
        return "It is nowhere to be found."
    told = (
        f"{counted(preview.places, 'place')} in {counted(preview.notes, 'note')} would change."
        if preview.notes
        else "Nothing would change."
    )
    if preview.refused:
        stays = "stays as it is" if len(preview.refused) == 1 else "stay as they are"
        told += f" {counted(len(preview.refused), 'note')} {stays}: else nothing would be asked."
    return told


def excerpts(change: TextChange) -> tuple[str, str]:
    """The first place that differs, before and after, each in one line."""
    pairs = zip(change.before, change.after, strict=False)
    shorter = min(len(change.before), len(change.after))
    differs = next((n for n, (one, other) in enumerate(pairs) if one != other), shorter)
    start = max(differs - _AROUND, 0)
    return _excerpt(change.before, start), _excerpt(change.after, start)


def _excerpt(text: str, start: int) -> str:
    line = " ".join(text[start : start + _SHOWN].split())
    return f"{'…' if start else ''}{line}{'…' if start + _SHOWN < len(text) else ''}"
