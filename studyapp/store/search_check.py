"""Whether the index for searches says what the notes say."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from studyapp.domain.query_text import fold, words
from studyapp.store.driver import driver
from studyapp.store.search_postings import FARTHEST, ids_of, union


def problems(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the index, in sentences; nothing if all is well.

    Notes that are known to wait for the index are no problem. Takes some seconds for 100,000 notes.
    """
    return (*_wrong_texts(connection), *_wrong_words(connection))


def _wrong_texts(connection: Connection) -> list[str]:
    rows = driver(connection).execute(
        "SELECT n.id, n.front, n.back, n.source, t.front, t.back, t.source FROM notes AS n"
        " LEFT JOIN search_texts AS t ON t.id = n.id"
        " WHERE n.id NOT IN (SELECT id FROM search_stale)"
        " UNION ALL SELECT t.id, NULL, NULL, NULL, t.front, t.back, t.source"
        " FROM search_texts AS t"
        " WHERE t.id NOT IN (SELECT id FROM notes UNION SELECT id FROM search_stale)"
    )
    return [
        f"The index has another text of note {note_id} than the note."
        for note_id, *texts in rows
        if [text and fold(text) for text in texts[:3]] != texts[3:]
    ]


def _wrong_words(connection: Connection) -> list[str]:
    expected: defaultdict[str, set[int]] = defaultdict(set)
    rows = driver(connection).execute(
        "SELECT id, front || char(31) || back || char(31) || source FROM search_texts"
        " WHERE id < ? AND id NOT IN (SELECT id FROM search_loose)"
        " UNION ALL SELECT id, indexed FROM search_loose WHERE id < ?",
        (FARTHEST, FARTHEST),
    )
    for note_id, text in rows:
        for word in set(words(text)):
            expected[word].add(note_id)
    wrong = []
    entries = driver(connection).execute("SELECT word, dense, notes FROM search_words")
    for word, dense, notes in entries:
        if set(ids_of(union([(dense, notes)]))) != expected.pop(word, set()):
            wrong.append(f"The index has the word {word} in other notes than it is in.")
    return wrong + [f"The index lacks the word {word}." for word, ids in expected.items() if ids]
