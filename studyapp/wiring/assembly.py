"""The main window with everything that it opens, on one collection."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QApplication

from studyapp.services.drafts import Draft
from studyapp.services.landscape import Landscapes
from studyapp.services.library import Library
from studyapp.services.media_care import MediaCare
from studyapp.services.notation import Notation
from studyapp.services.shelf import Shelf
from studyapp.services.study import Study
from studyapp.services.updates import Updates
from studyapp.ui.advice_rules import AdviceRules
from studyapp.ui.browsing import Browsing
from studyapp.ui.exchanging import Exchanging
from studyapp.ui.main_window import MainWindow
from studyapp.ui.map.opening import MapOpening
from studyapp.ui.map.place_beside import PlaceBeside
from studyapp.ui.map.tools import MapTools
from studyapp.ui.media_checking import MediaChecking
from studyapp.ui.preferences import Preferences
from studyapp.ui.removing import Removing
from studyapp.ui.scheduling_windows import SchedulingWindows
from studyapp.ui.showing_statistics import ShowingStatistics
from studyapp.ui.theming import Theming
from studyapp.ui.updating import Updating
from studyapp.wiring import tools
from studyapp.wiring.world import World

DRAFT = "draft.json"
"""Beside the collection: what is being written and was not added yet."""
PREFERENCES = "window.ini"
"""Beside it too: what the window remembers."""


class Assembly:
    """Made once for each time that the window is opened; end it with `stop`."""

    def __init__(
        self, application: QApplication, world: World, messages: Sequence[str] = ()
    ) -> None:
        """`messages`: about deck files that could not be installed."""
        self.world = world
        self.preferences = Preferences(world.folder / PREFERENCES)
        self.theming = Theming(application, self.preferences)
        self.study = Study(world.database, world.clock, world.options)
        self.sessions = tools.sessions_of(world, self.study)
        self.writing = tools.writing_tools(world, self.preferences)
        self.browse = tools.browse_tools(world, self.study, self.writing)
        self.services = tools.scheduling_services(world, self.sessions)
        self.landscapes = Landscapes(world.database, world.clock, world.options)
        self.window = self._window(messages)
        self._add_decks()
        self._add_writing()
        self._add_scheduling()
        self._add_map()
        self._add_exchange()
        self.window.open_last()

    def stop(self) -> None:
        """End what works beside the window; it must not be used any more."""
        self.exchanging.stop()
        self.checking.stop()
        self.scheduling.stop()
        self.landscapes.stop()
        self.beside.stop()
        self.statistics.stop()

    def _window(self, messages: Sequence[str]) -> MainWindow:
        world = self.world
        return MainWindow(
            library=Library(world.database, world.clock, world.options),
            study=self.sessions,
            notation=Notation(world.database, world.clock),
            writing=self.writing,
            draft=Draft(world.folder / DRAFT),
            clock=world.clock,
            monotonic=world.monotonic,
            options=world.options,
            backups=world.care.backups,
            preferences=self.preferences,
            theming=self.theming,
            data_folder=world.folder,
            media_folder=world.folder / "media",
            messages=messages,
        )

    def _add_decks(self) -> None:
        """Keeping the shipped decks up to date, and removing them."""
        world, decks = self.world, self.window.decks
        updates = Updates(world.database, world.clock)
        self.updating = Updating(decks, updates, self.study, self.theming)
        self.window.decks_painted.connect(self.updating.begin)
        self.shelf = Shelf(world.database, world.clock)
        again = partial(tools.install_again, world, self.shelf)
        self.removing = Removing(decks, self.shelf, self.shelf.studied, again)

    def _add_writing(self) -> None:
        """Browsing, advice, and looking through the media."""
        world, window = self.world, self.window
        rules, switch = partial(tools.advice_rules, world), partial(tools.switch_advice, world)
        self.advice_rules = AdviceRules(window, rules, switch)
        self.browsing = Browsing(window, self.browse, self.theming)
        media = MediaCare(world.database, world.clock)
        self.checking = MediaChecking(window, media, self.writing.authoring)
        self.checking.edit_wanted.connect(window.edit_note)
        self.checking.failed.connect(window.decks.warn)
        window.settings.media_check_wanted.connect(self.checking.begin)

    def _add_scheduling(self) -> None:
        """Options, plans, histories and statistics."""
        self.scheduling = SchedulingWindows(self.window, self.browsing, self.services)
        figures = partial(tools.statistics_of, self.world)
        self.statistics = ShowingStatistics(self.window, figures, self.preferences)

    def _add_map(self) -> None:
        """The map, and the small one beside the card."""
        window, landscapes = self.window, self.landscapes
        used = MapTools(landscapes, self.services.histories, self.browse)
        self.mapping = MapOpening(window, used, self.theming)
        self.mapping.study_wanted.connect(self.scheduling.more_ways.cram_notes)
        self.beside = PlaceBeside(
            window.study, self.sessions, landscapes, self.preferences, self.theming
        )

    def _add_exchange(self) -> None:
        """Import, export, linked folders and printing."""
        used = tools.exchange_tools(self.world, self.study, self.writing)
        self.exchanging = Exchanging(self.window, used, self.theming)
        self.exchanging.failed.connect(self.window.decks.warn)
