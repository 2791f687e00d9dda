"""Which decks are there: removing them and getting back those that come with the app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.domain.decks import is_within
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, in_chunks, silent
from studyapp.store import bulk, cards, decks, trash
from studyapp.store.database import Database, Transaction
from studyapp.store.decks import RemovedDeck


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed."""

    deck_name: str
    notes: int
    cards: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A deck that comes with the app and was removed."""

    key: str
    name: str


class Shelf:
    """The decks of a collection as things that one has or has not."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def remove(self, deck_id: int, progress: Progress = silent) -> Removal:
        """Remove a deck with those below it, their cards, and the notes that have no card then.

        All of it can be had back from the trash (`services.trash`). Shipped decks are not installed
        again until they are asked for. The reviews stay in the log. One step of undo; works in any
        thread. Raises NotFound, StorageError, or Cancelled; then nothing was changed.
        """
        at = self._clock().at
        with self._database.change("remove a deck", at) as tx:
            root = decks.get(tx, deck_id)
            below = [deck for deck in decks.every(tx) if is_within(deck.name, root.name)]
            ids = [deck.id for deck in below]
            _remember(tx, {deck.key: deck.name for deck in below if deck.key is not None})
            batch_id = trash.begin(tx, f"removal of the deck {root.name}", at)
            trash.put_in_decks(tx, batch_id, ids)
            removal = _empty(tx, root.name, batch_id, ids, progress)
            decks.delete_all(tx, ids)
            trash.end(tx, batch_id)
        return removal

    def studied(self, deck_id: int) -> int:
        """How many cards of a deck and of those below it were ever studied; raises NotFound."""
        with self._database.read() as tx:
            name = decks.get(tx, deck_id).name
            below = [deck.id for deck in decks.every(tx) if is_within(deck.name, name)]
            return cards.count_studied(tx, below)

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Decks that come with the app and were removed."""
        with self._database.read() as tx:
            removed = decks.removed(tx)
        return tuple(PassedOver(key, each.name) for key, each in removed.items())

    def want_again(self, key: str) -> None:
        """Let a removed deck be installed when deck files are installed next.

        Its removal can't be undone any more, since there would be two of it. Raises StorageError.
        """
        with self._database.maintain(self._clock().at) as tx:
            removed = decks.removed(tx)
            removed.pop(key, None)
            decks.remember_removed(tx, removed)


def _empty(
    tx: Transaction, name: str, batch_id: int, deck_ids: Sequence[int], progress: Progress
) -> Removal:
    """Put what is in decks into the trash."""
    gone_notes = gone_cards = 0
    for chunk in in_chunks(bulk.note_ids_in(tx, deck_ids), progress):
        trash.put_in(tx, batch_id, chunk, deck_ids)
        gone_cards += bulk.delete_cards_in(tx, chunk, deck_ids)
        gone_notes += bulk.delete_notes(tx, bulk.without_cards(tx, chunk))
    return Removal(name, gone_notes, gone_cards)


def _remember(tx: Transaction, names: dict[str, str]) -> None:
    digests = decks.shipped_digests(tx)
    added = {key: RemovedDeck(name, digests[key]) for key, name in names.items() if key in digests}
    if added:
        decks.remember_removed(tx, {**decks.removed(tx), **added})
