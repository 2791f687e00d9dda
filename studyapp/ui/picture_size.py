"""Pictures that are larger than a card needs, and the same ones smaller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

MAX_BYTES = 1_000_000
MAX_SIDE = 2000
"""Pixels; a picture with more, or with more bytes, is offered smaller."""
_SMALL_SIDE = 1600
"""Pixels: twice what a card's column shows, for fine screens."""
_JPEG_QUALITY = 85
_QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90
_JPEG_ENDINGS = (".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that the web engine shows as a picture."""

    name: str
    content: bytes
    size: QSize
    """In pixels, as it is shown; nothing for one that does not tell."""


def is_large(picture: Picture) -> bool:
    """Whether a smaller one would do."""
    longest = max(picture.size.width(), picture.size.height())
    return longest > MAX_SIDE or (longest > 0 and len(picture.content) > MAX_BYTES)


def smaller(picture: Picture) -> Picture | None:
    """The same picture with fewer pixels or bytes; None if that gains nothing.

    Photographs stay JPEG, others become PNG; moving pictures are left alone.
    """
    with _reading(picture.content) as reader:
        moves = reader.supportsAnimation() and reader.imageCount() != 1
        image = QImage() if moves else reader.read()
    if image.isNull():
        return None
    bound = QSize(_SMALL_SIDE, _SMALL_SIDE)
    if max(image.width(), image.height()) > _SMALL_SIDE:
        image = image.scaled(
            bound, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    made = _written(picture.name, image)
    return made if len(made.content) < len(picture.content) else None


def size_of(content: bytes) -> QSize | None:
    """Of a picture, in pixels as it is shown; None if it is none that can be read."""
    with _reading(content) as reader:
        if not reader.canRead():
            return None
        size = reader.size() if reader.size().isValid() else QSize(0, 0)
        is_turned = bool(reader.transformation() & _QUARTER_TURN)
    return size.transposed() if is_turned else size


def png(image: QImage) -> bytes:
    """A picture of the clipboard as a file."""
    return _encoded(image, "PNG")


def _written(name: str, image: QImage) -> Picture:
    path = PurePath(name)
    is_photograph = path.suffix.lower() in _JPEG_ENDINGS
    if is_photograph and not image.hasAlphaChannel():
        return Picture(name, _encoded(image, "JPG"), image.size())
    return Picture(f"{path.stem}.png", _encoded(image, "PNG"), image.size())


def _encoded(image: QImage, kind: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, _JPEG_QUALITY if kind == "JPG" else -1)  # type: ignore[call-overload]
    return bytes(content.data())


@contextmanager
def _reading(content: bytes) -> Iterator[QImageReader]:
    """Reads from memory, pictures as they are shown: turned as the camera was held."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    yield reader
