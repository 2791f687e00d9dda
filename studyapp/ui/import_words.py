"""What an import would do, or did, in words."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.services.import_values import Numbers, Plan, Report
from studyapp.ui.facts_text import Fact, Section
from studyapp.ui.media_report import size
from studyapp.ui.spans import counted

_NAMES = 30
"""Names of one kind that are told."""


def tiles(numbers: Numbers) -> list[tuple[str, str]]:
    """How many notes of each sort, and what the sort is called."""
    found = (
        (numbers.new, "new"),
        (numbers.updated, "updated"),
        (numbers.unchanged, "unchanged"),
        (numbers.conflicting, "in conflict"),
        (numbers.skipped, "skipped"),
    )
    return [(f"{number:,}", name) for number, name in found]


def beside_notes(numbers: Numbers) -> str:
    """What comes with the notes: "12 new cards · 3 reviews"; may be empty."""
    media = f"{counted(numbers.media, 'picture or sound', 'pictures and sounds')}"
    told = (
        (numbers.cards, counted(numbers.cards, "new card")),
        (numbers.reviews, counted(numbers.reviews, "review")),
        (numbers.progress, f"{counted(numbers.progress, 'card')} studied further there"),
        (numbers.media, f"{media} ({size(numbers.media_bytes)})"),
        (numbers.kept, f"{counted(numbers.kept, 'note')} stay as you chose"),
    )
    return " · ".join(text for number, text in told if number)


def done(report: Report) -> str:
    """What an import did, in a sentence or two."""
    notes = ", ".join(f"{number} {name}" for number, name in tiles(report.numbers) if number != "0")
    beside = beside_notes(report.numbers)
    told = [f"Notes: {notes}." if notes else "", f"With them: {beside}." if beside else ""]
    if report.name:
        told.append(f"Undo takes it back, now and later: “{report.name}”.")
    return "\n".join(filter(None, told))


def sections(told: Plan | Report) -> list[Section]:
    """What is to be known, what is skipped, note types and decks."""
    return [
        Section("To know", [Fact(each) for each in told.remarks]),
        Section("Note types that become others", _flattened(told)),
        Section("Skipped", _skipped(told)),
        Section("New decks", _some([each.replace("::", " › ") for each in told.decks])),
    ]


def _flattened(told: Plan | Report) -> list[Fact]:
    return [
        Fact(
            f"“{each.note_type}” ({counted(each.notes, 'note')}) becomes {each.becomes}.",
            tuple(f"{loss}." for loss in each.losses),
        )
        for each in told.flattened
    ]


def _skipped(told: Plan | Report) -> list[Fact]:
    """By their reasons, the first one that was met first."""
    by_reason: dict[str, list[str]] = {}
    for each in told.skipped:
        by_reason.setdefault(each.reason, []).append(each.what)
    facts = [
        Fact(f"{counted(len(names), 'time', 'times')}: {reason}", _names(names))
        for reason, names in by_reason.items()
    ]
    more = told.numbers.skipped - len(told.skipped)
    return [*facts, Fact(f"{more:,} more, for reasons of their own.")] if more > 0 else facts


def _some(names: Sequence[str]) -> list[Fact]:
    return [Fact("\n".join(_names(names)))] if names else []


def _names(names: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(names[:_NAMES])
    more = len(names) - len(shown)
    return (*shown, f"and {more:,} more") if more else shown
