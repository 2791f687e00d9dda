"""Map: notes as a landscape, a list of the same notes, and the chosen note beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from studyapp.domain.landscape import Landscape
from studyapp.domain.query import Listed
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.chosen import Chosen
from studyapp.services.finding import Row
from studyapp.ui.bulk_actions import BulkActions
from studyapp.ui.bulk_work import BulkWork, Choice
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.history_dialog import HistoryDialog
from studyapp.ui.latest import Latest
from studyapp.ui.map import texts
from studyapp.ui.map.laying_out import LayingOut
from studyapp.ui.map.legend import Legend
from studyapp.ui.map.linking import Linking
from studyapp.ui.map.map_search import MapSearch
from studyapp.ui.map.note_list import NoteList
from studyapp.ui.map.note_panel import NotePanel
from studyapp.ui.map.survey import Indexes
from studyapp.ui.map.tools import MapTools
from studyapp.ui.map.view import MapView
from studyapp.ui.result_cells import seen_at
from studyapp.ui.screen import Screen, add_action, keys_of, tell_keys
from studyapp.ui.spans import counted

_WIDTHS = (700, 320)
"""Of the map and of what is beside it, in proportion."""


class MapScreen(Screen):
    """One choice for all of its parts: what is selected in the list."""

    left = Signal()
    edit_wanted = Signal(int)
    study_wanted = Signal(list)
    """The cards of notes, by their ids, are to be studied."""
    shown = Signal()
    """The map is shown as it was a moment ago."""

    def __init__(self, tools: MapTools, theme: Theme) -> None:
        super().__init__("Map", "Map of notes")
        self._tools = tools
        self._landscape = Landscape()
        self._index_of: dict[int, int] = {}
        self._due = 0
        self._chosen: Sequence[int] = ()
        self._latest = Latest()
        self.history: HistoryDialog | None = None
        self.search = MapSearch(tools.browse, theme)
        self.view, self.list = MapView(theme), NoteList(theme)
        self.panel, self.legend = NotePanel(), Legend(theme)
        self.status = ElidedLabel("quiet")
        self.linking = Linking(self, tools.browse.writing.authoring)
        self.work = BulkWork(self, lambda: keys_of(self._undo))
        self.changes = BulkActions(self, tools.browse, self, self.work)
        self.laying_out = LayingOut(self, tools.landscapes, self.work, lambda: keys_of(self._undo))
        self._add_actions()
        self._lay_out()
        self._connect()
        self._show_chosen()

    def _add_actions(self) -> None:
        study = self._tools.browse.study
        add_action(self, "find", "Go to the search", ("Ctrl+F",), self.search.take_keyboard)
        add_action(self, "link", "Link to another note…", ("Ctrl+L",), self.begin_link)
        self._study = add_action(
            self, "study", "Study what is chosen", ("Ctrl+Return",), self._study_chosen
        )
        add_action(self, "card_history", "Card history…", ("Ctrl+I",), self.show_history)
        self._change = add_action(
            self, "change", "Change what is chosen…", ("Menu", "Shift+F10"), self._pop_up_changes
        )
        self._undo = add_action(self, "undo", "Undo", ("Ctrl+Z",), lambda: self.work.undo(study))
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda: self.work.redo(study))
        self.addActions(self.view.actions())
        anew = add_action(self, "anew", "Lay out the map anew…", (), self.laying_out.ask)
        self.changes.menu.addSeparator()
        self.changes.menu.addAction(anew)
        add_action(self, "refresh", "Draw the map as it is now", ("F5",), self.refresh)
        add_action(self, "back", "Back", ("Esc",), self._go_back)
        tell_keys(self._change, self.panel.change.setToolTip)

    def _lay_out(self) -> None:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.status)
        column.addWidget(self.list, 1)
        column.addWidget(self.panel)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(3 * GRID)
        parts.addWidget(self.view)
        parts.addWidget(beside)
        parts.setSizes(list(_WIDTHS))
        parts.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.search)
        layout.addWidget(parts, 1)
        layout.addWidget(self.legend)

    def _connect(self) -> None:
        # Methods and not lambdas: once the screen is gone, nothing comes to it any more.
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._tell_failure)
        self.search.changed.connect(self._on_found)
        self.search.left_downwards.connect(self.list.setFocus)
        self.search.failed.connect(self.warn)
        self.view.chosen.connect(self._on_clicked)
        self.view.edit_wanted.connect(self._edit)
        self.view.enclosed.connect(self.choose)
        self.view.link_drawn.connect(self.link)
        self.linking.told.connect(self.told)
        self.linking.failed.connect(self.warn)
        self.linking.linked.connect(self._on_linked)
        self.view.region_chosen.connect(self.search.find_region)
        self.list.chosen_changed.connect(self._on_listed)
        self.list.edit_wanted.connect(self._edit)
        self.list.went_up.connect(self.search.take_keyboard)
        self.panel.edit_wanted.connect(self._edit)
        self.panel.history_wanted.connect(self.show_history)
        self.panel.link_wanted.connect(self.begin_link)
        self.panel.change_wanted.connect(self._pop_up_changes)
        self.work.told.connect(self.told)
        self.work.failed.connect(self.warn)
        self.work.changed.connect(lambda _: self.refresh())

    def enter(self) -> None:
        self.refresh()
        self.view.setFocus()

    def refresh(self) -> None:
        """Show what is true now; what was chosen stays so."""
        if not self._landscape.places:
            self.view.say("The map is being laid out …")
        self._latest.begin(self._tools.landscapes.map)
        self.search.refresh()

    def _take(self, _number: int, landscape: Landscape) -> None:
        """Nothing is drawn anew if nothing is another."""
        if landscape != self._landscape or not landscape.places:
            self.show_map(landscape)
        else:
            self.shown.emit()

    def show_map(self, landscape: Landscape) -> None:
        """Show a map in place of the present one."""
        chosen = [self._landscape.places[each].note_id for each in self._chosen]
        was_laid_out = self._was_laid_out(landscape)
        self._landscape = landscape
        self._due = sum(place.is_due for place in landscape.places)
        self._index_of = {place.note_id: n for n, place in enumerate(landscape.places)}
        self.view.show_map(landscape)
        self.view.say("Nothing is here yet. Write a note, and it gets its place.")
        self.linking.start = None
        kept = [self._index_of[each] for each in chosen if each in self._index_of]
        self._choose(kept, reorder=True)
        if was_laid_out:
            self.view.show_all()
        self.shown.emit()

    def _was_laid_out(self, landscape: Landscape) -> bool:
        """Whether all places are others: no note moves by itself."""
        before, index_of = self._landscape.places, self._index_of
        both = (
            (before[index_of[place.note_id]], place)
            for place in landscape.places
            if place.note_id in index_of
        )
        return any((old.x, old.y) != (new.x, new.y) for old, new in both)

    def choose(self, indexes: Sequence[int]) -> None:
        """Choose places; they come first in the list."""
        self._choose(indexes, reorder=True)

    def dress_card(self, theme: Theme, text_scale: float) -> None:
        del text_scale
        for part in (self.view, self.list, self.legend, self.search):
            part.dress(theme)

    def shut_down(self) -> None:
        self.work.stop()
        self._tools.landscapes.stop()
        self._latest.shut_down()
        self.search.shut_down()

    @property
    def landscape(self) -> Landscape:
        """What is shown."""
        return self._landscape

    @property
    def chosen(self) -> Sequence[int]:
        """Indexes of the places that are chosen."""
        return self._chosen

    def _study_chosen(self) -> None:
        if self._chosen:
            places = self._landscape.places
            self.study_wanted.emit([places[each].note_id for each in self._chosen])

    @property
    def choice(self) -> Choice | None:
        ids = [self._landscape.places[each].note_id for each in self._chosen]
        return (lambda: Chosen(ids, Listed.NOTES)) if ids else None

    @property
    def chosen_text(self) -> str:
        return counted(len(self._chosen), "note")

    @property
    def current_row(self) -> Row | None:
        if not self._chosen:
            return None
        note_id = self._landscape.places[self._chosen[0]].note_id
        return self._tools.browse.finding.rows([note_id], Listed.NOTES)[0]

    def save_note(self) -> bool:
        return True

    def begin_link(self) -> None:
        """The next note that is chosen becomes the one that the present one links to."""
        if len(self._chosen) == 1:
            self.linking.begin(self._chosen[0])
        else:
            self.told.emit("Choose the note from which the link goes")

    def link(self, source: int, target: int) -> None:
        """Add a link from one place to another."""
        places = self._landscape.places
        self.linking.link(places[source], places[target])

    def show_history(self) -> None:
        """The histories of all cards of the chosen note."""
        if len(self._chosen) != 1:
            self.told.emit("Choose one note to see the history of its cards")
            return
        histories, note_id = self._tools.histories, self._landscape.places[self._chosen[0]].note_id
        try:
            found = [histories.of(card_id) for card_id in histories.cards_of(note_id)]
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        if found:
            self.history = HistoryDialog(self.window(), *found)
            self.history.open()

    def _choose(self, indexes: Sequence[int], *, reorder: bool) -> None:
        """Make it so everywhere; `reorder`: the list begins with them."""
        self._chosen = list(indexes)
        if reorder:
            self._list_notes()
        self.view.light_up(self._found, self._chosen if len(self._chosen) > 1 else ())
        self.view.look_at(self._chosen[0] if len(self._chosen) == 1 else None)
        self._show_chosen()

    @property
    def _found(self) -> Indexes | None:
        ids = self.search.found
        if ids is None:
            return None
        known = (self._index_of[each] for each in ids if each in self._index_of)
        return np.array(sorted(known), np.int64)

    def _list_notes(self) -> None:
        """The chosen ones first, then the nearest to them, or to the middle of the view."""
        found = self._found
        survey, chosen = self.view.survey, np.array(self._chosen, np.int64)
        if len(chosen):
            x, y = float(survey.xs[chosen].mean()), float(survey.ys[chosen].mean())
        else:
            x, y = self.view.camera.x, self.view.camera.y
        others = np.arange(len(survey), dtype=np.int64) if found is None else found
        others = np.setdiff1d(others, chosen, assume_unique=True)
        order = [survey.by_nearness(x, y, chosen), survey.by_nearness(x, y, others)]
        self.list.show_places(self._landscape, np.concatenate(order), len(chosen))

    def _on_found(self) -> None:
        found = self._found
        self._choose([], reorder=True)
        if found is not None and self.search.line.is_finished:
            self.view.show_places(found)

    def _on_clicked(self, index: int) -> None:
        if self.linking.start is not None:
            self.link(self.linking.start, index)
        else:
            self._choose([index], reorder=True)

    def _on_listed(self) -> None:
        chosen = self.list.chosen
        if self.linking.start is None:
            self._choose(chosen, reorder=False)

    def _edit(self, index: int | None = None) -> None:
        """Edit a place, or the current one; when a link begins there, it is where it ends."""
        wanted = self.list.current if index is None else index
        if wanted is None:
            return
        if self.linking.start is not None:
            self.link(self.linking.start, wanted)
        else:
            self.edit_wanted.emit(self._landscape.places[wanted].note_id)

    def _show_chosen(self) -> None:
        count = len(self._chosen)
        self.changes.enable(count > 0)
        self.status.show_text(self._counts())
        if count > 1:
            keys = keys_of(self._change)
            self.panel.show_many(f"{self.chosen_text} are chosen. {keys} changes them.")
        elif count == 1:
            self._show_note(self._chosen[0])
        else:
            self.panel.show_none("Choose a note, or draw a line around some with Shift held down.")

    def _on_linked(self, name: str) -> None:
        self.told.emit(f"Linked to “{name}”. {keys_of(self._undo)} takes it back.")
        self.refresh()

    def _show_note(self, index: int) -> None:
        browse, place = self._tools.browse, self._landscape.places[index]
        seen = seen_at(browse.clock(), browse.options.rollover_hour, Listed.CARDS)
        ids = self._tools.histories.cards_of(place.note_id)
        rows = [row for row in browse.finding.rows(ids, Listed.CARDS) if row is not None]
        told = texts.facts(place, rows, seen)
        told += texts.links_of(self._landscape, self.view.survey, index)
        self.panel.show_note(texts.title_of(place), told)

    def _counts(self) -> str:
        places, found = self._landscape.places, self._found
        total = f"{counted(len(places), 'note')}, {self._due:,} due today"
        return total if found is None else f"{len(found):,} found of {total}"

    def _tell_failure(self, _number: int, failure: Exception) -> None:
        if isinstance(failure, StudyAppError):
            self.warn(str(failure))

    def _go_back(self) -> None:
        if self.linking.start is not None:
            self.linking.cancel()
        elif self._chosen:
            self.choose([])
        elif self.search.line.hasFocus():
            self.view.setFocus()
        else:
            self.left.emit()

    def _pop_up_changes(self) -> None:
        menu = self.changes.menu
        menu.popup(self.list.mapToGlobal(QPoint(8 * GRID, 8 * GRID)))
        menu.setActiveAction(menu.actions()[0])
