"""Writes everything that is known as JSON, for programs; docs/anki.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from itertools import chain
from typing import Final, TextIO, TypeAlias

from studyapp.anki.losses import Losses, LossKind
from studyapp.domain.cards import Schedule
from studyapp.domain.decks import Deck
from studyapp.domain.notes import Note
from studyapp.domain.reviews import Review
from studyapp.services.export_gathering import Gathered
from studyapp.services.export_values import Preview, Task
from studyapp.services.whole_file import whole_text
from studyapp.store import notes, outgoing
from studyapp.store.notes import StoredNote
from studyapp.store.outgoing import OutgoingCard

FORMAT: Final = "studyapp-collection"
VERSION: Final = 1
SCHEDULE: Final = tuple(field.name for field in fields(Schedule))
"""What the values of a schedule are, which is written as an array."""
REVIEW: Final = ("id", "card", "grade", "took_ms", "before", "after")

Json: TypeAlias = "dict[str, object]"


def export_json(gathered: Gathered, task: Task) -> Preview:
    """Write JSON, or look only; raises StorageError or Cancelled."""
    bare = _notes_without_cards(gathered)
    if task.target is None:
        reviews = sum(1 for _ in gathered.log())
    else:
        with whole_text(task.target) as file:
            reviews = _write(file, gathered, bare, task)
    losses = Losses()
    for medium in outgoing.every_medium(gathered.tx):
        losses.add(LossKind.FILES_OUTSIDE, medium.name)
    return Preview(
        form=task.request.form,
        notes=len(gathered.notes) + len(bare),
        cards=len(gathered.card_ids()),
        decks=len(gathered.decks),
        presets=len({deck.preset for deck in gathered.decks}),
        reviews=reviews,
        losses=losses.all(),
    )


def _notes_without_cards(gathered: Gathered) -> list[StoredNote]:
    if not gathered.is_everything:
        return []
    return list(notes.with_ids(gathered.tx, outgoing.ids_without_cards(gathered.tx)))


def _write(file: TextIO, gathered: Gathered, bare: list[StoredNote], task: Task) -> int:
    """Returns the number of reviews."""
    presets = {deck.preset.name: deck.preset for deck in gathered.decks}
    head: Json = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": task.now.at,
        "schedule_columns": SCHEDULE,
        "review_columns": REVIEW,
    }
    file.write(f"{_text(head)[:-1]},\n")
    _array(file, "presets", (asdict(preset) for preset in presets.values()))
    _array(file, "decks", map(_deck, gathered.decks))
    _array(file, "notes", chain(_notes(gathered, task), (_note(each, []) for each in bare)))
    if gathered.is_everything:
        _array(file, "media", map(asdict, outgoing.every_medium(gathered.tx)))
        _array(file, "trash", map(_deleted, outgoing.trash(gathered.tx)))
        file.write(f'"settings": {_text(outgoing.every_setting(gathered.tx))},\n')
    count = _array(file, "reviews", map(_review, gathered.log()), end="\n")
    file.write("}\n")
    return count


def _array(file: TextIO, name: str, values: Iterable[object], end: str = ",\n") -> int:
    """One value a line; returns how many there are."""
    file.write(f"{_text(name)}: [")
    count = 0
    for count, value in enumerate(values, 1):
        file.write(f"{',' if count > 1 else ''}\n{_text(value)}")
    file.write(f"\n]{end}")
    return count


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _deck(deck: Deck) -> Json:
    return {
        "name": deck.name,
        "key": deck.key,
        "description": deck.description,
        "sources": [asdict(source) for source in deck.sources],
        "macros": deck.macros.bodies(),
        "preset": deck.preset.name,
    }


def _notes(gathered: Gathered, task: Task) -> Iterator[Json]:
    names = gathered.deck_names()
    whole = notes.with_ids(gathered.tx, [each.stored.id for each in gathered.notes])
    for done, (each, stored) in enumerate(zip(gathered.notes, whole, strict=True), 1):
        cards = [_card(card, names) for card in each.cards]
        yield _note(stored, cards)
        task.progress(done, len(gathered.notes))


def _note(stored: StoredNote, cards: list[Json]) -> Json:
    return {
        **asdict(stored.note),
        "created_at": stored.created_at,
        "changed_at": stored.changed_at,
        "shipped": _other(stored.shipped),
        "shipped_by": stored.shipped_by,
        "offered": _other(stored.offered),
        "retired": stored.retired,
        "retired_because": stored.retired_because,
        "cards": cards,
    }


def _other(note: Note | None) -> Json | None:
    return None if note is None else asdict(note)


def _card(card: OutgoingCard, decks: dict[int, str]) -> Json:
    return {
        "id": card.id,
        "ordinal": card.ordinal,
        "deck": decks[card.deck_id],
        "position": card.position,
        "schedule": card.schedule.values(),
        "suspended": card.suspended,
        "buried_on": card.buried_on,
        "flag": card.flag,
    }


def _review(review: Review) -> tuple[object, ...]:
    before, after = review.before.values(), review.after.values()
    return (review.id, review.card_id, int(review.grade), review.took_ms, before, after)


def _deleted(row: tuple[str, int, str]) -> Json:
    name, at, content = row
    return {"by": name, "deleted_at": at, "content": json.loads(content)}
