"""A query that is made narrower or wider by one term, as a click on a deck or tag does."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.query import And, Everything, Or, Query, Term


def narrowed(query: Query, term: Term) -> Query:
    """Also asks for `term`, in place of what was asked of the same sort: another deck, say.

    A query that asks for it already asks for it no more.
    """
    parts = _parts(query)
    others = [part for part in parts if not _is_about(part, term)]
    return _all(others if term in parts else [*others, term])


def widened(query: Query, term: Term) -> Query:
    """Finds what `term` asks for besides what is asked of the same sort: a second deck, say.

    What is among these already is taken out. Where nothing of the sort is asked, the same as
    `narrowed`.
    """
    parts = _parts(query)
    place = next((n for n, part in enumerate(parts) if _is_about(part, term)), None)
    if place is None:
        return narrowed(query, term)
    present = parts[place]
    choices = list(present.parts) if isinstance(present, Or) else [present]
    choices = [each for each in choices if each != term] if term in choices else [*choices, term]
    return _all([*parts[:place], *_any(choices), *parts[place + 1 :]])


def _parts(query: Query) -> tuple[Query, ...]:
    if query == Everything():
        return ()
    return query.parts if isinstance(query, And) else (query,)


def _is_about(part: Query, term: Term) -> bool:
    """Whether a part asks for something of the term's sort and nothing else."""
    choices = part.parts if isinstance(part, Or) else (part,)
    return all(type(each) is type(term) for each in choices)


def _all(parts: Sequence[Query]) -> Query:
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _any(choices: Sequence[Query]) -> list[Query]:
    return [Or(tuple(choices))] if len(choices) > 1 else list(choices)
