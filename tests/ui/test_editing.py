"""Editing notes from where they are met."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.ui.edit_screen import effect
from tests.ui.running_app import CAPITALS, RunningApp, basic
from tests.ui.test_pasting import SOUND
from tests.ui.writing import CONTROL, open_add, press, write

StartApp = Callable[..., RunningApp]


def edit(app: RunningApp) -> None:
    app.press("e")
    app.qtbot.waitUntil(app.window.writing.edit.editor.form.front.hasFocus)


def save(app: RunningApp) -> None:
    press(app.window.writing.edit.editor.form.front, Qt.Key.Key_Return, CONTROL)


def front_of(app: RunningApp, key: str) -> str:
    return app.authoring.open(app.authoring.id_of(key)).note.front


def test_the_same_card_comes_back_with_its_new_face(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    assert app.window.screen_name == "edit"
    front = app.window.writing.edit.editor.form.front
    press(front, Qt.Key.Key_End, CONTROL)
    write(front, " Now!")
    app.until_painted("question", lambda: save(app))
    assert app.window.screen_name == "study"
    assert app.window.toast.text() == "Saved"
    assert "Capital of France? Now!" in app.page_text()
    app.grade("3")
    assert app.grades() == [3]


def test_on_the_answer_one_comes_back_to_the_answer(app: RunningApp) -> None:
    app.start_first_deck()
    app.reveal()
    edit(app)
    back = app.window.writing.edit.editor.form.back
    back.markdown = "Paris, on the Seine"
    app.until_painted("answer", lambda: save(app))
    assert "on the Seine" in app.page_text()
    app.until_painted("question", lambda: app.press("3"))
    assert app.grades() == [3]


def test_the_time_spent_editing_is_not_the_cards(app: RunningApp) -> None:
    app.start_first_deck()
    app.reveal()
    study = app.window.study
    study._monotonic = lambda: 0.0
    assert study._shown is not None
    study._shown.painted_at = -2.0
    edit(app)
    study._monotonic = lambda: 500.0
    app.until_painted("answer", lambda: app.press(Qt.Key.Key_Escape))
    app.until_painted("question", lambda: app.press("3"))
    assert app.rows("SELECT took_ms FROM reviews") == [(2000,)]


def test_esc_without_changes_goes_back_at_once(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.until_painted("question", lambda: app.press(Qt.Key.Key_Escape))
    assert app.window.screen_name == "study"
    assert "Capital of France?" in app.page_text()


def answer(app: RunningApp, button: str) -> None:
    box = app.window.writing.edit.question
    assert isinstance(box, QMessageBox)
    next(each for each in box.buttons() if each.text().replace("&", "") == button).click()
    app.qtbot.waitUntil(lambda: app.window.writing.edit.question is None)


@pytest.mark.parametrize(
    ("button", "front", "screen"),
    [
        pytest.param("Save", "New", "study", id="save"),
        pytest.param("Discard", "Capital of France?", "study", id="discard"),
        pytest.param("Keep writing", "Capital of France?", "edit", id="stay"),
    ],
)
def test_changes_are_asked_about(app: RunningApp, button: str, front: str, screen: str) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.front.markdown = "New"
    app.press(Qt.Key.Key_Escape)
    answer(app, button)
    assert front_of(app, "fr") == front
    assert app.window.screen_name == screen
    app.window.writing.edit.editor.form.front.markdown = "Capital of France?"


def test_closing_the_window_asks_too(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.front.markdown = "New"
    app.window.close()
    assert app.window.isVisible()
    answer(app, "Save")
    assert not app.window.isVisible()
    assert front_of(app, "fr") == "New"


def test_another_screen_is_opened_after_asking(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.front.markdown = "New"
    app.window.open("decks")
    assert app.window.screen_name == "edit"
    answer(app, "Discard")
    assert app.window.screen_name == "decks"


def test_what_cannot_be_saved_is_told_and_stays(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.front.markdown = ""
    save(app)
    assert "The front is empty" in app.window.writing.edit.banner.text
    assert app.window.screen_name == "edit"
    app.window.writing.edit.editor.form.front.markdown = "Capital of France?"


def test_undo_takes_an_edit_back(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.front.markdown = "New"
    app.until_painted("question", lambda: save(app))
    app.until_painted("question", lambda: app.press("u"))
    assert app.window.toast.text() == "Undone: edit a note"
    assert "Capital of France?" in app.page_text()


def test_another_kind_keeps_the_cards_that_stay(start_app: StartApp) -> None:
    note = Note("n", NoteKind.REVERSED, "front side", "back side")
    app = start_app([DeckText("D", "d", notes=(note,))])
    app.start_first_deck()
    app.reveal()
    with app.qtbot.waitSignal(app.window.study.finished):
        app.press("4")
    app.window.edit_note(app.authoring.id_of("n"))
    form = app.window.writing.edit.editor.form
    form.kind.setCurrentIndex(0)
    assert (
        app.window.writing.edit.effect.text() == "Saving suspends 1 card, with its progress kept."
    )
    with app.qtbot.waitSignal(app.window.writing.edit.finished):
        save(app)
    assert app.rows("SELECT ordinal, suspended, reps FROM cards ORDER BY ordinal") == [
        (0, 0, 1),
        (1, 1, 0),
    ]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        pytest.param("{{c1::a}} {{c2::b}}", "", id="nothing"),
        pytest.param(
            "{{c1::a}} {{c3::b}} {{c4::b}}",
            "Saving adds 2 cards and suspends 1 card, with its progress kept.",
            id="both",
        ),
    ],
)
def test_what_saving_does_to_the_cards(front: str, said: str) -> None:
    before = Note("n", NoteKind.CLOZE, "{{c1::a}} {{c2::b}}")
    assert effect(before, Note("n", NoteKind.CLOZE, front)) == said


def test_a_note_that_moved_to_another_deck_leaves_the_session(app: RunningApp) -> None:
    app.start_first_deck()
    edit(app)
    app.window.writing.edit.editor.form.deck.setEditText("Elsewhere")
    app.until_painted("question", lambda: save(app))
    assert "Capital of Italy?" in app.page_text()


def test_backlinks_lead_to_their_notes(start_app: StartApp) -> None:
    notes = (basic("a", "First?", "1"), basic("b", "Second?", "2", ("a",)))
    app = start_app([DeckText("D", "d", notes=notes)])
    app.start_first_deck()
    edit(app)
    links = app.window.writing.edit.editor.form.links
    assert links.backlinks.text() == "1 note links here"
    (action,) = links._menu.actions()
    assert action.text() == "Second?"
    action.trigger()
    assert app.window.writing.edit.editor.written.note.key == "b"
    app.until_painted("question", lambda: app.press(Qt.Key.Key_Escape))
    assert "First?" in app.page_text()


def test_a_note_that_is_gone_is_told(app: RunningApp) -> None:
    app.window.edit_note(999)
    assert app.window.screen_name == "decks"
    assert "does not exist" in app.window.decks.banner.text


def test_r_plays_the_sounds_of_a_card_again(start_app: StartApp, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "s.wav").write_bytes(SOUND)
    note = basic("n", "Listen: [sound:s.wav]", "b")
    app = start_app([DeckText("D", "d", notes=(note,)), CAPITALS])
    app.until_painted("question", lambda: app.window.start_study(app.window.decks.decks()[0]))
    with app.qtbot.waitCallback() as counted:
        app.window.study.card.view.replay_sounds(counted)
    assert counted.args == [1]


def test_a_card_without_sound_says_so(app: RunningApp) -> None:
    app.start_first_deck()
    with app.qtbot.waitSignal(app.window.study.told):
        app.press("r")
    assert app.window.toast.text() == "There is no sound here"


def test_the_draft_is_untouched_by_editing(app: RunningApp) -> None:
    editor = open_add(app)
    write(editor.form.front, "unfinished")
    app.window.edit_note(app.authoring.id_of("fr"))
    app.window.writing.edit.editor.form.front.markdown = "New"
    save(app)
    assert app.window.screen_name == "add"
    assert editor.written.note.front == "unfinished"
