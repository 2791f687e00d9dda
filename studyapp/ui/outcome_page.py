"""A page that says what came of some work, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.facts_text import FactsText, Section
from studyapp.ui.screen import label, row


class OutcomePage(QWidget):
    """The last button is the one that Enter presses."""

    def __init__(self, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        self._default = self._buttons[-1]
        self._heading = label("", "title", wraps=True)
        self._text = label("", wraps=True)
        self.facts = FactsText("What came of it")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self._heading)
        layout.addWidget(self._text)
        layout.addWidget(self.facts, 1)
        foot = row(None, *buttons)
        foot.setSpacing(2 * GRID)
        layout.addLayout(foot)
        self._stretch = QWidget()
        layout.insertWidget(3, self._stretch, 1)

    @property
    def heading(self) -> str:
        return self._heading.text()

    @property
    def text(self) -> str:
        """What is said between the heading and the facts."""
        return self._text.text()

    def tell(
        self,
        heading: str,
        text: str,
        sections: Iterable[Section],
        offered: Sequence[Button],
    ) -> None:
        """Show this, and those buttons alone that are `offered`."""
        told = [each for each in sections if each.facts]
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.facts.show_sections(told)
        self.facts.setVisible(bool(told))
        self._stretch.setVisible(not told)
        self.setAccessibleName(f"{heading}. {text}")
        shown = [each for each in self._buttons if each in offered]
        for each in self._buttons:
            each.setVisible(each in shown)
        self._default = shown[-1]
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """To the button that Enter presses."""
        self._default.setDefault(True)
        self._default.setFocus()
