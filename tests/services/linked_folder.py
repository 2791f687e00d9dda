"""A linked folder, and what its two users do: one in the app, one in a text editor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studyapp.deckfile.parse import parse
from studyapp.domain.card_making import ordinals
from studyapp.domain.linking import Status
from studyapp.domain.notes import Note
from studyapp.services.link_values import Choices, Item, Report
from studyapp.services.linking import Linking
from studyapp.store import bulk, cards, decks, notes, trash
from tests.services.conftest import Desk

HEAD = '+++\ndeck = "Letters"\nkey = "letters"  # stays\n+++\n'
ALPHA = "\nQ: Alpha?\nA: The first.\nid: alpha\ntags: greek\n"
BETA = "\nQ:   Beta?\n\nA: The second.\n\n  Laid out by hand.  \nid: beta\n"
TEXT = HEAD + ALPHA + BETA


class LinkedFolder:
    """`letters.md` in a folder that is linked with the collection of a desk."""

    def __init__(self, desk: Desk, folder: Path, text: str = TEXT) -> None:
        self.desk = desk
        self.folder = folder
        self.folder.mkdir()
        self.write(text)
        self.linking = Linking(desk.database, desk.clock)
        self.linking.link(folder)

    def write(self, text: str, name: str = "letters.md") -> None:
        (self.folder / name).write_bytes(text.encode())

    def text(self, name: str = "letters.md") -> str:
        return (self.folder / name).read_bytes().decode()

    def replace(self, old: str, new: str) -> None:
        """Edit the text."""
        assert old in self.text()
        self.write(self.text().replace(old, new))

    def sync(self, choices: Choices | None = None) -> Report:
        return self.linking.sync(self.linking.look(), choices or Choices())

    def differences(self) -> dict[str, Status]:
        """How notes differ, by their keys."""
        return {key: item.status for key, item in self.items().items()}

    def items(self) -> dict[str, Item]:
        plan = self.linking.look()
        return {item.key: item for folder in plan.folders for item in folder.differences}

    def texts(self) -> dict[str, Note]:
        """The notes that the text has."""
        return {note.key: note for note in parse(self.text(), "letters.md").notes}

    def notes(self, deck: str = "Letters") -> dict[str, Note]:
        """The notes that the app has in the deck."""
        with self.desk.database.read() as tx:
            found = [each.id for each in decks.every(tx) if each.name == deck]
            return {each.note.key: each.note for each in notes.in_decks(tx, found)}

    def edit(self, key: str, **changes: object) -> None:
        """Change a note in the app."""
        with self.desk.database.change("edit", self.desk.clock.at) as tx:
            stored = notes.by_keys(tx, [key])[key]
            changed = replace(stored.note, **changes)  # type: ignore[arg-type]
            notes.change(tx, stored, changed, self.desk.clock.at)

    def add(self, note: Note, deck: str = "Letters") -> None:
        """Add a note in the app."""
        with self.desk.database.change("add", self.desk.clock.at) as tx:
            note_id = notes.add(tx, note, self.desk.clock.at)
            cards.add(tx, note_id, decks.ensure(tx, deck), ordinals(note))

    def delete(self, key: str) -> None:
        """Put a note into the app's trash."""
        with self.desk.database.change("delete", self.desk.clock.at) as tx:
            ids = list(notes.ids_by_key(tx, [key]).values())
            batch_id = trash.begin(tx, "deletion", self.desk.clock.at)
            trash.put_in(tx, batch_id, ids)
            bulk.delete_notes(tx, ids)
            trash.end(tx, batch_id)
