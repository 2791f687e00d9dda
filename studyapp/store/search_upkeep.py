"""Keeps the index for searches: folds what changed, and enters its words.

Triggers of the schema write the ids of changed notes into search_stale. Before a search their texts
are folded anew (`refresh`); once there are enough of them, their words are entered (`_settle`).
All of it is in the collection's file and in its transactions, so a crash or a restored backup
leaves an index that knows what it does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

from sqlalchemy import Connection

from studyapp.domain.query_text import FOLDING, fold, heading, words
from studyapp.store.driver import driver
from studyapp.store.search_postings import FARTHEST, changed

_LOOSE = 400
"""So many texts are looked through with each search before their words are entered."""
_BATCH = 50_000
"""Notes that are entered at once; takes some 150 MB."""

_FOR_NEW_NOTES: Final = (
    "SELECT name, sql FROM main.sqlite_schema"
    " WHERE type = 'trigger' AND name IN ('search_note_added', 'search_tag_given')"
)

TextRow: TypeAlias = tuple[int, str, str, str, str, str]


def is_current(connection: Connection) -> bool:
    """Whether no note changed since the last `refresh`."""
    sql = "SELECT folding = ? AND NOT EXISTS (SELECT 1 FROM search_stale) FROM search_state"
    return bool(_value(connection, sql, FOLDING))


def waiting(connection: Connection) -> int:
    """How many notes the next `refresh` looks at."""
    if not has_current_folding(connection):
        return _value(connection, "SELECT count(*) FROM notes")
    return _value(connection, "SELECT count(*) FROM search_stale")


def has_current_folding(connection: Connection) -> bool:
    """Whether the folded texts are those that this version makes."""
    return bool(_value(connection, "SELECT folding = ? FROM search_state", FOLDING))


@contextmanager
def without(connection: Connection, note_ids: Sequence[int]) -> Iterator[None]:
    """Has the triggers for new notes and their tags out of the way while these notes are added.

    Afterwards they wait for `refresh` all the same. If the transaction is rolled back, so is what
    this does.
    """
    run = driver(connection).execute
    triggers = run(_FOR_NEW_NOTES).fetchall()
    for name, _ in triggers:
        run(f"DROP TRIGGER main.{name}")
    yield
    for _, sql in triggers:
        run(sql)
    added = ((note_id,) for note_id in note_ids)
    driver(connection).executemany("INSERT INTO search_stale VALUES (?)", added)


def refresh(connection: Connection, limit: int | None = None) -> None:
    """Bring the index up to date, or look at `limit` notes of those that wait for it."""
    if not has_current_folding(connection):
        _empty(connection)
    left = _value(connection, "SELECT count(*) FROM search_stale")
    left = left if limit is None else min(left, limit)
    while left > 0:
        taken = _fold_some(connection, min(left, _BATCH))
        left -= taken
        if _value(connection, "SELECT count(*) FROM search_loose") > _LOOSE:
            _settle(connection)


def rebuild(connection: Connection) -> None:
    """Make the index anew."""
    _empty(connection)
    refresh(connection)


def _empty(connection: Connection) -> None:
    run = driver(connection).execute
    for table in ("search_texts", "search_words", "search_loose", "search_stale"):
        run(f"DELETE FROM {table}")  # noqa: S608 - our own names
    run("INSERT INTO search_stale SELECT id FROM notes")
    run(
        "UPDATE search_state SET folding = ?, generation = generation + 1, lexicon = x'0A'",
        (FOLDING,),
    )


def _fold_some(connection: Connection, count: int) -> int:
    """Bring the texts of so many notes up to date; returns how many there were."""
    low, high = _stale_range(connection, count)
    before = _texts_before(connection, low, high)
    after = {row[0]: row for row in _texts_now(connection, low, high)}
    run = driver(connection)
    # What is loose already keeps what it was entered with.
    run.executemany(
        "INSERT INTO search_loose VALUES (?, ?) ON CONFLICT DO NOTHING",
        [
            (note_id, text)
            for note_id, text in before.items()
            if note_id not in after or _whole(after[note_id]) != text
        ],
    )
    marks = "SELECT id FROM search_stale WHERE id BETWEEN ? AND ?"
    run.execute(f"DELETE FROM search_texts WHERE id IN ({marks})", (low, high))  # noqa: S608
    run.executemany("INSERT INTO search_texts VALUES (?, ?, ?, ?, ?, ?)", after.values())
    return run.execute("DELETE FROM search_stale WHERE id BETWEEN ? AND ?", (low, high)).rowcount


def _stale_range(connection: Connection, count: int) -> tuple[int, int]:
    found: tuple[int, int] = (
        driver(connection)
        .execute(
            "SELECT min(id), max(id) FROM (SELECT id FROM search_stale ORDER BY id LIMIT ?)",
            (count,),
        )
        .fetchone()
    )
    return found


def _texts_before(connection: Connection, low: int, high: int) -> dict[int, str]:
    """Of stale notes what their words were entered by, as far as it is known; else nothing."""
    rows = driver(connection).execute(
        "SELECT s.id, 0, '', coalesce(t.front, ''), coalesce(t.back, ''), coalesce(t.source, '')"
        " FROM search_stale AS s LEFT JOIN search_texts AS t ON t.id = s.id"
        " WHERE s.id BETWEEN ? AND ?",
        (low, high),
    )
    return {row[0]: _whole(row) for row in rows}


def _texts_now(connection: Connection, low: int, high: int) -> Iterable[TextRow]:
    rows = driver(connection).execute(
        "SELECT n.id, n.kind, n.front, n.back, n.source, ("
        "   SELECT group_concat(name, ' ') FROM (SELECT g.name FROM note_tags AS x"
        "   JOIN tags AS g ON g.id = x.tag_id WHERE x.note_id = n.id ORDER BY g.name)"
        " ) FROM search_stale AS s JOIN notes AS n ON n.id = s.id WHERE s.id BETWEEN ? AND ?",
        (low, high),
    )
    for note_id, kind, front, back, source, tags in rows:
        title = fold(heading(front, kind == "cloze"))
        yield note_id, title, fold(tags or ""), fold(front), fold(back), fold(source)


def _whole(row: Sequence[object]) -> str:
    """All fields of a text in one."""
    return "\x1f".join(str(field) for field in row[3:])


def _settle(connection: Connection) -> None:
    """Enter the words of all loose notes."""
    added: defaultdict[str, list[int]] = defaultdict(list)
    removed: defaultdict[str, list[int]] = defaultdict(list)
    rows = driver(connection).execute(
        "SELECT l.id, l.indexed, coalesce(t.front || char(31) || t.back || char(31) || t.source,"
        " '') FROM search_loose AS l LEFT JOIN search_texts AS t ON t.id = l.id WHERE l.id < ?"
        " ORDER BY l.id",
        (FARTHEST,),
    )
    for note_id, before, after in rows:
        old, new = set(words(before)) if before else set(), set(words(after))
        for word in new - old:
            added[word].append(note_id)
        for word in old - new:
            removed[word].append(note_id)
    _enter(connection, added, removed)
    driver(connection).execute("DELETE FROM search_loose")


def _enter(
    connection: Connection, added: defaultdict[str, list[int]], removed: defaultdict[str, list[int]]
) -> None:
    run = driver(connection)
    highest = min(_value(connection, "SELECT coalesce(max(id), 0) FROM notes"), FARTHEST)
    lexicon = bytearray(run.execute("SELECT lexicon FROM search_state").fetchone()[0])
    new: list[tuple[int, str, int, bytes]] = []
    other: list[tuple[int, bytes, int]] = []
    for word in added.keys() | removed.keys():
        more, less = added.get(word, ()), removed.get(word, ())
        found = run.execute(
            "SELECT id, dense, notes FROM search_words WHERE word = ?", (word,)
        ).fetchone()
        if found is None:
            new.append((len(lexicon), word, *changed(0, b"", more, less, highest)))
            lexicon += word.encode() + b"\n"
        else:
            other.append((*changed(found[1], found[2], more, less, highest), found[0]))
    run.executemany("INSERT INTO search_words VALUES (?, ?, ?, ?)", new)
    run.executemany("UPDATE search_words SET dense = ?, notes = ? WHERE id = ?", other)
    run.execute("UPDATE search_state SET generation = generation + 1, lexicon = ?", (lexicon,))


def _value(connection: Connection, sql: str, *values: object) -> int:
    found: tuple[int] = driver(connection).execute(sql, values).fetchone()
    return found[0]
