"""Opening a link to the web: shown first, since a card may come from anybody."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

_SCHEMES = ("http", "https")
_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded
MAX_SHOWN: Final = 300
"""Characters of an address; what is cut off lies behind its host."""


def ask_to_open(parent: QWidget, address: str) -> QMessageBox | None:
    """Show where a link leads and open it if the user wants; None if it is no link to the web."""
    url = web_address(address)
    if url is None:
        return None
    box = QMessageBox(parent)
    box.setWindowTitle("Open a link")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Open this page of {url.host(_ENCODED)} in the browser?")
    box.setInformativeText(_shortened(url.toString(_ENCODED)))
    open_button = box.addButton("Open", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(open_button)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    open_button.clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.open()
    return box


def web_address(address: str) -> QUrl | None:
    """Where a link leads, as it is shown and opened; None if that is not a page of the web.

    All letters are ASCII: those of other alphabets may look like Latin ones, or turn the rest of
    the address around. A user's name is left out, for `https://bank.example@evil.example` is a page
    of evil.example.
    """
    url = QUrl(address)
    if url.scheme() not in _SCHEMES or not url.isValid() or not url.host(_ENCODED):
        return None
    url.setUserInfo(None)  # type: ignore[arg-type]
    return url


def _shortened(address: str) -> str:
    return address if len(address) <= MAX_SHOWN else f"{address[: MAX_SHOWN - 1]}…"
