"""How often the rules are right: on the labelled cards, whose tags `bad::…` say what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from studyapp.advice.catalogue import RULES, advise
from studyapp.advice.context import Context, FormulaProblem
from studyapp.advice.front_index import FrontIndex
from studyapp.advice.rule import Advice
from studyapp.deckfile.parse import read_deck
from studyapp.domain.notes import Note
from studyapp.errors import MathError
from studyapp.rendering.mathml import to_mathml

FOLDER = Path(__file__).parents[1] / "fixtures" / "advice"
HALVES = ("develop", "held_out")
LABEL = "bad::"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A note and the names of the rules that should speak."""

    note: Note
    due: frozenset[str]


@dataclass(slots=True)
class Score:
    """Of one rule."""

    right: int = 0
    false: list[str] = field(default_factory=list)
    """Fronts of notes of which it spoke without being due."""
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false)) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right else 0.0


@cache
def labelled(half: str) -> tuple[Labelled, ...]:
    return tuple(
        _labelled(note)
        for file in sorted((FOLDER / half).glob("*.md"))
        for note in read_deck(file).notes
    )


def _labelled(note: Note) -> Labelled:
    due = frozenset(tag.removeprefix(LABEL) for tag in note.tags if tag.startswith(LABEL))
    kept = tuple(tag for tag in note.tags if not tag.startswith(LABEL))
    return Labelled(replace(note, tags=kept), due)


def check_formula(latex: str, display: bool) -> FormulaProblem | None:
    try:
        to_mathml(latex, display)
    except MathError as error:
        return FormulaProblem(str(error).rstrip("."), error.offset)
    return None


def context_of(notes: Iterable[Note]) -> Context:
    fronts = FrontIndex()
    for note in notes:
        fronts.put(note.key, note.front)
    return Context(fronts, check_formula=check_formula)


def advised(half: str) -> Iterator[tuple[Labelled, tuple[Advice, ...]]]:
    context = context_of(each.note for each in labelled(half))
    for each in labelled(half):
        yield each, advise(each.note, context)


@cache
def scores(*halves: str) -> dict[str, Score]:
    found = {name: Score() for name in RULES}
    for half in halves:
        for each, advice in advised(half):
            told = {one.rule.name for one in advice}
            for name in told & each.due:
                found[name].right += 1
            for name in told - each.due:
                found[name].false.append(each.note.front)
            for name in each.due - told:
                found[name].missed.append(each.note.front)
    return found


def table() -> str:
    """Precision and recall of each rule on both halves, as the documentation shows them."""
    cards = Counter(name for half in HALVES for each in labelled(half) for name in each.due)
    lines = [
        "| rule | cards | precision | recall | precision, held out | recall, held out |",
        "|---|---|---|---|---|---|",
    ]
    develop, held_out = (scores(half) for half in HALVES)
    for name in RULES:
        figures = (
            f"{value:.2f}"
            for score in (develop[name], held_out[name])
            for value in (score.precision, score.recall)
        )
        lines.append(f"| {' | '.join((name, str(cards[name]), *figures))} |")
    return "\n".join(lines)
