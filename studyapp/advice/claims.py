"""Claims that no source backs, and notes that hang together with nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import without_asides
from studyapp.advice.reading import Field, Reading
from studyapp.advice.rule import WOZNIAK, FieldName, Finding, Rule

_STUDY: Final = (
    r"(?:studies|research|surveys?|experiments|evidence|polls?|statistics|trials|meta-analys[ei]s)"
)
_SHOWS: Final = (
    r"(?:shows?|showed|shown|suggests?|suggested|finds?|found|indicates?|indicated|reveals?"
    r"|revealed|estimates?|estimated)"
)
_EVIDENCE: Final = re.compile(
    rf"\b{_STUDY}\s+(?:has\s+|have\s+)?{_SHOWS}\b"
    rf"|\b(?:a|one|recent|several|many|some)\s+(?:\w+\s+)?(?:study|survey|trial|poll|experiment"
    rf"|meta-analysis)\s+(?:has\s+)?{_SHOWS}\b"
    r"|\bit\s+is\s+estimated\b|\bis\s+estimated\s+(?:at|to)\b"
    r"|\baccording\s+to\s+(?:(?:an?|one|recent|some|several|most|many)\s+)*"
    r"(?:study|studies|survey|surveys|research|estimates?|experts?|polls?|scientists|statistics)\b"
    r"|\b(?:scientists|experts|researchers|historians|economists|physicians)\s+"
    r"(?:believe|think|estimate|say|agree|suspect)\b",
    re.IGNORECASE,
)
_NAME: Final = (
    r"(?!(?:The|This|That|What|Which|Who|It|Does|Did)\b)"
    r"[A-ZÄÖÜÉ][a-zäöüßéèç]{2,}(?<!ism)(?<!ics)"
)
_HOLDS: Final = r"(?:argu|claim|believ|contend|suspect|maintain|predict|assert|conjectur)"
_OPINION: Final = re.compile(
    rf"\b{_NAME}\s+{_HOLDS}(?:es?|ed|s)\s+that\b"
    rf"|\b(?:did|does)\s+(?:{_NAME}\s+){{1,3}}(?:argue|claim|believe|contend|suspect|maintain)\b"
    rf"|\bAccording\s+to\s+{_NAME}(?:\s+{_NAME})?\s*[,?]",
)
_CITED: Final = re.compile(
    r"https?://|\bdoi\b|\[[0-9^][^\]]*\]|\([^()]*\b(?:1[0-9]{3}|20[0-9]{2})\b[^()]*\)|\bet al\b",
    re.IGNORECASE,
)


def _without_source(reading: Reading, _context: Context) -> Iterator[Finding]:
    note = reading.note
    if note.source.strip() or _CITED.search(note.front) or _CITED.search(note.back):
        return
    sides: tuple[tuple[FieldName, Field], ...] = (("front", reading.front), ("back", reading.back))
    for name, field in sides:
        prose = without_asides(field.prose)
        match = _EVIDENCE.search(prose) or _OPINION.search(prose)
        if match is not None:
            yield Finding(
                f"“{match[0]}” is somebody's claim. Say in the source where it stands.",
                name,
                match.span(),
            )
            return


def _island(reading: Reading, _context: Context) -> Iterator[Finding]:
    if not reading.note.tags and not reading.note.links:
        yield Finding("This note has no tag and no link. Name a note that it builds on, or tag it.")


CLAIM_WITHOUT_SOURCE: Final = Rule(
    "claim-without-source",
    "A claim without a source",
    "In a year you will want to know who said so and when, to judge it anew or to look it up.",
    f"{WOZNIAK}, rule 18, provide sources",
    _without_source,
)
ISLAND: Final = Rule(
    "island",
    "No link and no tag",
    "What is tied to other things is found again and forgotten later than what stands alone.",
    f"{WOZNIAK}, rules 3 and 13, build upon the basics and refer to other memories",
    _island,
)
