"""The leaves of a formula: which alphabet, which kind, how much space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.errors import MathError
from studyapp.rendering.latex_writer import FIRST_ATOM
from studyapp.rendering.math_alphabets import in_alphabet
from studyapp.rendering.mathml_scripts import takes_limits
from studyapp.rendering.mathml_symbols import (
    BIG,
    BINARY_WITHOUT_SPACE,
    CAPITAL_GREEK,
    FENCES,
    ORDINARY,
    RELATIONS,
    STAND_INS,
    TIGHT,
    UPRIGHT_ARROWS,
    is_operator,
)

LEAVES: Final = frozenset(("mi", "mo", "mn", "mtext"))
JOINS: Final = "joins"
"""Attribute of letters that may be part of a word: their alphabet. It is never written."""
_UNREAD_COMMAND = re.compile(r"\\[A-Za-z]+")


def mend_leaf(leaf: Element, atoms: Sequence[Element]) -> Element:
    """The leaf, or the atom that it stands for; MathError for a command that nobody read."""
    text = leaf.text or ""
    if _UNREAD_COMMAND.fullmatch(text):
        raise MathError(f"{text} is not known here")
    text = unescape(text)
    number = ord(text) - FIRST_ATOM if len(text) == 1 else -1
    if 0 <= number < len(atoms):
        return deepcopy(atoms[number])
    leaf.text = STAND_INS.get(text, text)
    _choose_alphabet(leaf)
    _choose_kind(leaf)
    _choose_spacing(leaf)
    return leaf


def flatten_leaf(element: Element) -> None:
    r"""Makes one leaf of `\mathrel{…}` and the like, where latex2mathml puts leaves in a leaf."""
    if all(part is element or part.tag in (*LEAVES, "mrow") for part in element.iter()):
        element.text = "".join(part.text or "" for part in element.iter())
        element[:] = []
    else:
        element.tag = "mrow"
        element.attrib = {}


def _choose_alphabet(leaf: Element) -> None:
    variant = leaf.attrib.pop("mathvariant", None)
    text = leaf.text or ""
    if variant == "normal" or (variant is None and text in CAPITAL_GREEK):
        leaf.set("mathvariant", "normal")
    if variant is not None:
        leaf.text = in_alphabet(text, variant)
        leaf.set(JOINS, variant)


def _choose_kind(leaf: Element) -> None:
    text = leaf.text or ""
    if leaf.tag == "mi" and is_operator(text):
        leaf.tag = "mo"
        leaf.attrib = {}
    elif leaf.tag == "mo" and text in ORDINARY and not leaf.attrib:
        leaf.tag = "mi"
        if text == "∇":
            leaf.set("mathvariant", "normal")


def _choose_spacing(leaf: Element) -> None:
    if leaf.get("lspace") == "0.05em" or (leaf.tag == "mo" and not leaf.text):
        # \middle, and a fence that is left out
        leaf.attrib |= {"lspace": "0", "rspace": "0"}
    if leaf.tag != "mo" or "form" in leaf.attrib or "lspace" in leaf.attrib:
        return
    text = leaf.text or ""
    if text in FENCES | UPRIGHT_ARROWS and "minsize" not in leaf.attrib:
        leaf.attrib.setdefault("stretchy", "false")
    if text in TIGHT or text in BIG or takes_limits(leaf):
        leaf.attrib |= {"lspace": "0", "rspace": "0"}
    elif text in RELATIONS:
        leaf.attrib |= {"lspace": "0.2778em", "rspace": "0.2778em"}
    elif text in BINARY_WITHOUT_SPACE:
        leaf.attrib |= {"lspace": "0.2222em", "rspace": "0.2222em"}
