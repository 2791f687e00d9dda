"""Install deck files, and bring what is installed up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from studyapp.deckfile.parse import read_deck
from studyapp.domain.card_making import ordinals
from studyapp.domain.merging import merge
from studyapp.domain.notes import DeckText, Note
from studyapp.errors import DeckFileError, StorageError
from studyapp.services import shipped_media
from studyapp.services.clock import Clock
from studyapp.services.fitting import change_note
from studyapp.store import cards, decks, media, notes
from studyapp.store.database import Database, Transaction
from studyapp.store.decks import RemovedDeck
from studyapp.store.notes import StoredNote


class Installer:
    """Puts the notes of deck files into the collection and keeps them up to date."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def install(self, folder: Path) -> tuple[str, ...]:
        """Install every deck file of a folder; if none has changed, that costs next to nothing.

        Returns a message for each file that could not be installed; the others are.
        """
        failures: list[str] = []
        digests = _digests(folder, failures)
        with self._database.read() as tx:
            removed = decks.removed(tx)
            known = set(decks.shipped_digests(tx).values())
            known |= {each.digest for each in removed.values()}
        if known >= set(digests.values()):
            return tuple(failures)
        failures += self._install_media(folder)
        texts = _texts(digests, failures)
        for path, text in _without_clashes(texts, failures).items():
            if digests[path] in known:
                continue
            if text.key in removed:
                self._pass_over(text, digests[path])
            else:
                self.install_text(text, digests[path])
        return tuple(failures)

    def _install_media(self, folder: Path) -> tuple[str, ...]:
        at = self._clock().at
        with self._database.maintain(at) as tx:
            return shipped_media.install(tx, folder, media.folder_of(self._database.path), at)

    def _pass_over(self, text: DeckText, digest: str) -> None:
        """Remember that a deck which the user removed has a newer version."""
        with self._database.maintain(self._clock().at) as tx:
            removed = decks.removed(tx)
            removed[text.key] = RemovedDeck(text.name, digest)
            decks.remember_removed(tx, removed)

    def install_text(self, text: DeckText, digest: str) -> None:
        """Bring the collection to what a deck file says; progress and the user's edits stay."""
        at = self._clock().at
        with self._database.maintain(at) as tx:
            deck_id = decks.id_by_key(tx, text.key) or decks.ensure(tx, text.name)
            decks.describe(tx, deck_id, text, digest)
            known = notes.ids_by_key(tx, [note.key for note in text.notes])
            for note in text.notes:
                if note.key in known:
                    stored = notes.get(tx, known[note.key])
                    _update(tx, stored, note, deck_key=text.key, deck_id=deck_id, at=at)
                else:
                    note_id = notes.add(tx, note, at, shipped_by=text.key)
                    cards.add(tx, note_id, deck_id, ordinals(note))
            _retire(tx, text)


def _digests(folder: Path, failures: list[str]) -> dict[Path, str]:
    """Of each deck file, with the pictures beside them."""
    found = {}
    pictures = shipped_media.digest(folder)
    for path in sorted(folder.glob("*.md")):
        try:
            found[path] = sha256(path.read_bytes() + pictures).hexdigest()
        except OSError as failure:
            failures.append(f"{path} cannot be read: {failure.strerror}. It was not installed.")
    return found


def _texts(paths: Iterable[Path], failures: list[str]) -> dict[Path, DeckText]:
    read = {}
    for path in paths:
        try:
            read[path] = read_deck(path)
        except (DeckFileError, StorageError) as failure:
            failures.append(str(failure))
    return read


def _without_clashes(texts: Mapping[Path, DeckText], failures: list[str]) -> dict[Path, DeckText]:
    """The files that share no key, deck name or note id with one before them; tells the others."""
    owners: dict[tuple[str, str], Path] = {}
    kept = {}
    for path, text in texts.items():
        names = [("key", text.key), ("deck", text.name.casefold())]
        names += [("id", note.key) for note in text.notes]
        clashes = [name for name in names if name in owners]
        for what, value in clashes:
            failures.append(
                f"{path}:{_line_of(path, value)}: the {what} “{value}” is that of "
                f"{owners[what, value].name} too. Give one of them another; the file was not "
                "installed."
            )
        if not clashes:
            kept[path] = text
            owners.update(dict.fromkeys(names, path))
    return kept


def _line_of(path: Path, value: str) -> int:
    """The first line that says it; 1 if none does as it stands."""
    lines = path.read_text(encoding="utf-8-sig").casefold().splitlines()
    return next((n for n, line in enumerate(lines, 1) if value.casefold() in line), 1)


def _update(
    tx: Transaction, stored: StoredNote, note: Note, *, deck_key: str, deck_id: int, at: int
) -> None:
    if stored.shipped is None:
        return  # The user's own note, which has this key by chance or was made their own.
    merged = merge(stored.shipped, stored.note, note)
    change_note(tx, stored, merged.note, deck_id, at)
    if stored.shipped_by != deck_key:
        cards.move(tx, stored.id, deck_id)
    if stored.retired:
        present = cards.of_note(tx, stored.id)
        cards.unsuspend(tx, [card.id for card in present if card.ordinal in ordinals(note)])
    offered = note if merged.conflicts else None
    known = (stored.shipped, stored.shipped_by, stored.retired, stored.offered)
    if known != (merged.base, deck_key, False, offered):
        notes.remember_shipped(tx, stored.id, merged.base, deck_key, offered)


def _retire(tx: Transaction, text: DeckText) -> None:
    """Suspend the cards of notes that came with this deck file, which it no longer has."""
    gone = notes.ids_shipped_by(tx, text.key)
    for note in text.notes:
        gone.pop(note.key, None)
    reasons = dict(text.retired)
    for key, note_id in gone.items():
        because = reasons.get(key, "")
        cards.suspend(tx, [card.id for card in cards.of_note(tx, note_id)])
        notes.retire(tx, note_id, because)
