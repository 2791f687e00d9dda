"""A collection without notes, as genanki lays it out; nothing else here knows genanki."""

from __future__ import annotations

import sqlite3

import genanki

from studyapp.anki import note_types
from studyapp.anki.card_style import card_css
from studyapp.anki.note_types import NoteType

DEFAULT_DECK = 1
"""The id of the deck that every collection has."""


def lay_out(cursor: sqlite3.Cursor) -> None:
    """Make the tables and put in the default deck and our note types."""
    deck = genanki.Deck(DEFAULT_DECK, "Default")
    for note_type in note_types.ALL:
        deck.add_model(model(note_type))
    genanki.Package([deck]).write_to_db(cursor, note_types.CHANGED_AT, iter(()))


def model(note_type: NoteType) -> genanki.Model:
    """A note type in genanki's words."""
    templates = [
        {"id": each.id, "name": each.name, "qfmt": each.question, "afmt": each.answer}
        for each in note_type.templates
    ]
    return genanki.Model(
        model_id=note_type.id,
        name=note_type.name,
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
        fields=[{"id": each.id, "name": each.name} for each in note_type.fields],
        templates=templates,
        css=card_css(),
    )
