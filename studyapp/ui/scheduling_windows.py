"""All that the window does about scheduling, put together: history, options, days, comparisons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from studyapp.services.backlog import Backlog
from studyapp.services.card_history import CardHistories
from studyapp.services.checking import Checking
from studyapp.services.comparing import Comparing
from studyapp.services.presets import Presets
from studyapp.ui.browsing import Browsing
from studyapp.ui.collection_check import CollectionChecking
from studyapp.ui.comparing_schedulers import ComparingSchedulers
from studyapp.ui.main_window import MainWindow
from studyapp.ui.more_ways import MoreServices, MoreWays
from studyapp.ui.options.fsrs_services import FsrsServices
from studyapp.ui.options.opening import DeckOptions
from studyapp.ui.planning import Planning
from studyapp.ui.showing_history import ShowingHistory


@dataclass(frozen=True, slots=True)
class SchedulingServices:
    """What they use of the collection."""

    histories: CardHistories
    presets: Presets
    fsrs: FsrsServices
    more: MoreServices
    backlog: Backlog
    comparing: Comparing
    checking: Checking


class SchedulingWindows(QObject):
    """Each adds its actions to the screens that it is about; none knows another."""

    def __init__(
        self, window: MainWindow, browsing: Browsing, services: SchedulingServices
    ) -> None:
        super().__init__(window)
        decks = window.decks
        self.history = ShowingHistory(window.study, browsing, services.histories)
        self.options = DeckOptions(decks, window.study, services.presets, services.fsrs)
        self.more_ways = MoreWays(window, services.more)
        self.planning = Planning(decks, services.backlog)
        self.comparing = ComparingSchedulers(decks, services.comparing)
        self.check = CollectionChecking(window, services.checking)
        self.check.mended.connect(decks.refresh)
        self.check.failed.connect(decks.warn)
        window.settings.offer("Collection", self.check.action)
        window.decks_painted.connect(self.planning.begin)

    def stop(self) -> None:
        """The window closes: end what works beside it."""
        self.planning.stop()
        self.comparing.stop()
        self.check.stop()
