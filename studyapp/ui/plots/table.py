"""The figures of a plot: what its table shows, and what is saved of it as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

Cell = str | int | float


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a number is shown with separators, and saved without."""

    headings: tuple[str, ...]
    made: Rows | Callable[[], Rows]
    """The rows, or what makes them whenever they are asked for: long ones are rarely read."""

    @property
    def rows(self) -> Rows:
        return self.made() if callable(self.made) else self.made

    @property
    def is_empty(self) -> bool:
        """Whether there are no rows; what is made when it is asked for has some."""
        return not self.made

    @property
    def numbers(self) -> tuple[int, ...]:
        """The columns that stand at the right."""
        columns, rows = range(len(self.headings)), self.rows
        return tuple(n for n in columns if any(not isinstance(row[n], str) for row in rows))

    def texts(self) -> list[tuple[str, ...]]:
        """As they are read."""
        return [tuple(_text(cell) for cell in row) for row in self.rows]

    def as_csv(self) -> str:
        """RFC 4180 with headings; numbers as Python writes them."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(self.headings)
        writer.writerows(self.rows)
        return out.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"
