"""The options of a deck: opened by a key, checked as one types, saved as one step of undo."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from studyapp.domain.decks import Deck
from studyapp.domain.presets import DEFAULT_PRESET, DeckLimits, Mix, Preset, ReviewOrder, preset_of
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError
from studyapp.scheduling.calibration import Accuracy
from studyapp.scheduling.fsrs_fitting import Fit
from studyapp.ui.chevron import ComboBox
from studyapp.ui.options.dialog import OptionsDialog
from studyapp.ui.options.explained import PAGES
from studyapp.ui.options.fsrs_tools import told
from studyapp.ui.options.page import OptionLine, OptionsPage
from studyapp.ui.options.sample_view import parse_grades
from studyapp.ui.study_screen import StudyScreen
from tests.ui.dialogs import close, shown
from tests.ui.running_app import RunningApp
from tests.ui.test_card_history import study_days

CONTROL = Qt.KeyboardModifier.ControlModifier
OTHER = Preset(
    name="Default",
    learning_steps_s=(90, 86_400),
    maximum_interval_days=200,
    starting_ease_permille=2310,
    answer_cap_ms=30_000,
    relearning_steps_s=(),
    minutes_per_day=15,
    bury_new_siblings=False,
    scheduler="fsrs",
    desired_retention_permille=870,
    fsrs_parameters=(0.3,) * 4 + (6.0, 0.8, 3.0, 0.01, 1.8, 0.1, 0.8) + (1.4,)
    + (0.06, 0.2, 1.6, 0.6, 1.8, 0.5, 0.09, 0.06, 0.15),
    new_mix=Mix.AFTER_REVIEWS,
    review_order=ReviewOrder.RETRIEVABILITY_ASCENDING,
    easy_days_percent=(100, 100, 50, 100, 100, 0, 0),
)  # fmt: skip


def open_options(app: RunningApp) -> OptionsDialog:
    app.press(Qt.Key.Key_O, modifier=CONTROL)
    return shown(app, OptionsDialog)


def line(dialog: OptionsDialog, page: str, name: str) -> OptionLine:
    return dialog.page(page).lines[name]


def enter(option: OptionLine, text: str) -> None:
    """Type over what stands in a line."""
    field = option.field
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def press(box: QMessageBox, text: str) -> None:
    """Press the button with this text."""
    next(each for each in box.buttons() if each.text() == text).click()


def deck(app: RunningApp) -> Deck:
    return next(each for each in app.window.decks.decks() if each.name == "Geography")


def test_every_option_of_a_preset_is_explained_on_a_page() -> None:
    shown_names = [option.name for _, options in PAGES for option in options]
    assert sorted(shown_names) == sorted({each.name for each in fields(Preset)} - {"name"})
    assert all(option.explained.endswith(".") for _, options in PAGES for option in options)


@pytest.mark.parametrize(
    "preset", [pytest.param(DEFAULT_PRESET, id="default"), pytest.param(OTHER, id="other")]
)
def test_what_is_shown_is_what_is_read(qtbot: QtBot, preset: Preset) -> None:
    read: dict[str, object] = {}
    for title, options in PAGES:
        page = OptionsPage(title, options)
        qtbot.addWidget(page)
        page.show_preset(preset)
        read |= page.read()
    assert preset_of(preset.name, read) == preset


def test_saving_is_one_step_of_undo(app: RunningApp) -> None:
    dialog = open_options(app)
    enter(line(dialog, "New cards", "learning_steps_s"), "5m 2h")
    enter(line(dialog, "Daily limits", "new_per_day"), "7")
    dialog.list.setCurrentRow(0)
    dialog.limits.limits["new_today"].switch.click()
    QTest.keyClicks(dialog.limits.limits["new_today"].line, "3")
    QTest.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    assert (deck(app).preset.learning_steps_s, deck(app).preset.new_per_day) == ((300, 7200), 7)
    assert deck(app).limits == DeckLimits(today=app.presets.today(), new_today=3)
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    app.undo_key()
    assert (deck(app).preset, deck(app).limits) == (DEFAULT_PRESET, DeckLimits())


@pytest.mark.parametrize(
    ("page", "name", "text", "said"),
    [
        pytest.param("New cards", "easy_interval_days", "0", "Choose 1 days", id="low"),
        pytest.param("Reviews", "starting_ease_permille", "9", "Choose 1.31 to 5", id="scaled"),
        pytest.param("Daily limits", "new_per_day", "many", "write a number", id="no number"),
        pytest.param("Daily limits", "new_per_day", "2.5", "whole number", id="no whole number"),
        pytest.param("New cards", "learning_steps_s", "1x", "no span of time", id="step"),
        pytest.param("Scheduler", "fsrs_parameters", "1, 2", "21 parameters", id="parameters"),
        pytest.param("Scheduler", "fsrs_parameters", "one", "are numbers", id="words"),
    ],
)
def test_what_is_wrong_is_told_beside_the_option(
    qtbot: QtBot, page: str, name: str, text: str, said: str
) -> None:
    (option,) = (each for each in dict(PAGES)[page] if each.name == name)
    line = OptionLine(option)
    qtbot.addWidget(line)
    line.show_value(getattr(DEFAULT_PRESET, name))
    enter(line, text)
    assert said in line.problem.text()
    assert said in line.field.accessibleDescription()
    with pytest.raises(ContentError, match=said):
        line.read()


def test_what_is_wrong_is_not_saved(app: RunningApp) -> None:
    dialog = open_options(app)
    option = line(dialog, "New cards", "easy_interval_days")
    enter(option, "0")
    assert not dialog.save()
    assert "Choose 1 days" in dialog.banner.text
    dialog.revert_button.click()
    assert option.problem.isHidden()
    close(app, dialog)


def test_the_sample_follows_at_once(app: RunningApp) -> None:
    dialog = open_options(app)
    before = dialog.sample.shown.text()
    assert before.startswith("good 10 min → good 1 d")
    enter(line(dialog, "New cards", "learning_steps_s"), "1m 20m")
    assert dialog.sample.shown.text().startswith("good 20 min → good 1 d")
    dialog.sample.line.setFocus()
    dialog.sample.line.selectAll()
    QTest.keyClicks(dialog.sample.line, "4")
    dialog.sample.buttons[0].click()
    assert dialog.sample.shown.text() == "easy 4 d → again 10 min"
    QTest.keyClicks(dialog.sample.line, ", perhaps")
    assert "“perhaps” is no grade" in dialog.sample.shown.text()
    dialog.revert_button.click()
    close(app, dialog)


def test_grades_are_names_or_numbers() -> None:
    assert parse_grades("Good, 1 4;hard") == [Grade.GOOD, Grade.AGAIN, Grade.EASY, Grade.HARD]
    with pytest.raises(ContentError, match="at most 40"):
        parse_grades("3 " * 41)


def test_presets_are_made_copied_renamed_and_deleted(app: RunningApp) -> None:
    dialog = open_options(app)
    for ask, name in (
        (dialog.bar.ask_new, "Hard"),
        (dialog.bar.ask_copy, "Harder"),
        (dialog.bar.ask_rename, "Hardest"),
    ):
        asked = ask()
        asked.line.setText(name)
        asked.finish()
    assert [each.preset.name for each in app.presets.every()] == ["Default", "Hard", "Hardest"]
    assert dialog.bar.combo.currentText() == "Hardest"
    assert "with “Save”, by this one too" in dialog.bar.used.text()
    assert dialog.save()
    assert deck(app).preset.name == "Hardest"

    app.window.activateWindow()
    again = open_options_of(app)
    press(again.bar.ask_delete(), "Delete")
    assert again.bar.combo.currentText() == "Default"
    assert not again.bar.buttons["delete"].isEnabled()
    assert deck(app).preset.name == "Default"
    again.reject()


def open_options_of(app: RunningApp) -> OptionsDialog:
    app.qtbot.waitUntil(app.window.isActiveWindow)
    app.press(Qt.Key.Key_O, modifier=CONTROL)
    (dialog,) = (each for each in app.window.findChildren(OptionsDialog) if each.isVisible())
    return dialog


def test_a_name_that_is_taken_is_told_where_it_is_written(app: RunningApp) -> None:
    dialog = open_options(app)
    asked = dialog.bar.ask_new()
    asked.line.setText("default")
    asked.finish()
    assert "There is a preset" in asked.problem.text()
    asked.reject()
    close(app, dialog)


def test_another_preset_is_not_chosen_over_edits(app: RunningApp) -> None:
    app.presets.make("Hard")
    dialog = open_options(app)
    field = line(dialog, "Scheduler", "scheduler").field
    assert isinstance(field, ComboBox)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert dialog.preset.scheduler == "fsrs"
    assert not dialog.bar.combo.isEnabled()
    assert "Save or revert" in dialog.bar.used.text()
    dialog.revert_button.click()
    assert dialog.bar.combo.isEnabled()
    close(app, dialog)


def test_closing_asks_before_edits_are_lost(app: RunningApp) -> None:
    dialog = open_options(app)
    enter(line(dialog, "Daily limits", "new_per_day"), "8")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.question is not None
    press(dialog.question, "Go on")
    assert dialog.isVisible()
    dialog.reject()
    assert dialog.question is not None
    press(dialog.question, "Discard it")
    assert not dialog.isVisible()
    assert deck(app).preset == DEFAULT_PRESET


def test_limits_of_another_day_are_not_for_today(app: RunningApp) -> None:
    app.presets.limit(deck(app).id, DeckLimits(new_per_day=9, new_today=2))
    app.clock.advance(86_400_000)
    dialog = open_options(app)
    assert dialog.limits.read() == DeckLimits(new_per_day=9)
    close(app, dialog)


def test_by_a_key_while_studying(app: RunningApp) -> None:
    app.start_first_deck()
    app.press("o")
    dialog = shown(app, OptionsDialog)
    enter(line(dialog, "Daily limits", "new_per_day"), "0")
    assert dialog.save()
    assert isinstance(app.window.study, StudyScreen)
    assert app.window.screen_name == "summary"


def test_few_reviews_are_not_fitted_to(app: RunningApp) -> None:
    dialog = open_options(app)
    with app.qtbot.waitSignal(dialog.tools.ended, timeout=20_000):
        dialog.tools.optimise()
    assert "fewer than" in dialog.tools.said.text()
    assert not dialog.has_edits
    close(app, dialog)


def test_cards_are_moved_to_the_days_of_fsrs(app: RunningApp) -> None:
    card_id = study_days(app, *(Grade.GOOD,) * 5)
    app.presets.change(1, replace(DEFAULT_PRESET, scheduler="fsrs"))
    before = app.rows(f"SELECT due_on FROM cards WHERE id = {card_id}")
    dialog = open_options(app)
    assert dialog.tools.move_button.isEnabled()
    with app.qtbot.waitSignal(dialog.tools.ended, timeout=20_000):
        dialog.tools.move_cards()
    assert "moved" in dialog.tools.said.text()
    assert app.rows(f"SELECT due_on FROM cards WHERE id = {card_id}") != before
    close(app, dialog)


def test_fitted_parameters_are_offered_not_saved(app: RunningApp) -> None:
    dialog = open_options(app)
    dialog.tools.fitted.emit(OTHER.fsrs_parameters)
    assert dialog.preset.fsrs_parameters == OTHER.fsrs_parameters
    assert dialog.has_edits
    assert deck(app).preset.fsrs_parameters == ()
    dialog.revert_button.click()
    close(app, dialog)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        pytest.param(0.31, "“Save” takes them over", id="better"),
        pytest.param(0.36, "so they stay", id="no better"),
    ],
)
def test_a_fit_in_words(new: float, said: str) -> None:
    def accuracy(log_loss: float) -> Accuracy:
        return Accuracy(80, log_loss, 0.1, 0.9, 0.9, ())

    text = told(Fit(OTHER.fsrs_parameters, 400, accuracy(0.35), accuracy(new)))
    assert text.startswith("Learned from 400 reviews, tried on the newest 80 reviews: log loss")
    assert text.endswith(f"{said}.")
