"""`studyapp export`: writes a package, a text or deck files, or says what would be lost."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from studyapp.cli.progress import on_screen
from studyapp.cli.values_kept import values_kept
from studyapp.domain.paper import Paper
from studyapp.environment import OPTIONS, system_clock
from studyapp.errors import ExportError
from studyapp.services.exchange import (
    Everything,
    Exchange,
    Form,
    OfDeck,
    OfSearch,
    OfTag,
    Request,
    Selection,
)
from studyapp.services.export_values import PACKAGES
from studyapp.store import media
from studyapp.store.snapshot import Snapshot

PDF: Final = "pdf"
"""For people to read and print; it is drawn by the web engine, unlike what a `Form` names."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What may follow the command."""
    parser.add_argument(
        "deck", nargs="?", help="a deck's full name; it is exported with its sub-decks"
    )
    parser.add_argument("file", type=Path, help="what to write; a folder if deck files are written")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--tag", help="instead of a deck: notes with a tag or one below it")
    chosen.add_argument("--search", metavar="QUERY", help="instead of a deck: what a search finds")
    parser.add_argument(
        "--format",
        choices=[*Form, PDF],
        metavar="|".join([*Form, PDF]),
        help="else the ending of the file tells it; decks: a folder of deck files; pdf: to print",
    )
    parser.add_argument(
        "--paper", type=Paper, choices=list(Paper), default=Paper.A4, metavar="|".join(Paper)
    )
    parser.add_argument(
        "--with-schedule",
        action="store_true",
        help="also schedules, suspended cards, flags, presets and the history (a .colpkg and JSON "
        "have them always)",
    )
    parser.add_argument(
        "--modern",
        action="store_true",
        help="a smaller .apkg or .colpkg, which Anki before 2.1.50 cannot read",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be exported and lost; write nothing"
    )


def export(collection: Snapshot, options: argparse.Namespace) -> str:
    """Does what was asked for; returns what to tell the user."""
    if options.format == PDF or (options.format is None and _ending(options.file) == PDF):
        return _export_pdf(collection, options)
    request = _request(options)
    exchange = Exchange(collection.path, system_clock, OPTIONS)
    with values_kept():
        if options.dry_run:
            return exchange.preview(request, on_screen()).told()
        return exchange.write(request, options.file, on_screen()).told()


def _request(options: argparse.Namespace) -> Request:
    form = Form(options.format) if options.format else _form_of(options.file)
    if options.with_schedule and form in (Form.CSV, Form.TSV, Form.DECKS):
        raise ExportError(
            f"There is no place for schedules in {form}. Leave out --with-schedule, or write an "
            ".apkg, a .colpkg or JSON."
        )
    if options.modern and form not in PACKAGES:
        raise ExportError(f"Only an .apkg or a .colpkg can be modern, not {form}.")
    return Request(_selection(options), form, options.with_schedule, options.modern)


def _form_of(file: Path) -> Form:
    ending = _ending(file)
    return Form(ending) if ending in set(Form) - {Form.DECKS} else Form.PACKAGE


def _ending(file: Path) -> str:
    return file.suffix.lower().removeprefix(".")


def _export_pdf(collection: Snapshot, options: argparse.Namespace) -> str:
    if options.with_schedule:
        raise ExportError("There is no place for schedules in a PDF. Leave out --with-schedule.")
    from studyapp.services.printing import Printing, save_pdf  # noqa: PLC0415 - others do without

    printing = Printing(collection.path, system_clock, OPTIONS)
    printed = printing.document(_selection(options), options.paper, on_screen())
    if options.dry_run:
        return f"It holds {printed.cards:,} cards."
    from studyapp.app import draw_pdf  # noqa: PLC0415 - others do without Qt

    pdf = draw_pdf(printed, media.folder_of(collection.path))
    return f"Printed {printed.cards:,} cards to {save_pdf(options.file, pdf)}."


def _selection(options: argparse.Namespace) -> Selection:
    others = [each for each in (options.tag, options.search) if each is not None]
    if options.deck is not None and others:
        raise ExportError("Name a deck, a tag or a search, not two of them.")
    if options.deck is not None:
        return OfDeck(options.deck)
    if options.tag is not None:
        return OfTag(options.tag)
    return Everything() if options.search is None else OfSearch(options.search)
