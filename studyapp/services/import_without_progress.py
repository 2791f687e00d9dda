"""What a file brings, as if nobody had studied it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from studyapp.anki.incoming import Findings, Incoming, IncomingCard, IncomingNote


def without_progress(incoming: Incoming) -> Incoming:
    """The same notes and decks, without schedules, suspended cards, flags, presets and history."""

    def notes(names: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
        for each in incoming.notes(names, findings):
            yield each._replace(cards=tuple(_new(card) for card in each.cards))

    decks = {name: replace(each, preset=None) for name, each in incoming.decks.items()}
    return replace(
        incoming, notes=notes, decks=decks, log=None, map_logs=None, log_file=None, log_count=0
    )


def _new(card: IncomingCard) -> IncomingCard:
    return IncomingCard(card.ordinal, card.deck_name, card.position)
