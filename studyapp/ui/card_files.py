"""What a card's page may read: its shell, the app's fonts, and the collection's media."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from studyapp.errors import StudyAppError
from studyapp.rendering.design import Theme
from studyapp.rendering.media import asset_url, media_url, plain_name
from studyapp.rendering.page import BASE_URL, asset, shell

SHELL_URL = BASE_URL
_ASSETS = asset_url("")
_MEDIA = media_url("")

Served = tuple[bytes, str]
"""Content and its media type."""


class CardFiles:
    """Answers the requests of a card's page; anything else does not exist."""

    def __init__(self, media_folder: Path, theme: Theme, text_scale: float) -> None:
        self._media_folder = media_folder
        self.theme = theme
        self.text_scale = text_scale

    def shell(self) -> str:
        """The page into which cards are put."""
        return shell(self.theme.name, self.text_scale)

    def read(self, url: str) -> Served | None:
        """What lies at an address of the page; None if there is nothing."""
        if url == SHELL_URL:
            return self.shell().encode(), "text/html;charset=utf-8"
        if url.startswith(_ASSETS):
            return _asset(url.removeprefix(_ASSETS))
        if url.startswith(_MEDIA):
            return self._medium(url.removeprefix(_MEDIA))
        return None

    def _medium(self, address: str) -> Served | None:
        name = plain_name(address)
        if name is None:
            return None
        path = self._media_folder / name
        try:
            # A link in the folder could lead anywhere.
            if path.is_symlink() or not path.is_file():
                return None
            return path.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"
        except OSError:
            return None


def _asset(name: str) -> Served | None:
    try:
        return asset(name)
    except StudyAppError:
        return None
