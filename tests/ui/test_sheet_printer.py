"""Cards on paper, drawn by the real engine and read from the PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind, Source
from studyapp.domain.paper import Paper
from studyapp.rendering.sheet import SheetCard, SheetDeck, sheet
from studyapp.services.printing import Printed
from studyapp.ui.sheet_printer import SheetPrinter, draw
from tests.ui.test_card_view import PIXEL

BASIC = NoteKind.BASIC
LONG = " ".join(["word"] * 150)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "dot.png").write_bytes(PIXEL)
    return folder


def printed(notes: Sequence[Note], paper: Paper = Paper.A4) -> Printed:
    cards = tuple(SheetCard(note, each) for note in notes for each in ordinals(note))
    source = Source("On letters", "A. Writer", "2020")
    deck = SheetDeck("Letters::Greek", "Of the **Greeks**.", (source,), cards=cards)
    return Printed(sheet([deck], paper), len(cards), paper)


def texts(pdf: bytes) -> list[str]:
    """The text of each page, its white space folded."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    found = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    return [" ".join(text.split()) for text in found]


@pytest.mark.usefixtures("qtbot")
def test_a_page_has_the_deck_and_its_cards(media: Path) -> None:
    notes = [
        Note("a", BASIC, "Alpha?", "The first.", source="page 7"),
        Note("b", NoteKind.REVERSED, "Beta", "The second"),
        Note("c", NoteKind.CLOZE, "{{c1::Gamma}} is {{c2::third}}.", "Below."),
    ]
    (page,) = texts(draw(printed(notes), media))
    assert page == (
        "1 / 1 Letters · Greek 5 cards Of the Greeks. On letters, A. Writer, 2020 "
        "Alpha? The first. page 7 Beta The second The second Beta "
        "[…] is third. Gamma is third. Below. Gamma is […]. Gamma is third. Below."
    )


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("paper", "size"),
    [
        pytest.param(Paper.A4, (595, 841), id="a4"),
        pytest.param(Paper.LETTER, (612, 792), id="letter"),
    ],
)
def test_the_paper_is_as_asked_for(media: Path, paper: Paper, size: tuple[int, int]) -> None:
    pdf = draw(printed([Note("a", BASIC, "Alpha?", "x")], paper), media)
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert found is not None
    assert (round(float(found[1])), round(float(found[2]))) == size


@pytest.mark.usefixtures("qtbot")
def test_no_card_goes_over_the_end_of_a_page(media: Path) -> None:
    notes = [Note(f"n{n}", BASIC, f"begin{n}", f"{LONG} end{n}") for n in range(20)]
    pages = texts(draw(printed(notes), media))
    assert len(pages) > 2
    for number in range(20):
        begins = [n for n, page in enumerate(pages) if f"begin{number} " in page]
        ends = [n for n, page in enumerate(pages) if re.search(rf"end{number}\b", page)]
        assert begins == ends


@pytest.mark.usefixtures("qtbot")
def test_formulas_and_pictures_are_drawn(media: Path) -> None:
    plain = draw(printed([Note("a", BASIC, "Alpha?", "x")]), media)
    assert b"STIXTwoMath" not in plain
    assert b"/Subtype /Image" not in plain
    rich = draw(printed([Note("a", BASIC, "$\\int_0^1 x\\,dx$", "![](dot.png)")]), media)
    assert b"STIXTwoMath" in rich
    assert b"/Subtype /Image" in rich


@pytest.mark.usefixtures("qtbot")
def test_what_is_too_wide_gets_room_or_is_made_smaller(media: Path) -> None:
    sums = [" + ".join(f"x_{{{n}}}" for n in range(count)) for count in (20, 50)]
    notes = [Note(str(n), BASIC, "Sum?", f"$$ {each} = z $$") for n, each in enumerate(sums)]
    (page,) = texts(draw(printed(notes), media))
    assert page.count("=") == 2, "the ends of both formulas are on the page"


HOSTILE = """<script>document.title = 'ran'</script>
<img src="http://127.0.0.1:9/a.png" onerror="document.body.innerText = 'ran'">
<img src="file:///etc/hostname"> <iframe src="http://127.0.0.1:9/"></iframe>
<link rel="stylesheet" href="http://127.0.0.1:9/a.css">
<meta http-equiv="refresh" content="0;url=x">
<style>body { display: none }</style> <svg onload="document.body.innerText = 'ran'"></svg>
![](../secret.png)"""


def test_a_hostile_card_does_nothing(qtbot: QtBot, media: Path) -> None:
    document = printed([Note("a", BASIC, "Alpha?", f"before\n\n{HOSTILE}\n\nafter")])
    printer = SheetPrinter(document, media)
    with qtbot.waitSignal(printer.printed, timeout=20_000) as signal:
        printer.start()
    (page,) = texts(bytes(signal.args[0].data()))
    assert "Alpha? before" in page
    assert "after" in page
    assert "ran" not in page.split()
    assert printer.blocked_requests == 0, "the page did not even ask"
    printer.shut_down()


def test_a_page_that_scripts_its_way_out_is_stopped(qtbot: QtBot, media: Path) -> None:
    """Were HTML to come through that nobody has sanitised: no script, no request."""
    raw = "<p>before</p><script>document.body.innerText='ran'</script>" + HOSTILE
    safe = printed([Note("a", BASIC, "Alpha?", "x")])
    evil = Printed(safe.html.replace("<main>", f"<main>{raw}"), 1, Paper.A4)
    printer = SheetPrinter(evil, media)
    with qtbot.waitSignal(printer.printed, timeout=20_000) as signal:
        printer.start()
    (page,) = texts(bytes(signal.args[0].data()))
    assert "before" in page
    assert "ran" not in page.split()
    printer.shut_down()
