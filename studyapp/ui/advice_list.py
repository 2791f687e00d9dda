"""What could be better in a note, told quietly: never in the way, and each rule can be silenced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studyapp.advice.rule import Advice
from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.screen import label, row

SILENCE = "Don’t show again"
_HIGHEST = 44 * GRID


class AdviceList(QScrollArea):
    """Hidden while there is nothing to say."""

    fix_wanted = Signal(object)
    """The note as a fix would make it."""
    silenced = Signal(str)
    """The rule that the user does not want to hear of again."""

    def __init__(self, after: QWidget) -> None:
        """`after`: the keyboard goes on to the advice from there."""
        super().__init__()
        self._after = after
        self.setObjectName("advice")
        self.setAccessibleName("Advice")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tips: tuple[Advice, ...] = ()
        self._buttons: dict[tuple[str, str], Button] = {}
        self.hide()

    @property
    def tips(self) -> tuple[Advice, ...]:
        """What is told now."""
        return self._tips

    def button(self, rule: str, text: str) -> Button:
        """Of a rule that has something to say; KeyError if it has none."""
        return self._buttons[rule, text]

    def tell(self, tips: Sequence[Advice]) -> None:
        """Show these instead of what was told before."""
        if _key(tips) == _key(self._tips):
            self._tips = tuple(tips)
            return
        self._tips = tuple(tips)
        self._buttons.clear()
        content = QWidget()
        content.setObjectName("screen")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for index, tip in enumerate(self._tips):
            layout.addWidget(self._line(tip, index))
        layout.addStretch(1)
        self.setWidget(content)
        # What is made late would else be the last stop of the whole window.
        for before, button in pairwise((self._after, *self._buttons.values())):
            self.setTabOrder(before, button)
        self._fit()
        self.setVisible(bool(tips))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as what it tells, but never so high that little is left of the cards."""
        content = self.widget()
        layout = None if content is None else content.layout()
        if layout is not None and self._tips:
            height = layout.heightForWidth(self.viewport().width())
            highest = min(_HIGHEST, self.window().height() // 4)
            self.setFixedHeight(min(height + 2 * self.frameWidth(), highest))

    def _line(self, tip: Advice, index: int) -> QFrame:
        line = QFrame()
        line.setObjectName("panel")
        line.setAccessibleName(f"Advice: {tip.rule.title}. {tip.message}")
        reason = f"{tip.rule.reason} ({tip.rule.source})"
        line.setToolTip(reason)
        why = label(reason, "quiet", wraps=True)
        why.hide()
        rule = tip.rule.name
        title = ElidedLabel("heading")
        title.show_text(tip.rule.title)
        top = row(
            title,
            self._button(rule, "Why?", lambda: self._turn(why)),
            self._button(rule, SILENCE, lambda: self.silenced.emit(rule)),
        )
        top.setStretch(0, 1)
        layout = QVBoxLayout(line)
        layout.setContentsMargins(3 * GRID, GRID, GRID, 2 * GRID)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(label(tip.message, wraps=True))
        layout.addWidget(why)
        if tip.fix is not None:
            fix = self._button(rule, tip.fix.label, lambda: self._fix(index))
            fix.setObjectName("")
            layout.addSpacing(GRID)
            layout.addLayout(row(fix, None))
        return line

    def _turn(self, why: QWidget) -> None:
        why.setVisible(why.isHidden())
        self._fit()

    def _button(self, rule: str, text: str, do: Callable[[], object]) -> Button:
        made = Button(text)
        made.setObjectName("flat")
        self._buttons[rule, text] = made
        made.clicked.connect(lambda: do())  # noqa: PLW0108 - without the signal's own argument
        return made

    def _fix(self, index: int) -> None:
        # The newest advice of this line: what else was written since it was first told stays.
        fix = self._tips[index].fix
        if fix is not None:
            self.fix_wanted.emit(fix.note)


def _key(tips: Sequence[Advice]) -> list[tuple[str, str, bool]]:
    """What can be seen of advice."""
    return [(each.rule.name, each.message, each.fix is not None) for each in tips]
