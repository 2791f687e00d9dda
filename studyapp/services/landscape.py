"""The map of all notes: where they lie, and how well each is remembered now.

Everything here may run in a thread beside the window: it reads from a snapshot, and holds the
collection only while places are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from studyapp.domain.landscape import Landscape, Link, Place
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.study_day import StudyMoment, study_moment
from studyapp.errors import Cancelled
from studyapp.landscape.facts import GoOn
from studyapp.landscape.graph import importance
from studyapp.landscape.layout import STEPS
from studyapp.landscape.regions import homes, regions
from studyapp.landscape.settling import settled
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, go_on, in_chunks, silent
from studyapp.services.remembering import recalls
from studyapp.store import decks, places
from studyapp.store.database import Database, Transaction
from studyapp.store.places import CardState, Titled
from studyapp.store.snapshot import Snapshot


class Landscapes:
    """Makes maps of a collection."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._stopped = False

    def stop(self) -> None:
        """The window closes: a map that is being made is not worth waiting for any more."""
        self._stopped = True

    def map(self) -> Landscape:
        """All notes as they are now; those that have no place yet get one first.

        The first map of 10,000 notes takes some seconds, later ones less than one. Raises
        StorageError, or Cancelled if it was stopped.
        """
        self.settle()
        moment = study_moment(self._clock(), self._options.rollover_hour)
        with closing(Snapshot(self._database.path)) as snapshot, snapshot.read() as tx:
            return _landscape(tx, moment)

    def settle(self) -> int:
        """Give places to the notes that have none; all others stay. Returns how many that were.

        Raises StorageError, Cancelled.
        """
        with closing(Snapshot(self._database.path)) as snapshot, snapshot.read() as tx:
            if not places.has_unplaced(tx):
                return 0
            terrain, known = places.terrain(tx), places.known(tx)
        found = settled(terrain, known, self._go_on)
        with self._database.derive() as tx:
            places.put(tx, ((note_id, x, y) for note_id, (x, y) in found.items()))
        return len(found)

    def settle_for_walks(self) -> int:
        """As `settle`, if any deck is studied as a walk: that goes along places."""
        with closing(Snapshot(self._database.path)) as snapshot, snapshot.read() as tx:
            is_wanted = any(deck.preset.walk for deck in decks.every(tx))
        return self.settle() if is_wanted else 0

    def arrange_anew(self, progress: Progress = silent) -> int:
        """Lay out the whole map as if no note had a place; one step of undo.

        Afterwards it is the map that any collection of the same notes gets. Returns how many notes
        it has; raises StorageError, Cancelled.
        """
        with closing(Snapshot(self._database.path)) as snapshot, snapshot.read() as tx:
            terrain = places.terrain(tx)
        found = settled(terrain, {}, self._telling(progress, STEPS * len(terrain.facts)))
        with self._database.change("lay out the map anew", self._clock().at) as tx:
            places.move(tx, ((note_id, x, y) for note_id, (x, y) in found.items()))
        return len(found)

    def _go_on(self, _notes: int) -> None:
        if self._stopped:
            raise Cancelled("The map was not finished. It is made when it is opened again.")

    def _telling(self, progress: Progress, total: int) -> GoOn:
        """Tells how many of the steps are done."""
        done = 0

        def tell(notes: int) -> None:
            nonlocal done
            self._go_on(notes)
            done += notes
            go_on(progress, done, total)

        return tell


def _landscape(tx: Transaction, moment: StudyMoment) -> Landscape:
    titled = places.titles(tx)
    index_of = {each.note_id: index for index, each in enumerate(titled)}
    links = [
        Link(index_of[source], index_of[target])
        for source, target in places.links(tx)
        if source in index_of and target in index_of and source != target
    ]
    cards = places.states(tx, moment.day, moment.day_ends_at)
    states = _by_note(cards)
    told = _recalls(tx, cards, moment)
    placed = [
        _shown(place, states.get(place.note_id, ()), told) for place in _places(titled, links)
    ]
    names = {deck.id: deck.name for deck in decks.every(tx)}
    tags_of = places.tags_of_all(tx)
    in_decks = [names.get(place.deck_id, "") for place in placed]
    tags = [tags_of.get(place.note_id, ()) for place in placed]
    named = regions([(place.x, place.y) for place in placed], in_decks, tags)
    return Landscape(placed, links, named, homes(named, in_decks, tags))


def _places(titled: Sequence[Titled], links: Sequence[Link]) -> list[Place]:
    """Without what follows from their cards."""
    weights = importance(len(titled), [(link.source, link.target) for link in links])
    linked = {end for link in links for end in (link.source, link.target)}
    return [
        Place(
            note_id=each.note_id,
            x=each.x,
            y=each.y,
            title=each.title,
            deck_id=0,
            recall=None,
            weight=weights[index],
            is_due=False,
            is_new=False,
            is_suspended=False,
            is_linked=index in linked,
        )
        for index, each in enumerate(titled)
    ]


def _shown(place: Place, cards: Sequence[CardState], told: Mapping[int, float]) -> Place:
    asked = [card for card in cards if not card.is_suspended]
    known = [told[card.card_id] for card in asked if card.card_id in told]
    return replace(
        place,
        deck_id=cards[0].deck_id if cards else 0,
        recall=min(known, default=None),
        is_due=any(card.is_due for card in asked),
        is_new=all(card.is_new for card in cards),
        is_suspended=not asked,
    )


def _by_note(cards: Sequence[CardState]) -> dict[int, list[CardState]]:
    return {note_id: list(group) for note_id, group in groupby(cards, key=attrgetter("note_id"))}


def _recalls(tx: Transaction, cards: Sequence[CardState], moment: StudyMoment) -> dict[int, float]:
    """Probability of recall now by card ids, of the cards that it can be told of."""
    preset_of = {deck.id: deck.preset for deck in decks.every(tx)}
    by_preset: defaultdict[Preset, list[int]] = defaultdict(list)
    for card in cards:
        if not card.is_new and not card.is_suspended:
            by_preset[preset_of[card.deck_id]].append(card.card_id)
    found: dict[int, float] = {}
    for preset, card_ids in by_preset.items():
        for chunk in in_chunks(card_ids, silent):
            found |= recalls(tx, chunk, preset, moment)
    return found
