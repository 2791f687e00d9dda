"""In which notes a word is: as 32-bit numbers where it is rare, else as a bit for each note."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable
from typing import TypeAlias

Bits: TypeAlias = int
"""A set of note ids: bit n is set if the note n is in it."""

FARTHEST = 1 << 24
"""Ids from here on are not kept in sets: each would take as much room as all below it."""

_NOT_ZERO = re.compile(rb"[^\0]", re.DOTALL)
_SET_BITS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_FLAGS = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]


def bits_of(ids: Iterable[int]) -> Bits:
    """A set of ids below `FARTHEST`."""
    every = list(ids)
    packed = bytearray((max(every, default=0) >> 3) + 1)
    for each in every:
        packed[each >> 3] |= 1 << (each & 7)
    return int.from_bytes(packed, "little")


def ids_of(bits: Bits) -> list[int]:
    """Ascending."""
    packed = _packed(bits)
    return [
        (match.start() << 3) + bit
        for match in _NOT_ZERO.finditer(packed)
        for bit in _SET_BITS[packed[match.start()]]
    ]


def flags_of(bits: Bits) -> bytes:
    """A byte for each id from 0 on: 1 if it is in the set."""
    return b"".join(map(_FLAGS.__getitem__, _packed(bits)))


def union(rows: Iterable[tuple[int, bytes]]) -> Bits:
    """What is in any of the entries, each told as `encoded` does."""
    dense = 0
    sparse = bytearray()
    for is_dense, notes in rows:
        if is_dense:
            dense |= int.from_bytes(notes, "little")
        else:
            sparse += notes
    return dense | bits_of(_numbers(sparse)) if sparse else dense


def changed(
    is_dense: int, notes: bytes, added: Iterable[int], removed: Iterable[int], highest: int
) -> tuple[int, bytes]:
    """An entry with other notes in it; `highest` is the highest id there is."""
    if is_dense:
        bits = int.from_bytes(notes, "little") & ~bits_of(removed) | bits_of(added)
        return encoded(bits, highest)
    ids = set(_numbers(notes)).difference(removed).union(added)
    if 32 * len(ids) > highest:
        return encoded(bits_of(ids), highest)
    return 0, _bytes(sorted(ids))


def encoded(bits: Bits, highest: int) -> tuple[int, bytes]:
    """Whether it is dense, and its bytes."""
    if 32 * bits.bit_count() > highest:
        return 1, _packed(bits)
    return 0, _bytes(ids_of(bits))


def _packed(bits: Bits) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def _numbers(notes: bytes | bytearray) -> array[int]:
    numbers = array("I", bytes(notes))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(ids: list[int]) -> bytes:
    numbers = array("I", ids)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
