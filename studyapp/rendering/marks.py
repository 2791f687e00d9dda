"""Characters that only this room puts into a text, so that no author can forge a mark of ours.

They are Unicode noncharacters, which no text may contain; `clean` takes them out of whatever an
author wrote, together with the control characters.
"""

from __future__ import annotations

import re
import sys
from typing import Final

CLOZE_OPEN: Final = "\ufdd0"
CLOZE_CLOSE: Final = "\ufdd1"
"""Around the answer of the asked cloze, or around what stands in its place."""
SLOT_OPEN: Final = "\ufdd2"
SLOT_CLOSE: Final = "\ufdd3"
"""Around the number of a piece that was taken out and is put back after sanitising."""
LESS_THAN: Final = "\ufdd4"
"""A `<` that begins no element."""

HAS_MARK: Final = re.compile("[\ufdd0-\ufdd4]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")
_CLOZE_MARK = re.compile(f"[{CLOZE_OPEN}{CLOZE_CLOSE}]")


def clean(text: str) -> str:
    """The text with plain line ends, without control characters, lone surrogates and our marks."""
    if text.isprintable() and "&#" not in text:
        return text  # as most are: none of the characters below is printable
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_allowed_reference, _FORBIDDEN.sub("", lines))


def _allowed_reference(reference: re.Match[str]) -> str:
    """A numeric reference such as `&#65;`, or nothing if it stands for a forbidden character."""
    digits = reference[1] or reference[2]
    number = int(digits, 16 if reference[1] else 10) if len(digits) <= 8 else sys.maxunicode + 1
    forbidden = number > sys.maxunicode or _FORBIDDEN.match(chr(number))
    return "" if forbidden else reference[0]


def is_noncharacter(text: str) -> bool:
    """Whether the text is one mark, of this room or of another that draws with it."""
    return _NONCHARACTER.fullmatch(text) is not None


def without_controls(text: str) -> str:
    """The text without control characters other than line ends and tabs; our marks stay."""
    return _CONTROL.sub("", text)


def without_cloze_marks(text: str) -> str:
    """The text with what a cloze holds, but without the marks around it."""
    return _CLOZE_MARK.sub("", text)
