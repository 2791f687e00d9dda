"""Which words of two texts are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.design import LIGHT
from studyapp.ui.note_html import comparison, spoken
from studyapp.ui.word_differences import Piece, differences


def marked(pieces: tuple[Piece, ...]) -> str:
    """The text with [brackets] around what differs."""
    return "".join(f"[{each.text}]" if each.differs else each.text for each in pieces)


@pytest.mark.parametrize(
    ("mine", "theirs", "as_marked"),
    [
        pytest.param("the same", "the same", ("the same", "the same"), id="same"),
        pytest.param("", "", ("", ""), id="empty"),
        pytest.param("", "new", ("", "[new]"), id="from-nothing"),
        pytest.param("a dog", "a cat", ("a [dog]", "a [cat]"), id="word"),
        pytest.param("a dog", "a big dog", ("a dog", "a [big ]dog"), id="added"),
        pytest.param(
            "red dog runs", "blue cat runs", ("[red dog] runs", "[blue cat] runs"), id="two"
        ),
        pytest.param(
            r"$\nabla x_1$", r"$\nabla x_2$", (r"$\nabla x_[1]$", r"$\nabla x_[2]$"), id="tex"
        ),
        pytest.param(r"$\alpha$", r"$\beta$", (r"$[\alpha]$", r"$[\beta]$"), id="command"),
        pytest.param("a\nb", "a\n\nb", ("a\nb", "a\n[\n]b"), id="line-end"),
        pytest.param("one\ntwo\n", "one\n2\n", ("one\n[two]\n", "one\n[2]\n"), id="line"),
    ],
)
def test_what_differs(mine: str, theirs: str, as_marked: tuple[str, str]) -> None:
    ours, others = differences(mine, theirs)
    assert (marked(ours), marked(others)) == as_marked


TEXTS = st.text(st.sampled_from("ab \n$\\_"), max_size=80)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_and_what_is_not_marked_is_the_same(mine: str, theirs: str) -> None:
    ours, others = differences(mine, theirs)
    assert "".join(each.text for each in ours) == mine
    assert "".join(each.text for each in others) == theirs
    kept, also_kept = ("".join(p.text for p in side if not p.differs) for side in (ours, others))
    assert kept == also_kept
    assert any(each.differs for each in (*ours, *others)) == (mine != theirs)


def test_a_long_passage_is_marked_as_a_whole_between_what_is_the_same() -> None:
    mine, theirs = "start " + "a b " * 500 + "end", "start " + "c b " * 500 + "end"
    ours, _ = differences(mine, theirs)
    assert [each.differs for each in ours] == [False, True, False]


MINE = Note("n", NoteKind.BASIC, "What is <b>?", "mine", ("own",), "book")
THEIRS = Note("n", NoteKind.CLOZE, "What is {{c1::it}}?", "", (), "book")


def test_kind_and_tags_are_shown_where_they_differ() -> None:
    assert spoken(MINE, THEIRS) == (
        "Front differs. Yours: <b>. The deck’s: {{c1::it}}. "
        "Back differs. Yours: mine. The deck’s: nothing. "
        "Kind differs. Yours: One card. The deck’s: Cloze. "
        "Tags differs. Yours: own. The deck’s: nothing."
    )


def test_a_note_is_text_and_no_html() -> None:
    html = comparison(MINE, THEIRS, LIGHT, stacked=False)
    assert "<b>?" not in html
    assert "&lt;b&gt;" in html
    assert "<i>empty</i>" in html


@pytest.mark.parametrize(
    ("stacked", "rows"), [pytest.param(False, 1, id="side"), pytest.param(True, 2, id="stacked")]
)
def test_two_columns_where_there_is_room(stacked: bool, rows: int) -> None:
    note = Note("n", NoteKind.BASIC, "only a front")
    assert comparison(note, note, LIGHT, stacked=stacked).count("<tr>") == rows


@pytest.mark.parametrize(
    ("mine", "shown"),
    [pytest.param("a b\n", "↵", id="line-end"), pytest.param("a  b", "␣␣", id="spaces")],
)
def test_what_cannot_be_seen_is_drawn_where_it_differs(mine: str, shown: str) -> None:
    ours, others = (Note("n", NoteKind.BASIC, front) for front in (mine, "a b"))
    assert shown in comparison(ours, others, LIGHT, stacked=False)
