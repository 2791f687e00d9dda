"""What is printed of a collection."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.errors import Cancelled, ExportError, NotFound
from studyapp.services.export_values import Everything, OfDeck, OfSearch, Selection
from studyapp.services.printing import Printing, save_pdf
from tests.services.conftest import Desk, basic

CLOZE = Note("cloze", NoteKind.CLOZE, "{{c1::one}} and {{c2::two}}")


@pytest.fixture
def printing(desk: Desk) -> Printing:
    """Two decks below one that has a description and no cards."""
    top = DeckText("Top", "top", description="What it is about.")
    desk.installer.install_text(top, "1")
    desk.install([basic(1), CLOZE], name="Top::A")
    desk.install([basic(2)], name="Top::B")
    return Printing(desk.path, desk.clock, DayOptions())


@pytest.mark.parametrize(
    ("selection", "heads", "cards"),
    [
        pytest.param(Everything(), ["Top", "Top · A", "Top · B"], 4, id="everything"),
        pytest.param(OfDeck("Top"), ["Top", "Top · A", "Top · B"], 4, id="with-sub-decks"),
        pytest.param(OfDeck("Top::A"), ["Top · A"], 3, id="one-deck"),
        pytest.param(OfSearch("front:*2"), ["Top · B"], 1, id="search"),
    ],
)
def test_what_was_chosen_is_printed(
    printing: Printing, selection: Selection, heads: list[str], cards: int
) -> None:
    printed = printing.document(selection)
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", printed.html) == heads
    assert printed.cards == printed.html.count('class="pair"') == cards


def test_cards_that_their_note_asks_no_more_are_left_out(desk: Desk, printing: Printing) -> None:
    desk.install([basic(1), replace(CLOZE, front="{{c1::one}} only")], name="Top::A", digest="2")
    assert printing.document(OfDeck("Top::A")).cards == 2


def test_nothing_to_print_is_told(desk: Desk, printing: Printing) -> None:
    with desk.database.change("empty", 1) as tx:
        tx.exec_driver_sql("DELETE FROM cards")
        tx.exec_driver_sql("DELETE FROM notes")
    with pytest.raises(ExportError, match="no card to be printed"):
        printing.document(Everything())
    with pytest.raises(NotFound, match="no deck “Nowhere”"):
        printing.document(OfDeck("Nowhere"))


def test_it_can_be_cancelled(printing: Printing) -> None:
    with pytest.raises(Cancelled):
        printing.document(Everything(), progress=lambda _done, _total: False)


def test_the_file_gets_its_ending(tmp_path: Path) -> None:
    assert save_pdf(tmp_path / "cards", b"%PDF") == tmp_path / "cards.pdf"
    assert save_pdf(tmp_path / "cards.PDF", b"%PDF").read_bytes() == b"%PDF"
