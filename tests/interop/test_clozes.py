"""How the real Anki shows our cloze notes: what it hides, and what it hands to MathJax."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from studyapp.anki.export import write_package
from tests.anki.building import NOON, cloze, exported
from tests.interop.anki_profile import AnkiProfile


def test_each_card_hides_its_own_parts(anki: AnkiProfile, package: Path) -> None:
    note = cloze("c", "{{c1::One}} and {{c2::two::number}} and {{c1::three}}.", "Extra")
    write_package(package, [exported(note)], at=NOON)
    anki.import_package(package)
    assert anki.question("c", 0) == "[...] and two and [...]."
    assert anki.question("c", 1) == "One and [number] and three."
    assert anki.answer("c", 0).startswith("One and two and three.")
    assert "Extra" in anki.answer("c", 0)
    assert "Extra" not in anki.question("c", 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A cloze text, and how a reader sees the card of one number."""

    text: str
    number: int
    question: str
    answer: str


CARDS = [
    pytest.param(
        Case("{{c1::a {{c2::b::inner}} c::outer}} d", 1, "[outer] d", "a b c d"), id="nested-outer"
    ),
    pytest.param(
        Case("{{c1::a {{c2::b::inner}} c::outer}} d", 2, "a [inner] c d", "a b c d"),
        id="nested-inner",
    ),
    pytest.param(
        Case(
            r"It is {{c1::$\frac{1}{\sqrt{2}}$}}.",
            1,
            "It is [...].",
            r"It is \(\frac{1}{\sqrt{2} }\).",
        ),
        id="formula-that-ends-in-braces",
    ),
    pytest.param(
        Case(
            r"It is {{c1::$\frac{a}{b^{2}}$}} and {{c2::x}}.",
            2,
            r"It is \(\frac{a}{b^{2} }\) and [...].",
            r"It is \(\frac{a}{b^{2} }\) and x.",
        ),
        id="formula-beside-the-asked",
    ),
    pytest.param(
        Case(r"$x^{{c1::\frac{a}{b}}} + y$", 1, r"\(x^{[...]} + y\)", r"\(x^{\frac{a}{b} } + y\)"),
        id="within-a-formula",
    ),
    pytest.param(
        Case(r"$\sqrt{{c1::x+1}}$", 1, r"\(\sqrt{[...]}\)", r"\(\sqrt{x+1}\)"),
        id="argument-of-a-command",
    ),
    pytest.param(
        Case(
            r"$$\begin{aligned} {{c1::a &= b \\ c}} &= d \end{aligned}$$",
            1,
            r"\[\begin{aligned} {}[...] &= d \end{aligned}\]",
            r"\[\begin{aligned} {}a &= b \\ c &= d \end{aligned}\]",
        ),
        id="cells-of-a-formula",
    ),
    pytest.param(
        Case(r"{{c1::$f :: A \to B$::signature}}", 1, "[signature]", r"\(f :: A \to B\)"),
        id="colons-in-a-formula",
    ),
    pytest.param(
        Case(
            "{{c1::`std::vector<int>{}`}} & {{c2::x < y}}",
            1,
            "[...] & x < y",
            "std::vector<int>{} & x < y",
        ),
        id="colons-and-angles-in-code",
    ),
    pytest.param(
        Case("`{{c1::a}}`: {{c2::`{{1}}`}}", 1, "[...]: {{1}}", "a: {{1}}"),
        id="mark-and-braces-in-code",
    ),
    pytest.param(
        Case(
            "Not {{c0::this}} but {{c1::that}} and {{c1:: not this",
            1,
            "Not {{c0::this}} but [...] and {{c1:: not this",
            "Not {{c0::this}} but that and {{c1:: not this",
        ),
        id="what-is-no-mark",
    ),
    pytest.param(
        Case("{{c1::$5}} or {{c2::$x}}", 1, "[...] or $x", "$5 or $x"), id="dollars-that-are-money"
    ),
    pytest.param(
        Case("{{c1::**bold** &}} R&D", 1, "[...] R&D", "bold & R&D"), id="markdown-in-a-mark"
    ),
    pytest.param(
        Case("* one {{c1::two}}\n* {{c2::three}}", 1, "one [...] three", "one two three"), id="list"
    ),
    pytest.param(
        Case("Ünïcode {{c1::統計 🧠}}", 1, "Ünïcode [...]", "Ünïcode 統計 🧠"), id="unicode"
    ),
]


@pytest.mark.parametrize("case", CARDS)
def test_card(anki: AnkiProfile, package: Path, case: Case) -> None:
    write_package(package, [exported(cloze("c", case.text))], at=NOON)
    anki.import_package(package)
    assert anki.question("c", case.number - 1) == case.question
    assert anki.answer("c", case.number - 1) == case.answer
    assert anki.sound()


@pytest.mark.parametrize("hint", ["sound:x.mp3", "anki:tts lang=en", "latex", "[type:Text]", "$"])
def test_a_hint_is_no_command(anki: AnkiProfile, package: Path, hint: str) -> None:
    note = cloze("c", f"{{{{c1::a::{hint}}}}} $$[type:x]$$")
    write_package(package, [exported(note)], at=NOON)
    anki.import_package(package)
    card = anki.cards("c")[0]
    assert anki.question("c", 0).startswith(f"[{hint}] ")
    assert not card.question_av_tags()
    assert "[[type:" not in card.question()
    assert "[latex]" not in card.question()
    assert "[$]" not in card.question()
