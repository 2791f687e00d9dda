"""How found cards are sorted: in SQL, along an index where most cards are found."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.query import Column
from studyapp.domain.study_day import MS_PER_DAY

_LAST = 1 << 60  # as the index cards_by_due has it
_DUE = (
    f"CASE WHEN c.state = 0 THEN {_LAST} + c.position"
    f" ELSE coalesce(c.due_at, c.due_on * {MS_PER_DAY}) END"
)


@dataclass(frozen=True, slots=True)
class Order:
    """What cards are sorted by."""

    key: str
    """SQL on `c`, `n`, `d` (the deck) or `t` (the note's folded text)."""
    then: tuple[str, ...] = ("c.id",)
    """What decides between equal keys."""
    walked: str = ""
    """A table in the order of an index on the key; empty: there is none."""
    cards: str = ""
    """Which cards `c` belong to its rows; empty: its rows are the cards."""
    note_id: str = ""
    """Of its rows, if they are notes."""

    @property
    def join(self) -> str:
        """What the key takes besides cards."""
        return _JOINS.get(self.key[:2], "")

    def needs(self, table: str) -> bool:
        """Whether the key speaks of a table."""
        return self.key.startswith(f"{table}.")

    def sorted(self, *, descending: bool) -> str:
        """For what was found. Equal keys stay in one direction: most rows are then soon let go."""
        end = " DESC" if descending else ""
        return ", ".join((f"{self.key}{end}", *self.then))

    def walking(self, *, descending: bool) -> str:
        """Along the index, which has rows with equal keys in the order of their ids."""
        end = " DESC" if descending else ""
        then = (self.note_id, "c.ordinal") if self.note_id else self.then
        return ", ".join(f"{key}{end}" for key in (self.key, *then))


_JOINS = {
    "n.": " JOIN notes AS n ON n.id = c.note_id",
    "d.": " JOIN decks AS d ON d.id = c.deck_id",
    # A note that has just changed may not be there yet.
    "t.": " LEFT JOIN search_texts AS t ON t.id = c.note_id",
}


def _of_note(table: str, name: str, column: str, index: str) -> Order:
    return Order(
        f"{name}.{column}",
        ("c.note_id", "c.ordinal"),
        f"{table} AS {name} INDEXED BY {index}",
        f"ON c.note_id = {name}.id",
        f"{name}.id",
    )


ORDERS: dict[Column, Order] = {
    Column.FRONT: _of_note("search_texts", "t", "title", "search_by_title"),
    Column.TAGS: _of_note("search_texts", "t", "tags", "search_by_tags"),
    Column.DECK: Order(
        "d.name", walked="decks AS d", cards="INDEXED BY cards_by_deck ON c.deck_id = d.id"
    ),
    Column.KIND: _of_note("notes", "n", "kind", "notes_by_kind"),
    Column.CARD: Order("c.ordinal"),
    Column.STATE: Order("c.state"),
    Column.DUE: Order(_DUE, walked="cards AS c INDEXED BY cards_by_due"),
    Column.INTERVAL: Order("c.interval_days"),
    Column.EASE: Order("c.ease_permille"),
    Column.REPS: Order("c.reps"),
    Column.LAPSES: Order("c.lapses"),
    Column.FLAG: Order("c.flag"),
    Column.SUSPENDED: Order("c.suspended"),
    Column.ADDED: _of_note("notes", "n", "created_at", "notes_by_created_at"),
    Column.EDITED: _of_note("notes", "n", "changed_at", "notes_by_changed_at"),
}
