"""Writing decks: what is written is read back as the same deck."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.deckfile.parse import parse
from studyapp.deckfile.write import normal, write
from studyapp.domain.cloze import cloze_problems
from studyapp.domain.macros import Macros
from studyapp.domain.notes import DeckText, Note, NoteKind, Source
from studyapp.errors import ContentError

LETTERS = st.characters(exclude_categories=("C", "Z"))
WORDS = st.text(LETTERS, min_size=1, max_size=6).filter(lambda word: not word.endswith(","))
KEYS = st.text(LETTERS, min_size=1, max_size=8)
ONE_LINE = st.lists(st.one_of(WORDS, st.sampled_from(["id:", '"', "'''", "\\", "#", "=", "+++"])))
LINES = ONE_LINE.map(" ".join)
SNIPPETS = [
    "Q:",
    "A: x",
    "\\C:",
    "\\\\id: x",
    "tags:",
    "+++",
    "```",
    "```py",
    "~~~~",
    "~~~",
    "    a",
]
SNIPPETS += [
    "",
    " ",
    "\t",
    "\xa0",
    "a  ",
    "$x^{2}$",
    "`",
    "\u2028",
    "\x85",
    '"""',
    "'''",
    "\\",
    "é",
]
SNIPPETS += [
    "[[sources]]",
    "\ufeffid: a",
    " kind: b",
    "\r",
    "a\rb",
    "\x0b",
    "\x1c",
    "\x00",
    "\ud800",
]
TEXTS = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=12)), max_size=8).map(
    "\n".join
)
FRONTS = TEXTS.map(lambda text: f"{text}\nend")
CLOZES = TEXTS.map(lambda text: f"{text}\n\n{{{{c1::end}}}}").filter(
    lambda text: not cloze_problems(_normal_text(text))
)


def _normal_text(text: str) -> str:
    note = Note("n", NoteKind.CLOZE, text)
    return normal(DeckText("D", "d", notes=(note,))).notes[0].front


@st.composite
def notes(draw: st.DrawFn, key: str) -> Note:
    kind = draw(st.sampled_from(NoteKind))
    cloze = kind is NoteKind.CLOZE
    tags = draw(st.lists(WORDS, max_size=3, unique=True))
    links = draw(st.lists(KEYS.filter(lambda link: link != key), max_size=3, unique=True))
    front = draw(CLOZES if cloze else FRONTS)
    back = draw(TEXTS if cloze else FRONTS)
    return Note(key, kind, front, back, tuple(tags), draw(LINES), tuple(links))


MACRO_NAMES = st.text("abK", min_size=1, max_size=3).map(lambda name: f"\\{name}")
BODY_PARTS = ["x", "#1", r"\KL", "'", '"', r"\|", "{y}", "=", "+++", "]", " x", "é"]
MACRO_BODIES = st.lists(st.sampled_from(BODY_PARTS), min_size=1).map("".join)
MACROS = st.dictionaries(MACRO_NAMES, MACRO_BODIES, max_size=3).map(Macros.of)
SOURCES = st.builds(Source, title=LINES.filter(bool), author=LINES, date=LINES, file=LINES)
RETIRED = st.dictionaries(KEYS.map("gone-{}".format), LINES.filter(bool), max_size=2)


@st.composite
def decks(draw: st.DrawFn) -> DeckText:
    keys = draw(st.lists(KEYS, max_size=4, unique=True))
    return DeckText(
        name=draw(st.lists(WORDS.filter(lambda w: ":" not in w), min_size=1).map("::".join)),
        key=draw(KEYS),
        description=draw(TEXTS),
        sources=tuple(draw(st.lists(SOURCES, max_size=2))),
        notes=tuple(draw(notes(key)) for key in keys),
        macros=draw(MACROS),
        retired=tuple(sorted(draw(RETIRED).items())),
    )


@given(decks())
def test_parse_of_write_is_the_normal_form(deck: DeckText) -> None:
    assert parse(write(deck), "d.md") == normal(deck)


@given(decks())
def test_parse_of_write_is_the_identity_for_normal_decks(deck: DeckText) -> None:
    deck = normal(deck)
    text = write(deck)
    assert parse(text, "d.md") == deck
    assert normal(deck) == deck
    assert write(parse(text, "d.md")) == text
    assert parse(text.replace("\n", "\r\n"), "d.md") == deck
    assert text.encode("utf-8").decode("utf-8") == text


ODD = st.lists(
    st.sampled_from([" ", "\n", "\r", "a", "b,", ":", "::", "\x00", "id: x", "", "\ud800"])
)
ODD_TEXTS = ODD.map("".join)


@given(
    st.builds(
        DeckText,
        name=ODD_TEXTS,
        key=ODD_TEXTS,
        sources=st.lists(st.builds(Source, ODD_TEXTS, ODD_TEXTS), max_size=1).map(tuple),
        notes=st.lists(
            st.builds(
                Note,
                key=ODD_TEXTS,
                kind=st.sampled_from(NoteKind),
                front=ODD_TEXTS,
                back=ODD_TEXTS,
                tags=ODD.map(tuple),
                source=ODD_TEXTS,
                links=ODD.map(tuple),
            ),
            max_size=3,
        ).map(tuple),
    )
)
def test_any_deck_is_written_faithfully_or_refused(deck: DeckText) -> None:
    try:
        text = write(deck)
    except ContentError as error:
        refused = type(error)
    else:
        assert parse(text, "d.md") == normal(deck)
        return
    # A DeckFileError would name lines that nobody has seen.
    assert refused is ContentError


def basic(front: str, back: str = "b") -> DeckText:
    return DeckText("D", "d", notes=(Note("n", NoteKind.BASIC, front, back),))


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line-breaks"),
        pytest.param("\n \n\ta\n\nb\n \n", "\ta\n\nb", id="blank-lines-at-the-ends"),
        pytest.param("a\x00\x0bb\x7f\ud800", "ab", id="control-characters"),
        pytest.param("a\n~~~~ py\nb\n~~~", "a\n~~~~ py\nb\n~~~\n~~~~", id="open-code-block"),
        pytest.param("a\n```\nb\n```\n", "a\n```\nb\n```", id="closed-code-block"),
        pytest.param("a\tb  \n\u2028", "a\tb  ", id="white-space-within"),
    ],
)
def test_normal_texts(given_text: str, expected: str) -> None:
    deck = normal(basic(given_text, given_text))
    assert deck.notes == (Note("n", NoteKind.BASIC, expected, expected),)
    assert parse(write(basic(given_text)), "d.md").notes[0].front == expected


def test_a_source_becomes_one_line() -> None:
    note = Note("n", NoteKind.BASIC, "a", "b", source=" A\nBook,\r\n “words” ")
    assert "\nsource: A Book,  “words”\n" in write(DeckText("D", "d", notes=(note,)))


def test_a_description_of_several_lines_stays_readable() -> None:
    deck = DeckText("D", "d", description="One *line*.\n\nAnd $\\nabla$.")
    assert write(deck) == (
        '+++\ndeck = "D"\nkey = "d"\ndescription = """\nOne *line*.\n\nAnd $\\\\nabla$.\n"""\n+++\n'
    )


def test_a_delimiter_in_the_description_does_not_end_the_front_matter() -> None:
    deck = DeckText("D", "d", description="One\n+++\ntwo")
    assert parse(write(deck), "d.md") == deck


@pytest.mark.parametrize(
    ("deck", "refusal"),
    [
        pytest.param(
            basic("a", " "),
            "The note n: A: is empty. Write the answer behind it.",
            id="no-answer",
        ),
        pytest.param(
            DeckText("D", "d", notes=(*basic("a").notes, Note("m", NoteKind.CLOZE, "a\n\n{{c1::"))),
            "The note m: The mark {{c1:: is not closed. "
            "End it with }}, in the same formula or code if it begins in one.",
            id="open-mark",
        ),
        pytest.param(
            DeckText(
                "D",
                "d",
                notes=(
                    Note("l", NoteKind.BASIC, "a", "b"),
                    Note("m", NoteKind.CLOZE, "{{c0::a}}"),
                    Note("n", NoteKind.BASIC, "c", ""),
                ),
            ),
            "The note m: The mark {{c0:: has no number from 1 to 500. Give it such a number.\n"
            "The note n: A: is empty. Write the answer behind it.",
            id="two-notes",
        ),
        pytest.param(
            replace(basic("a"), name="A::"),
            "The head: The deck name “A::” has an empty part, or white space beside a ::. "
            'Write it as "Deck" or "Deck::Sub-deck".',
            id="deck-name",
        ),
        pytest.param(
            DeckText("D", "d", notes=(Note("n", NoteKind.BASIC, "a", "b", tags=("t u", "t")),)),
            "The note n: The tag t stands twice. Keep one of them.",
            id="tag-of-two-words-that-reads-as-two",
        ),
        pytest.param(
            DeckText("D", "d", notes=(Note("n", NoteKind.BASIC, "a", "b", tags=("t u",)),)),
            "The note n would read back as something else. "
            "Keep its id, tags and links free of white space and line breaks.",
            id="tag-with-a-space",
        ),
        pytest.param(
            DeckText("D", "d", notes=(Note("n\ntags: t", NoteKind.BASIC, "a", "b"),)),
            "The note n\ntags: t would read back as something else. "
            "Keep its id, tags and links free of white space and line breaks.",
            id="key-that-forges-a-line",
        ),
    ],
)
def test_what_the_format_cannot_hold_is_refused(deck: DeckText, refusal: str) -> None:
    with pytest.raises(ContentError) as caught:
        write(deck)
    assert str(caught.value) == f"{deck.name} cannot be written as a deck file:\n{refusal}"
