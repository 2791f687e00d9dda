"""The notes of a package, each with its cards, as notes of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from studyapp.anki.anki_values import AnkiCard, AnkiCollection, AnkiNote
from studyapp.anki.collection_reading import Odd
from studyapp.anki.from_html import Media
from studyapp.anki.incoming import Findings, Flattened, IncomingCard, IncomingNote
from studyapp.anki.note_mapping import (
    MappedNote,
    NotTaken,
    broken_characters,
    key_of,
    map_note,
    title_of,
    unshown_values,
)
from studyapp.anki.note_shapes import NoteShape, Shape, shape_of
from studyapp.anki.package_names import deck_name
from studyapp.anki.schedule_mapping import (
    SUSPENDED,
    Impossible,
    calendar_of,
    day_of,
    flag_of,
    home_deck_id,
    is_buried,
    position_of,
    schedule_of,
)
from studyapp.domain.cards import NEW_SCHEDULE, CardState
from studyapp.domain.notes import Note
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant

LAST_INSTANT: Final = 253_402_300_799_999
"""The end of the year 9999, in ms since the epoch."""
_DEFAULT_DECK: Final = "Default"


class CardReading:
    """Reads cards: their decks and schedules."""

    def __init__(self, head: AnkiCollection, now: Instant, options: DayOptions) -> None:
        self._now = now
        self._rollover_hour = options.rollover_hour
        self._changed_at_ms = head.changed_at_ms
        self._calendar = calendar_of(head, now.utc_offset_ms, options.rollover_hour)
        self._names = {each.id: deck_name(each.name) for each in head.decks.values()}

    def deck_name(self, deck_id: int) -> str:
        return self._names.get(deck_id, _DEFAULT_DECK)

    def card(self, card: AnkiCard, ordinal: int) -> IncomingCard:
        """Raises Impossible."""
        schedule = schedule_of(card, self._calendar)
        is_new = schedule.state is CardState.NEW
        return IncomingCard(
            ordinal,
            self.deck_name(home_deck_id(card)),
            position_of(card) if is_new else None,
            schedule,
            card.queue == SUSPENDED,
            self._buried_on() if is_buried(card) else None,
            flag_of(card),
            source_id=card.id,
        )

    def new_card(self, card: AnkiCard, ordinal: int) -> IncomingCard:
        """The card without its schedule, which is impossible."""
        name = self.deck_name(home_deck_id(card))
        flag = flag_of(card)
        suspended = card.queue == SUSPENDED
        return IncomingCard(ordinal, name, None, NEW_SCHEDULE, suspended, None, flag, card.id)

    def _buried_on(self) -> int:
        """Anki buries for a day, which is that of the collection's last change."""
        at = min(max(self._changed_at_ms, 0), self._now.at)
        return day_of(at, self._now.utc_offset_ms, self._rollover_hour)


def shapes_of(head: AnkiCollection) -> dict[int, NoteShape]:
    """What becomes of each note type, by its id."""
    return {key: shape_of(value) for key, value in head.note_types.items()}


class NoteReading:
    """Reads the notes of a package once, and counts what happens to them.

    `doubled` has the guids that more than one note has.
    """

    def __init__(
        self,
        cards: CardReading,
        shapes: Mapping[int, NoteShape],
        doubled: set[str],
        media: Media,
        findings: Findings,
    ) -> None:
        self._cards = cards
        self._shapes = shapes
        self._doubled = doubled
        self._media = media
        self._findings = findings
        self._met: set[str] = set()
        self._broken = 0
        self._unshown: Counter[tuple[str, str]] = Counter()
        self._by_type: Counter[int] = Counter()

    def note(self, note: AnkiNote) -> Iterator[IncomingNote]:
        shape = self._shapes.get(note.note_type_id)
        if shape is None:
            self._findings.skip(f"“{title_of(note)}”", "its note type is not in the package")
            return
        deck = self._cards.deck_name(home_deck_id(note.cards[0])) if note.cards else _DEFAULT_DECK
        try:
            mapped = map_note(note, shape, deck, self._media)
        except NotTaken as failure:
            self._findings.skip(f"“{title_of(note)}”", str(failure))
            return
        self._count(note, shape)
        suffix = self._suffix(note)
        for each in mapped:
            yield self._incoming(note, each, shape, deck, suffix)

    def _count(self, note: AnkiNote, shape: NoteShape) -> None:
        self._by_type[note.note_type_id] += 1
        self._broken += broken_characters(note)
        if shape.unshown:
            self._unshown.update((shape.type.name, name) for name in unshown_values(note, shape))

    def _suffix(self, note: AnkiNote) -> str:
        """What sets apart the key of a note whose guid another one before it has."""
        if note.guid not in self._doubled:
            return ""
        if note.guid not in self._met:
            self._met.add(note.guid)
            return ""
        self._findings.counts[
            "notes with the guid of another one, which get a key of their own"
        ] += 1
        return f"~{note.id}"

    def _incoming(
        self, note: AnkiNote, mapped: MappedNote, shape: NoteShape, deck: str, suffix: str
    ) -> IncomingNote:
        by_ordinal = {card.ordinal: card for card in note.cards}
        cards = [
            self._card(note, by_ordinal[theirs], ours)
            for ours, theirs in mapped.card_of.items()
            if theirs in by_ordinal
        ]
        is_own = shape.shape is Shape.OWN
        return IncomingNote(
            _with_suffix(mapped.note, key_of(note), suffix) if suffix else mapped.note,
            cards[0].deck_name if cards else deck,
            tuple(cards),
            created_at=note.id if 0 < note.id <= LAST_INSTANT else None,
            changed_at=1000 * min(max(note.changed_at_s, 0), LAST_INSTANT // 1000),
            is_partial=not is_own,
            exported=note.fields if is_own else None,
        )

    def _card(self, note: AnkiNote, card: AnkiCard, ordinal: int) -> IncomingCard:
        try:
            return self._cards.card(card, ordinal)
        except Impossible as failure:
            what = f"the schedule of a card of “{title_of(note)}”"
            self._findings.skip(what, f"{failure}; the card is new here")
            return self._cards.new_card(card, ordinal)

    def tell(self, odd: Odd) -> None:
        """What is known once all notes were read."""
        for what in odd.notes:
            self._findings.skip(what, "it cannot be read")
        counted = self._findings.counts
        counted["cards without a note"] += odd.cards_without_notes
        counted["cards that cannot be read or are there twice"] += odd.cards
        counted["notes with bytes that are no text, in whose place � stands"] += self._broken
        for note_type_id, count in self._by_type.items():
            shape = self._shapes.get(note_type_id)
            if shape is not None and shape.is_flattened:
                self._findings.flattened.append(_flattened(shape, count))
        for (type_name, field), count in self._unshown.items():
            self._findings.remarks.append(
                f"The field “{field}” of “{type_name}” is on no card and was left out; {count} "
                f"{'note has' if count == 1 else 'notes have'} something in it."
            )


def _with_suffix(note: Note, own: str, suffix: str) -> Note:
    """The note with something behind that part of its key which is the guid."""
    return replace(note, key=own + suffix + note.key[len(own) :])


def _flattened(shape: NoteShape, count: int) -> Flattened:
    is_cloze = shape.shape is Shape.CLOZE
    becomes = (
        "cloze notes with what else its template shows"
        if is_cloze
        else ("a basic note for each card, as its template shows it")
    )
    return Flattened(shape.type.name, count, becomes, shape.losses)
