"""What can be said on the command line, and what it does."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from studyapp import __version__
from studyapp.cli import exporting as cli_exporting
from studyapp.cli import importing as cli_importing
from studyapp.cli import linking as cli_linking
from studyapp.cli.display import has_display
from studyapp.cli.review import review
from studyapp.environment import (
    HOME_VARIABLE,
    OPTIONS,
    care_of,
    data_folder,
    shipped,
    system_clock,
)
from studyapp.errors import NotFound, StorageError, StudyAppError
from studyapp.services.care import Care
from studyapp.services.installing import Installer
from studyapp.services.library import Day, DeckLine, Library
from studyapp.store.backup import Backup
from studyapp.store.database import Database, Snapshot

FAILED = 1
_MOST_DAYS = 36_500
TERMINAL = "a review in a terminal"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 failed, 2 misused."""
    options = _parser().parse_args(arguments)
    folder = data_folder(options.data_dir)
    command: Callable[[Path, argparse.Namespace], int] = options.command
    try:
        return command(folder, options)
    except StudyAppError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader, `head` say, has seen enough; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _add_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What only tells."""
    compare = commands.add_parser(
        "compare-schedulers", help="compare SM-2 and FSRS on your own history"
    )
    compare.add_argument("deck", nargs="?", help="a deck's full name; else all decks")
    compare.add_argument("--json", action="store_true", help="for programs to read")
    compare.set_defaults(command=_compare)

    stats = commands.add_parser("stats", help="tell the figures of your reviews and cards")
    stats.add_argument("--deck", default="", help="a deck's full name; it and those below it")
    stats.add_argument("--tag", default="", help="only cards whose notes have this tag")
    stats.add_argument("--search", default="", metavar="QUERY", help="only cards that it finds")
    stats.add_argument("--days", type=_days, help="so many days up to today; else all")
    stats.add_argument("--json", action="store_true", help="for programs to read")
    stats.set_defaults(command=_stats)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="studyapp", description="Spaced repetition; without a command, opens the window."
    )
    parser.add_argument("--version", action="version", version=f"studyapp {__version__}")
    parser.add_argument(
        "--data-dir", metavar="DIR", help=f"where your data lies (else ${HOME_VARIABLE})"
    )
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(title="commands", metavar="")

    decks = commands.add_parser("decks", help="list decks with the cards that are left today")
    decks.add_argument("--json", action="store_true", help="for programs to read")
    decks.set_defaults(command=_decks)

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
    reviewing.set_defaults(command=_review)

    backlog = commands.add_parser("backlog", help="spread what is overdue over the coming days")
    backlog.add_argument("deck", nargs="?", help="a deck's full name; else all decks")
    size = backlog.add_mutually_exclusive_group()
    size.add_argument("--per-day", metavar="N", type=int, help="reviews a day")
    size.add_argument("--days", metavar="D", type=int, help="to be done in so many days")
    then = backlog.add_mutually_exclusive_group()
    then.add_argument("--accept", action="store_true", help="hold cards back by this plan")
    then.add_argument("--drop", action="store_true", help="end the plan; all cards are due again")
    backlog.set_defaults(command=_backlog)

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
    advise.set_defaults(command=_advise)

    export = commands.add_parser("export", help="write all or a part of it, for Anki and others")
    cli_exporting.add_options(export)
    export.set_defaults(command=_export)

    importing = commands.add_parser("import", help="take in a package of Anki's, a text or a deck")
    cli_importing.add_options(importing)
    importing.set_defaults(command=_import)

    cli_linking.add_commands(commands, link=_link, unlink=_unlink, sync=_sync)

    _add_figures(commands)

    check = commands.add_parser("check", help="find what is wrong with the collection and mend it")
    check.add_argument("--dry-run", action="store_true", help="only tell what is wrong")
    check.set_defaults(command=_check)

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
    backup.set_defaults(command=_backup)
    return parser


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"give a number of days from 1 to {_MOST_DAYS:,}")
    return int(text)


def _rule(name: str) -> str:
    from studyapp.advice.catalogue import RULES  # noqa: PLC0415 - as in `_advise`

    if name not in RULES:
        raise argparse.ArgumentTypeError(f"there is no rule {name}. Rules: {', '.join(RULES)}")
    return name


def _window(folder: Path, options: argparse.Namespace) -> int:
    if has_display():
        from studyapp.app import run_window  # noqa: PLC0415 - other commands do without Qt

        return run_window(folder)
    print("There is no display here, so the window cannot open.")
    print("`studyapp review` reviews in the terminal; `studyapp decks` lists the decks.\n")
    return _review(folder, _parser().parse_args(["review"]))


def _decks(folder: Path, options: argparse.Namespace) -> int:
    with _installed(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
    _warn_of_the_clock(day)
    print(json.dumps(_as_json(day), indent=2) if options.json else _as_table(day))
    return 0


def _review(folder: Path, options: argparse.Namespace) -> int:
    if not sys.stdin.isatty():
        return _decks(folder, argparse.Namespace(json=False))
    from studyapp.cli.days import begun  # noqa: PLC0415 - other commands do without it

    with _opened(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
        _warn_of_the_clock(day)
        review(*begun(database, options, _chosen(day, options.deck).deck))
        care_of(folder).back_up_today()
    return 0


def _backlog(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.days import planned  # noqa: PLC0415 - other commands do without it
    from studyapp.services.backlog import Backlog  # noqa: PLC0415

    may_write = options.accept or options.drop
    with _opened(folder) if may_write else _installed(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
        deck_id = _chosen(day, options.deck).deck.id if options.deck else None
        print(planned(Backlog(database, system_clock, OPTIONS), deck_id, options))
    return 0


def _advise(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.advise import told  # noqa: PLC0415 - its rules take a while to compile
    from studyapp.services.advising import Advising  # noqa: PLC0415

    with _installed(folder) as database:
        print(told(Advising(database), options))
    return 0


def _compare(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.compare import told  # noqa: PLC0415 - other commands do without it
    from studyapp.services.comparing import Comparing  # noqa: PLC0415

    with _installed(folder) as database:
        comparison = Comparing(database.path, system_clock, OPTIONS).compare(options.deck)
        print(told(comparison, as_json=options.json))
    return 0


def _stats(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.stats import told  # noqa: PLC0415 - counting by columns takes long to import
    from studyapp.services.statistics import Scope, Statistics  # noqa: PLC0415

    with _installed(folder) as snapshot:
        statistics = Statistics(snapshot.path, system_clock, OPTIONS)
        scope = Scope(options.deck, options.tag, options.search)
        with closing(statistics):
            print(told(statistics, scope, options.days, as_json=options.json))
    return 0


def _export(folder: Path, options: argparse.Namespace) -> int:
    with _installed(folder) as database:
        print(cli_exporting.export(database, options))
    return 0


def _import(folder: Path, options: argparse.Namespace) -> int:
    if options.dry_run:
        print(cli_importing.look(_installed(folder), options))
        return 0
    print(cli_importing.take_in(_opened(folder), options))
    return 0


def _link(folder: Path, options: argparse.Namespace) -> int:
    with _opened(folder) as database:
        print(cli_linking.link(database, options))
    return 0


def _unlink(folder: Path, options: argparse.Namespace) -> int:
    with _opened(folder) as database:
        print(cli_linking.unlink(database, options))
    return 0


def _sync(folder: Path, options: argparse.Namespace) -> int:
    opened = _installed if options.dry_run else _opened
    with opened(folder) as collection:
        told, is_done = cli_linking.sync(collection, options)
    print(told)
    return 0 if is_done else FAILED


def _check(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.check import check  # noqa: PLC0415 - other commands do without it
    from studyapp.services.checking import Checking  # noqa: PLC0415

    with _installed(folder) if options.dry_run else _opened(folder) as database:
        checking = Checking(database, system_clock, OPTIONS)
        return FAILED if check(checking, is_dry=options.dry_run) else 0


def _backup(folder: Path, options: argparse.Namespace) -> int:
    care = care_of(folder)
    if options.list:
        for copy in care.backups():
            made = datetime.fromtimestamp(copy.made_at / 1000).astimezone()
            print(f"{made:%Y-%m-%d %H:%M}  {copy.size_bytes / 1e6:8.1f} MB  {copy.path}")
    elif options.restore is not None:
        wanted = _wanted_backup(care, options.restore)
        aside = care.restore(wanted, "putting back a backup")
        print(f"{wanted.path.name} is in place. What was there before is kept as {aside}.")
    else:
        print(f"Backed up to {care.back_up_now().path}.")
    return 0


def _wanted_backup(care: Care, file: str) -> Backup:
    if not file:
        newest = care.newest_sound_backup()
        if newest is None:
            raise NotFound("There is no sound backup.")
        return newest
    chosen = Path(file).resolve()
    for copy in care.backups():
        if copy.path.resolve() == chosen:
            return copy
    raise NotFound(f"{chosen} is none of the backups. `studyapp backup --list` shows them.")


@contextmanager
def _opened(folder: Path) -> Iterator[Database]:
    """The collection with the shipped decks, for writing."""
    with closing(care_of(folder).open(TERMINAL)) as database:
        for message in Installer(database, system_clock).install(shipped("decks")):
            print(message, file=sys.stderr)
        yield database


@contextmanager
def _installed(folder: Path) -> Iterator[Snapshot]:
    """The collection for reading only, beside an open window too; made if it is not there yet."""
    collection = care_of(folder).collection
    try:
        snapshot = Snapshot(collection)
    except StorageError:
        with _opened(folder):
            pass
        snapshot = Snapshot(collection)
    with closing(snapshot):
        yield snapshot


def _chosen(day: Day, name: str | None) -> DeckLine:
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


def _warn_of_the_clock(day: Day) -> None:
    if day.clock_is_behind_days:
        print(
            f"The computer's clock stands {day.clock_is_behind_days} days before your last review. "
            "If it is wrong, set it right before you study; nothing is lost.",
            file=sys.stderr,
        )
