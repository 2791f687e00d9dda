"""Newer words of decks: told quietly, compared, chosen by keys, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser, QWidget

from studyapp.domain.notes import Note
from studyapp.rendering.design import DARK, LIGHT
from studyapp.services.installing import Installer
from studyapp.services.updates import Offer, Updates
from studyapp.store import notes
from studyapp.ui.main_window import MainWindow
from studyapp.ui.preferences import ThemeChoice
from studyapp.ui.updates_dialog import UpdatesDialog
from studyapp.ui.updating import notice
from tests.ui.running_app import CAPITALS, RunningApp

StartApp = Callable[..., RunningApp]
FRANCE, ITALY, SPAIN = CAPITALS.notes
NEWER = replace(
    CAPITALS,
    notes=(replace(FRANCE, back="Paris on the Seine"), replace(ITALY, back="Rome, of course")),
    retired=((SPAIN.key, "Too easy."),),
)


def edit(app: RunningApp, note: Note, back: str) -> None:
    with app.database.change("edit", app.clock.at) as tx:
        stored = notes.get(tx, notes.ids_by_key(tx, [note.key])[note.key])
        notes.change(tx, stored, replace(stored.note, back=back), app.clock.at)


@pytest.fixture
def offered(app: RunningApp) -> RunningApp:
    """Two notes that user and deck have changed, and one that retired."""
    edit(app, FRANCE, "Paris, where I was")
    edit(app, ITALY, "Roma")
    Installer(app.database, app.clock).install_text(NEWER, "newer")
    app.window.decks.refresh()
    return app


def back(app: RunningApp, note: Note) -> str:
    with app.database.read() as tx:
        return notes.get(tx, notes.ids_by_key(tx, [note.key])[note.key]).note.back


def shipped_by(app: RunningApp, note: Note) -> str | None:
    with app.database.read() as tx:
        return notes.get(tx, notes.ids_by_key(tx, [note.key])[note.key]).shipped_by


def open_dialog(app: RunningApp) -> UpdatesDialog:
    app.press("u", modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = (each for each in app.window.findChildren(UpdatesDialog) if each.isVisible())
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def close(app: RunningApp, dialog: UpdatesDialog) -> None:
    with app.qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    activate(app)


def activate(app: RunningApp) -> None:
    """What a window manager does when a dialog is closed."""
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)


def titles(dialog: UpdatesDialog) -> list[str]:
    found = dialog.offers.list
    return [found.item(row).text() for row in range(found.count())]


def keys(dialog: UpdatesDialog, text: str) -> None:
    for key in text:
        QTest.keyClicks(dialog.focusWidget(), key)


def undo(dialog: UpdatesDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def redo(dialog: UpdatesDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("offers", "text"),
    [
        pytest.param(0, "", id="none"),
        pytest.param(1, "A deck has newer words for a note that you changed.", id="one"),
        pytest.param(2, "The decks have newer words for 2 notes that you changed.", id="two"),
    ],
)
def test_the_notice(offers: int, text: str) -> None:
    assert notice(offers) == text


def test_without_newer_words_nothing_is_told(app: RunningApp) -> None:
    assert not app.window.decks.notice.isVisible()
    dialog = open_dialog(app)
    assert dialog.offers.entries == dialog.retired.entries == ()
    assert "Nothing to choose" in visible_texts(dialog)
    assert "Keep mine (K)" not in visible_texts(dialog)
    dialog.reject()


def test_the_decks_tell_it_until_all_is_chosen(offered: RunningApp) -> None:
    shown = offered.window.decks.notice
    assert shown.isVisible()
    assert shown.text == notice(2)
    dialog = open_dialog(offered)
    keys(dialog, "k")
    close(offered, dialog)
    assert shown.text == notice(1)
    dialog = open_dialog(offered)
    keys(dialog, "k")
    close(offered, dialog)
    assert not shown.isVisible()


def test_it_is_told_after_the_decks_of_a_new_start_are_painted(
    offered: RunningApp, start_app: StartApp
) -> None:
    again = start_app()
    again.qtbot.waitUntil(again.window.decks.notice.isVisible)


def test_nothing_is_looked_up_before_the_decks_are_painted(
    offered: RunningApp, start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    offers, paint = Updates.offers, MainWindow.paintEvent

    def looked(self: Updates) -> tuple[Offer, ...]:
        events.append("look")
        return offers(self)

    def painted(self: MainWindow, event: QPaintEvent) -> None:
        events.append("paint")
        paint(self, event)

    monkeypatch.setattr(Updates, "offers", looked)
    monkeypatch.setattr(MainWindow, "paintEvent", painted)
    again = start_app()
    again.qtbot.waitUntil(again.window.decks.notice.isVisible)
    assert events.index("paint") < events.index("look")


def test_the_button_leads_to_both_texts(offered: RunningApp) -> None:
    offered.window.decks.notice.button.click()
    (dialog,) = offered.window.findChildren(UpdatesDialog)
    assert titles(dialog) == ["Capital of France?", "Capital of Italy?"]
    text = dialog.offers.note.toPlainText()
    assert "Paris, where I was" in text
    assert "Paris on the Seine" in text
    assert "Yours: , where I was. The deck’s: on the Seine." in (
        dialog.offers.note.accessibleDescription()
    )
    dialog.reject()


@pytest.mark.parametrize(
    ("key", "words", "owner"),
    [
        pytest.param("k", "Paris, where I was", "capitals", id="keep"),
        pytest.param("t", "Paris on the Seine", "capitals", id="take"),
        pytest.param("o", "Paris, where I was", None, id="own"),
    ],
)
def test_a_choice_by_a_key_leads_to_the_next(
    offered: RunningApp, key: str, words: str, owner: str | None
) -> None:
    dialog = open_dialog(offered)
    keys(dialog, key)
    assert (back(offered, FRANCE), shipped_by(offered, FRANCE)) == (words, owner)
    assert titles(dialog) == ["Capital of Italy?"]
    assert dialog.offers.current is not None
    assert dialog.offers.current.title == "Capital of Italy?"
    assert "Ctrl+Z takes it back" in dialog.said.text()
    undo(dialog)
    assert (back(offered, FRANCE), shipped_by(offered, FRANCE)) == (
        "Paris, where I was",
        "capitals",
    )
    assert dialog.offers.current is not None
    assert dialog.offers.current.title == "Capital of France?"
    dialog.reject()


def test_all_choices_can_be_taken_back_and_made_again(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    keys(dialog, "tt")
    assert "Nothing to choose" in visible_texts(dialog)
    undo(dialog)
    undo(dialog)
    assert titles(dialog) == ["Capital of France?", "Capital of Italy?"]
    assert (back(offered, FRANCE), back(offered, ITALY)) == ("Paris, where I was", "Roma")
    redo(dialog)
    redo(dialog)
    assert titles(dialog) == []
    assert (back(offered, FRANCE), back(offered, ITALY)) == (
        "Paris on the Seine",
        "Rome, of course",
    )
    dialog.reject()


def visible_texts(dialog: UpdatesDialog) -> list[str]:
    return [
        str(each.property("text"))
        for each in dialog.findChildren(QWidget)
        if each.isVisible() and each.property("text")
    ]


def test_undo_in_the_dialog_reaches_no_further_than_its_choices(
    app: RunningApp, offered: RunningApp
) -> None:
    edit(offered, SPAIN, "changed before")
    dialog = open_dialog(offered)
    undo(dialog)
    assert back(offered, SPAIN) == "changed before"
    assert dialog.said.text() == "Nothing was chosen here"
    dialog.reject()


def test_enter_in_the_list_chooses_nothing(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert len(titles(dialog)) == 2
    assert dialog.isVisible()
    dialog.reject()


def test_arrows_lead_to_another_note(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert "Rome, of course" in dialog.offers.note.toPlainText()
    keys(dialog, "t")
    assert back(offered, ITALY) == "Rome, of course"
    assert back(offered, FRANCE) == "Paris, where I was"
    dialog.reject()


def to_retired(dialog: UpdatesDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert dialog.tabs.currentWidget() is dialog.retired


def suspended(app: RunningApp) -> int:
    return app.rows("SELECT count(*) FROM cards WHERE suspended")[0][0]


def test_a_retired_note_tells_why_and_is_asked_again(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    to_retired(dialog)
    text = dialog.retired.note.toPlainText()
    assert "Too easy." in text
    assert "not asked any more" in text
    assert "Madrid" in text
    assert suspended(offered) == 1
    keys(dialog, "ktoa")
    assert (suspended(offered), shipped_by(offered, SPAIN)) == (0, None)
    assert titles(dialog) == ["Capital of France?", "Capital of Italy?"]
    assert "No note has retired" in visible_texts(dialog)
    undo(dialog)
    assert suspended(offered) == 1
    assert [each.title for each in dialog.retired.entries] == ["Capital of Spain?"]
    dialog.reject()


def test_a_deck_that_does_not_say_why(app: RunningApp) -> None:
    text = replace(NEWER, retired=())
    Installer(app.database, app.clock).install_text(text, "newer")
    dialog = open_dialog(app)
    assert dialog.tabs.currentWidget() is dialog.retired
    assert "The deck does not say why." in dialog.retired.note.toPlainText()
    dialog.reject()


@contextmanager
def unwritable(app: RunningApp) -> Iterator[None]:
    app.ask("PRAGMA query_only = ON")
    yield
    app.ask("PRAGMA query_only = OFF")


def test_a_collection_that_cannot_be_written_is_told_and_nothing_is_lost(
    offered: RunningApp,
) -> None:
    dialog = open_dialog(offered)
    with unwritable(offered):
        keys(dialog, "t")
    assert "cannot be written" in dialog.banner.text
    assert back(offered, FRANCE) == "Paris, where I was"
    assert len(titles(dialog)) == 2
    keys(dialog, "t")
    assert not dialog.banner.isVisible()
    assert back(offered, FRANCE) == "Paris on the Seine"
    with unwritable(offered):
        undo(dialog)
    assert "cannot be written" in dialog.banner.text
    undo(dialog)
    assert back(offered, FRANCE) == "Paris, where I was"
    dialog.reject()


def test_a_note_that_vanished_is_told_and_leaves_the_list(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    with offered.database.change("delete", offered.clock.at) as tx:
        tx.exec_driver_sql("DELETE FROM notes WHERE key = 'fr'")
    keys(dialog, "k")
    assert dialog.banner.text == "This note does not exist any more."
    assert titles(dialog) == ["Capital of Italy?"]
    dialog.reject()


@pytest.mark.parametrize(
    ("size", "stacked"),
    [
        pytest.param(QSize(1000, 700), False, id="wide"),
        pytest.param(QSize(700, 600), False, id="narrow"),
        pytest.param(QSize(560, 520), True, id="smallest"),
    ],
)
def test_the_dialog_fits_the_window(offered: RunningApp, size: QSize, stacked: bool) -> None:
    offered.window.resize(size)
    offered.qtbot.waitUntil(lambda: offered.window.size() == size)
    dialog = open_dialog(offered)
    note = dialog.offers.note
    offered.qtbot.waitUntil(lambda: columns(dialog) == (1 if stacked else 2))
    assert dialog.size() == dialog.size().boundedTo(size)
    assert note.horizontalScrollBar().maximum() == 0
    dialog.reject()


def columns(dialog: UpdatesDialog) -> int:
    frames = dialog.offers.note.document().rootFrame().childFrames()
    return int(getattr(frames[0], "columns", int)())


def test_the_theme_changes_in_an_open_dialog_too(offered: RunningApp) -> None:
    offered.preferences.theme = ThemeChoice.LIGHT
    dialog = open_dialog(offered)
    assert LIGHT.mark in dialog.offers.note.toHtml()
    offered.preferences.theme = ThemeChoice.DARK
    assert DARK.mark in dialog.offers.note.toHtml()
    dialog.reject()


def test_whatever_takes_the_focus_has_an_accessible_name(offered: RunningApp) -> None:
    dialog = open_dialog(offered)
    takers = [
        each
        for each in dialog.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]
    assert len(takers) >= 6
    assert [type(each).__name__ for each in takers if not each.accessibleName()] == []
    dialog.reject()


def test_in_a_low_window_the_notice_takes_its_room_from_the_description(
    start_app: StartApp,
) -> None:
    app = start_app([CAPITALS])
    (description,) = app.window.decks.panel.findChildren(QTextBrowser)
    app.window.resize(700, 580)
    app.qtbot.waitUntil(lambda: app.window.decks.height() == 580)
    assert description.isVisible()
    app.window.decks.show_notice(notice(2))
    assert not description.isVisible()
    app.window.decks.show_notice("")
    assert description.isVisible()
