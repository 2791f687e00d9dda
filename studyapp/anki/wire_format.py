"""Reads and writes messages of the protocol buffers' wire format, whatever they mean.

The format is described at https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

Value: TypeAlias = "int | bytes | float"
Message: TypeAlias = "dict[int, list[Value]]"
"""The values of each field by its number, in their order."""

_VARINT, _I64, _BYTES, _I32 = 0, 1, 2, 5
_LONGEST_VARINT: Final = 10
_WORD: Final = 1 << 64


class BrokenMessage(Exception):
    """The bytes are no message."""


def read_message(data: bytes) -> Message:
    """The fields of a message; raises BrokenMessage."""
    message: Message = {}
    for number, value in fields(data):
        message.setdefault(number, []).append(value)
    return message


def fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """Number and value of each field in turn; raises BrokenMessage."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        length = 8 if kind == _I64 else 4
        if kind == _BYTES:
            length, at = _varint(data, at)
        elif kind not in (_I64, _I32):
            raise BrokenMessage(f"a value of kind {kind}")
        if not number or length > len(data) - at:
            raise BrokenMessage("a value that is cut off")
        part = data[at : at + length]
        at += length
        yield number, part if kind != _I32 else struct.unpack("<f", part)[0]


def text(message: Message, number: int) -> str:
    """The last value of a field of text; empty if there is none. Raises BrokenMessage."""
    return blob(message, number).decode("utf-8", "replace")


def blob(message: Message, number: int) -> bytes:
    """The last value of a field of bytes, or of a message within; empty if there is none."""
    value = message.get(number, [b""])[-1]
    if not isinstance(value, bytes):
        raise BrokenMessage(f"field {number} has no bytes")
    return value


def whole(message: Message, number: int, default: int = 0) -> int:
    """The last value of a field of whole numbers."""
    value = message.get(number, [default])[-1]
    if not isinstance(value, int):
        raise BrokenMessage(f"field {number} has no number")
    return value - _WORD if value >= _WORD // 2 else value


def decimal(message: Message, number: int, default: float = 0.0) -> float:
    """The last value of a field of 32-bit floats."""
    value = message.get(number, [default])[-1]
    if not isinstance(value, float):
        raise BrokenMessage(f"field {number} has no decimal number")
    return value


def decimals(message: Message, number: int) -> tuple[float, ...]:
    """All values of a field of 32-bit floats, packed or not."""
    found: list[float] = []
    for value in message.get(number, []):
        if isinstance(value, float):
            found.append(value)
        elif isinstance(value, bytes) and len(value) % 4 == 0:
            found += struct.unpack(f"<{len(value) // 4}f", value)
        else:
            raise BrokenMessage(f"field {number} has no decimal numbers")
    return tuple(found)


def written(values: Iterable[tuple[int, int | bytes]]) -> bytes:
    """A message of these fields by their numbers; whole numbers must not be negative."""
    made = bytearray()
    for number, value in values:
        if isinstance(value, int):
            made += _written(number << 3 | _VARINT) + _written(value)
        else:
            made += _written(number << 3 | _BYTES) + _written(len(value)) + value
    return bytes(made)


def _written(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift, byte in enumerate(data[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value % _WORD, at + shift + 1
    raise BrokenMessage("a number that does not end")
