"""Fitting FSRS to the user's reviews, and moving cards to the days on which it would ask them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.scheduling.fsrs_fitting import FEWEST, Fit
from studyapp.services.presets import Shared
from studyapp.services.progress import Progress
from studyapp.services.switching import Choice
from studyapp.ui.background import BackgroundWork, Work
from studyapp.ui.button import Button
from studyapp.ui.options.fsrs_services import FsrsServices
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_EXPLAINED = (
    "Optimising fits the parameters to the reviews of all decks that share this preset, and tries "
    "them on the newest fifth. Moving gives cards in review the day on which FSRS would ask them; "
    "else they come when they are due already."
)
_TOO_FEW = (
    f"There are fewer than {FEWEST} reviews to learn from. Until then the parameters of most "
    "learners are the best guess."
)


class FsrsTools(QWidget):
    """Both run beside the window and can be cancelled."""

    fitted = Signal(object)
    """Parameters that foresaw recall better; they are not saved yet."""
    failed = Signal(str)
    ended = Signal()
    """Something is done, whatever came of it."""

    def __init__(self, services: FsrsServices) -> None:
        super().__init__()
        self._services = services
        self._shared: Shared | None = None
        self._fit: Fit | None = None
        self._work: BackgroundWork | None = None
        self.optimise_button = Button("Optimise from my reviews")
        self.move_button = Button("Move cards now")
        for button in (self.optimise_button, self.move_button):
            button.setAutoDefault(False)
        self.said = label("", wraps=True)
        self.optimise_button.clicked.connect(self.optimise)
        self.move_button.clicked.connect(self.move_cards)
        buttons = row(self.optimise_button, self.move_button, None)
        buttons.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addLayout(buttons)
        layout.addWidget(self.said)

    def follow(self, shared: Shared, *, edited: bool) -> None:
        """Work on this preset; while it is edited, its cards cannot be moved."""
        self._shared = shared
        self.optimise_button.setEnabled(bool(shared.deck_ids))
        is_fsrs = shared.preset.scheduler == "fsrs" and bool(shared.deck_ids)
        self.move_button.setEnabled(is_fsrs and not edited)
        self.move_button.setToolTip("" if is_fsrs else "Save the preset with FSRS first")

    def optimise(self) -> None:
        """Fit parameters and offer them if they are better."""
        self._fit = None
        self._begin("Optimising the parameters of FSRS", self._optimise)

    def move_cards(self) -> None:
        """One step of undo, however many cards it is about."""
        self._begin("Moving cards", self._move)

    def stop(self) -> None:
        """Cancel what is being done and wait for it."""
        if self._work is not None:
            self._work.stop()

    def _begin(self, title: str, work: Work) -> None:
        if self._work is not None or self._shared is None:
            return
        self._work = BackgroundWork(self, title, work)
        self._work.done.connect(self._tell)
        self._work.failed.connect(self.failed)
        self._work.cancelled.connect(lambda: self._tell("Cancelled; nothing was changed."))
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _optimise(self, progress: Progress) -> str:
        assert self._shared is not None  # noqa: S101 - for the type checker
        fit = self._services.optimising.optimise(self._shared.id, progress)
        if fit is None:
            return _TOO_FEW
        self._fit = fit
        return told(fit)

    def _move(self, progress: Progress) -> str:
        assert self._shared is not None  # noqa: S101
        preset = self._shared.preset
        choice = Choice(
            preset.scheduler,
            preset.desired_retention_permille,
            preset.fsrs_parameters,
            moves_cards=True,
        )
        moved = self._services.switching.switch(self._shared.id, choice, progress).moved
        return f"{counted(moved, 'card')} moved. Undo takes it back."

    def _tell(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        if self._fit is not None and self._fit.is_better:
            self.fitted.emit(self._fit.parameters)
        self._fit = None

    def _on_ended(self) -> None:
        self._work = None
        self.ended.emit()


def told(fit: Fit) -> str:
    """What came of fitting parameters."""
    tried = counted(fit.fitted.reviews, "review")
    numbers = (
        f"Learned from {counted(fit.learned_from, 'review')}, tried on the newest {tried}: log loss"
        f" {fit.present.log_loss:.3f} with the present parameters, {fit.fitted.log_loss:.3f} with"
        " the new ones."
    )
    if fit.is_better:
        return f"{numbers} The new ones stand above; “Save” takes them over."
    return f"{numbers} The present ones foresaw recall at least as well, so they stay."
