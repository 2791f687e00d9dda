"""Writes packages for Anki: .apkg and .colpkg."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial

from studyapp.anki.decks import ExportDeck
from studyapp.anki.export import ExportCard, ExportNote, ExportReport, Scope, write_package
from studyapp.anki.export_values import CopyLog
from studyapp.anki.losses import Losses, LossKind
from studyapp.anki.schedule_export import LAST_POSITION
from studyapp.domain.study_day import MS_PER_HOUR, study_day
from studyapp.services.export_gathering import Gathered, GatheredNote
from studyapp.services.export_values import Everything, Form, OfDeck, Preview, Request, Task
from studyapp.store import media, outgoing, outgoing_log
from studyapp.store.outgoing import OutgoingCard


def export_package(gathered: Gathered, task: Task) -> Preview:
    """Write a package, or look only; raises as `anki.export.write_package`."""
    request, now = task.request, task.now
    is_whole = request.form is Form.COLLECTION
    with_schedule = request.with_schedule or is_whole
    scope = Scope(
        schedule=with_schedule,
        log=_log(gathered, task) if with_schedule else None,
        utc_offset_ms=now.utc_offset_ms,
        every_deck=isinstance(request.selection, Everything | OfDeck),
        is_whole=is_whole,
        modern=request.modern,
    )
    report = write_package(
        task.target,
        export_notes(gathered, study_day(now, task.options.rollover_hour)),
        at=now.at,
        decks=[
            ExportDeck(deck.name, deck.description, deck.sources, deck.preset)
            for deck in gathered.decks
        ],
        linked=gathered.linked,
        linked_macros=gathered.linked_macros,
        media=media.files(task.media),
        options=task.options,
        scope=scope,
        progress=task.progress,
    )
    return _preview(gathered, request, report, with_schedule=with_schedule)


def _log(gathered: Gathered, task: Task) -> CopyLog:
    return partial(
        outgoing_log.into,
        copying=task.copying,
        card_ids=None if gathered.is_everything else gathered.card_ids(),
        into_day=task.now.utc_offset_ms - task.options.rollover_hour * MS_PER_HOUR,
    )


def _preview(
    gathered: Gathered, request: Request, report: ExportReport, *, with_schedule: bool
) -> Preview:
    more = Losses()
    more.add(LossKind.SIBLINGS_ELSEWHERE, count=gathered.cards_elsewhere)
    if not with_schedule:
        more.add(LossKind.LOG, count=outgoing.count_reviews(gathered.tx, gathered.card_ids()))
    elif gathered.is_everything:
        deleted = outgoing.count_reviews_of_deleted(gathered.tx)
        more.add(LossKind.DELETED_CARDS, count=deleted)
    if request.form is Form.COLLECTION:
        more.add(LossKind.STAYS_HERE)
    return Preview(
        form=request.form,
        notes=report.notes,
        cards=report.cards,
        decks=report.decks,
        media=report.media,
        media_bytes=report.media_bytes,
        presets=report.presets,
        reviews=report.reviews,
        losses=(*report.losses, *more.all()),
    )


def export_notes(gathered: Gathered, today: int | None = None) -> list[ExportNote]:
    """The notes as Anki's room takes them; cards that are buried `today` are so there."""
    names = gathered.deck_names()
    place = _places(gathered.notes)
    return [
        ExportNote(
            each.stored.note,
            each.stored.created_at,
            each.stored.changed_at,
            tuple(
                _card(card, names[card.deck_id], place(card.position), today) for card in each.cards
            ),
            each.macros,
        )
        for each in gathered.notes
    ]


def _card(card: OutgoingCard, deck_name: str, position: int, today: int | None) -> ExportCard:
    return ExportCard(
        ordinal=card.ordinal,
        deck_name=deck_name,
        position=position,
        suspended=card.suspended,
        flag=card.flag,
        buried=today is not None and card.buried_on == today,
        schedule=card.schedule,
        id=card.id,
        last_review_at=card.last_review_at,
        reviews=card.reviews,
    )


def _places(notes: Sequence[GatheredNote]) -> Callable[[int], int]:
    """Positions as they are, or counted through where Anki would not take such high ones."""
    taken = sorted({card.position for each in notes for card in each.cards})
    if not taken or (taken[0] >= 0 and taken[-1] <= LAST_POSITION):
        return lambda position: position
    return lambda position: bisect_left(taken, position)
