"""What all advice has in common: it is fit to read, it points to a place, fixes help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.advice.catalogue import MAX_CHARACTERS, RULES, advise
from studyapp.advice.context import Context
from studyapp.advice.rule import Advice
from studyapp.domain.card_making import ordinals
from studyapp.domain.cloze import cloze_problems
from studyapp.domain.notes import Note, NoteKind
from tests.advice.scoring import HALVES, advised, check_formula, context_of

PARTS = r"""
What is it ? Is , and why name the . ( ) “ ” " * _ ` ``` $ $$ \( \) = \frac { } {{c1:: {{c2:: :: }}
x mass 5 kg according to Yes author ![a](b) <b> \ or ; : Studies show How True false 
"""
SNIPPETS = st.sampled_from([*PARTS.split(), "\n\n", "\n- ", "\n1. ", "```\n"])
TEXTS = st.lists(SNIPPETS | st.text(max_size=5), max_size=40).map(" ".join) | st.text(max_size=60)
NOTES = st.builds(
    Note,
    key=st.just("k"),
    kind=st.sampled_from(NoteKind),
    front=TEXTS,
    back=TEXTS,
    tags=st.sampled_from([(), ("a",)]),
)


def basic(front: str, back: str = "Ottawa.") -> Note:
    return Note("n", NoteKind.BASIC, front, back, ("tag",))


def cloze(front: str) -> Note:
    return Note("n", NoteKind.CLOZE, front, tags=("tag",))


def of_rule(note: Note, name: str) -> Advice:
    (found,) = [each for each in advise(note, Context()) if each.rule.name == name]
    return found


def all_advice() -> list[tuple[Note, Advice]]:
    return [(each.note, one) for half in HALVES for each, advice in advised(half) for one in advice]


def test_rules_are_explained_in_a_sentence_with_a_source() -> None:
    for name, rule in RULES.items():
        assert rule.name == name
        assert rule.title[0].isupper()
        assert rule.reason.endswith(".")
        assert ". " not in rule.reason
        assert rule.source


def test_each_rule_can_be_switched_off() -> None:
    note = Note("n", NoteKind.BASIC, "Is it?", "Yes")
    told = {each.rule.name for each in advise(note, Context())}
    assert told >= {"yes-no-question", "island"}
    for name in told:
        assert {each.rule.name for each in advise(note, Context(), {name})} == told - {name}
    assert advise(note, Context(), RULES) == ()


def test_messages_are_sentences() -> None:
    for _note, advice in all_advice():
        assert advice.message[0].isupper() or advice.message[0] == "“"
        assert advice.message.endswith(".")


def test_places_lie_in_their_fields() -> None:
    for note, advice in all_advice():
        if advice.field is not None:
            assert advice.span is not None
            start, end = advice.span
            assert 0 <= start < end <= len(getattr(note, advice.field))


def test_fixes_silence_their_rules_and_make_sound_notes() -> None:
    fixed = [(note, advice, advice.fix) for note, advice in all_advice() if advice.fix]
    assert {advice.rule.name for _, advice, _ in fixed} == {
        "answer-given-away",
        "list-answer",
        "yes-no-question",
    }
    for note, advice, fix in fixed:
        assert (fix.note.key, fix.note.tags) == (note.key, note.tags)
        assert ordinals(fix.note)
        if fix.note.kind is NoteKind.CLOZE:
            assert cloze_problems(fix.note.front) == ()
        left = advise(fix.note, context_of([]))
        assert advice.rule.name not in {each.rule.name for each in left}


@given(NOTES)
def test_any_text_can_be_advised(note: Note) -> None:
    context = Context(check_formula=check_formula)
    for advice in advise(note, context):
        if advice.field is not None:
            assert advice.span is not None
            assert 0 <= advice.span[0] <= advice.span[1] <= len(getattr(note, advice.field))
        if advice.fix is not None:
            assert advice.fix.note != note
            assert ordinals(advice.fix.note)


def test_a_note_that_is_not_begun_is_left_alone() -> None:
    assert advise(Note("n", NoteKind.BASIC, " \n", ""), Context()) == ()


def test_remarks_do_not_make_an_answer_long() -> None:
    long = "word " * 50
    assert of_rule(basic("What is it like?", f"Ottawa {long}"), "answer-too-long").span is not None
    for remark in (f"({long})", f"*{long.strip()}*", f"$F$: {long}", f"```\n{long}\n```"):
        told = advise(basic("Which city is it?", f"Ottawa.\n\n{remark}"), Context())
        assert "answer-too-long" not in {each.rule.name for each in told}


def test_very_long_notes_are_left_alone() -> None:
    assert advise(basic("Is it?", "yes " * MAX_CHARACTERS), Context()) == ()


@pytest.mark.parametrize(
    ("note", "rule", "pointed_at"),
    [
        pytest.param(basic("In 1867: *is* it $a$?"), "yes-no-question", None, id="whole-sentence"),
        pytest.param(
            basic("It lies on a river. Where?"), "missing-subject", "It", id="pronoun-at-the-start"
        ),
        pytest.param(
            basic("Define *a*, $b$. Who was he and when?"), "two-questions", "and when?", id="tail"
        ),
        pytest.param(
            basic("Why?", "Studies show that *it* is."), "claim-without-source", "Studies show",
            id="in-the-back",
        ),
        pytest.param(
            cloze("{{c1::Ottawa}} lies north; `x` {{c2::Ottawa::a}} too"), "answer-given-away",
            "Ottawa", id="repeated-in-a-cloze",
        ),
        pytest.param(
            cloze("The height of *K2* is {{c1::8,611}}."), "bare-number", "8,611", id="number"
        ),
    ],
)  # fmt: skip
def test_advice_points_at_what_is_weak(note: Note, rule: str, pointed_at: str | None) -> None:
    found = [each for each in advise(note, Context()) if each.rule.name == rule]
    assert found
    assert found[0].field is not None
    assert found[0].span is not None
    text: str = getattr(note, found[0].field)
    assert text[slice(*found[0].span)] == (text if pointed_at is None else pointed_at)


def test_a_mistake_in_a_formula_is_pointed_at() -> None:
    note = basic(r"What is *$\alpha + \matbb{R}$*?")
    (found,) = [
        each
        for each in advise(note, Context(check_formula=check_formula))
        if each.rule.name == "latex-error"
    ]
    assert found.span is not None
    assert note.front[found.span[0] :].startswith(r"\matbb")
    assert r"\mathbb" in found.message


def test_cloze_marks_in_a_formula_are_no_mistakes() -> None:
    note = cloze(r"$x^{{c1::\frac{a}{b}}} + {{c2::\alpha::hint}}$ is good")
    told = advise(note, Context(check_formula=check_formula))
    assert "latex-error" not in {each.rule.name for each in told}


def test_a_hint_may_offer_a_choice() -> None:
    told = advise(cloze("An exponential grows {{c1::faster::faster or slower}}."), Context())
    assert told == ()


def test_linked_notes_may_name_the_symbols() -> None:
    note = basic("Write the ideal gas law.", "$$PV = NkT$$")
    naming = "The pressure $P$, the volume $V$ and the temperature $T$ of $N$ molecules; $k$."
    assert of_rule(note, "unnamed-symbols").field == "back"
    told = advise(note, Context(linked=(naming,)))
    assert "unnamed-symbols" not in {each.rule.name for each in told}
