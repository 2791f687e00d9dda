"""Pictures and sounds that are pasted or dropped: what they are, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from studyapp.ui.picture_size import Picture, png, size_of

MAX_FILE_BYTES = 50_000_000
_MB = 1_000_000
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")
_SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".aac", ".flac", ".weba")
_PASTED = "pasted.png"
FILTER = (
    f"Pictures and sounds ({' '.join(f'*{each}' for each in (*_PICTURES, *_SOUNDS))});;"
    "All files (*)"
)
"""For a dialog that asks for files."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that the web engine plays."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken."""

    message: str
    """What is wrong with it, and what to do."""


Pasted = Picture | Sound | Refused


def holds_media(source: QMimeData) -> bool:
    """Whether there are files in it, or a picture and no text beside it."""
    return bool(local_files(source)) or (source.hasImage() and not source.hasText())


def local_files(source: QMimeData) -> list[Path]:
    """The files that it names."""
    if not source.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]


def pasted(source: QMimeData) -> list[Pasted]:
    """What it holds, one after the other."""
    files = local_files(source)
    if files:
        return [read_file(each) for each in files]
    image = source.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return [Refused("The picture in the clipboard cannot be read. Save it to a file first.")]
    return [Picture(_PASTED, png(image), image.size())]


def read_file(path: Path) -> Pasted:
    """A file as a picture or a sound, or why it is neither."""
    name, ending = path.name, path.suffix.lower()
    if ending not in (*_PICTURES, *_SOUNDS):
        return Refused(
            f"{name} is neither a picture nor a sound that cards can have. Pictures: "
            f"{_listed(_PICTURES)}. Sounds: {_listed(_SOUNDS)}."
        )
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return Refused(
                f"{name} has {size / _MB:.0f} MB. A file of a card has at most "
                f"{MAX_FILE_BYTES / _MB:.0f} MB. Make it smaller first."
            )
        content = path.read_bytes()
    except OSError as failure:
        return Refused(f"{name} cannot be read ({failure.strerror}). Check its permissions.")
    return Sound(name, content) if ending in _SOUNDS else _picture(name, content)


def _picture(name: str, content: bytes) -> Pasted:
    size = size_of(content)
    if size is None:
        return Refused(f"{name} holds no picture that can be read. Open it elsewhere to check it.")
    return Picture(name, content, size)


def _listed(endings: tuple[str, ...]) -> str:
    return ", ".join(each.removeprefix(".") for each in endings)


def markdown_of(medium: Picture | Sound, name: str) -> str:
    """What a field says to show a file that is kept as `name`; `$0` is for a picture's words."""
    if isinstance(medium, Sound):
        return f"[sound:{name}]$0"
    address = name.replace("%", "%25")
    is_bare = not any(letter.isspace() or letter in "()<>" for letter in name)
    return f"![$0]({address})" if is_bare else f"![$0](<{address}>)"
