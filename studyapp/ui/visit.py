"""A visit to a linked note, shown in the card's place until the user comes back to the card."""

from __future__ import annotations

from studyapp.domain.cards import Card
from studyapp.ui.card_place import CardPlace
from studyapp.ui.faces import PreparedFaces
from studyapp.ui.grade_bar import GradeBar

_TOKEN = 0
"""The token of a linked note's page: none of the cards', which count from 1."""


class Visit:
    """Links lead on only from the card itself, so that there is one way back."""

    def __init__(self, place: CardPlace, bar: GradeBar, prepared: PreparedFaces) -> None:
        self._place = place
        self._bar = bar
        self._prepared = prepared
        self.is_on = False

    def begin(self, card: Card, key: str) -> bool:
        """Show the note `key` that `card` links to; False if it is not there.

        Raises StudyAppError.
        """
        faces = self._prepared.of_linked(card, key)
        if faces is None:
            return False
        self.is_on = True
        self._bar.hide()
        self._place.view.show_card(faces.answer_html, _TOKEN)
        return True

    def end(self, html: str, token: int) -> None:
        """Show the side that the visit began from."""
        self.is_on = False
        self._bar.show()
        self._place.view.show_card(html, token)

    def drop(self) -> None:
        """Something else takes the place."""
        self.is_on = False
