"""Searches that the user gave a name, kept in the collection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from studyapp.errors import ContentError, NotFound
from studyapp.services.clock import Clock
from studyapp.store import settings
from studyapp.store.database import Database, Transaction

_SETTING = "saved_searches"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query by its name; capitals do not tell two names apart."""

    name: str
    query: str


class SavedSearches:
    """One public method that changes something is one step of undo; they raise StorageError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def every(self) -> tuple[SavedSearch, ...]:
        """In the order of their names."""
        with self._database.read() as tx:
            return _read(tx)

    def save(self, name: str, query: str) -> None:
        """Keep a search, in place of one with the same name; raises ContentError."""
        search = SavedSearch(checked_name(name), query)
        with self._database.change("save a search", self._clock().at) as tx:
            _write(tx, [*_others(_read(tx), search.name), search])

    def rename(self, old: str, new: str) -> None:
        """Raises NotFound, and ContentError if another search has the new name."""
        name = checked_name(new)
        with self._database.change("rename a search", self._clock().at) as tx:
            every = _read(tx)
            search, others = _named(every, old), _others(every, old)
            if len(_others(others, name)) < len(others):
                raise ContentError(f"There is a search “{name}” already. Choose another name.")
            _write(tx, [*others, SavedSearch(name, search.query)])

    def delete(self, name: str) -> None:
        """Raises NotFound."""
        with self._database.change("delete a search", self._clock().at) as tx:
            every = _read(tx)
            _write(tx, _others(every, _named(every, name).name))


def checked_name(name: str) -> str:
    """The name in one line; raises ContentError if it is empty."""
    tidy = " ".join(name.split())
    if not tidy:
        raise ContentError("The name is empty. Write what the search is called.")
    return tidy


def _read(tx: Transaction) -> tuple[SavedSearch, ...]:
    found = json.loads(settings.get(tx, _SETTING) or "[]")
    return tuple(SavedSearch(each["name"], each["query"]) for each in found)


def _write(tx: Transaction, searches: Sequence[SavedSearch]) -> None:
    in_order = sorted(searches, key=lambda each: each.name.casefold())
    settings.put(tx, _SETTING, json.dumps([asdict(each) for each in in_order]))


def _named(every: Sequence[SavedSearch], name: str) -> SavedSearch:
    found = next((each for each in every if each.name.casefold() == name.casefold()), None)
    if found is None:
        raise NotFound("This search does not exist any more.")
    return found


def _others(every: Sequence[SavedSearch], name: str) -> list[SavedSearch]:
    return [each for each in every if each.name.casefold() != name.casefold()]
