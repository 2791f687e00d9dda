"""Writes notes as CSV or TSV, as Anki reads them."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final

from studyapp.anki.losses import Losses, LossKind
from studyapp.anki.text_export import write_text
from studyapp.services.export_gathering import Gathered
from studyapp.services.export_packages import export_notes
from studyapp.services.export_values import Form, Preview, Task
from studyapp.services.whole_file import whole_text
from studyapp.store import media, outgoing

_SEPARATORS: Final = {Form.CSV: ",", Form.TSV: "\t"}


def export_text(gathered: Gathered, task: Task) -> Preview:
    """Write a text, or look only; raises ExportError, StorageError or Cancelled."""
    with nullcontext() if task.target is None else whole_text(task.target) as file:
        report = write_text(
            file,
            _SEPARATORS[task.request.form],
            export_notes(gathered),
            linked=gathered.linked,
            linked_macros=gathered.linked_macros,
            media=media.files(task.media),
            progress=task.progress,
        )
    more = Losses()
    more.add(LossKind.SIBLINGS_ELSEWHERE, count=gathered.cards_elsewhere)
    more.add(LossKind.LOG, count=outgoing.count_reviews(gathered.tx, gathered.card_ids()))
    losses = (*report.losses, *more.all())
    return Preview(task.request.form, report.notes, report.cards, report.decks, losses=losses)
