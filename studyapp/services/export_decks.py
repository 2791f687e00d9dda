"""Writes a folder with a deck file for each deck, and the media that they call for beside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from filecmp import cmp
from hashlib import sha256
from pathlib import Path
from typing import Final

from studyapp.anki.losses import Losses, LossKind
from studyapp.deckfile.parse import read_deck
from studyapp.deckfile.write import write
from studyapp.domain.cards import CardState
from studyapp.domain.decks import Deck, parent_names
from studyapp.domain.macros import NO_MACROS
from studyapp.domain.media_names import media_names, safe_name
from studyapp.domain.notes import DeckText, Note
from studyapp.errors import ContentError, ExportError, StorageError
from studyapp.services.export_gathering import Gathered
from studyapp.services.export_values import Preview, Task
from studyapp.services.whole_file import copy_whole, whole_text
from studyapp.store import macros, media, outgoing

MEDIA: Final = "media"
"""The folder beside deck files."""
_ENDING: Final = ".md"
_SPACES = re.compile(r"\s+")


def export_decks(gathered: Gathered, task: Task) -> Preview:
    """Write deck files into the target, a folder, or look only.

    Deck files of an earlier export are replaced; any other file in the way
    is an ExportError, before anything is written. Raises also StorageError, and ContentError if
    a deck cannot be written as a file.
    """
    losses = Losses()
    texts: dict[str, str] = {}
    keys: dict[str, str] = {}
    decks = list(_decks(gathered, losses))
    for done, deck in enumerate(decks, 1):
        name = _file_name(deck.name, texts)
        texts[name] = _text(deck, losses)
        keys[name] = deck.key
        task.progress(done, len(decks))
    files = _media(gathered, task.media, losses)
    if task.target is not None:
        _check(task.target, keys, files)
        _put(task.target, texts, files)
    _tell(gathered, losses)
    return Preview(
        form=task.request.form,
        notes=sum(len(deck.notes) for deck in decks),
        cards=len(gathered.card_ids()),
        decks=len(decks),
        media=len(files),
        media_bytes=sum(path.stat().st_size for path in files.values()),
        losses=losses.all(),
    )


def _decks(gathered: Gathered, losses: Losses) -> Iterator[DeckText]:
    """Decks that have notes or something to tell; each note is in the deck of its first card."""
    notes_of: defaultdict[int, list[Note]] = defaultdict(list)
    for each in gathered.notes:
        first = min(each.cards, key=lambda card: card.ordinal)
        notes_of[first.deck_id].append(each.stored.note)
        if len({card.deck_id for card in each.cards}) > 1:
            losses.add(LossKind.OTHER_DECKS, each.stored.note.key)
    user = macros.of_user(gathered.tx)
    names = {deck.name.casefold() for deck in gathered.decks}
    for deck in gathered.decks:
        is_top = not any(name.casefold() in names for name in parent_names(deck.name))
        own = deck.macros.over(user if is_top else NO_MACROS)
        if notes_of[deck.id] or deck.description or deck.sources or own.entries:
            yield DeckText(
                deck.name,
                deck.key or _key(deck),
                deck.description,
                deck.sources,
                tuple(notes_of[deck.id]),
                own,
            )


def _key(deck: Deck) -> str:
    """Of a deck that came from no file: made of its name, so that it stays the same."""
    return f"deck-{sha256(deck.name.casefold().encode()).hexdigest()[:12]}"


def _file_name(deck: str, taken: dict[str, str]) -> str:
    stem = safe_name(_SPACES.sub(" ", deck.replace("::", " - ")))
    folded = {name.casefold() for name in taken}
    name, number = f"{stem}{_ENDING}", 1
    while name.casefold() in folded:
        number += 1
        name = f"{stem} {number}{_ENDING}"
    return name


def _text(deck: DeckText, losses: Losses) -> str:
    """The file's text, without notes that it cannot hold."""
    try:
        return write(deck)
    except ContentError:
        kept = tuple(note for note in deck.notes if _is_writable(deck, note))
        for note in deck.notes:
            if note not in kept:
                losses.add(LossKind.KEPT_BY_DECKS, note.key)
        return write(replace(deck, notes=kept))


def _is_writable(deck: DeckText, note: Note) -> bool:
    try:
        write(DeckText(deck.name, deck.key, notes=(note,)))
    except ContentError:
        return False
    return True


def _media(gathered: Gathered, folder: Path, losses: Losses) -> dict[str, Path]:
    """The files that the notes call for, by their names."""
    present = media.files(folder)
    called: dict[str, None] = {}
    for each in gathered.notes:
        called.update(
            dict.fromkeys(media_names(f"{each.stored.note.front}\n\n{each.stored.note.back}"))
        )
    for name in called.keys() - present.keys():
        losses.add(LossKind.MISSING_MEDIA, name)
    return {name: present[name] for name in called if name in present}


def _check(target: Path, keys: dict[str, str], files: dict[str, Path]) -> None:
    """Raises ExportError if something that is no earlier export is in the way."""
    for name, key in keys.items():
        path = target / name
        if path.exists() and not _is_deck(path, key):
            raise _in_the_way(path)
    for name, source in files.items():
        path = target / MEDIA / name
        if path.exists() and not (path.is_file() and cmp(path, source, shallow=False)):
            raise _in_the_way(path)


def _is_deck(path: Path, key: str) -> bool:
    try:
        return read_deck(path).key == key
    except (ContentError, StorageError):
        return False


def _in_the_way(path: Path) -> ExportError:
    return ExportError(
        f"{path} is in the way: it is not from an earlier export. Nothing was written. Choose "
        "another folder, or put the file elsewhere."
    )


def _put(target: Path, texts: dict[str, str], files: dict[str, Path]) -> None:
    try:
        (target / MEDIA if files else target).mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise StorageError(
            f"The folder {target} cannot be made ({failure.strerror}). Choose another one."
        ) from failure
    for name, source in files.items():
        copy_whole(source, target / MEDIA / name)
    for name, text in texts.items():
        with whole_text(target / name) as file:
            file.write(text)


def _tell(gathered: Gathered, losses: Losses) -> None:
    for each in gathered.notes:
        for card in each.cards:
            is_studied = card.schedule.state is not CardState.NEW
            losses.add(LossKind.SCHEDULE, each.stored.note.key, int(is_studied))
            losses.add(LossKind.SUSPENDED, each.stored.note.key, int(card.suspended))
            losses.add(LossKind.FLAG, each.stored.note.key, int(card.flag != 0))
    losses.add(LossKind.LOG, count=outgoing.count_reviews(gathered.tx, gathered.card_ids()))
    losses.add(LossKind.SIBLINGS_ELSEWHERE, count=gathered.cards_elsewhere)
