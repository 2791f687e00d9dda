"""The run through a file that writes what it decides."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.anki.incoming import CardLog, IncomingCard, IncomingDeck, IncomingNote, LoggedCard
from studyapp.domain.notes import Note
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview
from studyapp.services.authoring import NewKey
from studyapp.services.fitting import change_note
from studyapp.services.import_deciding import ORIGIN, Decision
from studyapp.services.import_media import Files, MediaPlan
from studyapp.services.import_running import Arrived, Run
from studyapp.store import adding, decks, incoming_decks, incoming_log
from studyapp.store import incoming as writing
from studyapp.store.adding import Adding, NewCard
from studyapp.store.incoming import KnownCard
from studyapp.store.notes import StoredNote


class WritingRun(Run):
    """Writes within the transaction that it is given; `at` is now, in ms since the epoch."""

    def write(self, files: Files, at: int, new_key: NewKey) -> None:
        """Raises PackageError, StorageError or Cancelled; then the transaction must not be kept."""
        self._files = files
        self._at = at
        self._new_key = new_key
        self._adding = Adding(self.tx, ORIGIN)
        self._deck_ids = {deck.name.casefold(): deck.id for deck in decks.every(self.tx)}
        self._id_of_deck: dict[str, int] = {}
        self._later: list[LoggedCard] = []
        self._preset_of: dict[str, Preset] = {}
        self._last_card_id = writing.last_card_id(self.tx)
        with adding.roomy(self.tx), adding.many(self.tx, self.incoming.note_count):
            self.run()

    def take_media(self, planned: MediaPlan) -> None:
        for each in planned.arriving:
            self.step(0)
            self._files.write(self.tx, each, self._at)

    def add(self, incoming: IncomingNote, note: Note, cards: Sequence[IncomingCard]) -> list[int]:
        created_at = self._at if incoming.created_at is None else incoming.created_at
        changed_at = self._at if incoming.changed_at is None else incoming.changed_at
        note_id = self._adding.note(note, created_at, changed_at)
        return [self._adding.card(note_id, self._new_card(card)) for card in cards]

    def update(self, incoming: IncomingNote, stored: StoredNote, decision: Decision) -> None:
        self.flush()
        deck_id = self._home(incoming, stored)
        change_note(self.tx, stored, decision.note, deck_id, self._at)
        if decision.is_theirs and incoming.changed_at is not None:
            # So that a file from before is known to be older, and one from after to be newer.
            writing.set_changed_at(self.tx, stored.id, incoming.changed_at)
        writing.remember_origin(self.tx, stored.id, ORIGIN, decision.base)

    def keep(self, stored: StoredNote, theirs: Note) -> None:
        writing.remember_origin(self.tx, stored.id, ORIGIN, theirs)

    def set_progress(self, known: KnownCard, card: IncomingCard) -> None:
        writing.set_progress(self.tx, known.id, self._new_card(card))

    def log(self, card_id: int, reviews: Sequence[LoggedReview]) -> None:
        self._adding.reviews(card_id, reviews)

    def is_mapped_later(self, log: CardLog, arrived: Arrived) -> bool:
        """Short logs of cards that this run made."""
        known_id = arrived.known_id
        if self.incoming.map_logs is None or known_id is None or not log.is_short:
            return False
        if known_id <= self._last_card_id:
            return False
        preset = self._preset(arrived.card.deck_name)
        self._later.append(LoggedCard(log.source_id, known_id, arrived.card.schedule, preset))
        return True

    def map_logs(self) -> None:
        if self.incoming.map_logs is not None and self._later:
            self.flush()
            count = self.incoming.map_logs(self._later)
            end = self._done + count
            incoming_log.copy(self.tx, count, lambda: self._has_copied_some(end))
            self.step(end - self._done)

    def _has_copied_some(self, end: int) -> bool:
        """While SQLite writes reviews, of which it tells but roughly how many."""
        self._done = min(self._done + incoming_log.BETWEEN_LOOKS, end)
        return self.is_wanted()

    def flush(self) -> None:
        self._adding.flush()

    def new_key(self) -> str:
        return self._new_key()

    def _is_new(self, known: KnownCard) -> bool:
        return known.id > self._last_card_id

    def _new_card(self, card: IncomingCard) -> NewCard:
        return NewCard(
            card.ordinal,
            self._deck_id(card.deck_name),
            card.position,
            card.schedule,
            card.suspended,
            card.buried_on,
            card.flag,
        )

    def _home(self, incoming: IncomingNote, stored: StoredNote) -> int:
        """The deck for cards that the note gets now: that of its others."""
        known = writing.cards_of(self.tx, [stored.id]).get(stored.id, {})
        first = min(known.values(), key=lambda card: card.ordinal, default=None)
        return self._deck_id(incoming.deck_name) if first is None else first.deck_id

    def _deck_id(self, name: str) -> int:
        if name in self._id_of_deck:
            return self._id_of_deck[name]
        folded = name.casefold()
        if folded not in self._deck_ids:
            for each in incoming_decks.missing_decks(self.tx, [name]):
                told = self._told(each)
                made = incoming_decks.add_deck(
                    self.tx,
                    each,
                    description=told.description,
                    sources=told.sources,
                    own_macros=told.macros,
                    preset=told.preset,
                )
                self.new_decks.append(made.name)
                self._deck_ids[made.name.casefold()] = made.id
            self._deck_ids[folded] = decks.by_name(self.tx, name).id
        self._id_of_deck[name] = self._deck_ids[folded]
        return self._deck_ids[folded]

    def _preset(self, deck_name: str) -> Preset:
        if deck_name not in self._preset_of:
            self._preset_of[deck_name] = decks.get(self.tx, self._deck_id(deck_name)).preset
        return self._preset_of[deck_name]

    def _told(self, name: str) -> IncomingDeck:
        return self.incoming.decks.get(name, IncomingDeck(name))
