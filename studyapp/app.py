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

from studyapp.environment import NAME, OPTIONS, care_of, chance, new_key, shipped, system_clock
from studyapp.errors import DamagedCollection
from studyapp.services.authoring import Authoring
from studyapp.services.card_history import CardHistories
from studyapp.services.care import Care
from studyapp.services.changing import Changing
from studyapp.services.drafts import Draft
from studyapp.services.exchange import Exchange
from studyapp.services.finding import Finding
from studyapp.services.installing import Installer
from studyapp.services.landscape import Landscapes
from studyapp.services.library import Library
from studyapp.services.looking_over import LookingOver
from studyapp.services.media_care import MediaCare
from studyapp.services.notation import Notation
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.shelf import Shelf
from studyapp.services.study import Study
from studyapp.services.trash import Trash
from studyapp.services.updates import Updates
from studyapp.store.database import Database
from studyapp.ui.advice_rules import AdviceRules, SwitchedRule
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.browsing import Browsing
from studyapp.ui.daily_backup import DailyBackup
from studyapp.ui.excepthook import BugReporter
from studyapp.ui.main_window import MainWindow
from studyapp.ui.map.opening import MapOpening
from studyapp.ui.map.tools import MapTools
from studyapp.ui.media_checking import MediaChecking
from studyapp.ui.preferences import Preferences
from studyapp.ui.removing import Removing
from studyapp.ui.showing_history import ShowingHistory
from studyapp.ui.showing_statistics import ShowingStatistics
from studyapp.ui.single_instance import SingleInstance, raise_dialog
from studyapp.ui.startup_errors import open_or_explain
from studyapp.ui.theming import Theming
from studyapp.ui.updating import Updating
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # counting by columns takes long to import
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
    window = MainWindow(
        library=Library(database, system_clock, OPTIONS),
        study=study,
        notation=Notation(database, system_clock),
        writing=writing,
        draft=Draft(folder / DRAFT),
        clock=system_clock,
        monotonic=time.monotonic,
        options=OPTIONS,
        export=Exchange(care.collection, system_clock).export,
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
    histories = CardHistories(database, system_clock, OPTIONS)
    browsing = Browsing(window, browse, theming)
    ShowingHistory(window.study, browsing, histories)
    landscapes = Landscapes(database, system_clock, OPTIONS)
    MapOpening(window, MapTools(landscapes, histories, browse), theming)
    statistics = ShowingStatistics(window, partial(statistics_of, care.collection), preferences)
    checking = MediaChecking(window, MediaCare(database, system_clock), writing.authoring)
    checking.edit_wanted.connect(window.edit_note)
    checking.failed.connect(window.decks.warn)
    window.settings.media_check_wanted.connect(checking.begin)
    instance.raise_wanted.connect(window.come_to_front)
    backup = DailyBackup(care.back_up_today)
    backup.failed.connect(window.decks.warn)
    backup.damage_found.connect(found_later.append)
    backup.damage_found.connect(window.close)
    window.decks_painted.connect(backup.start)
    window.show()
    status = application.exec()
    checking.stop()
    statistics.stop()
    backup.wait()
    instance.raise_wanted.disconnect(window.come_to_front)
    return status


def writing_tools(database: Database, preferences: Preferences) -> WritingTools:
    """What the editor uses of the collection."""
    looking_over = LookingOver(database.path)
    return WritingTools(
        Authoring(database, system_clock, new_key),
        MediaCare(database, system_clock).add,
        preferences,
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
        Exchange(database.path, system_clock).export_chosen,
        study,
        writing,
        system_clock,
        OPTIONS,
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


def prepare_web_engine() -> None:
    """What must be set before there is a QApplication; the engine itself is imported later."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root; containers and rescue systems have no
        # other user. Cards still run no script and reach no network.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
