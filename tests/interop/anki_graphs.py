"""What a real Anki shows in its graphs for a log that is put into it past its API."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler
from anki.stats_pb2 import GraphsResponse

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Review
from studyapp.domain.study_day import MS_PER_DAY, Instant, StudyMoment
from tests.statistics.any_history import DECKS, AnyCard, AnyHistory, study_day_of

_KINDS = {CardState.NEW: 0, CardState.LEARNING: 0, CardState.REVIEW: 1, CardState.RELEARNING: 2}
_FILTERED = 3


class AnkiGraphs:
    """One collection, filled once."""

    def __init__(self, path: Path) -> None:
        self._collection = Collection(str(path))
        scheduler = self._collection.sched
        assert isinstance(scheduler, Scheduler)
        self._ends_at = scheduler.day_cutoff * 1000
        self._today = scheduler.today

    def close(self) -> None:
        self._collection.close()

    def instant(self) -> Instant:
        """Now, with the offset of the local clock."""
        now = datetime.fromtimestamp(time.time()).astimezone()
        offset = now.utcoffset()
        assert offset is not None
        return Instant(int(now.timestamp() * 1000), int(offset.total_seconds() * 1000))

    def fill(self, made: AnyHistory, moment: StudyMoment) -> None:
        """Put cards and log into the empty collection."""
        assert moment.day_ends_at == self._ends_at
        db = self._collection.db
        assert db is not None
        ids = [self._collection.decks.add_normal_deck_with_name(name).id for name in DECKS]
        basic = self._collection.models.by_name("Basic")
        assert basic is not None
        db.execute("update col set crt = crt - 86400 * 1000")
        notes = [(card.added_at * 1000 + card.id, basic["id"], str(card.id)) for card in made.cards]
        for note_id, kind, guid in notes:
            db.execute(
                "insert into notes values (?, ?, ?, 0, 0, '', 'a\x1fb', 'a', 0, 0, '')",
                *(note_id, guid, kind),
            )
        cards = {card.id: self._card_id(card) for card in made.cards}
        for card in made.cards:
            self._add(card, ids, moment)
        for review in made.reviews:
            row = _logged(review, moment)
            db.execute(
                "insert into revlog values (?, ?, -1, ?, 0, ?, 2500, ?, ?)",
                *(row[0], cards.get(review.card_id, 1), *row[1:]),
            )

    def graphs(self, search: str = "", days: int = 0) -> GraphsResponse:
        """Of the cards that a search finds; 0 days: all."""
        return self._collection._backend.graphs(search=search, days=days)

    def _add(self, card: AnyCard, decks: list[int], moment: StudyMoment) -> None:
        schedule, db = card.schedule, self._collection.db
        assert db is not None
        queue, due = int(schedule.state), card.id
        if schedule.due_at is not None:
            queue, due = 1, schedule.due_at // 1000
        elif schedule.due_on is not None:
            queue = 2 if schedule.state is CardState.REVIEW else 3
            due = self._today + schedule.due_on - moment.day
        db.execute(
            "insert into cards values (?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '')",
            self._card_id(card),
            card.added_at * 1000 + card.id,
            DeckId(decks[card.deck]),
            int(schedule.state),
            -1 if card.suspended else queue,
            due,
            schedule.interval_days,
            schedule.ease_permille,
            schedule.reps,
            schedule.lapses,
        )

    def _card_id(self, card: AnyCard) -> int:
        """Anki takes a card's age from its id."""
        return card.added_at


def _logged(review: Review, moment: StudyMoment) -> tuple[int, ...]:
    before = review.before
    kind = _KINDS[before.state]
    last = before.interval_days
    if before.state is CardState.REVIEW:
        assert before.due_on is not None
        kind = _FILTERED if before.due_on > study_day_of(review.id, moment) else kind
    elif before.due_on is not None:
        last = -(MS_PER_DAY // 1000)
    else:
        last = -600
    return review.id, int(review.grade), last, review.took_ms, kind
