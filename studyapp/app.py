"""The app as a program: one window at a time on the user's collection, from start to end."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from studyapp.environment import NAME, OPTIONS, care_of, chance, new_key, shipped, system_clock
from studyapp.errors import DamagedCollection
from studyapp.services.care import Care
from studyapp.services.installing import Installer
from studyapp.services.library import Library
from studyapp.store.database import Database
from studyapp.ui.daily_backup import DailyBackup
from studyapp.ui.excepthook import BugReporter
from studyapp.ui.map.settling import Settling
from studyapp.ui.single_instance import SingleInstance, raise_dialog
from studyapp.ui.startup_errors import open_or_explain
from studyapp.wiring.assembly import Assembly
from studyapp.wiring.world import World

if TYPE_CHECKING:
    from studyapp.services.printing import Printed

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
            with closing(opened.world.database):
                status = _run(application, instance, opened, found_later)
            if not found_later:
                return status
    finally:
        instance.close()


@dataclass(frozen=True, slots=True)
class _Opened:
    world: World
    messages: tuple[str, ...]
    """About deck files that could not be installed."""


def _open(care: Care, found_later: list[DamagedCollection]) -> _Opened:
    """The collection with the shipped decks, read once; raises what the user should decide on."""
    if found_later:
        raise found_later.pop()
    database = care.open(HOLDER)
    try:
        world = world_of(care, database)
        messages = Installer(database, system_clock).install(world.decks)
        Library(database, system_clock, OPTIONS).day()
    except BaseException:
        database.close()
        raise
    return _Opened(world, messages)


def world_of(care: Care, database: Database) -> World:
    """An open collection in the user's own surroundings."""
    return World(care, database, system_clock, OPTIONS, new_key, chance(), shipped("decks"))


def _run(
    application: QApplication,
    instance: SingleInstance,
    opened: _Opened,
    found_later: list[DamagedCollection],
) -> int:
    """Show the window until it is closed; what the day's backup finds damaged ends it."""
    assembly = Assembly(application, opened.world, opened.messages)
    window = assembly.window
    instance.raise_wanted.connect(window.come_to_front)
    settling = _settling(assembly)
    backup = DailyBackup(opened.world.care.back_up_today)
    backup.failed.connect(window.decks.warn)
    backup.damage_found.connect(found_later.append)
    backup.damage_found.connect(window.close)
    window.decks_painted.connect(backup.start)
    window.show()
    status = application.exec()
    assembly.stop()
    settling.wait()
    backup.wait()
    instance.raise_wanted.disconnect(window.come_to_front)
    return status


def _settling(assembly: Assembly) -> Settling:
    """Gives new notes a place on the map where decks are studied as a walk."""
    settling = Settling(assembly.landscapes.settle_for_walks)
    settling.failed.connect(assembly.window.decks.warn)
    assembly.scheduling.options.closed.connect(settling.start)
    assembly.window.decks_painted.connect(settling.start)
    return settling


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
