"""Both sides of cards as HTML, prepared before they are needed."""

from __future__ import annotations

from html import escape

from studyapp.domain.card_making import ordinals
from studyapp.domain.cards import Card
from studyapp.domain.macros import NO_MACROS
from studyapp.errors import StudyAppError
from studyapp.rendering.page import CardFaces, card_faces
from studyapp.rendering.plain import title
from studyapp.services.sessions import Session

_KEPT = 16


class PreparedFaces:
    """The sides of the card that is shown and of the one that comes next."""

    def __init__(self, study: Session) -> None:
        self._study = study
        self._made: dict[int, CardFaces] = {}

    def of(self, card: Card) -> CardFaces:
        """Both sides; a card that cannot be shown has the reason in its place."""
        if card.id not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[card.id] = self._make(card)
        return self._made[card.id]

    def of_linked(self, card: Card, key: str) -> CardFaces | None:
        """Both sides of the first card of a note that this card's note links to."""
        content = self._study.content(card)
        note = next((each for each in content.linked if each.key == key), None)
        cards = () if note is None else ordinals(note)
        if note is None or not cards:
            return None
        return card_faces(note, cards[0], macros=content.linked_macros.get(key, NO_MACROS))

    def prepare_next(self) -> None:
        """Make the sides of the card that most likely comes next."""
        card = self._study.upcoming()
        if card is not None:
            self.of(card)

    def forget(self) -> None:
        """What was prepared may no longer be true."""
        self._made.clear()

    def _make(self, card: Card) -> CardFaces:
        try:
            content = self._study.content(card)
            macros = content.linked_macros
            titles = {
                note.key: title(note, macros.get(note.key, NO_MACROS)) for note in content.linked
            }
            return card_faces(content.note, content.ordinal, titles, content.macros)
        except StudyAppError as failure:
            return _failed(str(failure))
        except Exception as bug:  # noqa: BLE001 - one bad card must not end the session
            return _failed(f"The app has a mistake here ({type(bug).__name__}: {bug}).")


def _failed(reason: str) -> CardFaces:
    html = f'<p class="math-error">This card cannot be shown. {escape(reason)}</p>'
    return CardFaces(html, html)
