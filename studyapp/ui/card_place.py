"""Where a study session shows its cards: the web view, made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studyapp.rendering.design import Theme

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

PAGE_STOPPED = (
    "The page that shows cards stopped twice. Your grades are safe. Go back to the decks "
    "and start again; if it happens with the same card again, that card is the cause."
)


class CardPlace(QWidget):
    """Stands in for a `CardView`, with its signals, until there is one."""

    painted = Signal(int)
    link_activated = Signal(str)
    note_activated = Signal(str)
    failed = Signal()

    def __init__(self, make_view: Callable[[], CardView]) -> None:
        super().__init__()
        self._make_view = make_view
        self._view: CardView | None = None
        self._closed = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def view(self) -> CardView:
        """The card's page, made when it is first asked for."""
        if self._view is None:
            self._view = self._make_view()
            self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._view.painted.connect(self.painted)
            self._view.link_activated.connect(self.link_activated)
            self._view.note_activated.connect(self.note_activated)
            self._view.failed.connect(self.failed)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._view)
        return self._view

    @property
    def has_view(self) -> bool:
        return self._view is not None

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard's focus is on the card's page."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def warm_up(self) -> None:
        """Make the view before it is needed."""
        if not self._closed:
            self.view.ensurePolished()

    def dress(self, theme: Theme, text_scale: float) -> None:
        """Change theme and text size at once; a view made later asks for them itself."""
        if self._view is not None:
            self._view.dress(theme, text_scale)

    def shut_down(self) -> None:
        """Let go of the web engine; nothing is shown afterwards."""
        self._closed = True
        if self._view is not None:
            self._view.shut_down()
