"""Names of decks and files that a package has, as they can be here."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from studyapp.domain.decks import SEPARATOR
from studyapp.rendering.marks import clean

_NAME_EDGES = re.compile(r"^[\s:]+|[\s:]+$")
_LONGEST_NAME: Final = 300


def deck_name(name: str) -> str:
    """A name that decks here can have: composed letters, no empty parts."""
    whole = unicodedata.normalize("NFC", clean(name.encode("utf-8", "replace").decode()))
    parts = (_NAME_EDGES.sub("", " ".join(part.split())) for part in whole.split(SEPARATOR))
    return SEPARATOR.join(part[:_LONGEST_NAME] or "blank" for part in parts)


def is_plain_name(name: str) -> bool:
    """Whether a file's name leads nowhere."""
    return bool(name.strip(" .")) and not any(sign in name for sign in "/\\\x00")
