"""The card's page in a web view; the window imports it late, since the web engine takes long."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studyapp.rendering.design import Theme
from studyapp.ui import card_script, formula_script
from studyapp.ui.card_files import SHELL_URL, CardFiles
from studyapp.ui.web_engine import SealedPage


class CardView(QWidget):
    """Shows one card at a time."""

    painted = Signal(int)
    """The content with this token is on the screen."""
    link_activated = Signal(str)
    """The user clicked a link to the web."""
    note_activated = Signal(str)
    """The user clicked a link to the note with this key."""
    failed = Signal()
    """The page's process ended more than once while showing the same content."""

    def __init__(self, media_folder: Path, theme: Theme, text_scale: float) -> None:
        super().__init__()
        self._files = CardFiles(media_folder, theme, text_scale)
        self._sealed = SealedPage(self._files)
        self._page = self._sealed.page
        self._view = QWebEngineView()
        self._secret = secrets.token_hex(16)
        self._loaded = False
        self._crashes = 0
        self._content: tuple[str, bool, int] | None = None
        self._set_up()
        self._load()

    def _set_up(self) -> None:
        self._page.setBackgroundColor(QColor(self._files.theme.window))
        self._page.told.connect(self._hear)
        self._page.link_activated.connect(self.link_activated)
        self._page.note_activated.connect(self.note_activated)
        self._page.loadFinished.connect(self._on_loaded)
        self._page.renderProcessTerminated.connect(self._on_crash)
        self._view.setPage(self._page)
        self._view.setAccessibleName("Card")
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._ask_for_menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)

    @property
    def blocked_requests(self) -> int:
        """How many requests to anywhere but the app itself were refused so far."""
        return self._sealed.blocked_requests

    @property
    def page(self) -> QWebEnginePage:
        return self._page

    def show_card(self, html: str, token: int, *, keep_place: bool = False) -> None:
        """Show a card's HTML; `painted` tells when it is to be seen.

        With `keep_place` the view stays where it is: the answer's page begins with the question.
        """
        self._content = (html, keep_place, token)
        self._crashes = 0
        if self._loaded:
            self._swap()
        else:
            self._load()

    def dress(self, theme: Theme, text_scale: float) -> None:
        """Change theme and text size at once, without loading the page again."""
        self._files.theme, self._files.text_scale = theme, text_scale
        self._page.setBackgroundColor(QColor(theme.window))
        if self._loaded:
            self._run(card_script.dress(theme.name, text_scale))

    def scroll_pages(self, pages: float) -> None:
        """Scroll down by so many heights of the view; up if negative."""
        self._run(card_script.scroll(pages))

    def copy_selection(self) -> None:
        """Put what is selected on the page into the clipboard, formulas as LaTeX."""
        self._ask(formula_script.selection(), _copy_text_and_html)

    def copy_formulas(self, then: Callable[[int], None]) -> None:
        """Copy the LaTeX of the formulas that are selected, or of all; `then` is told how many."""
        self._ask(formula_script.formulas(), lambda found: then(_copy_lines(found)))

    def replay_sounds(self, then: Callable[[int], None]) -> None:
        """Play the card's sounds from their beginnings; `then` is told how many there are."""

        def tell(found: object) -> None:
            then(int(found) if isinstance(found, (int, float)) else 0)

        self._ask(card_script.replay(), tell)

    def focus_next_link(self, then: Callable[[bool], None]) -> None:
        """Give the keyboard to the next link of the card; `then` is told whether there is one."""
        self._view.setFocus()
        self._ask(card_script.focus_next_link(), lambda found: then(found is True))

    def follow_focused_link(self, otherwise: Callable[[], None]) -> None:
        """Follow the link that has the keyboard's focus; `otherwise` is done if there is none."""

        def go(address: object) -> None:
            if isinstance(address, str) and address:
                self._page.follow(QUrl(address))
            elif self._loaded:
                otherwise()

        if not self._loaded:
            otherwise()
            return
        self._ask(card_script.focused_link(), go)

    def shut_down(self) -> None:
        """Let go of the web engine; the view cannot be used afterwards."""
        self._loaded = False
        self._view.setPage(None)  # type: ignore[arg-type]
        self._sealed.shut_down()

    def _load(self) -> None:
        """Load the shell; the content follows when it is there."""
        if not self._loaded and not self._page.isLoading():
            self._page.load(QUrl(SHELL_URL))

    def _swap(self) -> None:
        if self._content is None or not self._loaded:
            return
        html, keep_place, token = self._content
        word = f"{self._secret} {token}"
        self._run(card_script.show(html, keep_place=keep_place, word=word))

    def _run(self, script: str) -> None:
        self._page.runJavaScript(script, card_script.WORLD)

    def _ask(self, script: str, then: Callable[[object], None]) -> None:
        self._page.runJavaScript(script, card_script.WORLD, then)

    def _hear(self, message: str) -> None:
        secret, _, token = message.partition(" ")
        if secret == self._secret and token.isdecimal():
            self.painted.emit(int(token))

    def _on_loaded(self, ok: bool) -> None:
        if self._page.url().toString().partition("#")[0] != SHELL_URL:
            # Of an empty page the web engine asks nobody.
            self._loaded = False
            self._page.load(QUrl(SHELL_URL))
        elif ok:  # a navigation that was refused ends here too, and the page is as it was
            self._loaded = True
            self._swap()

    def _on_crash(self) -> None:
        self._loaded = False
        self._crashes += 1
        if self._crashes > 1:
            self.failed.emit()
        else:
            QTimer.singleShot(0, self._page, self._load)

    def _ask_for_menu(self, place: QPoint) -> None:
        script = formula_script.formula_at(place.x(), place.y())
        self._ask(script, lambda latex: self._show_menu(place, latex))

    def _show_menu(self, place: QPoint, latex: object) -> None:
        menu = QMenu(self)
        copy = menu.addAction("Copy")
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self._page.hasSelection())
        copy.triggered.connect(self.copy_selection)
        if isinstance(latex, str) and latex:
            formula = menu.addAction("Copy formula as LaTeX")
            formula.triggered.connect(lambda: QGuiApplication.clipboard().setText(latex))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.mapToGlobal(place))


def _copy_text_and_html(answer: object) -> None:
    if isinstance(answer, str) and answer:
        text, html = json.loads(answer)
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)


def _copy_lines(answer: object) -> int:
    """Copies a JSON list of lines unless it is empty; returns how many there are."""
    found: list[str] = json.loads(answer) if isinstance(answer, str) and answer else []
    if found:
        QGuiApplication.clipboard().setText("\n".join(found))
    return len(found)
