"""The user's own snippets: a name, and what it stands for, one a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.latex_entries import LatexEntry
from studyapp.ui.screen import add_action, keys_of, label, row

CATEGORY = "Your snippets"
_NEW_LINE = "⏎"
_EXAMPLE = "expectation = \\mathbb{E}\\left[ $0 \\right]\nproof = **Proof.** $0 ∎"
_HELP = (
    "One a line: a name, =, and what it stands for. It is found with the LaTeX commands and "
    "inserted as it stands; $0 is where the cursor goes, and ⏎ begins a new line."
)
_SIZE = (140 * GRID, 90 * GRID)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is inserted by a name."""

    name: str
    inserted: str
    """With `$0` where the cursor goes."""


def read_snippets(text: str) -> tuple[tuple[Snippet, ...], tuple[str, ...]]:
    """The snippets of a text, and what is wrong with its other lines."""
    found: dict[str, Snippet] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        name, sign, inserted = line.partition("=")
        name, inserted = " ".join(name.split()), inserted.strip().replace(_NEW_LINE, "\n")
        if not sign or not name or not inserted:
            problems.append(f"Line {number} is not of the form: name = text.")
        elif name.casefold() in found:
            problems.append(f"Line {number}: the name “{name}” is there already.")
        else:
            found[name.casefold()] = Snippet(name, inserted)
    return tuple(found.values()), tuple(problems)


def write_snippets(snippets: Iterable[Snippet]) -> str:
    """The text that `read_snippets` reads."""
    lines = (f"{each.name} = {each.inserted.replace(chr(10), _NEW_LINE)}" for each in snippets)
    return "\n".join(lines)


def as_entries(snippets: Iterable[Snippet]) -> tuple[LatexEntry, ...]:
    """For the palette."""
    return tuple(LatexEntry(each.name, each.inserted, CATEGORY) for each in snippets)


class SnippetsDialog(QDialog):
    """Where snippets are written."""

    saved = Signal(str)
    """The text, all lines of which are right."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(CATEGORY)
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("macros")
        self.text.setAccessibleName("Snippets, one a line")
        self.text.setPlaceholderText(_EXAMPLE)
        self.text.setTabChangesFocus(True)
        self.problems = label("", "error", wraps=True)
        self._save = Button("Save")
        self._save.setObjectName("primary")
        self._save.clicked.connect(self.accept)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.reject)
        save = add_action(self, "save", "Save", ("Ctrl+Return", "Ctrl+Enter"), self.accept)
        self._save.setToolTip(keys_of(save))
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_HELP, "quiet", wraps=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.problems)
        layout.addLayout(row(None, cancel, self._save))
        width, height = _SIZE
        self.resize(min(width, parent.width()), min(height, parent.height()))
        self.text.textChanged.connect(self._judge)
        self._judge()

    def accept(self) -> None:
        """Save if there is no mistake."""
        if self._save.isEnabled():
            self.saved.emit(self.text.toPlainText())
            super().accept()

    def _judge(self) -> None:
        _, problems = read_snippets(self.text.toPlainText())
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self._save.setEnabled(not problems)
