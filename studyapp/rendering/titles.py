"""What a note is called where there is room for a line only."""

from __future__ import annotations

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note
from studyapp.rendering.plain import card_text, one_line


def title(note: Note) -> str:
    """The question of its first card in one line of text; a cloze's answer is blank in it."""
    cards = ordinals(note)
    return " ".join(card_text(note, cards[0])[0].split()) if cards else one_line(note.front)
