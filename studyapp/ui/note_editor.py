"""A note as it is written, the cards that it makes, and what could be better in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QVBoxLayout, QWidget

from studyapp.domain.cloze import cloze_numbers, cloze_problems
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.rendering.plain import title
from studyapp.services.authoring import Titled, Written
from studyapp.services.looking_over import Remarks
from studyapp.ui.advice_list import AdviceList
from studyapp.ui.card_preview import CardPreview, Shown
from studyapp.ui.editor_keys import CLOZE_KEY, EditorKeys
from studyapp.ui.latest import Latest
from studyapp.ui.link_completion import LinkCompletion
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.media_inserter import MediaInserter
from studyapp.ui.note_form import NoteForm
from studyapp.ui.notice import Notice
from studyapp.ui.screen import label
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

CALM_MS = 200
"""Without a key, before advice and duplicates are looked for."""
_WIDE = 700
_NO_CLOZE = "There are cloze marks in the front. Choose the kind Cloze, or they are shown as text."
_WIDTHS = (520, 480)
"""Of form and preview, in proportion."""


class NoteEditor(QWidget):
    """Used for new notes and for old ones; saves nothing itself."""

    edited = Signal()
    """What is written is something else now."""
    looked_through = Signal()
    """Advice and likely duplicates are those of what is written."""
    failed = Signal(str)
    open_wanted = Signal(int)
    """Another note, by its id, is to be edited."""
    link_wanted = Signal(str)
    """The user clicked a link to the web in the preview."""

    def __init__(
        self, tools: WritingTools, make_view: Callable[[], CardView], theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("writing")
        self.setAccessibleName("Writing notes")
        self._tools = tools
        self._macros: dict[str, Macros] = {}
        self._titles: dict[tuple[str, ...], dict[str, str]] = {}
        self._seen: Written | None = None
        self._twin = ""
        self.form = NoteForm(tools.authoring, title_of, theme)
        self._field = self.form.front
        self.media = MediaInserter(self, tools.add_medium)
        self.preview = CardPreview(make_view, CLOZE_KEY)
        self.keys = EditorKeys(
            self,
            field=lambda: self._field,
            media=self.media,
            preview=self.preview,
            preferences=tools.preferences,
            become_cloze=self.form.become_cloze,
        )
        self.likeness = Notice("Open it")
        self.problems = label("", "error", wraps=True)
        self.advice = AdviceList(after=self.preview.side)
        self.completion = LinkCompletion(self, tools.find_notes, title_of)
        self.lists = {
            each: self.completion.listen_to(each) for each in (self.form.front, self.form.back)
        }
        self._looking = Latest()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self.problems.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = self.keys.buttons()
        for button in buttons:
            self.form.above_fields.addWidget(button)
        for before, after in pairwise((self.form.deck, *buttons, self.form.front)):
            self.setTabOrder(before, after)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GRID, 0)
        column.addWidget(self.form, 1)
        column.addWidget(self.problems)
        column.addWidget(self.likeness)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        left.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(4 * GRID)
        self.splitter.addWidget(area)
        self.splitter.addWidget(self._right())
        self.splitter.setSizes(list(_WIDTHS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _right(self) -> QWidget:
        """The cards, and below them the advice: when it comes, no field moves."""
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.advice)
        return right

    def _connect(self) -> None:
        form, preview = self.form, self.preview
        form.edited.connect(self._on_edited)
        form.links.opened.connect(self.open_note)
        self.likeness.followed.connect(lambda: self.open_note(self._twin))
        self.completion.chosen.connect(form.add_link)
        self.media.failed.connect(self.failed)
        preview.link_activated.connect(self.link_wanted)
        preview.note_activated.connect(self.open_note)
        preview.failed.connect(self.failed)
        self.advice.fix_wanted.connect(self._fix)
        self.advice.silenced.connect(self._silence)
        self._calm.timeout.connect(self._look_over)
        self._looking.done.connect(self._on_looked_over)
        self._looking.failed.connect(lambda _, failure: self.failed.emit(str(failure)))
        for field in (form.front, form.back):
            field.media_offered.connect(self._take_media(field))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _take_media(self, field: MarkdownField) -> Callable[..., None]:
        return lambda source: self.media.take(field, source)

    @property
    def written(self) -> Written:
        """What is written now."""
        return self.form.written

    def show_note(self, written: Written) -> None:
        """Show another note, or one that is yet to be written."""
        self.refresh()
        self.form.fill(written)
        # Undo in a field does not lead back to another note.
        for field in (self.form.front, self.form.back):
            field.document().clearUndoRedoStacks()
        key = written.note.key
        try:
            backlinks = self._tools.authoring.linking_to(key) if key else ()
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            backlinks = ()
        self.form.links.show_backlinks(backlinks)
        self._on_edited()

    def refresh(self) -> None:
        """Decks, tags, macros or linked notes may have changed."""
        self._macros.clear()
        self._titles.clear()
        self._seen = None
        try:
            self.form.learn_names()
        except StudyAppError as failure:
            self.failed.emit(str(failure))

    def open_note(self, key: str) -> None:
        """Ask for the note with this key to be edited."""
        try:
            self.open_wanted.emit(self._tools.authoring.id_of(key))
        except StudyAppError as failure:
            self.failed.emit(str(failure))

    def dress(self, theme: Theme, text_scale: float) -> None:
        self.form.dress(theme)
        self.preview.dress(theme, text_scale)

    def shut_down(self) -> None:
        """Let go of threads and the web engine."""
        self._calm.stop()
        self._tools.stop()
        self._looking.shut_down()
        self.completion.shut_down()
        self.preview.shut_down()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        wide = event.size().width() >= _WIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        super().resizeEvent(event)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now in self.lists and isinstance(now, MarkdownField):
            self._field = now

    def _on_edited(self) -> None:
        written = self.written
        if written == self._seen:
            return
        self._seen = written
        note = written.note
        self.preview.show_note(Shown(note, self._titles_of(note), self._macros_in(written)))
        self._calm.start()
        self.edited.emit()

    def _titles_of(self, note: Note) -> dict[str, str]:
        if note.links not in self._titles:
            found = self.form.found_links()
            self._titles[note.links] = {each.key: title_of(each) for each in found}
        return self._titles[note.links]

    def _macros_in(self, written: Written) -> Macros:
        name = written.deck_name
        if name not in self._macros:
            try:
                self._macros[name] = self._tools.authoring.macros_in(name)
            except StudyAppError:  # the formulas are then shown without them
                self._macros[name] = NO_MACROS
        return self._macros[name]

    def _look_over(self) -> None:
        """What takes longer than a key may."""
        written = self.written
        self.problems.setText("\n".join(mistakes(written.note)))
        self.problems.setVisible(bool(self.problems.text()))
        look_over = self._tools.look_over
        self._looking.begin(lambda: look_over(written.note, written.deck_name))

    def _on_looked_over(self, _number: int, remarks: object) -> None:
        if self._calm.isActive() or not isinstance(remarks, Remarks):
            return  # something else is written by now
        self._twin, told = alike(remarks)
        self.likeness.tell(told)
        self.advice.tell(remarks.advice)
        self.looked_through.emit()

    def _fix(self, note: Note) -> None:
        self.form.fill(replace(self.written, note=note))

    def _silence(self, rule: str) -> None:
        try:
            self._tools.switch_off(rule)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
        self._look_over()


def mistakes(note: Note) -> tuple[str, ...]:
    """What is wrong with the cloze marks; that there are none is told in the preview."""
    if note.kind is not NoteKind.CLOZE:
        return (_NO_CLOZE,) if cloze_numbers(note.front) else ()
    return cloze_problems(note.front) if "{{" in note.front else ()


def alike(remarks: Remarks) -> tuple[str, str]:
    """The key of the note that is most like the written one, and what to say of it; or nothing."""
    same = [(each.key, title_of(each)) for each in remarks.twins]
    near = [(each.key, each.title) for each in remarks.near]
    if not same and not near:
        return "", ""
    (key, called), *others = same or near
    more = f" and {len(others)} more" if others else ""
    about = "This is there already" if same else "Nearly the same is there already"
    return key, f"{about}: “{called}”{more}"


def title_of(titled: Titled) -> str:
    """What a note is called in a line."""
    return title(titled.note)
