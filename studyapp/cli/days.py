"""Other sessions than the day's, and plans for a backlog, on the command line."""

from __future__ import annotations

import argparse

from studyapp.domain.decks import Deck
from studyapp.environment import OPTIONS, system_clock
from studyapp.services.backlog import Backlog, Outlook
from studyapp.services.cramming import Cram, CramOrder
from studyapp.services.finding import Finding
from studyapp.services.sessions import Sessions
from studyapp.services.study import Study
from studyapp.store.database import Database

_BAR = 40


def begun(database: Database, options: argparse.Namespace, deck: Deck) -> tuple[Sessions, str]:
    """The session that was asked for, and what it is about."""
    sessions = Sessions(
        Study(database, system_clock, OPTIONS),
        Cram(database, system_clock, OPTIONS),
        Finding(database, system_clock, OPTIONS),
    )
    if options.cram is not None:
        count = sessions.start_cram(options.cram, CramOrder(options.order))
        return sessions, f"{options.cram or 'All cards'}: {count} cards. Nothing is logged."
    if options.forgotten:
        count = sessions.start_forgotten(deck.name if options.deck else None)
        return sessions, f"Forgotten today: {count} cards. Nothing is logged."
    sessions.start(deck.id, options.ahead)
    return sessions, f"{deck.name}, {options.ahead} days ahead" if options.ahead else deck.name


def planned(backlog: Backlog, deck_id: int | None, options: argparse.Namespace) -> str:
    """Look at a plan, accept or drop it; what there is to say."""
    if options.drop:
        due = backlog.drop()
        return f"{due} cards are due at once." if due else "There was no plan."
    wanted = {"per_day": options.per_day, "days": options.days}
    if options.accept:
        outlook = backlog.accept(deck_id, **wanted)
        if not outlook.due:
            return outlook.told
        return f"{_told(outlook)}\nThis is the plan from now on; --drop ends it."
    return f"{_under_way(backlog)}{_told(backlog.look(deck_id, **wanted))}"


def _told(outlook: Outlook) -> str:
    most = max((*outlook.after, 1))
    lines = [
        f"day {ahead + 1:3}  {outlook.before[ahead]:5} → {number:5}  "
        + "▇" * round(_BAR * number / most)
        for ahead, number in enumerate(outlook.after)
    ]
    return "\n".join([outlook.told, *lines])


def _under_way(backlog: Backlog) -> str:
    running = backlog.running()
    if running is None:
        return ""
    return (
        f"A plan is on: {running.per_day} a day, {running.days_left} days left, "
        f"{running.held_back} cards held back. Another would be:\n"
    )
