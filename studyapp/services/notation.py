"""What the user's formulas may be written with: macros that count in every deck."""

from __future__ import annotations

from studyapp.domain.macros import Macros
from studyapp.services.clock import Clock
from studyapp.store import macros
from studyapp.store.database import Database


class Notation:
    """The user's macros."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def macros(self) -> Macros:
        """Those that count in every deck; a deck's own go before them."""
        with self._database.read() as tx:
            return macros.of_user(tx)

    def change(self, changed: Macros) -> None:
        """Give them other meanings from now on; raises StorageError."""
        if changed != self.macros():
            with self._database.change("change macros", self._clock().at) as tx:
                macros.set_of_user(tx, changed)
