"""What may be said on the command line."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from studyapp import __version__
from studyapp.cli import add, exporting, importing, linking
from studyapp.environment import HOME_VARIABLE

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - has no other name
_MOST_DAYS = 36_500


def parser() -> argparse.ArgumentParser:
    """Of the whole command line; `command` of what it parses names an entry of `COMMANDS`."""
    whole = argparse.ArgumentParser(
        prog="studyapp", description="Spaced repetition; without a command, opens the window."
    )
    whole.add_argument("--version", action="version", version=f"studyapp {__version__}")
    whole.add_argument(
        "--data-dir", metavar="DIR", help=f"where your data lies (else ${HOME_VARIABLE})"
    )
    whole.set_defaults(command="window")
    commands = whole.add_subparsers(title="commands", metavar="")

    decks = commands.add_parser("decks", help="list decks with the cards that are left today")
    decks.add_argument("--json", action="store_true", help="for programs to read")
    decks.set_defaults(command="decks")

    for group in _GROUPS:
        group(commands)
    return whole


def _add_review(commands: _Commands) -> None:
    """Reviewing in the terminal."""
    reviewing = commands.add_parser("review", help="review in the terminal")
    reviewing.add_argument("deck", nargs="?", help="a deck's full name; else the first with cards")
    other = reviewing.add_mutually_exclusive_group()
    other.add_argument(
        "--ahead", metavar="DAYS", type=int, default=0, help="what comes due in so many days"
    )
    other.add_argument(
        "--forgotten", action="store_true", help="what was forgotten today; nothing is logged"
    )
    other.add_argument("--cram", metavar="SEARCH", help="what a search finds; nothing is logged")
    reviewing.add_argument(
        "--order",
        choices=("due", "random", "hardest"),
        default="due",
        help="of the cards of --cram",
    )
    reviewing.set_defaults(command="review")


def _add_writing(commands: _Commands) -> None:
    """Adding a note."""
    adding = commands.add_parser("add", help="write a note")
    add.add_options(adding)
    adding.set_defaults(command="add")


def _add_backlog(commands: _Commands) -> None:
    """Plans for what is overdue."""
    backlog = commands.add_parser("backlog", help="spread what is overdue over the coming days")
    backlog.add_argument("deck", nargs="?", help="a deck's full name; else all decks")
    size = backlog.add_mutually_exclusive_group()
    size.add_argument("--per-day", metavar="N", type=int, help="reviews a day")
    size.add_argument("--days", metavar="D", type=int, help="to be done in so many days")
    then = backlog.add_mutually_exclusive_group()
    then.add_argument("--accept", action="store_true", help="hold cards back by this plan")
    then.add_argument("--drop", action="store_true", help="end the plan; all cards are due again")
    backlog.set_defaults(command="backlog")


def _add_exchange(commands: _Commands) -> None:
    """Everything that goes in and out."""
    export = commands.add_parser("export", help="write all or a part of it, for Anki and others")
    exporting.add_options(export)
    export.set_defaults(command="export")

    taking_in = commands.add_parser("import", help="take in a package of Anki's, a text or a deck")
    importing.add_options(taking_in)
    taking_in.set_defaults(command="import")

    linking.add_commands(commands)


def _add_figures(commands: _Commands) -> None:
    """What only tells."""
    compare = commands.add_parser(
        "compare-schedulers", help="compare SM-2 and FSRS on your own history"
    )
    compare.add_argument("deck", nargs="?", help="a deck's full name; else all decks")
    compare.add_argument("--json", action="store_true", help="for programs to read")
    compare.set_defaults(command="compare")

    stats = commands.add_parser("stats", help="tell the figures of your reviews and cards")
    stats.add_argument("--deck", default="", help="a deck's full name; it and those below it")
    stats.add_argument("--tag", default="", help="only cards whose notes have this tag")
    stats.add_argument("--search", default="", metavar="QUERY", help="only cards that it finds")
    stats.add_argument("--days", type=_days, help="so many days up to today; else all")
    stats.add_argument("--json", action="store_true", help="for programs to read")
    stats.set_defaults(command="stats")


def _add_advise(commands: _Commands) -> None:
    """What is weak about notes."""
    advise = commands.add_parser("advise", help="say what is weak about the notes of a deck")
    advise.add_argument("deck", help="a deck's full name")
    advise.add_argument("--json", action="store_true", help="for programs to read")
    advise.add_argument(
        "--off",
        metavar="RULE",
        action="append",
        default=[],
        type=_rule,
        help="leave out a rule, by the name that its advice bears; may be given several times",
    )
    advise.set_defaults(command="advise")


def _add_care(commands: _Commands) -> None:
    """The collection itself."""
    check = commands.add_parser("check", help="find what is wrong with the collection and mend it")
    check.add_argument("--dry-run", action="store_true", help="only tell what is wrong")
    check.set_defaults(command="check")

    backup = commands.add_parser("backup", help="back up the collection, or put a backup back")
    which = backup.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="list the backups there are")
    which.add_argument(
        "--restore",
        metavar="FILE",
        nargs="?",
        const="",
        help="put this backup in place, or the newest sound one",
    )
    backup.set_defaults(command="backup")


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"give a number of days from 1 to {_MOST_DAYS:,}")
    return int(text)


def _rule(name: str) -> str:
    from studyapp.advice.catalogue import RULES  # noqa: PLC0415 - takes a while to compile

    if name not in RULES:
        raise argparse.ArgumentTypeError(f"there is no rule {name}. Rules: {', '.join(RULES)}")
    return name


_GROUPS = (
    _add_review,
    _add_writing,
    _add_backlog,
    _add_advise,
    _add_exchange,
    _add_figures,
    _add_care,
)
