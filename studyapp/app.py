"""Wiring: collection, services and window are put together here and nowhere else."""

from __future__ import annotations

import os
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from studyapp.environment import NAME, OPTIONS, care_of, shipped, system_clock
from studyapp.errors import DamagedCollection
from studyapp.services.care import Care
from studyapp.services.exchange import Exchange
from studyapp.services.installing import Installer
from studyapp.services.library import Library
from studyapp.services.notation import Notation
from studyapp.services.study import Study
from studyapp.store.database import Database
from studyapp.ui.daily_backup import DailyBackup
from studyapp.ui.excepthook import BugReporter
from studyapp.ui.main_window import MainWindow
from studyapp.ui.preferences import Preferences
from studyapp.ui.single_instance import SingleInstance, raise_dialog
from studyapp.ui.startup_errors import open_or_explain
from studyapp.ui.theming import Theming

HOLDER = "the window"


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
    window = MainWindow(
        library=Library(database, system_clock, OPTIONS),
        study=Study(database, system_clock, OPTIONS),
        notation=Notation(database, system_clock),
        clock=system_clock,
        monotonic=time.monotonic,
        options=OPTIONS,
        export=Exchange(care.collection, system_clock).export,
        backups=care.backups,
        preferences=preferences,
        theming=Theming(application, preferences),
        data_folder=folder,
        media_folder=folder / "media",
        messages=opened.messages,
    )
    instance.raise_wanted.connect(window.come_to_front)
    backup = DailyBackup(care.back_up_today)
    backup.failed.connect(window.decks.warn)
    backup.damage_found.connect(found_later.append)
    backup.damage_found.connect(window.close)
    window.decks_painted.connect(backup.start)
    window.show()
    status = application.exec()
    backup.wait()
    instance.raise_wanted.disconnect(window.come_to_front)
    return status


def prepare_web_engine() -> None:
    """What must be set before there is a QApplication; the engine itself is imported later."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root; containers and rescue systems have no
        # other user. Cards still run no script and reach no network.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
