"""One run through the notes that are exported: makes the rows for Anki and counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from studyapp.anki.decks import row_of
from studyapp.anki.export_media import ExportMedia
from studyapp.anki.export_values import ExportCard, ExportNote, ExportReport, Progress, Scope
from studyapp.anki.fields import AnkiFields, anki_fields, title
from studyapp.anki.formulas import FormulaProblem
from studyapp.anki.losses import Losses, LossKind
from studyapp.anki.note_types import note_type
from studyapp.anki.rows import CardRow, DeckRow, NoteRow, UniqueIds
from studyapp.anki.schedule_export import DayCount, at_once, card_row, is_kept
from studyapp.domain.cards import NEW_SCHEDULE, CardState
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note


class ExportRun:
    """One run: makes the rows and counts them."""

    def __init__(
        self,
        notes: Sequence[ExportNote],
        *,
        linked: Iterable[Note],
        linked_macros: Mapping[str, Macros],
        decks: Mapping[str, DeckRow],
        media: ExportMedia,
        scope: Scope,
        days: DayCount,
    ) -> None:
        self._notes = notes
        self._decks = decks
        self._media = media
        self._scope = scope
        self.card_ids: dict[int, int] = {}
        """In Anki, by ours, of the notes whose rows were made."""
        self._days = days
        self._linked = tuple(linked)
        self._linked_macros = linked_macros
        self._titles: dict[str, str] = {}
        self._note_ids = UniqueIds()
        self._card_ids = UniqueIds()
        self._deck_ids: dict[str, int] = {}
        """By the names of decks as cards have them."""
        self._notes_made = self._cards_made = self._reviews = 0
        self._problems: list[FormulaProblem] = []
        self._left_out: list[str] = []
        self.losses = Losses()

    def look(self, progress: Progress) -> None:
        """Go through the notes and count only."""
        for _ in self.note_rows(progress):
            pass

    def note_rows(self, progress: Progress) -> Iterator[NoteRow]:
        """The rows of the notes that have a card."""
        for done, each in enumerate(self._notes, 1):
            titles = self._titles_of(each.note.links) if each.note.links else {}
            fields = anki_fields(each.note, titles, each.macros, self._media.name)
            row = self._row(each, fields)
            if row.cards:
                self._notes_made += 1
                self._cards_made += len(row.cards)
                self._tell(each, fields)
                yield row
            else:
                self._left_out.append(each.note.key)
                self.losses.add(LossKind.WITHOUT_CARD, each.note.key)
            progress(done, len(self._notes))

    def report(self, presets: int) -> ExportReport:
        missing = self._media.missing()
        for name in missing:
            self.losses.add(LossKind.MISSING_MEDIA, name)
        for name in self._media.renamed():
            self.losses.add(LossKind.RENAMED_MEDIA, name)
        present = self._media.present()
        return ExportReport(
            notes=self._notes_made,
            cards=self._cards_made,
            decks=len(self._decks),
            problems=tuple(self._problems),
            left_out=tuple(self._left_out),
            missing_media=missing,
            media=len(present),
            media_bytes=sum(path.stat().st_size for path in present.values()),
            presets=presets,
            reviews=self._reviews,
            losses=self.losses.all(),
        )

    def _tell(self, each: ExportNote, fields: AnkiFields) -> None:
        if fields.media:
            self._media.call(fields.media)
        for problem in fields.problems:
            self._problems.append(problem)
            self.losses.add(LossKind.UNDRAWN, f"{problem.key}: {problem.latex}")
        for command in fields.unknown:
            self.losses.add(LossKind.UNKNOWN_COMMAND, f"{each.note.key}: {command}")
        if each.note.links:
            self.losses.add(LossKind.LINK, each.note.key)

    def _titles_of(self, keys: Iterable[str]) -> dict[str, str]:
        known = [key for key in keys if key in self._by_key]
        for key in known:
            if key not in self._titles:
                self._titles[key] = title(*self._by_key[key])
        return {key: self._titles[key] for key in known}

    @cached_property
    def _by_key(self) -> dict[str, tuple[Note, Macros]]:
        """The notes that links may lead to, with their macros."""
        macros = self._linked_macros
        linked = {note.key: (note, macros.get(note.key, NO_MACROS)) for note in self._linked}
        return linked | {each.note.key: (each.note, each.macros) for each in self._notes}

    def _row(self, each: ExportNote, fields: AnkiFields) -> NoteRow:
        return NoteRow(
            id=self._note_ids.take(each.created_at),
            guid=each.note.key,
            note_type_id=note_type(each.note.kind).id,
            changed_at=each.changed_at // 1000 + fields.revision,
            tags=each.note.tags,
            fields=fields.values,
            cards=tuple(
                self._card(card, each) for card in each.cards if card.ordinal in fields.ordinals
            ),
        )

    def _card(self, card: ExportCard, each: ExportNote) -> CardRow:
        card_id = self._card_ids.take(each.created_at)
        self.card_ids[card.id] = card_id
        deck_id = self._deck_id(card.deck_name)
        if not self._scope.schedule:
            self._tell_of_schedule(card, each.note.key)
            new = ExportCard(card.ordinal, card.deck_name, card.position)
            return card_row(new, card_id, deck_id, NEW_SCHEDULE)
        if not is_kept(card.schedule):
            self.losses.add(LossKind.LIMITS, each.note.key)
        self._reviews += card.reviews
        schedule = card.schedule if self._scope.is_whole else at_once(card, self._days)
        return card_row(card, card_id, deck_id, schedule)

    def _deck_id(self, name: str) -> int:
        if name not in self._deck_ids:
            self._deck_ids[name] = row_of(name, self._decks).id
        return self._deck_ids[name]

    def _tell_of_schedule(self, card: ExportCard, key: str) -> None:
        lost = {
            LossKind.SCHEDULE: card.schedule.state is not CardState.NEW,
            LossKind.SUSPENDED: card.suspended,
            LossKind.FLAG: card.flag != 0,
        }
        for kind, is_lost in lost.items():
            self.losses.add(kind, key, int(is_lost))
