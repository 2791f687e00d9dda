"""What can be wrong with a collection that SQLite itself finds sound, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from studyapp.store.driver import driver

MOST_DAYS = 36_500
MOST_EASE = 65_535
"""What Anki can keep."""
_MS_PER_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault: rows of a table, and a statement that mends them all."""

    name: str
    what: str
    """What is wrong, to be read after a number of cards, notes or reviews."""
    remedy: str
    """What mending does, as a sentence without a full stop; empty: it cannot be mended."""
    table: str
    wrong: str
    """A condition in SQL; knows :today, :now (ms) and the limits above."""
    mend: str = ""
    """After UPDATE or DELETE, before WHERE."""


def _cards(name: str, what: str, remedy: str, wrong: str, values: str) -> Rule:
    return Rule(name, what, remedy, "cards", wrong, f"UPDATE cards SET {values}")  # noqa: S608


_LEARNS = "state IN (1, 3)"
_HAS_INTERVAL = "state IN (2, 3)"

IMPOSSIBLE = (
    Rule(
        "cards-without-note",
        "belong to no note",
        "They are deleted",
        "cards",
        "note_id NOT IN (SELECT id FROM notes)",
        "DELETE FROM cards",
    ),
    Rule(
        "decks-without-preset",
        "use a preset that is gone",
        "They use the default preset",
        "decks",
        "preset_id NOT IN (SELECT id FROM presets)",
        "UPDATE decks SET preset_id = 1",
    ),
    Rule(
        "cards-without-deck",
        "are in no deck",
        "They are in the deck “Recovered”",
        "cards",
        "deck_id NOT IN (SELECT id FROM decks)",
        "UPDATE cards SET deck_id = :recovered",
    ),
    _cards(
        "new-with-day",
        "are new but come on a day",
        "They are new and nothing else",
        "state = 0 AND (due_on IS NOT NULL OR due_at IS NOT NULL)",
        "due_on = NULL, due_at = NULL",
    ),
    _cards(
        "no-due",
        "come neither at a time nor on a day, or at both",
        "They come today",
        "state <> 0 AND ((due_at IS NULL) = (due_on IS NULL) OR (state = 2 AND due_on IS NULL))",
        "due_at = NULL, due_on = :today",
    ),
)
"""What SQLite refuses to be written, such as cards of a note that is gone; so mending it cannot be
taken back."""

RULES = (
    _cards(
        "new-with-schedule",
        "are new but have an interval, an ease or steps",
        "They are new and nothing else",
        "state = 0 AND (interval_days <> 0 OR ease_permille <> 0 OR steps_left <> 0)",
        "interval_days = 0, ease_permille = 0, steps_left = 0",
    ),
    _cards(
        "due-too-far",
        "come on a day that is more than a hundred years away",
        "They come in a hundred years, or today if they were late",
        f"due_on NOT BETWEEN :today - {MOST_DAYS} AND :today + {MOST_DAYS}",
        f"due_on = CASE WHEN due_on > :today THEN :today + {MOST_DAYS} ELSE :today END",
    ),
    _cards(
        "step-too-far",
        "are in a step that ends in more than a day, or ended before 1970",
        "Their step ends now",
        f"due_at NOT BETWEEN 0 AND :now + {_MS_PER_DAY}",
        "due_at = :now",
    ),
    _cards(
        "no-steps",
        "are being learned but have no steps left",
        "They have one step left",
        f"{_LEARNS} AND steps_left NOT BETWEEN 1 AND 1000",
        "steps_left = 1",
    ),
    _cards(
        "no-interval",
        "are in review but have no interval",
        "Their interval is a day",
        f"{_HAS_INTERVAL} AND interval_days < 1",
        "interval_days = 1",
    ),
    _cards(
        "interval-too-long",
        "have an interval of more than a hundred years",
        "Their interval is a hundred years",
        f"interval_days > {MOST_DAYS}",
        f"interval_days = {MOST_DAYS}",
    ),
    _cards(
        "no-ease",
        "are in review but have no ease",
        "They have the ease that new cards start with, 2.5",
        f"{_HAS_INTERVAL} AND ease_permille = 0",
        "ease_permille = 2500",
    ),
    _cards(
        "ease-out-of-bounds",
        "have an ease that cannot be",
        "They have the nearest that can: at least 1.3",
        f"ease_permille <> 0 AND ease_permille NOT BETWEEN 1300 AND {MOST_EASE}",
        f"ease_permille = min(max(ease_permille, 1300), {MOST_EASE})",
    ),
    Rule(
        "doubled-reviews",
        "are in the log twice",
        "The second is taken out",
        "reviews",
        "id IN (SELECT later.id FROM reviews AS earlier CROSS JOIN reviews AS later"
        " ON later.card_id = earlier.card_id AND later.id > earlier.id"
        " AND later.grade = earlier.grade AND later.reps_before = earlier.reps_before"
        " AND later.took_ms = earlier.took_ms AND later.state_before = earlier.state_before"
        " AND later.due_on_before IS earlier.due_on_before"
        " AND later.due_at_before IS earlier.due_at_before"
        " AND later.due_on_after IS earlier.due_on_after"
        " AND later.due_at_after IS earlier.due_at_after)",
        "DELETE FROM reviews",
    ),
    Rule(
        "same-position",
        "are new and share their place with a card of another note",
        "They come one after the other, in the order of their age",
        "cards",
        "state = 0 AND EXISTS (SELECT 1 FROM cards AS other WHERE other.state = 0"
        " AND other.suspended = 0 AND other.deck_id = cards.deck_id"
        " AND other.position = cards.position AND other.note_id < cards.note_id"
        " AND cards.suspended = 0)",
    ),
    Rule(
        "gaps",
        "follow on reviews that the log does not have",
        "",
        "reviews",
        "reps_before > (SELECT reps_after FROM reviews AS earlier"
        " WHERE earlier.card_id = reviews.card_id AND earlier.id < reviews.id"
        " ORDER BY earlier.id DESC LIMIT 1)",
    ),
)
"""In the order in which they are mended: some make what others find."""


def find(connection: Connection, rule: Rule, today: int, now: int) -> list[int]:
    """Ids of the rows that a rule finds wrong."""
    sql = f"SELECT id FROM {rule.table} WHERE {rule.wrong} ORDER BY id"  # noqa: S608 - our own words
    return [row[0] for row in driver(connection).execute(sql, {"today": today, "now": now})]


def mend(connection: Connection, rule: Rule, today: int, now: int, recovered: int = 0) -> None:
    """Mend all that a rule finds; `recovered`: the deck for cards without one."""
    if rule.name == "same-position":
        _spread_positions(connection)
    elif rule.mend:
        values = {"today": today, "now": now, "recovered": recovered}
        sql = f"{rule.mend} WHERE {rule.wrong}"
        driver(connection).execute(sql, values)


def _spread_positions(connection: Connection) -> None:
    """New cards of one note keep a place of their own, behind that of the note before."""
    run = driver(connection).execute
    rows = run(
        "SELECT id, deck_id, note_id, position FROM cards WHERE state = 0 AND suspended = 0"
        " ORDER BY deck_id, position, note_id, id"
    ).fetchall()
    deck, note, last, moved = None, None, 0, []
    for card_id, deck_id, note_id, position in rows:
        least = last + (note_id != note)
        place = position if deck_id != deck else max(position, least)
        if place != position:
            moved.append((place, card_id))
        deck, note, last = deck_id, note_id, place
    driver(connection).executemany("UPDATE cards SET position = ? WHERE id = ?", moved)
