"""Opening a link to the web: shown first, since a card may come from anybody."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

_SCHEMES = ("http", "https")


def ask_to_open(parent: QWidget, address: str) -> QMessageBox | None:
    """Show where a link leads and open it if the user wants; None if it is no link to the web."""
    url = QUrl(address)
    if url.scheme() not in _SCHEMES:
        return None
    box = QMessageBox(parent)
    box.setWindowTitle("Open a link")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("Open this page in the browser?")
    box.setInformativeText(url.toDisplayString(QUrl.ComponentFormattingOption.FullyEncoded))
    open_button = box.addButton("Open", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(open_button)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    open_button.clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.open()
    return box
