"""The options of a deck: its preset, page by page, its own limits, and a sample of what they do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.decks import Deck
from studyapp.domain.presets import DeckLimits, Preset, options_of, preset_of
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.scheduling.fsrs_parameters import Parameters
from studyapp.services.presets import Presets
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.options.explained import PAGES
from studyapp.ui.options.fsrs_tools import FsrsTools
from studyapp.ui.options.limits_page import TITLE, LimitsPage
from studyapp.ui.options.page import OptionsPage
from studyapp.ui.options.preset_bar import PresetBar
from studyapp.ui.options.sample_view import SampleView
from studyapp.ui.screen import add_action, label, row

_SIZE = QSize(1000, 760)
_HELD = "Save or revert what you changed before you choose another preset."


class OptionsDialog(QDialog):
    """Nothing is changed before it is saved, which is one step of undo."""

    def __init__(self, parent: QWidget, presets: Presets, tools: FsrsTools, deck: Deck) -> None:
        super().__init__(parent)
        self._presets = presets
        self._deck = deck
        self.tools = tools
        self._at_first: tuple[Preset, DeckLimits] = (deck.preset, deck.limits)
        self.setWindowTitle(f"Options of {deck.name.replace('::', ' › ')}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question: QMessageBox | None = None
        """Asked before changes are lost."""
        self.banner = Banner()
        self.bar = PresetBar(presets)
        self.limits = LimitsPage()
        self.pages = [OptionsPage(title, options) for title, options in PAGES]
        self.sample = SampleView()
        self.save_button = self._button("Save", self.save)
        self.revert_button = self._button("Revert", self._revert)
        self.save_button.setObjectName("primary")
        self._lay_out()
        add_action(self, "save", "Save", ("Ctrl+S", "Ctrl+Return"), self.save)
        self.bar.chosen.connect(self._choose)
        self.bar.failed.connect(self.banner.show_message)
        self.limits.changed.connect(self._on_changed)
        for page in self.pages:
            page.changed.connect(self._on_changed)
        self.page("Scheduler").add(tools)
        tools.fitted.connect(self._take_parameters)
        tools.failed.connect(self.banner.show_message)
        self.finished.connect(tools.stop)
        self.list.setCurrentRow(0)
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self._choose(deck.preset_id)
        self.list.setFocus()

    def _button(self, text: str, do: Callable[[], object]) -> Button:
        button = Button(text)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Pages of options")
        self.list.setFixedWidth(46 * GRID)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self.list.addItems([TITLE, *(page.title for page in self.pages)])
        self._stack.addWidget(self.limits)
        for page in self.pages:
            self._stack.addWidget(page)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        body = row(self.list, self._stack)
        body.setSpacing(4 * GRID)
        body.setStretch(1, 1)
        close = self._button("Close", self.reject)
        close.setToolTip("Esc")
        self.save_button.setToolTip("Ctrl+S")
        self.said = label("", "quiet", wraps=True)
        buttons = row(self.said, self.revert_button, close, self.save_button)
        buttons.setSpacing(2 * GRID)
        buttons.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.bar)
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)
        layout.addWidget(self.sample)
        layout.addLayout(buttons)

    @property
    def preset(self) -> Preset:
        """The chosen preset with what is entered; raises ContentError."""
        shown = self.bar.current.preset
        entered: dict[str, object] = options_of(shown, {})
        for page in self.pages:
            entered |= page.read()
        return preset_of(shown.name, entered)

    @property
    def has_edits(self) -> bool:
        """Whether something was entered that is not saved; what is wrong counts too."""
        try:
            return (self.preset, self.limits.read()) != self._at_first
        except StudyAppError:
            return True

    def page(self, title: str) -> OptionsPage:
        """Go to the page with this title."""
        (number,) = (at for at, page in enumerate(self.pages, 1) if page.title == title)
        self.list.setCurrentRow(number)
        return self.pages[number - 1]

    def save(self) -> bool:
        """Save, or tell what is wrong; whether it was saved."""
        try:
            self._presets.save(self._deck.id, self.bar.preset_id, self.preset, self.limits.read())
        except StudyAppError as failure:
            self.banner.clear()
            self.banner.show_message(str(failure))
            return False
        self.accept()
        return True

    def reject(self) -> None:
        """Close, after asking if something is not saved."""
        if self.question is not None:
            return
        if self.has_edits:
            self.question = self._ask()
            self.question.open()
        else:
            super().reject()

    def _ask(self) -> QMessageBox:
        box = QMessageBox(self)
        box.setWindowTitle("Options that are not saved")
        box.setText("What you changed here is not saved.")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Discard it", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Go on", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)

        def answered() -> None:
            clicked, self.question = box.clickedButton(), None
            box.deleteLater()
            if clicked is save:
                self.save()
            elif clicked is discard:
                self._revert()
                self.reject()

        box.finished.connect(answered)
        return box

    def _choose(self, preset_id: int) -> None:
        """Show a preset as it is now."""
        try:
            every = self._presets.every()
        except StudyAppError as failure:
            self.banner.show_message(str(failure))
            return
        self.bar.show_presets(every, preset_id)
        self._revert()

    def _revert(self) -> None:
        """Show what is saved."""
        preset = self.bar.current.preset
        for page in self.pages:
            page.show_preset(preset)
        self.limits.show_limits(self._deck.limits, self._presets.today())
        self._at_first = (preset, self.limits.read())
        self.banner.clear()
        self._on_changed()

    def _on_changed(self) -> None:
        edited = self.has_edits
        self.bar.hold(_HELD if edited else "", self._deck.id)
        self.revert_button.setEnabled(edited)
        is_used = self._deck.id in self.bar.current.deck_ids
        self.save_button.setEnabled(edited or not is_used)
        self.tools.follow(self.bar.current, edited=edited)
        try:
            self.sample.show_preset(self.preset)
        except StudyAppError:
            return  # told beside the option; the sample stays

    def _take_parameters(self, parameters: Parameters) -> None:
        line = self.page("Scheduler").lines["fsrs_parameters"]
        line.show_value(parameters)
        self._on_changed()
