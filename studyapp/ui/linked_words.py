"""How linked folders differ from the collection, and what a sync did, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studyapp.domain.linking import NEEDS_CHOICE, Head, Placed, Status
from studyapp.domain.notes import Note, NoteKind
from studyapp.services.link_values import FolderPlan, HeadItem, Item, Plan, Report
from studyapp.ui.conflict_list import Difference
from studyapp.ui.facts_text import Fact, Section
from studyapp.ui.spans import counted

HEAD = "the head of"
"""Before the key of a deck; keys of notes have no blanks."""
_WORDS = {
    Status.COMES_IN: "come in: only the text was changed",
    Status.GOES_OUT: "go out: only changed here",
    Status.MERGED: "are joined: changed here and there in different parts",
    Status.NEW_IN_TEXT: "are new in the texts",
    Status.NEW_IN_APP: "are new here",
    Status.CONFLICT: "changed here and there",
    Status.GONE_FROM_TEXT: "deleted in the texts",
    Status.GONE_FROM_APP: "deleted here",
    Status.GONE: "deleted on both sides",
}
_WHAT = {
    Status.GONE_FROM_TEXT: "Deleted in the text",
    Status.GONE_FROM_APP: "Deleted here",
}


def conflicts_of(plan: Plan) -> list[Difference]:
    """All that needs a choice."""
    heads = [each for folder in plan.folders for each in folder.heads if each.conflicts]
    items = [each for folder in plan.folders for each in folder.items if each.needs_choice]
    return [*map(_difference, items), *map(_head_difference, heads)]


def _difference(item: Item) -> Difference:
    """An item that needs a choice, as both sides have it."""
    mine, theirs = _note(item.key, item.sides.app), _note(item.key, item.sides.text)
    return Difference(item.key, mine, theirs, _WHAT.get(item.status, ""))


def _head_difference(head: HeadItem) -> Difference:
    """What a deck says besides its notes and both sides changed; its key is that of no note."""
    mine, theirs = (_head_note(head, each) for each in (head.app, head.text))
    title = f"The head of “{head.deck_name}”"
    return Difference(f"{HEAD} {head.deck_key}", mine, theirs, title=title)


def _head_note(item: HeadItem, head: Head) -> Note:
    sources = [", ".join(filter(None, (each.author, each.title))) for each in head.sources]
    macros = [f"{name}: {body}" for name, body in head.macros.bodies().items()]
    parts = (head.description, "\n".join(sources), "\n".join(macros))
    return Note(item.deck_key, NoteKind.CLOZE, "\n\n".join(filter(None, parts)), "")


def _note(key: str, placed: Placed | None) -> Note:
    """Without words where there is none."""
    return placed.note if placed else Note(key=key, kind=NoteKind.BASIC, front="", back="")


def is_something(plan: Plan) -> bool:
    """Whether a sync would bring something over without any choice."""
    return any(
        any(not head.conflicts for head in folder.heads)
        or folder.without_id
        or any(each.status not in NEEDS_CHOICE for each in folder.differences)
        for folder in plan.folders
    )


def sections(plan: Plan) -> list[Section]:
    """What a sync would do, folder by folder."""
    return [Section(str(folder.path), list(_facts(folder))) for folder in plan.folders]


def _facts(folder: FolderPlan) -> Iterator[Fact]:
    yield from (Fact(each) for each in folder.problems)
    counts = Counter(each.status for each in folder.items)
    yield from (Fact(each) for each in _counted(counts))
    if folder.without_id:
        yield Fact(f"{counted(folder.without_id, 'note')} get an id: in their texts")
    yield from (Fact(f"{each.key}: {each.cannot}") for each in folder.items if each.cannot)
    for head in folder.heads:
        yield Fact(f"The head of “{head.deck_name}” differs", (*head.conflicts, head.cannot))
    if folder.held_back:
        yield Fact(f"{counted(folder.held_back, 'note')} wait until all files can be read")
    yield from (Fact(f"{name} is no deck file; passed over") for name in folder.passed_over)
    yield Fact(f"{counted(counts[Status.SAME], 'note')} the same on both sides")


def _counted(counts: Counter[Status]) -> Iterator[str]:
    for status, words in _WORDS.items():
        if counts[status]:
            yield f"{counted(counts[status], 'note')} {words}"


def done(report: Report) -> list[Section]:
    """What a sync brought over, and what is left."""
    numbers = Counter(report.numbers)
    written = [Fact(str(path)) for path in report.written]
    left = [Fact(f"{each.key}: {each.status}", (each.cannot,)) for each in report.left]
    left += [Fact(f"The head of “{head.deck_name}”", (head.cannot,)) for head in report.heads_left]
    return [
        Section("Brought together", [Fact(each) for each in _counted(numbers)]),
        Section("To know", [Fact(each) for each in report.messages]),
        Section("Left as they are", left),
        Section("Written", written),
    ]
