"""Finds the fronts that are nearly equal to one, among many."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import or_
from typing import Final

from studyapp.advice.bit_set import BitSet, members

LIKENESS: Final = 0.85
"""Shared words in proportion to all words of both: from here on fronts are taken for one."""
FEW: Final = 512
"""So many entries are soon looked through one by one."""
_TITLE_LENGTH: Final = 70
_TOKEN: Final = re.compile(
    r"\{\{c[0-9]+::|::[^{}:\n]*(?=\}\})"  # cloze marks and their hints
    r"|(?P<formula>\$\$?[^$]+\$\$?|\\\((?:[^\\]|\\[^)]){1,200}\\\))"
    r"|(?P<word>[^\W_]+(?:['’][^\W_]+)*)"
)
_ENDS: Final = re.compile(r"[^\w(]{0,9}(?:\Z|\n)")
_SPACE: Final = re.compile(r"\s+")
_MARKS: Final = re.compile(r"\{\{c[0-9]+::|::[^{}:\n]*(?=\}\})|\}\}|\*+|`")
# What a question can be without: it asks the same with and without these.
_EMPTY_WORDS: Final = """
    a an the of in on at by for with as and or is are was were be been being do does
    did has have had can could will would shall should may might must it its this that these those
    there what which one s called call name named means meaning meant define definition exactly
    briefly main say says said their his her per than then so also according about
"""
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())
_DIRECTIONS: Final = frozenset(("to", "into", "from"))
_TURNING: Final = _DIRECTIONS | {"not", "non", "no", "without"}
"""Words that turn the next one."""


@dataclass(frozen=True, slots=True)
class Near:
    """A front that is nearly equal to the one that was asked for."""

    key: str
    """Of its note."""
    title: str
    """The front in one short line."""
    likeness: float
    """From `LIKENESS` to 1."""


class FrontIndex:
    """The words of many fronts; putting and dropping one, and asking, take far below 1 ms.

    Of words that are in many fronts, and of numbers of words, there are also sets of bits, one bit
    for each entry: what lies in nearly all of several such sets is found by a few operations.
    """

    def __init__(self, few: int = FEW) -> None:
        """A word that is in more than `few` fronts is a frequent one."""
        self._few = few
        self._tokens: list[tuple[str, ...]] = []
        """By an entry's number; empty: it was dropped."""
        self._titles: list[str] = []
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._postings: dict[str, array[int]] = {}
        self._frequent: dict[str, BitSet] = {}
        self._of_size: dict[int, BitSet] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def put(self, key: str, front: str) -> None:
        """Take in a note's front, in the place of what it had."""
        self.drop(key)
        number = self._numbers[key] = len(self._keys)
        tokens = tuple(content_words(front))
        self._keys.append(key)
        self._tokens.append(tokens)
        self._titles.append(_title(front))
        self._of_size.setdefault(len(tokens), BitSet()).add(number)
        for token in tokens:
            self._put_token(token, number)

    def _put_token(self, token: str, number: int) -> None:
        postings = self._postings.setdefault(token, array("L"))
        postings.append(number)
        if token in self._frequent:
            self._frequent[token].add(number)
        elif len(postings) > self._few:
            self._frequent[token] = BitSet(postings)

    def drop(self, key: str) -> None:
        """Forget a note, if it is there."""
        number = self._numbers.pop(key, None)
        if number is None:
            return
        self._of_size[len(self._tokens[number])].discard(number)
        for token in self._tokens[number]:
            self._postings[token].remove(number)
            if token in self._frequent:
                self._frequent[token].discard(number)
        self._tokens[number] = ()

    def near(self, front: str, without: str) -> list[Near]:
        """The fronts that are nearly equal to this one, nearest first, but not that of `without`.

        None is missed: see `_candidates`.
        """
        asked = content_words(front)
        found = [
            Near(self._keys[number], self._titles[number], likeness)
            for number in self._candidates(asked)
            if self._keys[number] != without
            and (likeness := _likeness(asked, self._tokens[number])) >= LIKENESS
        ]
        return sorted(found, key=lambda near: (-near.likeness, near.key))

    def _candidates(self, asked: frozenset[str]) -> Iterable[int]:
        """Entries of about as many words, which lack few of the words that are asked for.

        A near front lacks at most a share of 1 - `LIKENESS` of them, so it has one of the rarest.
        """
        lacking = len(asked) - ceil(LIKENESS * len(asked))
        sizes = range(ceil(LIKENESS * len(asked)), int(len(asked) / LIKENESS) + 1)
        rarest = sorted(asked, key=lambda token: len(self._postings.get(token, ())))
        lists = [self._postings.get(token, ()) for token in rarest[: lacking + 1]]
        if sum(len(each) for each in lists) > self._few:
            return self._with_most(rarest, lacking, sizes)
        tokens = self._tokens
        return {number for each in lists for number in each if len(tokens[number]) in sizes}

    def _with_most(self, asked: list[str], lacking: int, sizes: range) -> Iterable[int]:
        """The entries of these sizes that lack at most `lacking` of the words."""
        of_sizes = [self._of_size[size].bits() for size in sizes if size in self._of_size]
        # At index n: the entries that lack at most n of the words seen so far.
        left = [reduce(or_, of_sizes, 0)] * (lacking + 1)
        for token in asked:
            frequent = self._frequent.get(token)
            bits = (frequent or BitSet(self._postings.get(token, ()))).bits()
            left = [
                (each & bits) | (left[index - 1] if index else 0) for index, each in enumerate(left)
            ]
        return members(left[-1])


def content_words(front: str) -> frozenset[str]:
    """The words that tell what a front asks, folded; formulas are words as they are written."""
    return frozenset(_content_words(front))


def _content_words(front: str) -> Iterator[str]:
    before = ""
    for match in _TOKEN.finditer(front):
        if match.lastgroup == "formula":
            yield _SPACE.sub("", match[0])
        elif match.lastgroup == "word":
            word = match[0].casefold()
            if word in _TURNING:
                before = word
            elif not _is_empty(word, is_last=bool(_ENDS.match(front, match.end()))):
                yield from _turned(before, _stem(word))
                before = ""


def _is_empty(word: str, *, is_last: bool) -> bool:
    """“What does it mean?” asks what it is; “what does it do?” does not."""
    return (word in _EMPTY and not (word == "do" and is_last)) or (word == "mean" and is_last)


def _turned(before: str, word: str) -> tuple[str, ...]:
    """From A to B is not from B to A, and a non-metal is no metal."""
    if before in _DIRECTIONS:
        return word, f"{before} {word}"
    return (f"not {word}" if before else word,)


def _stem(word: str) -> str:
    """The word without the ending of a genitive or a plural."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _likeness(asked: frozenset[str], tokens: tuple[str, ...]) -> float:
    shared = sum(token in asked for token in tokens)
    return shared / (len(asked) + len(tokens) - shared)


def _title(front: str) -> str:
    line = _SPACE.sub(" ", _MARKS.sub("", front[: 4 * _TITLE_LENGTH])).strip()
    return line if len(line) <= _TITLE_LENGTH else f"{line[: _TITLE_LENGTH - 1]}…"
