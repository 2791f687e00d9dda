"""How many cards a day could bring where siblings are kept apart: of a note one in each deck.

A sibling comes before a new card if it is in its steps, due, or was reviewed today, and before a
review if it is in its steps, or was reviewed today and was not new. Which notes have such a card is
read first: that is much faster than to look for siblings card by card.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from sqlalchemy import Connection

from studyapp.domain.study_day import MS_PER_DAY
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED
from studyapp.store.reviews import SEEN_MS

# One of siblings has an ordinal above 0.
_ANY = "SELECT 1 FROM cards INDEXED BY cards_further WHERE ordinal > 0 LIMIT 1"

# For each deck the notes with a review that is due and not buried, and with one that is buried.
# As JSON, which is read many times faster than rows.
_DUE = f"""
    SELECT (
        SELECT json_group_array(c.note_id) FILTER (WHERE c.buried_on IS NOT :day)
            || ',' || json_group_array(c.note_id) FILTER (WHERE c.buried_on IS :day)
        FROM cards AS c INDEXED BY cards_due_on
        WHERE c.deck_id = d.value AND c.due_on <= :day AND c.state = 2 AND c.suspended = 0
            AND {IS_OFFERED}
    ) FROM json_each(:decks) AS d
"""  # noqa: S608 - our own words
_IN_STEPS = """
    SELECT note_id FROM cards INDEXED BY cards_in_steps
    WHERE state IN (1, 3) AND suspended = 0 AND (due_at < :ends_at OR due_on <= :day)
"""
_REVIEWED = f"""
    SELECT c.note_id, c.deck_id, max(r.state_before) > 0,
        CASE WHEN c.buried_on IS :day THEN NULL WHEN c.state = 0 THEN 'new'
            WHEN c.state = 2 AND c.due_on <= :day AND {IS_OFFERED} THEN 'due' END
    FROM reviews AS r CROSS JOIN cards AS c ON c.id = r.card_id
    WHERE r.id >= :start AND r.id < :start + {SEEN_MS} AND c.suspended = 0 GROUP BY c.id
"""  # noqa: S608 - our own words
_NEW = """
    SELECT (SELECT json_group_array(note_id) FROM (
        SELECT DISTINCT note_id FROM cards INDEXED BY cards_new
        WHERE state = 0 AND deck_id = d.value AND suspended = 0 AND buried_on IS NOT :day
        LIMIT :limit
    )) FROM json_each(:decks) AS d
"""

_Card: TypeAlias = tuple[int, int, int, str | None]
"""A card that was reviewed today: its note, its deck, whether it was not new before one of the
reviews, and what it waits as again: new, due, or None."""


def there_are(connection: Connection) -> bool:
    """Whether any note has more than one card."""
    return driver(connection).execute(_ANY).fetchone() is not None


class Apart:
    """Counts cards of decks in one transaction, at most so many of each deck."""

    def __init__(
        self, connection: Connection, deck_ids: Sequence[int], day: int, start: int
    ) -> None:
        """`start`: when the study day began, in ms since the epoch."""
        self._run = driver(connection).execute
        self._day = day
        ends_at = start + MS_PER_DAY
        decks = json.dumps(list(deck_ids))
        values = {"decks": decks, "day": day, "start": start, "ends_at": ends_at}
        pairs = _parsed(self._run(_DUE, values))
        due, buried = pairs[::2], pairs[1::2]
        in_steps = {note_id for (note_id,) in self._run(_IN_STEPS, values)}
        reviewed = self._run(_REVIEWED, values).fetchall()
        self._due = dict(zip(deck_ids, due, strict=True))
        self._before_new = _Before(reviewed, "new", in_steps.union(chain(*due, *buried)))
        self._before_reviews = _Before([each for each in reviewed if each[2]], "due", in_steps)

    def new(self, deck_ids: Sequence[int], most: int) -> Counter[int]:
        """By deck id: notes with a new card that no sibling comes before."""
        found: dict[int, int] = {}
        is_later, asked = self._before_new.notes.__contains__, most + most // 8 + 1
        while deck_ids:
            lists = self._new_notes(deck_ids, asked)
            found |= {each: len(some) - sum(map(is_later, some)) for each, some in lists.items()}
            # Rarely are so many held back that a deck has to be read further.
            deck_ids = [
                each for each in deck_ids if found[each] < most and len(lists[each]) == asked
            ]
            asked *= 4
        return self._before_new.and_back(found, most)

    def _new_notes(self, deck_ids: Sequence[int], most: int) -> dict[int, list[int]]:
        values = {"decks": json.dumps(deck_ids), "day": self._day, "limit": most}
        rows = self._run(_NEW, values).fetchall()
        return dict(zip(deck_ids, _parsed(rows), strict=True))

    def reviews(self, deck_ids: Sequence[int], most: int) -> Counter[int]:
        """By deck id: notes with a review that no sibling comes before."""
        before = self._before_reviews.notes
        found = {each: len(set(self._due[each]) - before) for each in deck_ids}
        return self._before_reviews.and_back(found, most)


class _Before:
    """Notes that have a card which comes before others."""

    def __init__(self, reviewed: Sequence[_Card], kind: str, others: set[int]) -> None:
        """`others`: those that have one which was not reviewed today; changed here."""
        numbers = Counter([note_id for note_id, *_ in reviewed])
        self._back = Counter(
            [
                deck_id
                for note_id, deck_id, _, waits_as in reviewed
                if waits_as == kind and numbers[note_id] == 1 and note_id not in others
            ]
        )
        others.update(numbers)
        self.notes = others

    def and_back(self, found: Mapping[int, int], most: int) -> Counter[int]:
        """By deck id: with reviewed cards that wait again, which do not keep themselves away."""
        back = self._back
        return Counter(
            {each: min(number + back.get(each, 0), most) for each, number in found.items()}
        )


def _parsed(rows: Iterable[tuple[str]]) -> list[list[int]]:
    """Lists that are written as JSON, several in a row divided by commas."""
    parsed: list[list[int]] = json.loads(f"[{','.join([lists for (lists,) in rows])}]")
    return parsed
