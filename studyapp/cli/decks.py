"""The decks and what is left of the day, as a table or as JSON; and which of them is meant."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from studyapp.errors import NotFound
from studyapp.services.library import Day, DeckLine


def told(day: Day, *, as_json: bool) -> str:
    """The decks with the cards that are left today."""
    return json.dumps(_as_json(day), indent=2) if as_json else _as_table(day)


def chosen(day: Day, name: str | None) -> DeckLine:
    """The deck with that name, else the first with cards; raises NotFound."""
    if name is not None:
        folded = name.casefold()
        found = next((line for line in day.lines if line.deck.name.casefold() == folded), None)
        if found is None:
            names = "; ".join(line.deck.name for line in day.lines)
            raise NotFound(f"There is no deck “{name}”. Decks: {names or 'none'}.")
        return found
    if not day.lines:
        raise NotFound("There are no decks yet.")
    return next((line for line in day.lines if line.counts.total), day.lines[0])


def _as_table(day: Day) -> str:
    width = max([len(line.deck.short_name) + 2 * line.depth for line in day.lines], default=0)
    rows = [
        f"{'  ' * line.depth + line.deck.short_name:{width}}"
        f"  {line.counts.new:5} {line.counts.learning:9} {line.counts.due:5}"
        for line in day.lines
    ]
    minutes = round(day.expected_ms / 60_000)
    heading = f"{'':{width}}  {'New':>5} {'Learning':>9} {'Due':>5}"
    load = f"Left today: {day.left.total} cards, about {minutes} min. Done: {day.reviews_done}."
    return "\n".join([heading, *rows, "", load])


def _as_json(day: Day) -> dict[str, object]:
    return {
        "decks": [{"name": line.deck.name, **asdict(line.counts)} for line in day.lines],
        "left": asdict(day.left),
        "reviews_done": day.reviews_done,
        "expected_ms": day.expected_ms,
    }


def warn_of_the_clock(day: Day) -> None:
    """Where it stands before the last review."""
    if day.clock_is_behind_days:
        print(
            f"The computer's clock stands {day.clock_is_behind_days} days before your last review. "
            "If it is wrong, set it right before you study; nothing is lost.",
            file=sys.stderr,
        )
