"""Reads the attacks, and makes cards of them as their authors would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.page import CardFaces, card_faces

FILE = Path(__file__).with_name("corpus.txt")
_SHORT = 2_000
"""Characters of an attack that is tried in all places; a longer one takes its time."""
_REPEATED = re.compile("⟦([0-9]+)×((?:[^⟦⟧]|⟦U\\+[0-9A-F]+⟧)*)⟧")
_CHARACTER = re.compile("⟦U\\+([0-9A-F]{4,6})⟧")


@dataclass(frozen=True, slots=True)
class Attack:
    """What somebody may write into a field to do harm."""

    group: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"


@dataclass(frozen=True, slots=True)
class Places:
    """What attacks reach for."""

    web: str = "127.0.0.1:9"
    """Host and port of the server that must hear nothing."""
    file: str = "etc/hostname"
    """Path of the file that must not be read, without the slash at its start."""


def read_attacks(places: Places | None = None) -> tuple[Attack, ...]:
    """All attacks of the file, aimed at the places."""
    places = places or Places()
    groups = FILE.read_text(encoding="utf-8").split("\n## ")[1:]
    return tuple(attack for group in groups for attack in _of_group(group, places))


def _of_group(group: str, places: Places) -> Iterator[Attack]:
    head, *entries = f"\n{group}".split("\n== ")
    for entry in entries:
        name, _, text = entry.partition("\n")
        yield Attack(head.strip(), name, _written_out(text.rstrip("\n"), places))


def _written_out(text: str, places: Places) -> str:
    text = text.replace("⟦web⟧", places.web).replace("⟦file⟧", places.file)
    text = _REPEATED.sub(lambda match: int(match[1]) * match[2], text)
    text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    assert "⟦" not in text, f"this is no notation of the corpus: {text[:200]!r}"
    return text


def cards(attack: Attack) -> Iterator[tuple[Note, int]]:
    """Notes that hold the attack in every place, and which of their cards to show."""
    text = attack.text
    if len(text) > _SHORT:
        kind = NoteKind.CLOZE if cloze_numbers(text) else NoteKind.BASIC
        yield Note("k", kind, text, "a"), 0
        return
    yield Note("k", NoteKind.BASIC, text, text, source=text, links=(text,)), 0
    yield Note("k", NoteKind.REVERSED, "a", text), 1
    for front in (text, f"{{{{c1::{text}}}}}", f"{{{{c1::a::{text}}}}}"):
        if numbers := cloze_numbers(front):
            yield Note("k", NoteKind.CLOZE, front, text), numbers[0] - 1


def faces(attack: Attack) -> Iterator[CardFaces]:
    """What the cards show."""
    for note, ordinal in cards(attack):
        yield card_faces(note, ordinal, dict.fromkeys(note.links, attack.text))
