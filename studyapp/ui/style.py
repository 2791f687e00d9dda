"""The window's style sheet and palette, made from the design tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtGui import QColor, QPalette

from studyapp.rendering.design import (
    CODE_FACE,
    GRID,
    RADIUS,
    SMALL_TEXT,
    TITLE_TEXT,
    UI_TEXT,
    Theme,
)

_SHEET = Template("""
* { outline: none; }
QWidget { color: $text; font-size: ${ui}px; }
QMainWindow, QDialog, #screen { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: ${g}px; }

#rail { background: $rail; border-right: 1px solid $line; }
#rail QToolButton {
    color: $muted; background: transparent; border: 1px solid transparent;
    border-radius: ${radius}px; padding: ${g2}px ${g}px; font-size: ${small}px;
}
#rail QToolButton:hover { background: $hover; color: $text; }
#rail QToolButton:checked { background: $selected; color: $text; }
#rail QToolButton:focus { border-color: $accent; }

#title { font-size: ${title}px; font-weight: 600; }
#quiet, #load, #deckName, #keyHint { color: $muted; }
#heading { font-weight: 600; }
#big { font-size: 40px; font-weight: 300; }
#new { color: $new; }
#learning { color: $learning; }
#due { color: $due; }
#panel, QTextBrowser#note {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px;
}
QDialog#palette { border: 1px solid $muted; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
#bar { background: $rail; border-top: 1px solid $line; }
#separator { background: $line; max-height: 1px; min-height: 1px; border: none; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $line;
    border-radius: ${radius}px; padding: ${g2}px ${g4}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 7px 15px; }
QPushButton:disabled { color: $muted; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton#primary:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#primary:disabled { background: $hover; color: $muted; border-color: $line; }
QPushButton#grade { padding: 0px; }
QPushButton#grade QLabel { background: transparent; }
QPushButton#flat { background: transparent; border-color: transparent; padding: ${g}px ${g2}px; }
QPushButton#flat:hover { background: $hover; }
QPushButton#flat:checked { background: $selected; }
QPushButton#flat:focus { border: 2px solid $accent; padding: 3px 7px; }

#banner { background: $mark; border: 1px solid $line; border-radius: ${radius}px; }
#banner QLabel { background: transparent; }
#notice { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
#notice QLabel { background: transparent; }
#notice QPushButton { color: $accent; }
#toast { background: $text; color: $window; border-radius: ${radius}px; padding: ${g2}px ${g4}px; }

QTreeView {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px;
    padding: ${g}px; selection-background-color: $selected; show-decoration-selected: 1;
}
QTreeView:focus { border-color: $accent; }
QTreeView::item { padding: ${g2}px; border: none; }
QTreeView::item:hover { background: $hover; }
QTreeView::item:selected { background: $selected; }
QTreeView::branch { border: none; background: transparent; }
QTreeView::branch:selected { background: $selected; }
QTreeView::branch:hover:!selected { background: $hover; }
QTableView {
    padding: 1px;
    background: $surface; border: 1px solid $line; border-radius: ${radius}px;
    selection-background-color: $selected; selection-color: $text;
}
QTableView:focus { border-color: $accent; }
QTableView::item { padding: 0px 5px; border: none; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $selected; }
QTreeView#sidebar { background: transparent; border-color: transparent; }
QTreeView#sidebar:focus { border-color: $line; }
QTreeView#sidebar::item { padding: ${g}px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: ${g2}px; font-size: ${small}px;
}
QListWidget, QListView#conflicts {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px; padding: ${g}px;
}
QListWidget:focus, QListView#conflicts:focus { border-color: $accent; }
QListWidget::item, QListView#conflicts::item {
    padding: ${g2}px; border-radius: 4px; color: $text;
}
QListWidget::item:hover, QListView#conflicts::item:hover { background: $hover; }
QListWidget::item:selected, QListView#conflicts::item:selected {
    background: $selected; color: $text;
}
QListView#nearness {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px; padding: ${g}px;
    selection-background-color: $selected; selection-color: $text;
}
QListView#nearness:focus { border-color: $accent; }
QListView#nearness::item { padding: ${g}px; border-radius: 4px; }
QListView#nearness::item:hover { background: $hover; }
QListView#nearness::item:selected { background: $selected; color: $text; }
QLineEdit {
    background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
    padding: ${g2}px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border-color: $accent; }
QTextBrowser, QPlainTextEdit {
    background: transparent; border: none; selection-background-color: $accent;
    selection-color: $on_accent;
}
QPlainTextEdit#macros, QPlainTextEdit#markdown {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px;
    padding: ${g}px; font-family: $code_face;
}
QPlainTextEdit#macros:focus { border-color: $accent; }
QPlainTextEdit#markdown:focus { border-color: $accent; border-radius: ${radius}px; }
QListWidget#suggestions { border-color: $muted; padding: 0px; }
QToolButton#pin {
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: ${g}px;
}
QToolButton#pin:hover { background: $hover; }
QToolButton#pin:checked { background: $selected; }
QToolButton#pin:focus { border-color: $accent; }
QSplitter::handle { background: transparent; }
#error { color: $error; }
QTextBrowser#note:focus { border-radius: ${radius}px; }
QTextBrowser:focus, QPlainTextEdit:focus { border: 1px solid $accent; border-radius: 4px; }
QComboBox, QSpinBox {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px;
    padding: ${g}px ${g2}px; min-height: 24px; selection-background-color: $selected;
    selection-color: $text;
}
QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: none; }
QComboBox::drop-down { border: none; width: ${g6}px; }
QComboBox:focus, QSpinBox:focus { border-color: $accent; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; }
QTabWidget::pane { border: none; padding-top: ${g3}px; }
QTabBar { qproperty-drawBase: 0; background: transparent; }
QTabBar::tab {
    color: $muted; background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: ${g}px ${g}px ${g2}px ${g}px; margin-right: ${g4}px;
}
QTabBar::tab:hover { color: $text; border-bottom-color: $line; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar:focus { background: $hover; border-radius: 4px; }
#qt_calendar_navigationbar { background: $surface; }
#qt_calendar_navigationbar QToolButton {
    color: $text; background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: ${g}px ${g2}px;
}
#qt_calendar_navigationbar QToolButton:hover { background: $hover; }
#qt_calendar_navigationbar QToolButton:focus { border-color: $accent; }
#qt_calendar_navigationbar QToolButton:disabled { color: $muted; }
QMenu { background: $surface; border: 1px solid $line; padding: ${g}px; }
QMenu::item { padding: ${g2}px ${g6}px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::separator { height: 1px; background: $line; margin: ${g}px; }
QProgressBar {
    background: $line; border: none; border-radius: 2px; min-height: 4px; max-height: 4px;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
""")


def style_sheet(theme: Theme) -> str:
    """The Qt style sheet of the whole window."""
    colours = {name: value for name, value in asdict(theme).items() if name != "name"}
    sizes = {
        "code_face": CODE_FACE,
        "ui": UI_TEXT,
        "small": SMALL_TEXT,
        "title": TITLE_TEXT,
        "radius": RADIUS,
    }
    grid = {"g": GRID, "g2": 2 * GRID, "g3": 3 * GRID, "g4": 4 * GRID, "g6": 6 * GRID}
    return _SHEET.substitute(colours, **sizes, **grid)


def palette(theme: Theme) -> QPalette:
    """What widgets use where the style sheet says nothing."""
    made = QPalette(QColor(theme.surface), QColor(theme.window))
    role = QPalette.ColorRole
    for each, colour in {
        role.Base: theme.surface,
        role.AlternateBase: theme.window,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
    }.items():
        made.setColor(each, QColor(colour))
    return made
