"""Sets of small numbers as bits, for operations on many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class BitSet:
    """A set that grows; each number costs a bit, and so do those that are missing below it."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._bytes = bytearray()
        for number in numbers:
            self.add(number)

    def add(self, number: int) -> None:
        place = number >> 3
        if place >= len(self._bytes):
            self._bytes.extend(bytes(place + 1 - len(self._bytes)))
        self._bytes[place] |= 1 << (number & 7)

    def discard(self, number: int) -> None:
        place = number >> 3
        if place < len(self._bytes):
            self._bytes[place] &= ~(1 << (number & 7))

    def bits(self) -> int:
        """An integer in which the bit of each number of the set is 1."""
        return int.from_bytes(self._bytes, "little")


def members(bits: int) -> Iterator[int]:
    """The numbers whose bits are 1, ascending."""
    digits = bin(bits)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
