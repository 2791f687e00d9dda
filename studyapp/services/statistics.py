"""The statistics of a collection: any part of it, any span, kept ready between two looks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

from studyapp.domain.decks import Deck, is_within
from studyapp.domain.landscape import RegionKind
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.query import Listed, Query, Tagged
from studyapp.domain.query_parser import parse
from studyapp.domain.query_text import plain
from studyapp.domain.study_day import Instant, StudyMoment, study_moment
from studyapp.errors import NotFound
from studyapp.landscape.regions import lie_together
from studyapp.scheduling import leeches
from studyapp.scheduling.fsrs_parameters import fingerprint, parameters_of
from studyapp.services.clock import Clock
from studyapp.services.hard_cards import HardCard, HardCards
from studyapp.statistics.columns import Cards, Log, Mask, are_among
from studyapp.statistics.page import Material, Page, Totals, material, page, totals
from studyapp.statistics.promises import promises
from studyapp.statistics.reviews import Dated, dated
from studyapp.statistics.telling import WEEK, of_today, of_week
from studyapp.statistics.weakness import Region, TagCards, by_tag, weak
from studyapp.store import decks, notes, places, vacations
from studyapp.store import statistics as columns
from studyapp.store.database import Transaction
from studyapp.store.search import Search, Sorting
from studyapp.store.search_cards import Today
from studyapp.store.search_words import Index
from studyapp.store.snapshot import Watch

_MONTH = 30


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cards count; what is given narrows them together."""

    deck: str = ""
    """A deck's full name: it and those below it. Empty: all."""
    tag: str = ""
    """Wildcards are not read. Empty: all."""
    search: str = ""
    """A query. Empty: all."""

    @property
    def is_all(self) -> bool:
        """Whether all cards count, and with them the reviews of cards that are gone."""
        return not (self.deck or self.tag or self.search)


@dataclass(frozen=True, slots=True)
class _Now:
    instant: Instant
    moment: StudyMoment


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """What was read of a collection."""

    version: int
    steps: columns.Steps
    day: int
    """The study day on which it was read."""
    log: Log
    cards: Cards
    dated: Dated
    totals: Totals
    """Of all reviews."""


class Statistics:
    """Reads a collection by a connection of its own, so that nothing waits for it.

    Threads take turns. What was read is kept, some 80 MB for a million reviews: later pages read
    what is new only. `close` lets go of it.
    """

    def __init__(self, collection: Path, clock: Clock, options: DayOptions) -> None:
        self._collection = collection
        self._clock = clock
        self._options = options
        self._index = Index()
        self._turn = RLock()
        self._watch: Watch | None = None
        self._hard = HardCards(collection)
        self._tags: tuple[columns.Steps, TagCards] | None = None
        self._read: _Read | None = None
        self._made: tuple[tuple[Scope, int], Material] | None = None

    def page(self, scope: Scope, days: int | None) -> Page:
        """All figures of a part of the collection; `days` up to today, None: all there are.

        Raises NotFound for an unknown deck, QueryError, and what `Snapshot` does.
        """
        with self._now(scope) as (_, made, moment):
            return page(made, moment, days)

    def page_and_week(self, scope: Scope, days: int | None) -> tuple[Page, str]:
        """A page, and of the same cards what `week` tells."""
        with self._now(scope) as (tx, made, moment):
            return page(made, moment, days), self._week(tx, made, moment)

    def week(self, scope: Scope) -> str:
        """What the last seven days came to and the next hold; raises as `page` does."""
        with self._now(scope) as (tx, made, moment):
            return self._week(tx, made, moment)

    def after_session(self, deck_name: str) -> str:
        """What today's session in a deck came to, in a sentence; raises as `page` does."""
        with self._now(Scope(deck=deck_name)) as (tx, made, moment):
            month = page(made, moment, _MONTH)
            return of_today(month, self._weakest(tx, made, month))

    @contextmanager
    def _now(self, scope: Scope) -> Iterator[tuple[Transaction, Material, StudyMoment]]:
        """What figures of a scope are made of now."""
        instant = self._clock()
        moment = study_moment(instant, self._options.rollover_hour)
        with self._turn, self._opened().read() as tx:
            self._bring_up_to_date(tx, _Now(instant, moment))
            asked = scope, moment.day_ends_at
            if self._made is None or self._made[0] != asked or _depends_on_today(scope):
                self._made = asked, self._material(tx, scope, moment)
            yield tx, self._made[1], moment

    def _week(self, tx: Transaction, made: Material, moment: StudyMoment) -> str:
        week = page(made, moment, WEEK)
        return of_week(week, self._weakest(tx, made, week))

    def _weakest(self, tx: Transaction, made: Material, of: Page) -> Region | None:
        """A tag is a region where its notes lie together on the map; where none is made, a deck is.

        The map is neither made nor read as a whole: places are looked up of what is weak alone.
        """
        assert of.days is not None  # noqa: S101 - for the type checker
        tags = by_tag(made.reviews.since(of.day - of.days + 1), self._tagged(tx))
        found = weak(of.regions, tags, of.retained.aim)
        return next((each for each in found if _is_region(tx, each)), None)

    def _tagged(self, tx: Transaction) -> TagCards:
        steps = columns.steps(tx)
        if self._tags is None or self._tags[0] != steps:
            self._tags = steps, columns.tag_cards(tx)
        return self._tags[1]

    def hard_cards(self, card_ids: Sequence[int]) -> list[HardCard]:
        """What there is to say of these cards, in their order; cards that are gone are left out.

        The first call reads the fronts of all notes, see `Advising`; pages do not wait for it.
        """
        return self._hard.of(card_ids)

    def tags(self) -> list[str]:
        """The names of all tags, to choose from."""
        with self._turn, self._opened().read() as tx:
            return notes.tag_names(tx)

    def deck_names(self) -> list[str]:
        """The full names of all decks, to choose from."""
        with self._turn, self._opened().read() as tx:
            return sorted(deck.name for deck in decks.every(tx))

    def close(self) -> None:
        """Let go of the collection; the next page opens it again."""
        self._hard.close()
        with self._turn:
            if self._watch is not None:
                self._watch.close()
            self._watch = self._read = self._made = self._tags = None

    def _opened(self) -> Watch:
        if self._watch is None:
            self._watch = Watch(self._collection)
        return self._watch

    def _bring_up_to_date(self, tx: Transaction, now: _Now) -> None:
        """Read what is new: where only grades came, those reviews and their cards; else all."""
        version = columns.version(tx)
        read = self._read
        if read is not None and read.version == version and read.day == now.moment.day:
            return
        steps, every = columns.steps(tx), decks.every(tx)
        if read is not None and _only_graded(tx, read, steps, now):
            self._read = _with_grades(tx, read, every, now, version)
        else:
            self._read = _all(tx, every, now, version, steps)
        self._made = None

    def _material(self, tx: Transaction, scope: Scope, moment: StudyMoment) -> Material:
        every, read = decks.every(tx), self._read
        assert read is not None  # noqa: S101 - for the type checker
        reviews, added, cards = read.dated, read.totals, read.cards
        if not scope.is_all:
            cards = cards.where(self._chosen(tx, scope, every, moment))
            reviews = reviews.where(are_among(reviews.card, cards.id))
            added = totals(reviews)
        closed = vacations.every(tx)
        return material(read.log, reviews, added, cards, every, closed=closed, moment=moment)

    def _chosen(
        self, tx: Transaction, scope: Scope, every: Sequence[Deck], moment: StudyMoment
    ) -> Mask:
        """Which of the known cards count."""
        assert self._read is not None  # noqa: S101 - for the type checker
        cards = self._read.cards
        chosen = cards.all
        if scope.deck:
            below = [deck.id for deck in _below(every, scope.deck)]
            chosen &= are_among(cards.deck, below)
        asked: list[Query] = [Tagged(plain(scope.tag))] if scope.tag else []
        asked += [parse(scope.search)] if scope.search else []
        for query in asked:
            ids = self._found(tx, query, Today(moment, self._options.learn_ahead_ms))
            chosen &= are_among(cards.id, ids)
        return chosen

    def _found(self, tx: Transaction, query: Query, today: Today) -> array[int]:
        search = Search(tx, self._index, query, today, Listed.CARDS)
        return search.ids(Sorting(), search.count())


def _is_region(tx: Transaction, region: Region) -> bool:
    """Leeches are weak by what they are, and so no region of their own."""
    return region.kind is RegionKind.DECK or (
        region.name != leeches.TAG and lie_together(places.of_tag(tx, region.name))
    )


def _depends_on_today(scope: Scope) -> bool:
    """Whether the cards that are found may be others at another time of the same day."""
    return bool(scope.search)


def _below(every: Sequence[Deck], name: str) -> list[Deck]:
    root = next((deck for deck in every if deck.name.casefold() == name.casefold()), None)
    if root is None:
        names = "; ".join(sorted(deck.name for deck in every))
        raise NotFound(f"There is no deck “{name}”. Decks: {names or 'none'}.")
    return [deck for deck in every if is_within(deck.name, root.name)]


def _only_graded(tx: Transaction, read: _Read, steps: columns.Steps, now: _Now) -> bool:
    """Whether nothing but new grades can have changed what was read."""
    if (read.steps, read.day) != (steps, now.moment.day):
        return False
    return columns.count_until(tx, read.log.last) == len(read.log)


def _all(
    tx: Transaction, every: Sequence[Deck], now: _Now, version: int, steps: columns.Steps
) -> _Read:
    log = columns.log_after(tx, -1)
    cards = columns.every_card(tx, log, _models(every))
    reviews = dated(log, promises(cards, _presets(every)), now.instant, now.moment)
    return _Read(version, steps, now.moment.day, log, cards, reviews, totals(reviews))


def _with_grades(
    tx: Transaction, read: _Read, every: Sequence[Deck], now: _Now, version: int
) -> _Read:
    """With the reviews that came, and their cards as they are now."""
    later = columns.log_after(tx, read.log.last)
    if not len(later):
        return replace(read, version=version)
    cards = columns.cards_of(tx, later, _models(every))
    reviews = dated(later, promises(cards, _presets(every)), now.instant, now.moment)
    return replace(
        read,
        version=version,
        log=read.log.followed_by(later),
        cards=read.cards.updated(cards),
        dated=read.dated.followed_by(reviews),
        totals=read.totals.followed_by(totals(reviews)),
    )


def _presets(every: Sequence[Deck]) -> dict[int, Preset]:
    return {deck.id: deck.preset for deck in every}


def _models(every: Sequence[Deck]) -> dict[int, str]:
    """By the ids of those decks that FSRS schedules: which memories count."""
    return {
        deck.id: fingerprint(parameters_of(deck.preset))
        for deck in every
        if deck.preset.scheduler == "fsrs"
    }
