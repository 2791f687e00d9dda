"""`studyapp advise`: what is weak about the notes of a deck."""

from __future__ import annotations

import argparse
import json

from studyapp.advice.rule import Advice
from studyapp.domain.notes import Note
from studyapp.services.advising import AdvisedNote, Advising


def told(advising: Advising, options: argparse.Namespace) -> str:
    """The advice on a deck, as text or as JSON; raises NotFound."""
    advised = advising.advise_deck(options.deck, options.off)
    return _as_json(advised) if options.json else _as_text(advised)


def _as_text(advised: list[AdvisedNote]) -> str:
    lines = [
        f"{each.note.key}: {advice.rule.name}{_where(each.note, advice)}: {advice.message}"
        for each in advised
        for advice in each.advice
    ]
    weak = sum(bool(each.advice) for each in advised)
    lines.append(f"{_counted(weak, 'note')} of {len(advised)} could be better.")
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _where(note: Note, advice: Advice) -> str:
    place = _place(note, advice)
    if place is None:
        return ""
    return f" ({advice.field}, line {place['line']}, column {place['column']})"


def _place(note: Note, advice: Advice) -> dict[str, int] | None:
    """Where the advice points to: line and column from 1, start and end from 0."""
    if advice.field is None or advice.span is None:
        return None
    text = note.front if advice.field == "front" else note.back
    start, end = advice.span
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return {"line": line, "column": column, "start": start, "end": end}


def _as_json(advised: list[AdvisedNote]) -> str:
    rows = [_row(each.note, advice) for each in advised for advice in each.advice]
    return json.dumps({"notes": len(advised), "advice": rows}, indent=2, ensure_ascii=False)


def _row(note: Note, advice: Advice) -> dict[str, object]:
    return {
        "note": note.key,
        "rule": advice.rule.name,
        "message": advice.message,
        "reason": advice.rule.reason,
        "source": advice.rule.source,
        "field": advice.field,
        "place": _place(note, advice),
        "fix": None if advice.fix is None else advice.fix.label,
    }
