"""A package of Anki's as something that can be imported."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from studyapp.anki import collection_reading, package_reading
from studyapp.anki.anki_values import AnkiCollection, AnkiDeck, AnkiReview
from studyapp.anki.collection_opening import ForeignDatabase, GoOn
from studyapp.anki.collection_reading import Odd
from studyapp.anki.from_html import MAX_FIELD, to_markdown
from studyapp.anki.incoming import (
    Findings,
    Incoming,
    IncomingDeck,
    IncomingMedium,
    IncomingNote,
)
from studyapp.anki.log_mapping import LogMapping, is_grade
from studyapp.anki.package_names import deck_name, is_plain_name
from studyapp.anki.package_notes import CardReading, NoteReading, shapes_of
from studyapp.anki.package_reading import Package
from studyapp.domain.cards import Schedule
from studyapp.domain.media_names import safe_name
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import LoggedReview
from studyapp.domain.study_day import MS_PER_DAY, Instant
from studyapp.rendering.marks import clean

_MOST_NAMES = 20


@contextmanager
def opened(path: Path, now: Instant, options: DayOptions, go_on: GoOn) -> Iterator[Incoming]:
    """Open a package; raises PackageError or StorageError, also later, while it is read.

    `go_on` is asked now and then; when it is False, reading raises `collection_opening.Stopped`.
    """
    with (
        package_reading.opened(path) as package,
        closing(ForeignDatabase(package.database, path, go_on)) as database,
    ):
        head = collection_reading.read_head(database)
        yield _Source(package, database, head, now, options).incoming()


@dataclass(frozen=True, slots=True)
class _Log:
    """The log of one card."""

    source_id: int
    rows: list[AnkiReview]
    count: int
    latest: int
    mapping: LogMapping

    def reviews(self, now: Schedule, preset: Preset) -> list[LoggedReview]:
        return self.mapping.reviews(self.rows, self.latest, now, preset)


class _Source:
    """One open package."""

    def __init__(
        self,
        package: Package,
        database: ForeignDatabase,
        head: AnkiCollection,
        now: Instant,
        options: DayOptions,
    ) -> None:
        self._package = package
        self._database = database
        self._head = head
        self._now = now
        self._options = options
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
            log_count=collection_reading.count(self._database, "revlog"),
            findings=self._tell_of_media,
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

    def latest(self) -> int:
        """A grade that is logged later was given by a clock that is wrong."""
        return self._now.at + MS_PER_DAY

    def _log(self, findings: Findings) -> Iterator[_Log]:
        odd = Odd()
        latest = self.latest()
        mapping = LogMapping(self._now.utc_offset_ms, self._options.rollover_hour)
        rows = collection_reading.read_log(self._database, odd)
        for card_id, group in groupby(rows, attrgetter("card_id")):
            own = list(group)
            count = sum([is_grade(row, latest) for row in own])
            if count < len(own):
                findings.counts["log entries that are no grades"] += len(own) - count
            yield _Log(card_id, own, count, latest, mapping)
        if odd.reviews:
            findings.counts["log entries that cannot be read"] += odd.reviews

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
