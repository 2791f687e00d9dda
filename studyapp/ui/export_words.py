"""What an export holds and what it does not, in words."""

from __future__ import annotations

from studyapp.services.exchange import Preview, Report
from studyapp.ui.facts_text import Fact, Section

_EXAMPLES = 8
"""Of each loss that are named."""
_NOT_PRINTED = Fact("Schedules and history are not printed, and sounds cannot be.")
_NOTHING_LOST = Fact("All of it comes along.")


def sections(preview: Preview) -> list[Section]:
    """What it holds, and what does not come along with the reasons."""
    return [Section("It holds", [Fact(f"{preview.holds()}.")]), lost(preview)]


def printed_sections(preview: Preview) -> list[Section]:
    """What a document to be printed holds."""
    return [Section("It holds", [Fact(f"{preview.holds()}."), _NOT_PRINTED])]


def lost(preview: Preview) -> Section:
    """What does not come along, each with its reason."""
    facts = [
        Fact(f"{loss.what}. {loss.reason}", _examples(loss.examples, loss.count))
        for loss in preview.losses
    ]
    return Section("What does not come along" if facts else "", facts or [_NOTHING_LOST])


def done(report: Report) -> list[Section]:
    """What was written, what to do with it, and what is not in it."""
    written = f"{report.preview.holds()}, in {report.target}."
    steps = [Fact(report.next_steps)] if report.next_steps else []
    return [
        Section("Written", [Fact(written)]),
        Section("What to do in Anki", steps),
        lost(report.preview),
    ]


def _examples(examples: tuple[str, ...], count: int) -> tuple[str, ...]:
    if not examples:
        return ()
    shown = ", ".join(examples[:_EXAMPLES])
    return (f"{shown}, …" if count > _EXAMPLES else shown,)
