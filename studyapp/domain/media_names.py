"""The names of pictures and sounds: which ones a note calls for, and which ones are safe."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from studyapp.domain.markup import find_code

MAX_BYTES: Final = 120
"""Of a name in UTF-8; Anki cuts longer ones."""
_CALLS = re.compile(
    r"\[sound:(?P<sound>[^\]\n]+)\]"
    r"|!\[[^\]]*\]\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<bare>[^\s()]+))"
    r"|<(?:img|audio|source)\b[^>]*?\bsrc\s*=\s*(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)'|"
    r"(?P<plain>[^\s\"'>]+))",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\[\]<>:"/?*^\\|]')
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their ending."""


def media_names(markdown: str) -> tuple[str, ...]:
    """The files that a field calls for, each once; addresses in the web are none."""
    code = [(span.start, span.end) for span in find_code(markdown)]
    names: dict[str, None] = {}
    for call in _CALLS.finditer(markdown):
        if any(start <= call.start() < end for start, end in code):
            continue
        address = next(value for value in call.groups() if value is not None)
        name = address if call["sound"] else _ESCAPES.sub(_unescaped, address)
        if not re.match(r"[a-z][a-z0-9+.-]*:", name, re.IGNORECASE) and "/" not in name:
            names[name.strip()] = None
    return tuple(names)


def safe_name(name: str) -> str:
    """A name like this one that Anki and every file system take; raises nothing.

    Composed letters, no signs with a meaning, no device of Windows, at most `MAX_BYTES` long with
    its ending kept.
    """
    clean = _FORBIDDEN.sub("", unicodedata.normalize("NFC", name)).strip(" .")
    clean = clean.encode("utf-8", "ignore").decode()
    if not clean or clean.startswith("."):
        clean = f"file{clean}"
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return _cut(clean, MAX_BYTES)
    ending = _cut(ending, 16)
    return f"{_cut(stem, MAX_BYTES - len(ending.encode()) - 1)}.{ending}"


def _unescaped(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore").rstrip(" .")
