"""Wiring: collection, services and window are put together here and nowhere else."""

from __future__ import annotations

import os
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from studyapp.domain.presets import DayOptions
from studyapp.environment import NAME, OPTIONS, care_of, chance, new_key, shipped, system_clock
from studyapp.errors import DamagedCollection
from studyapp.services.authoring import Authoring
from studyapp.services.backlog import Backlog
from studyapp.services.card_history import CardHistories
from studyapp.services.care import Care
from studyapp.services.changing import Changing
from studyapp.services.checking import Checking
from studyapp.services.clock import Clock
from studyapp.services.comparing import Comparing
from studyapp.services.cramming import Cram
from studyapp.services.drafts import Draft, EditDrafts
from studyapp.services.exchange import Exchange
from studyapp.services.finding import Finding
from studyapp.services.installing import Installer
from studyapp.services.landscape import Landscapes
from studyapp.services.library import Library
from studyapp.services.looking_over import LookingOver
from studyapp.services.media_care import MediaCare
from studyapp.services.more_today import MoreToday
from studyapp.services.notation import Notation
from studyapp.services.optimising import Optimising
from studyapp.services.presets import Presets
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.sessions import Sessions
from studyapp.services.shelf import Shelf
from studyapp.services.study import Study
from studyapp.services.switching import Switching
from studyapp.services.trash import Trash
from studyapp.services.updates import Updates
from studyapp.services.vacation import Vacation
from studyapp.store import media
from studyapp.store.database import Database
from studyapp.ui.advice_rules import AdviceRules, SwitchedRule
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.browsing import Browsing
from studyapp.ui.daily_backup import DailyBackup
from studyapp.ui.excepthook import BugReporter
from studyapp.ui.exchange_tools import ExchangeTools
from studyapp.ui.exchanging import Exchanging
from studyapp.ui.main_window import MainWindow
from studyapp.ui.map.opening import MapOpening
from studyapp.ui.map.place_beside import PlaceBeside
from studyapp.ui.map.settling import Settling
from studyapp.ui.map.tools import MapTools
from studyapp.ui.media_checking import MediaChecking
from studyapp.ui.more_ways import MoreServices
from studyapp.ui.options.fsrs_services import FsrsServices
from studyapp.ui.preferences import Preferences
from studyapp.ui.removing import Removing
from studyapp.ui.scheduling_windows import SchedulingServices, SchedulingWindows
from studyapp.ui.showing_statistics import ShowingStatistics
from studyapp.ui.single_instance import SingleInstance, raise_dialog
from studyapp.ui.startup_errors import open_or_explain
from studyapp.ui.theming import Theming
from studyapp.ui.updating import Updating
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:
    from studyapp.services.importing import Importing
    from studyapp.services.linking import Linking
    from studyapp.services.printing import Printed, Printing
    from studyapp.services.statistics import Statistics

HOLDER = "the window"
DRAFT = "draft.json"
"""Beside the collection: what is being written and was not added yet."""


def run_window(folder: Path) -> int:
    """Open the window on the collection in a data folder; returns the exit status."""
    prepare_web_engine()
    application = QApplication([NAME])
    application.setApplicationName(NAME)
    BugReporter().install()
    instance = SingleInstance(folder)
    if not instance.claim():
        return 0
    instance.raise_wanted.connect(raise_dialog)
    care = care_of(folder)
    found_later: list[DamagedCollection] = []
    try:
        while True:
            opened = open_or_explain(
                lambda: _open(care, found_later),
                care.newest_sound_backup,
                lambda copy: care.restore(copy, HOLDER),
            )
            if opened is None:
                return 1
            with closing(opened.database):
                status = _run(application, instance, care, opened, found_later)
            if not found_later:
                return status
    finally:
        instance.close()


@dataclass(frozen=True, slots=True)
class _Opened:
    database: Database
    messages: tuple[str, ...]
    """About deck files that could not be installed."""


def _open(care: Care, found_later: list[DamagedCollection]) -> _Opened:
    """The collection with the shipped decks, read once; raises what the user should decide on."""
    if found_later:
        raise found_later.pop()
    database = care.open(HOLDER)
    try:
        messages = Installer(database, system_clock).install(shipped("decks"))
        Library(database, system_clock, OPTIONS).day()
    except BaseException:
        database.close()
        raise
    return _Opened(database, messages)


def _run(
    application: QApplication,
    instance: SingleInstance,
    care: Care,
    opened: _Opened,
    found_later: list[DamagedCollection],
) -> int:
    """Show the window until it is closed; what the day's backup finds damaged ends it."""
    database, folder = opened.database, care.collection.parent
    preferences = Preferences(folder / "window.ini")
    study, theming = Study(database, system_clock, OPTIONS), Theming(application, preferences)
    writing = writing_tools(database, preferences)
    sessions = sessions_of(database, study)
    window = MainWindow(
        library=Library(database, system_clock, OPTIONS),
        study=sessions,
        notation=Notation(database, system_clock),
        writing=writing,
        draft=Draft(folder / DRAFT),
        clock=system_clock,
        monotonic=time.monotonic,
        options=OPTIONS,
        backups=care.backups,
        preferences=preferences,
        theming=theming,
        data_folder=folder,
        media_folder=folder / "media",
        messages=opened.messages,
    )
    updating = Updating(window.decks, Updates(database, system_clock), study, theming)
    window.decks_painted.connect(updating.begin)
    shelf = Shelf(database, system_clock)
    Removing(
        window.decks,
        shelf,
        shelf.studied,
        partial(install_again, shelf, Installer(database, system_clock), shipped("decks")),
    )
    AdviceRules(window, partial(advice_rules, database), partial(switch_advice, database))
    browse = browse_tools(database, study, writing)
    browsing = Browsing(window, browse, theming)
    services = scheduling_services(database, system_clock, OPTIONS, sessions)
    scheduling = SchedulingWindows(window, browsing, services)
    landscapes = Landscapes(database, system_clock, OPTIONS)
    mapping = MapOpening(window, MapTools(landscapes, services.histories, browse), theming)
    mapping.study_wanted.connect(scheduling.more_ways.cram_notes)
    beside = PlaceBeside(window.study, sessions, landscapes, preferences, theming)
    settling = Settling(landscapes.settle_for_walks)
    settling.failed.connect(window.decks.warn)
    scheduling.options.closed.connect(settling.start)
    window.decks_painted.connect(settling.start)
    statistics = ShowingStatistics(window, partial(statistics_of, care.collection), preferences)
    checking = MediaChecking(window, MediaCare(database, system_clock), writing.authoring)
    checking.edit_wanted.connect(window.edit_note)
    checking.failed.connect(window.decks.warn)
    window.settings.media_check_wanted.connect(checking.begin)
    exchanging = Exchanging(window, exchange_tools(database, study, writing), theming)
    exchanging.failed.connect(window.decks.warn)
    instance.raise_wanted.connect(window.come_to_front)
    backup = DailyBackup(care.back_up_today)
    backup.failed.connect(window.decks.warn)
    backup.damage_found.connect(found_later.append)
    backup.damage_found.connect(window.close)
    window.decks_painted.connect(backup.start)
    window.show()
    status = application.exec()
    exchanging.stop()
    checking.stop()
    scheduling.stop()
    landscapes.stop()
    beside.stop()
    settling.wait()
    statistics.stop()
    backup.wait()
    instance.raise_wanted.disconnect(window.come_to_front)
    return status


def sessions_of(database: Database, study: Study) -> Sessions:
    """All ways to study."""
    cram = Cram(database, system_clock, OPTIONS)
    return Sessions(study, cram, Finding(database, system_clock, OPTIONS))


def writing_tools(database: Database, preferences: Preferences) -> WritingTools:
    """What the editor uses of the collection."""
    looking_over = LookingOver(database.path)
    return WritingTools(
        Authoring(database, system_clock, new_key),
        MediaCare(database, system_clock).add,
        preferences,
        EditDrafts(database.path.parent),
        looking_over.remarks,
        looking_over.notes_called,
        partial(switch_advice, database),
        looking_over.stop,
    )


def browse_tools(database: Database, study: Study, writing: WritingTools) -> BrowseTools:
    """What the Browse screen uses of the collection."""
    return BrowseTools(
        Finding(database, system_clock, OPTIONS),
        Changing(database, system_clock, OPTIONS, chance()),
        Replacing(database, system_clock),
        Trash(database, system_clock),
        SavedSearches(database, system_clock),
        study,
        writing,
        system_clock,
        OPTIONS,
    )


def exchange_tools(database: Database, study: Study, writing: WritingTools) -> ExchangeTools:
    """What import and export use of the collection."""
    authoring = writing.authoring
    return ExchangeTools(
        partial(importing, database),
        partial(linking, database),
        partial(printing, database),
        Exchange(database.path, system_clock, OPTIONS),
        study,
        authoring.deck_names,
        authoring.tag_names,
        media.folder_of(database.path),
    )


def importing(database: Database) -> Importing:
    """Takes files in."""
    from studyapp.services.importing import Importing  # noqa: PLC0415 - takes long to import

    return Importing(database, system_clock, OPTIONS, new_key)


def linking(database: Database) -> Linking:
    """Keeps folders of deck files equal with the decks."""
    from studyapp.services.linking import Linking  # noqa: PLC0415 - takes long to import

    return Linking(database, system_clock)


def printing(database: Database) -> Printing:
    """Makes documents of cards."""
    from studyapp.services.printing import Printing  # noqa: PLC0415 - takes long to import

    return Printing(database.path, system_clock, OPTIONS)


def scheduling_services(
    database: Database, clock: Clock, options: DayOptions, sessions: Sessions
) -> SchedulingServices:
    """What the window uses of the collection for all that is about scheduling."""
    return SchedulingServices(
        CardHistories(database, clock, options),
        Presets(database, clock, options),
        FsrsServices(
            Optimising(database.path, clock, options), Switching(database, clock, options)
        ),
        MoreServices(
            sessions, MoreToday(database, clock, options), Vacation(database, clock, options)
        ),
        Backlog(database, clock, options),
        Comparing(database.path, clock, options),
        Checking(database, clock, options),
    )


def statistics_of(collection: Path) -> Statistics:
    """Figures of a collection, by a connection of its own."""
    from studyapp.services.statistics import Statistics  # noqa: PLC0415 - takes long to import

    return Statistics(collection, system_clock, OPTIONS)


def switch_advice(database: Database, rule: str, on: bool = False) -> None:
    """Let a rule speak, or not; raises NotFound for one that does not exist, StorageError."""
    from studyapp.services.advising import AdviceSwitches  # noqa: PLC0415 - takes long to import

    AdviceSwitches(database, system_clock).switch(rule, on=on)


def advice_rules(database: Database) -> list[SwitchedRule]:
    """All rules, and which of them speak."""
    from studyapp.advice.catalogue import RULES  # noqa: PLC0415 - takes long to import
    from studyapp.services.advising import Advising  # noqa: PLC0415

    off = Advising(database).switched_off()
    return [
        SwitchedRule(rule.name, rule.title, rule.reason, rule.source, name not in off)
        for name, rule in RULES.items()
    ]


def install_again(shelf: Shelf, installer: Installer, folder: Path, key: str) -> tuple[str, ...]:
    """Install a removed deck; returns a message for each file that could not be installed."""
    shelf.want_again(key)
    return installer.install(folder)


def draw_pdf(printed: Printed, media_folder: Path) -> bytes:
    """The PDF of a document of cards, drawn without a window; raises ExportError."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Nobody looks at a screen, so what the engine says of graphics cards is of no use.
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;*.info=false;*.warning=false")
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} --log-level=3".lstrip()
    prepare_web_engine()
    application = QApplication.instance() or QApplication([NAME])
    from studyapp.ui.sheet_printer import draw  # noqa: PLC0415 - after the engine was prepared

    pdf = draw(printed, media_folder)
    application.processEvents()
    return pdf


def prepare_web_engine() -> None:
    """What must be set before there is a QApplication; the engine itself is imported later."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root; containers and rescue systems have no
        # other user. Cards still run no script and reach no network.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
