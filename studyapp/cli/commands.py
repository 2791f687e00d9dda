"""What each command does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from studyapp.cli import decks
from studyapp.cli import exporting as cli_exporting
from studyapp.cli import importing as cli_importing
from studyapp.cli import linking as cli_linking
from studyapp.cli.add import add
from studyapp.cli.arguments import parser
from studyapp.cli.backup import back_up
from studyapp.cli.decks import chosen, warn_of_the_clock
from studyapp.cli.display import has_display
from studyapp.cli.opening import installed, opened
from studyapp.cli.review import review
from studyapp.environment import OPTIONS, care_of, data_folder, new_key, system_clock
from studyapp.errors import StudyAppError
from studyapp.services.authoring import Authoring
from studyapp.services.library import Library
from studyapp.services.looking_over import LookingOver

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 failed, 2 misused."""
    options = parser().parse_args(arguments)
    folder = data_folder(options.data_dir)
    try:
        return COMMANDS[options.command](folder, options)
    except StudyAppError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader, `head` say, has seen enough; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _window(folder: Path, options: argparse.Namespace) -> int:
    if has_display():
        from studyapp.app import run_window  # noqa: PLC0415 - other commands do without Qt

        return run_window(folder)
    print("There is no display here, so the window cannot open.")
    print("`studyapp review` reviews in the terminal; `studyapp decks` lists the decks.\n")
    return _review(folder, parser().parse_args(["review"]))


def _decks(folder: Path, options: argparse.Namespace) -> int:
    with installed(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
    warn_of_the_clock(day)
    print(decks.told(day, as_json=options.json))
    return 0


def _review(folder: Path, options: argparse.Namespace) -> int:
    if not sys.stdin.isatty():
        return _decks(folder, argparse.Namespace(json=False))
    from studyapp.cli.days import begun  # noqa: PLC0415 - other commands do without it

    with opened(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
        warn_of_the_clock(day)
        review(*begun(database, options, chosen(day, options.deck).deck))
        care_of(folder).back_up_today()
    return 0


def _add(folder: Path, options: argparse.Namespace) -> int:
    with opened(folder) as database:
        authoring = Authoring(database, system_clock, new_key)
        print(add(authoring, LookingOver(database.path), options))
    return 0


def _backlog(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.days import planned  # noqa: PLC0415 - other commands do without it
    from studyapp.services.backlog import Backlog  # noqa: PLC0415

    may_write = options.accept or options.drop
    with opened(folder) if may_write else installed(folder) as database:
        day = Library(database, system_clock, OPTIONS).day()
        deck_id = chosen(day, options.deck).deck.id if options.deck else None
        print(planned(Backlog(database, system_clock, OPTIONS), deck_id, options))
    return 0


def _advise(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.advise import told  # noqa: PLC0415 - its rules take a while to compile
    from studyapp.services.advising import Advising  # noqa: PLC0415

    with installed(folder) as database:
        print(told(Advising(database), options))
    return 0


def _compare(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.compare import told  # noqa: PLC0415 - other commands do without it
    from studyapp.services.comparing import Comparing  # noqa: PLC0415

    with installed(folder) as database:
        comparison = Comparing(database.path, system_clock, OPTIONS).compare(options.deck)
        print(told(comparison, as_json=options.json))
    return 0


def _stats(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.stats import told  # noqa: PLC0415 - counting by columns takes long to import
    from studyapp.services.statistics import Scope, Statistics  # noqa: PLC0415

    with installed(folder) as snapshot:
        statistics = Statistics(snapshot.path, system_clock, OPTIONS)
        scope = Scope(options.deck, options.tag, options.search)
        with closing(statistics):
            print(told(statistics, scope, options.days, as_json=options.json))
    return 0


def _export(folder: Path, options: argparse.Namespace) -> int:
    with installed(folder) as database:
        print(cli_exporting.export(database, options))
    return 0


def _import(folder: Path, options: argparse.Namespace) -> int:
    if options.dry_run:
        print(cli_importing.look(installed(folder), options))
        return 0
    print(cli_importing.take_in(opened(folder), options))
    return 0


def _link(folder: Path, options: argparse.Namespace) -> int:
    with opened(folder) as database:
        print(cli_linking.link(database, options))
    return 0


def _unlink(folder: Path, options: argparse.Namespace) -> int:
    with opened(folder) as database:
        print(cli_linking.unlink(database, options))
    return 0


def _sync(folder: Path, options: argparse.Namespace) -> int:
    reaching = installed if options.dry_run else opened
    with reaching(folder) as collection:
        told, is_done = cli_linking.sync(collection, options)
    print(told)
    return 0 if is_done else FAILED


def _check(folder: Path, options: argparse.Namespace) -> int:
    from studyapp.cli.check import check  # noqa: PLC0415 - other commands do without it
    from studyapp.services.checking import Checking  # noqa: PLC0415

    with installed(folder) if options.dry_run else opened(folder) as database:
        checking = Checking(database, system_clock, OPTIONS)
        return FAILED if check(checking, is_dry=options.dry_run) else 0


def _backup(folder: Path, options: argparse.Namespace) -> int:
    told = back_up(care_of(folder), options)
    if told:
        print(told)
    return 0


COMMANDS: Mapping[str, Callable[[Path, argparse.Namespace], int]] = {
    "window": _window,
    "decks": _decks,
    "review": _review,
    "add": _add,
    "backlog": _backlog,
    "advise": _advise,
    "compare": _compare,
    "stats": _stats,
    "export": _export,
    "import": _import,
    "link": _link,
    "unlink": _unlink,
    "sync": _sync,
    "check": _check,
    "backup": _backup,
}
