"""Draws a document of cards as a PDF, beside the window or without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QEventLoop, QMarginsF, QObject, QUrl, Signal
from PySide6.QtGui import QPageLayout, QPageSize

from studyapp.domain.paper import Paper
from studyapp.errors import ExportError
from studyapp.rendering.design import LIGHT
from studyapp.rendering.sheet import MARGIN_MM
from studyapp.services.printing import Printed
from studyapp.ui.card_files import SHELL_URL, CardFiles
from studyapp.ui.card_script import WORLD
from studyapp.ui.web_engine import SealedPage

_FITTED: Final = "fitted"
"""What the script below writes on the console; nothing else is, since the page runs no script."""
_FIT: Final = """
(async function (word) {
    for (const each of document.querySelectorAll("details")) each.open = true;
    const main = document.querySelector("main");
    main.getBoundingClientRect();  // Fonts are asked for once something is laid out with them.
    await document.fonts.ready;
    const range = document.createRange();
    // A formula's own box ends where its column does, whatever is in it.
    const extent = (each) => {
        if (each.localName !== "math") return each.getBoundingClientRect();
        range.selectNodeContents(each);
        return range.getBoundingClientRect();
    };
    const wide = (box) => [...box.querySelectorAll("math, pre, table, img")].filter(
        (each) => extent(each).right > box.getBoundingClientRect().right + 1
    );
    const pairs = [...document.querySelectorAll(".pair")].filter(
        (pair) => [...pair.children].some((box) => wide(box).length)
    );
    for (const pair of pairs) pair.classList.add("stacked");
    const end = main.getBoundingClientRect().right;
    for (const [each, box] of wide(main).map((each) => [each, extent(each)])) {
        const ratio = (end - box.left) / box.width;
        each.style.fontSize = Math.max(%s, ratio * 0.98) + "em";
    }
    console.info(word);
})(%s)
"""
"""What is too wide for its column gets the whole width, and is made smaller if need be."""

_SMALLEST: Final = 0.3
"""Times the usual size; nobody can read what is smaller."""

_SIZES: Final = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
}


_MARGINS_MM: Final = QMarginsF(MARGIN_MM, 16, MARGIN_MM, 18)


class SheetPrinter(QObject):
    """Prints one document, within the event loop of the thread that has the window."""

    printed = Signal(QByteArray)
    """The PDF."""
    failed = Signal(str)
    """Why there is none, for the user."""

    def __init__(self, printed: Printed, media_folder: Path) -> None:
        super().__init__()
        self._layout = QPageLayout(
            QPageSize(_SIZES[printed.paper]),
            QPageLayout.Orientation.Portrait,
            _MARGINS_MM,
            QPageLayout.Unit.Millimeter,
        )
        self._sealed = SealedPage(_SheetFiles(printed.html, media_folder))
        page = self._sealed.page
        page.loadFinished.connect(self._fit)
        page.told.connect(self._hear)
        page.renderProcessTerminated.connect(self._on_crash)

    @property
    def blocked_requests(self) -> int:
        """How many requests to anywhere but the app itself were refused so far."""
        return self._sealed.blocked_requests

    def start(self) -> None:
        """Draw; `printed` or `failed` tells when that is done."""
        self._sealed.page.load(QUrl(SHELL_URL))

    def shut_down(self) -> None:
        """Let go of the web engine; to be called once, at the end."""
        self._sealed.shut_down()

    def _fit(self, ok: bool) -> None:
        if ok:
            self._sealed.page.runJavaScript(_FIT % (_SMALLEST, json.dumps(_FITTED)), WORLD)
        else:
            self.failed.emit("The cards could not be laid out. Nothing was written.")

    def _hear(self, message: str) -> None:
        if message == _FITTED:
            self._sealed.page.printToPdf(self._take, self._layout)

    def _take(self, pdf: QByteArray) -> None:
        if pdf.isEmpty():
            self.failed.emit("The PDF could not be drawn. Nothing was written. Try fewer cards.")
        else:
            self.printed.emit(pdf)

    def _on_crash(self) -> None:
        self.failed.emit(
            "The process that draws the cards has ended; there may be too little memory. Nothing "
            "was written. Try fewer cards."
        )


def draw(printed: Printed, media_folder: Path) -> bytes:
    """The PDF, once it is drawn; events are handled meanwhile. Raises ExportError."""
    printer = SheetPrinter(printed, media_folder)
    loop, pdfs, reasons = QEventLoop(), list[QByteArray](), list[str]()
    printer.printed.connect(pdfs.append)
    printer.failed.connect(reasons.append)
    printer.printed.connect(loop.quit)
    printer.failed.connect(loop.quit)
    printer.start()
    loop.exec()
    printer.shut_down()
    if not pdfs:
        raise ExportError(reasons[0])
    return bytes(pdfs[0].data())


class _SheetFiles(CardFiles):
    """The document in the place of the shell."""

    def __init__(self, html: str, media_folder: Path) -> None:
        super().__init__(media_folder, LIGHT, 1.0)
        self._html = html

    def shell(self) -> str:
        return self._html
