"""What a screen reader is told of each screen and dialog, and where Tab leads on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton, QWidget

from studyapp.ui.rail import Rail
from studyapp.ui.screen import Screen
from tests.services.linked_folder import TEXT
from tests.ui.exchanging import edit as edit_note
from tests.ui.exchanging import imported, look, package, until_shown
from tests.ui.running_app import NOON, RunningApp

MOST_STOPS = 400
_Role = QAccessible.Role
MEANINGLESS = (_Role.NoRole, _Role.Client, _Role.Pane, _Role.Window, _Role.Whitespace)

WHOLE = (Screen, QScrollArea)
"""They take keys for all that is in them; there is no better role for that."""


def decks(app: RunningApp) -> QWidget:
    return app.window


def study(app: RunningApp) -> QWidget:
    app.start_first_deck()
    app.reveal()
    return app.window


def of_screen(name: str) -> Callable[[RunningApp], QWidget]:
    def opened(app: RunningApp) -> QWidget:
        app.window.open(name)
        return app.window

    return opened


def edit(app: RunningApp) -> QWidget:
    """With its advice, whose buttons come a moment later."""
    editor = app.window.writing.edit.editor
    with app.qtbot.waitSignal(editor.looked_through, timeout=20_000):
        app.window.edit_note(app.rows("SELECT min(id) FROM notes")[0][0])
    return app.window


def media_check(app: RunningApp) -> QWidget:
    app.media.add("unused.png", b"1")
    with app.qtbot.waitSignal(app.checking.looked):
        app.checking.begin()
    assert app.checking.dialog is not None
    return app.checking.dialog


def importing(app: RunningApp) -> QWidget:
    folder = app.database.path.parent
    imported(app, package(folder / "first.apkg"))
    edit_note(app, "guid-0", "mine")
    return look(app, package(folder / "newer.apkg", "theirs", changed_s=NOON // 1000 + 60))


def exporting(app: RunningApp) -> QWidget:
    app.exchanging.export()
    dialog = app.exchanging.exporting
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    return dialog


def linked(app: RunningApp) -> QWidget:
    folder = app.database.path.parent / "texts"
    folder.mkdir()
    (folder / "capitals.md").write_text(TEXT, encoding="utf-8")
    app.exchanging.open_linked()
    dialog = app.exchanging.linked
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    until_shown(app, dialog, lambda: dialog.link(folder))
    return dialog


def comparison(app: RunningApp) -> QWidget:
    comparing = app.scheduling.comparing
    with app.qtbot.waitSignal(comparing.compared, timeout=20_000) as signal:
        comparing.begin(None)
    assert signal.args is not None
    dialog: QWidget = signal.args[0]
    return dialog


def collection_check(app: RunningApp) -> QWidget:
    check = app.scheduling.check
    with app.qtbot.waitSignal(check.looked):
        check.begin()
    assert check.dialog is not None
    return check.dialog


SURFACES = pytest.mark.parametrize(
    "opened",
    [
        pytest.param(decks, id="decks"),
        pytest.param(study, id="study"),
        pytest.param(of_screen("add"), id="add"),
        pytest.param(edit, id="edit"),
        pytest.param(of_screen("browse"), id="browse"),
        pytest.param(of_screen("map"), id="map"),
        pytest.param(of_screen("settings"), id="settings"),
        pytest.param(lambda app: app.window.show_shortcuts(), id="shortcuts"),
        pytest.param(lambda app: app.window.change_shortcuts(), id="change-shortcuts"),
        pytest.param(lambda app: app.updating.open(), id="updates"),
        pytest.param(media_check, id="media-check"),
        pytest.param(importing, id="import"),
        pytest.param(exporting, id="export"),
        pytest.param(linked, id="linked-folders"),
        pytest.param(lambda app: app.window.open_palette(), id="palette"),
        pytest.param(lambda app: app.scheduling.options.open_selected(), id="options"),
        pytest.param(lambda app: app.scheduling.planning.open(), id="backlog"),
        pytest.param(lambda app: app.scheduling.more_ways.open_vacation(), id="vacation"),
        pytest.param(comparison, id="comparison"),
        pytest.param(collection_check, id="collection-check"),
    ],
)


@pytest.fixture
def root(app: RunningApp, opened: Callable[[RunningApp], QWidget]) -> Iterator[QWidget]:
    """A screen in the window, or a dialog; it has the keyboard."""
    app.window.resize(1000, 700)
    shown = opened(app)
    shown.activateWindow()
    app.qtbot.waitUntil(lambda: has_keyboard(shown))
    yield shown
    if shown is not app.window:
        shown.close()


def has_keyboard(root: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is not None and now.window() is root


def stops(root: QWidget) -> list[QWidget]:
    """What Tab should reach."""
    return [
        each
        for each in root.findChildren(QWidget)
        if each.window() is root
        and each.isVisible()
        and each.isEnabled()
        and each.focusProxy() is None
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def parts(part: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The tree of a screen reader, as far as it is shown and made of widgets."""
    yield part
    for index in range(part.childCount()):
        child = part.child(index)
        if child is not None and child.isValid() and isinstance(child.object(), QWidget):
            yield from parts(child)


def role_of(part: QAccessibleInterface) -> QAccessible.Role:
    """Of what one types in, if it is only around that."""
    inner = [part.child(index).role() for index in range(part.childCount())]
    return _Role.EditableText if inner == [_Role.EditableText] else part.role()


def is_page(widget: QWidget) -> bool:
    """Whether a card's page is in it, which describes itself."""
    parent = widget.parentWidget()
    return parent is not None and parent.inherits("QWebEngineView")


def described(widget: QWidget) -> str:
    name = widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} “{name}”"


@SURFACES
def test_whatever_takes_the_keyboard_has_a_name_and_a_role(root: QWidget) -> None:
    expected = [each for each in stops(root) if not is_page(each)]
    assert expected
    found = {}
    for part in parts(QAccessible.queryAccessibleInterface(root)):
        widget = part.object()
        assert isinstance(widget, QWidget)
        found[widget] = (part.text(QAccessible.Text.Name), role_of(part))
    assert [described(each) for each in expected if each not in found] == []
    assert [described(each) for each in expected if not found[each][0].strip()] == []
    assert [
        (described(each), found[each][1])
        for each in expected
        if found[each][1] in MEANINGLESS and not isinstance(each, WHOLE)
    ] == []


def tabbed_through(app: RunningApp) -> list[QWidget]:
    """What Tab leads to, from where the keyboard is until it comes back to what it had before."""
    order: list[QWidget] = []
    while len(order) < MOST_STOPS:
        now = QApplication.focusWidget()
        assert now is not None
        if now in order:
            return order
        order.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if is_page(now):  # it takes its time
            app.qtbot.waitUntil(partial(has_left, now))
    return order


def has_left(widget: QWidget) -> bool:
    return QApplication.focusWidget() is not widget


@SURFACES
def test_tab_reaches_everything_and_is_caught_nowhere(app: RunningApp, root: QWidget) -> None:
    order = tabbed_through(app)
    assert [described(each) for each in stops(root) if each not in order] == []


@SURFACES
def test_tab_goes_as_one_reads(app: RunningApp, root: QWidget) -> None:
    order = [each for each in tabbed_through(app) if not is_page(each)]
    start = order.index(next(filter(order.__contains__, chain_of(root))))
    turned = [each for each in order[start:] + order[:start] if each in stops(root)]
    assert [
        (described(before), described(after))
        for before, after in pairwise(turned)
        if goes_back(place(before), place(after))
    ] == []


def chain_of(root: QWidget) -> list[QWidget]:
    """Where one begins to read: with the rail if there is one."""
    rails = [each for each in root.findChildren(QToolButton) if isinstance(each.parent(), Rail)]
    found, each = [*rails, root], root.nextInFocusChain()
    while each is not None and each is not root:
        found.append(each)
        each = each.nextInFocusChain()
    return found


def place(widget: QWidget) -> QRect:
    """Where it is in its window; what is scrolled away is at the edge of what is to be seen."""
    found = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    holder = widget.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QScrollArea):
            seen = QRect(holder.mapTo(holder.window(), QPoint(0, 0)), holder.size())
            found.moveTop(max(seen.top(), min(found.top(), seen.bottom() - found.height())))
        holder = holder.parentWidget()
    return found


def goes_back(before: QRect, after: QRect) -> bool:
    """Whether one would have read `after` before: left in the same line, or above it."""
    same_line = before.top() < after.bottom() and after.top() < before.bottom()
    if same_line:
        return after.right() <= before.left()
    return after.bottom() <= before.top() and after.left() < before.right()


def test_what_goes_back_is_told_from_what_goes_on() -> None:
    here = QRect(100, 100, 50, 20)
    assert not goes_back(here, here.translated(60, 0))
    assert not goes_back(here, here.translated(-90, 30))
    assert not goes_back(here, here.translated(60, -80))
    assert goes_back(here, here.translated(-60, 0))
    assert goes_back(here, here.translated(0, -30))
