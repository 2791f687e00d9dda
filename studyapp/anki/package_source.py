"""A package of Anki's as something that can be imported."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from studyapp.anki import collection_reading, package_reading
from studyapp.anki.anki_values import AnkiCollection, AnkiDeck
from studyapp.anki.collection_opening import ForeignDatabase, GoOn
from studyapp.anki.collection_reading import Odd
from studyapp.anki.from_html import MAX_FIELD, to_markdown
from studyapp.anki.incoming import (
    Findings,
    Incoming,
    IncomingDeck,
    IncomingMedium,
    IncomingNote,
    Seen,
)
from studyapp.anki.log_mapping import LogMapping
from studyapp.anki.log_table import CardRows, LogTable
from studyapp.anki.package_names import deck_name, is_plain_name
from studyapp.anki.package_notes import CardReading, NoteReading, shapes_of
from studyapp.anki.package_reading import Package
from studyapp.domain.media_names import safe_name
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, Instant
from studyapp.rendering.marks import clean

_MOST_NAMES = 20


@contextmanager
def opened(
    path: Path, now: Instant, options: DayOptions, go_on: GoOn, seen: Seen | None = None
) -> Iterator[Incoming]:
    """Open a package; raises PackageError or StorageError, also later, while it is read.

    `seen` is of the same bytes, which are found sound then without another look.
    `go_on` is asked now and then; when it is False, reading raises `collection_opening.Stopped`.
    """
    with (
        package_reading.opened(path) as package,
        closing(
            ForeignDatabase(package.database, path, go_on, is_known=seen is not None)
        ) as database,
    ):
        head = collection_reading.read_head(database)
        path = package.database.with_name("log")
        mapping = LogMapping(now.utc_offset_ms, options.rollover_hour)
        # A grade that is logged later was given by a clock that is wrong.
        with closing(LogTable(database, path, mapping, now.at + MS_PER_DAY)) as table:
            yield _Source(package, table, head, now, options, seen=seen).incoming()


class _Source:
    """One open package."""

    def __init__(
        self,
        package: Package,
        table: LogTable,
        head: AnkiCollection,
        now: Instant,
        options: DayOptions,
        *,
        seen: Seen | None,
    ) -> None:
        self._package = package
        self._known = seen
        self._seen = Seen()
        self._database = table.database
        self._table = table
        self._head = head
        self._cards = CardReading(head, now, options)
        self._shapes = shapes_of(head)

    def incoming(self) -> Incoming:
        return Incoming(
            what=self._package.path.name,
            notes=self._notes,
            note_count=collection_reading.count(self._database, "notes"),
            decks=self._decks(),
            media=tuple(self._media()),
            log=self._log,
            map_logs=self._table.take,
            log_file=self._table.path,
            log_count=collection_reading.count(self._database, "revlog"),
            findings=self._tell_of_media,
            seen=self._seen,
        )

    def _notes(self, media_names: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
        """All notes; what they leave to say is in `findings` at the end."""
        media = partial(_media_name, media_names)
        doubled = self._doubled_guids()
        reading = NoteReading(self._cards, self._shapes, doubled, media, findings)
        odd = Odd()
        for note in collection_reading.read_notes(self._database, odd):
            yield from reading.note(note)
        reading.tell(odd)

    def _doubled_guids(self) -> set[str]:
        rows = self._database.rows("SELECT guid FROM notes GROUP BY guid HAVING count(*) > 1")
        return {row[0] for row in rows if isinstance(row[0], str)}

    def _log(self, findings: Findings) -> Iterator[CardRows]:
        table = self._table
        odd = Odd()
        has_odd = self._seen.has_odd_log = self._has_odd_log()
        table.count(collection_reading.read_log(self._database, odd) if has_odd else None)
        for card in table.cards():
            if card.count < card.rows:
                findings.counts["log entries that are no grades"] += card.rows - card.count
            yield card
        if odd.reviews:
            findings.counts["log entries that cannot be read"] += odd.reviews

    def _has_odd_log(self) -> bool:
        if self._known is not None:
            return self._known.has_odd_log
        return collection_reading.has_odd_log(self._database)

    def _decks(self) -> dict[str, IncomingDeck]:
        made = {}
        for deck in self._head.decks.values():
            if not deck.is_filtered:
                name = deck_name(deck.name)
                preset = self._head.presets.get(deck.preset_id)
                made[name] = IncomingDeck(name, _description(deck), preset=preset)
        return made

    def _media(self) -> Iterator[IncomingMedium]:
        for file in self._package.media:
            if is_plain_name(file.name):
                read = partial(self._package.read, file)
                yield IncomingMedium(safe_name(file.name), file.name, read)

    def _tell_of_media(self, findings: Findings) -> None:
        for file in self._package.media:
            if not is_plain_name(file.name):
                name = clean(file.name)[:100]
                findings.skip(f"the file “{name}”", "its name is that of a place, not of a file")
        if self._package.missing:
            names = ", ".join(clean(name)[:60] for name in self._package.missing[:_MOST_NAMES])
            findings.remarks.append(
                f"{len(self._package.missing)} media are listed in the package and not in it: "
                f"{names}."
            )


def _media_name(names: Mapping[str, str], name: str) -> str | None:
    return names.get(name) or names.get(unicodedata.normalize("NFC", name))


def _description(deck: AnkiDeck) -> str:
    if len(deck.description) > MAX_FIELD:
        return ""
    return clean(deck.description) if deck.is_markdown else to_markdown(deck.description)
