"""Rules of advice are switched off and on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.services.advising import Advising
from tests.ui.running_app import RunningApp


def test_rules_are_switched_and_explained(app: RunningApp) -> None:
    dialog = app.advice_rules.open()
    assert dialog.list.count() >= 14
    assert dialog.why.text()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    off = Advising(app.database).switched_off()
    assert len(off) == 1
    dialog.accept()

    again = app.advice_rules.open()
    assert again.list.item(0).checkState() is Qt.CheckState.Unchecked
    QTest.keyClick(again.list, Qt.Key.Key_Space)
    assert Advising(app.database).switched_off() == frozenset()
    again.accept()


def test_the_palette_finds_the_rules(app: RunningApp) -> None:
    texts = [action.text() for action in app.window.actions()]
    assert "Choose the rules of advice…" in texts


def test_a_rule_that_cannot_be_switched_stays_as_it_was(app: RunningApp) -> None:
    dialog = app.advice_rules.open()
    with app.database.read() as tx:
        connection = tx
    connection.exec_driver_sql("PRAGMA query_only = ON")
    connection.rollback()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    connection.rollback()
    assert dialog.banner.text
    assert dialog.list.item(0).checkState() is Qt.CheckState.Checked
    dialog.accept()
