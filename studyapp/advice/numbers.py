"""Numbers that lack a unit or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import FORMULA, sentences
from studyapp.advice.reading import Field, Reading
from studyapp.advice.rule import MATUSCHAK, WOZNIAK, Finding, Rule

_I: Final = re.IGNORECASE
_MEASURED: Final = re.compile(
    r"\b(?:mass|weight|speed|velocity|temperature|(?:boiling|melting|freezing|flash)\s+point|length"
    r"|height|width|depth|distance|density|pressure|voltage|wavelength|half-life|life\s?span"
    r"|life\s+expectancy|wingspan|diameter|elevation|altitude|acceleration|thickness|duration)\b"
    r"|\bhow\s+(?:tall|high|long|heavy|deep|far|fast|wide|hot|cold|thick)\b"
    r"|\bhow\s+much\s+\w+\s+(?:[\w-]+\s+){1,4}(?:weigh|cost)\b",
    _I,
)
# Lengths and distances of mathematics and programming have no unit.
_ABSTRACT: Final = re.compile(
    r"\b(?:unit|graph|tree|vector|square|circle|triangle|polygon|cube|set|polynomial|matrix|string"
    r"|lists?|array|paths?|sequence|cycle|words?|codes?|key|address|hash|permutation|interval"
    r"|block|relative|specific|ratio|scale|iq|standard|poem|sonnet|haiku|octave)\b",
    _I,
)
_UNIT: Final = re.compile(
    r"(?:%|°|€|£|¥|\bUSD|\b(?:metres?|meters?|miles?|feet|foot|inch(?:es)?|yards?"
    r"|\w*(?:metres?|meters?|grams?|grammes?|litres?|liters?|seconds?|volts?|watts?|joules?"
    r"|newtons?|pascals?|hertz|bytes?)|tons?|tonnes?|pounds?|ounces?|hours?|minutes?|days?|weeks?"
    r"|months?|years?|decades?|century|centuries|kelvins?|celsius|fahrenheit|degrees?|percent"
    r"|dollars?|euros?|atmospheres?|bars?|bits?|in\s+(?:km|m|cm|mm|nm|kg|g|s|ms|K|eV|bar|atm))\b)",
    _I,
)
_CHANGING: Final = re.compile(
    r"\b(?:population|unemployment\s+rate|inflation\s+rate|interest\s+rate|gross\s+domestic\s+product"
    r"|gdp|national\s+debt|market\s+share|minimum\s+wage|market\s+capitali[sz]ation"
    r"|how\s+many\s+(?:people|inhabitants|speakers|users|members|employees|customers)"
    r"\s+(?:live|speak|use|has|have|work|are))\b",
    _I,
)
_DATE: Final = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2})\b|\bcentur|\bB\.?C|\bA\.?D")
_ABOUT: Final = r"(?:about|approximately|roughly|around|nearly|almost|some|circa|ca\.?|~|≈)"
_FIGURE: Final = r"[+\-−]?[0-9][0-9.,'\u2009\u202f ]*(?:\s*(?:thousand|million|billion|trillion))?"
_BARE: Final = re.compile(rf"\W*(?:{_ABOUT}\s*)?(?P<figure>{_FIGURE})[\s.]*", _I)
_ANY_FIGURE: Final = re.compile(
    rf"\W*(?:{_ABOUT}\s*)?{_FIGURE}(?:\s*(?:%|percent|per\s+cent|people)"
    r")?[\s.]*(?:\n|\Z|\()",
    _I,
)
_LATEX_FIGURE: Final = re.compile(r"(?:[0-9.,{}\s]|\\times|\\cdot|\\,|\\approx|10\^)+")


def _bare_number(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        yield from _in_clozes(reading)
        return
    front, back = reading.front, reading.back
    lacks_unit = _asks_for_measure(front.prose) and _is_figure(back)
    if lacks_unit and not _has_unit(front.markdown, reading.back.markdown):
        yield Finding("This number needs its unit.", "back", (0, len(back.markdown.rstrip())))
    elif _CHANGING.search(front.prose) and _ANY_FIGURE.match(back.prose):
        whole = f"{front.markdown}\n{back.markdown}\n{reading.note.source}"
        if FORMULA not in front.prose and not _DATE.search(whole):
            yield _lacks_date((0, len(back.markdown.rstrip())))


def _asks_for_measure(front: str) -> bool:
    return bool(_MEASURED.search(front)) and not _ABSTRACT.search(front) and FORMULA not in front


def _is_figure(back: Field) -> bool:
    """Whether the answer is a number and nothing else."""
    if _BARE.fullmatch(back.prose):
        return True
    is_formula = len(back.formulas) == 1 and not back.prose.strip(f"{FORMULA} .\n")
    return is_formula and bool(_LATEX_FIGURE.fullmatch(back.formulas[0].source))


def _has_unit(*texts: str) -> bool:
    return any(_UNIT.search(text) for text in texts)


def _in_clozes(reading: Reading) -> Iterator[Finding]:
    prose = reading.front.prose
    for sentence in sentences(prose):
        if not _asks_for_measure(sentence.text) or _has_unit(sentence.text):
            continue
        for deletion in reading.deletions:
            is_inside = sentence.start <= deletion.body[0] < sentence.end
            behind = prose[deletion.end : sentence.end].strip(" .,;!}")
            if is_inside and not behind and _BARE.fullmatch(prose[slice(*deletion.body)]):
                yield Finding("This number needs its unit.", "front", deletion.body)
                return


def _lacks_date(span: tuple[int, int]) -> Finding:
    message = "This number changes with the years. Say of which year it is."
    return Finding(message, "back", span)


BARE_NUMBER: Final = Rule(
    "bare-number",
    "A number without unit or date",
    "A number means nothing without its unit, and one that changes is soon wrong without its date.",
    f"{WOZNIAK}, rule 19, date stamping; {MATUSCHAK}, precise prompts",
    _bare_number,
)
