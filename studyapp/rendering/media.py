"""Addresses of the app's own: media files, notes, packaged assets."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import quote, unquote

SCHEME: Final = "studyapp"
_PLAIN_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,255}")


def plain_name(address: str) -> str | None:
    """The file name that an `img` or `audio` names, or None if it is anything but a plain name."""
    name = unquote(address.strip())
    if _PLAIN_NAME.fullmatch(name) is None or name in (".", ".."):
        return None
    return name


def media_url(name: str) -> str:
    """Where the page finds a media file."""
    return f"{SCHEME}://media/{quote(name, safe='', errors='replace')}"


def note_url(key: str) -> str:
    """Where a link to a note leads."""
    return f"{SCHEME}://note/{quote(key, safe='', errors='replace')}"


def asset_url(name: str) -> str:
    """Where the page finds a file that comes with the app."""
    return f"{SCHEME}://assets/{quote(name, safe='', errors='replace')}"


def sound_html(name: str) -> str:
    """A player for a sound; what is no plain file name is shown as it was written."""
    plain = plain_name(name)
    if plain is None:
        return escape(f"[sound:{name}]")
    return f'<audio controls src="{media_url(plain)}"></audio>'
