"""A message that stays above a screen until it is dismissed, and one that goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button

_TOAST_MS = 2600


class Banner(QFrame):
    """Messages one below the other, with a button that dismisses them; hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._messages: list[str] = []
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dismiss = Button("Dismiss")
        dismiss.setObjectName("flat")
        dismiss.setAccessibleName("Dismiss the message")
        dismiss.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(self._text, 1)
        layout.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        return "\n".join(self._messages)

    def show_message(self, message: str) -> None:
        """Add a message; one that is there already is not repeated."""
        if message not in self._messages:
            self._messages.append(message)
        self._text.setText(self.text)
        self.setAccessibleName(self.text)
        self.show()

    def withdraw(self, message: str) -> None:
        """Take one message away; it is not true any more."""
        if message in self._messages:
            self._messages.remove(message)
            self._text.setText(self.text)
            self.setAccessibleName(self.text)
            self.setVisible(bool(self._messages))

    def clear(self) -> None:
        self._messages.clear()
        self.hide()


def strip(banner: Banner) -> QWidget:
    """A banner with the usual margins at its sides, to stand above a web view."""
    # With a background of its own: where the web view makes room, what is behind it is not painted
    # again and would be black.
    holder = QWidget()
    holder.setObjectName("screen")
    holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(6 * GRID, 0, 6 * GRID, 0)
    layout.addWidget(banner)
    return holder


class Toast(QLabel):
    """A short message near the lower edge of its parent, gone after a few seconds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, message: str) -> None:
        self.setText(message)
        self.setAccessibleName(message)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        self.move(
            (self._over.width() - self.width()) // 2,
            self._over.height() - self.height() - 27 * GRID,
        )
