"""Cards that cannot be shown say so in their place."""

from __future__ import annotations

from dataclasses import replace

from studyapp.services.study_values import Prompt
from studyapp.ui.faces import PreparedFaces
from tests.ui.running_app import RunningApp


def test_a_card_that_its_note_no_longer_has_shows_the_reason(app: RunningApp) -> None:
    app.start_first_deck()
    study = app.window.study._study
    prompt = study.current()
    assert isinstance(prompt, Prompt)
    faces = PreparedFaces(study).of(replace(prompt.card, ordinal=7))
    assert "This card cannot be shown." in faces.question_html
    assert "no card 8" in faces.answer_html


def test_both_sides_are_made_before_they_are_needed(app: RunningApp) -> None:
    app.start_first_deck()
    prepared = app.window.study._prepared
    app.qtbot.waitUntil(lambda: len(prepared._made) == 2)
    fronts = [faces.question_html for faces in prepared._made.values()]
    assert "Italy" in fronts[1]
