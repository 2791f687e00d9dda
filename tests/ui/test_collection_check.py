"""The collection is checked beside the window, mended on request, and a repair taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from studyapp.ui.collection_check import FindingsDialog
from tests.ui.running_app import NOON, RunningApp


def checked(app: RunningApp) -> FindingsDialog:
    with app.qtbot.waitSignal(app.scheduling.check.looked):
        app.scheduling.check.action.trigger()
    assert app.scheduling.check.dialog is not None
    return app.scheduling.check.dialog


def lines(dialog: FindingsDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def eases(app: RunningApp) -> set[tuple[int, ...]]:
    return set(app.rows("SELECT state, interval_days FROM cards"))


def test_a_sound_collection_is_told_so(app: RunningApp) -> None:
    dialog = checked(app)
    assert dialog.said.text() == "Nothing is wrong with the collection."
    assert lines(dialog) == []
    assert not dialog.mend_button.isEnabled()
    dialog.reject()
    assert app.scheduling.check.dialog is None


def test_faults_are_listed_mended_and_taken_back(app: RunningApp) -> None:
    with app.database.change("a fault", NOON) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET state = 2, due_on = 1, interval_days = 0, ease_permille = 2500"
        )
    wrong = eases(app)
    dialog = checked(app)
    assert dialog.said.text() == "1 kind of fault was found:"
    assert lines(dialog)[0].startswith("3 cards: ")
    assert eases(app) == wrong
    with app.qtbot.waitSignal(app.scheduling.check.looked):
        dialog.mend_button.click()
    assert "mended" in dialog.said.text()
    assert not dialog.mend_button.isEnabled()
    assert eases(app) != wrong
    dialog.reject()
    assert lines(checked(app)) == []
    assert app.study.undo() == "repair of the collection"
    assert eases(app) == wrong


def test_settings_and_the_palette_lead_there(app: RunningApp) -> None:
    assert app.scheduling.check.action in app.window.actions()
    names = [button.text() for button in app.window.settings.findChildren(QPushButton)]
    assert "Check the collection…" in names
