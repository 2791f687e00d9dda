"""What all screens have in common: named actions with shortcuts, and telling the user something."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studyapp.rendering.design import Theme
from studyapp.services.exchange import Everything
from studyapp.ui.banner import Banner
from studyapp.ui.export_offer import Offer

_STANDARD = "standard_keys"
"""Property of an action: the keys it was made with."""


def add_action(
    owner: QWidget,
    name: str,
    text: str,
    keys: Iterable[str],
    do: Callable[[], object],
    *,
    repeats: bool = False,
) -> QAction:
    """An action of `owner` and what lies in it: listed by F1, found by the palette.

    `keys` are portable key texts ("Ctrl+Z"); unless it `repeats`, a key held down counts once.
    """
    action = QAction(text, owner)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setAutoRepeat(repeats)
    action.setProperty(_STANDARD, action.shortcuts())

    def triggered() -> None:
        do()  # without the signal's own argument

    action.triggered.connect(triggered)
    owner.addAction(action)
    return action


def keys_of(action: QAction) -> str:
    """An action's keys as the platform writes them: "Space or Return"."""
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(each.toString(native) for each in action.shortcuts())


def is_named(action: QAction) -> bool:
    """Whether `add_action` made it."""
    return action.property(_STANDARD) is not None


def standard_keys(action: QAction) -> list[QKeySequence]:
    """The keys that an action has unless the user chose others."""
    return list(action.property(_STANDARD))


def tell_keys(action: QAction, tell: Callable[[str], object]) -> None:
    """Tell an action's keys now and whenever they are others."""
    action.changed.connect(lambda: tell(keys_of(action)))
    tell(keys_of(action))


def label(text: str, name: str = "", *, wraps: bool = False) -> QLabel:
    """A text; `name` decides how it looks, see the style sheet."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    return made


class Screen(QWidget):
    """One screen of the window."""

    told = Signal(str)
    """Something to be shown for a moment."""
    export_wanted = Signal(object)
    """An `Offer` that the user wants to export."""

    def __init__(self, title: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(accessible_name)
        self.title = title
        self.banner = Banner()

    def enter(self) -> None:
        """The screen comes to the front: show what is true now and take the focus."""
        self.setFocus()

    def leave(self, then: Callable[[], object]) -> None:
        """Another screen comes to the front, or the window closes: do it, now or after asking."""
        then()

    def to_export(self) -> Offer:
        """What the screen is about, for the user who wants to export something."""
        return Everything()

    def dress_card(self, theme: Theme, text_scale: float) -> None:
        """Theme or size of card text are others now; `text_scale` is 1 for the usual size."""

    def shut_down(self) -> None:
        """The window closes: end threads and let go of the web engine."""

    def warn(self, message: str) -> None:
        """Show a message that stays until it is dismissed."""
        self.banner.show_message(message)


def page_layout(screen: QWidget, margin: int, widest: int = 0) -> QVBoxLayout:
    """The usual layout of a screen: one column with a margin, at most `widest` (0: any) wide."""
    outer = QHBoxLayout(screen)
    outer.setContentsMargins(margin, margin, margin, margin)
    column = QWidget()
    outer.addWidget(column, 1)
    if widest:
        column.setMaximumWidth(widest)
        outer.addStretch(0)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(margin // 2)
    return layout


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is the space that takes what is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        if each is None:
            layout.addStretch(1)
        else:
            layout.addWidget(each)
    return layout
