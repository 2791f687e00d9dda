"""What MathML Core says of operators that say nothing of themselves.

The categories and their ranges are those of the operator dictionary in MathML Core, appendix B
(https://w3c.github.io/mathml-core/#operator-dictionary), in its compact form; the slash is where
Chromium 140 has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

_THICK: Final = 5 / 18
_MEDIUM: Final = 4 / 18
_THIN: Final = 3 / 18
_FORMS: Final = ("infix", "postfix", "prefix")
"""In the order in which they are tried when an operator has no entry for its own form."""


@dataclass(frozen=True, slots=True)
class Properties:
    """How an operator is set; spaces in em."""

    lspace: float = _THICK
    rspace: float = _THICK
    stretchy: bool = False
    largeop: bool = False
    movablelimits: bool = False


_DEFAULT: Final = Properties()
_CATEGORIES: Final[dict[tuple[str, str], tuple[Properties, str]]] = {
    # form, category: properties and characters
    ("infix", "A"): (
        Properties(stretchy=True),
        """2190-2195 219A-21AE 21B0-21B5 21B9 21BC-21D5 21DA-21F0 21F3-21FF 2794 2799 279B-27A1
        27A5-27A6 27A8-27AF 27B1 27B3 27B5 27B8 27BA-27BE 27F0-27F1 27F4-27FF 2900-2920 2934-2937
        2942-2975 297C-297F 2B04-2B07 2B0C-2B11 2B30-2B3E 2B40-2B4C 2B60-2B65 2B6A-2B6D 2B70-2B73
        2B7A-2B7D 2B80-2B87 2B95 2BA0-2BAF 2BB8""",
    ),
    ("infix", "B"): (
        Properties(_MEDIUM, _MEDIUM),
        """2B 2D 2F B1 F7 322 2044 2212-2216 2227-222A 2236 2238 228C-228E 2293-2296 2298 229D-229F
        22BB-22BD 22CE-22CF 22D2-22D3 2795-2797 29B8 29BC 29C4-29C5 29F5-29FB 2A1F-2A2E 2A38-2A3A
        2A3E 2A40-2A4F 2A51-2A63 2ADB 2AF6 2AFB 2AFD""",
    ),
    ("infix", "C"): (
        Properties(_THIN, _THIN),
        """25 2A 2E 3F-40 5E B7 D7 323 32E 2022 2043 2217-2219 2240 2297 2299-229B 22A0-22A1 22BA
        22C4-22C7 22C9-22CC 2305-2306 27CB 27CD 29C6-29C8 29D4-29D7 29E2 2A1D-2A1E 2A2F-2A37
        2A3B-2A3D 2A3F 2A50 2A64-2A65 2ADC-2ADD 2AFE""",
    ),
    ("prefix", "D"): (
        Properties(0, 0),
        """21 2B 2D AC B1 331 2018 201C 2200-2201 2203-2204 2207 2212-2213 221F-2222 2234-2235 223C
        22BE-22BF 2310 2319 2795-2796 27C0 299B-29AF 2AEC-2AED""",
    ),
    ("postfix", "E"): (
        Properties(0, 0),
        """21-22 25-27 60 A8 B0 B2-B4 B8-B9 2CA-2CB 2D8-2DA 2DD 311 320 325 327 331 2019-201B
        201D-201F 2032-2037 2057 20DB-20DC 23CD""",
    ),
    ("prefix", "F"): (
        Properties(0, 0, stretchy=True),
        """28 5B 7B 7C 2016 2308 230A 2329 2772 27E6 27E8 27EA 27EC 27EE 2980 2983 2985 2987 2989
        298B 298D 298F 2991 2993 2995 2997 2999 29D8 29DA 29FC""",
    ),
    ("postfix", "G"): (
        Properties(0, 0, stretchy=True),
        """29 5D 7C 7D 2016 2309 230B 232A 2773 27E7 27E9 27EB 27ED 27EF 2980 2984 2986 2988 298A
        298C 298E 2990 2992 2994 2996 2998 2999 29D9 29DB 29FD""",
    ),
    ("prefix", "H"): (Properties(_THIN, _THIN, largeop=True), "222B-2233 2A0B-2A1C"),
    ("postfix", "I"): (
        Properties(0, 0, stretchy=True),
        """5E-5F 7E AF 2C6-2C7 2C9 2CD 2DC 2F7 302 203E 2322-2323 23B4-23B5 23DC-23E1""",
    ),
    ("prefix", "J"): (
        Properties(_THIN, _THIN, largeop=True, movablelimits=True),
        "220F-2211 22C0-22C3 2A00-2A0A 2A1D-2A1E 2AFC 2AFF",
    ),
    ("infix", "K"): (Properties(0, 0), "5C 5F 2061-2064 2206"),
    ("prefix", "L"): (Properties(_THIN, 0), "2145-2146 2202 221A-221C"),
    ("infix", "M"): (Properties(0, _THIN), "2C 3A 3B"),
    # Default for a form although there are entries for others.
    ("infix", "default"): (Properties(), "7C 223C"),
}


def look_up(text: str, form: str, *, form_is_given: bool = False) -> Properties:
    """The properties of an operator in a form: `prefix`, `infix` or `postfix`."""
    entries = _entries()
    forms = (form,) if form_is_given else (form, *_FORMS)
    found = (entries[text, each] for each in forms if (text, each) in entries)
    return next(found, _DEFAULT)


@cache
def _entries() -> dict[tuple[str, str], Properties]:
    return {
        (chr(code), form): properties
        for (form, _), (properties, ranges) in _CATEGORIES.items()
        for each in ranges.split()
        for code in _codes(each)
    }


def _codes(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)
