"""Shows the HTML of standard input without any of the app's walls, for two seconds at most.

In a process of its own, since one of the walls is around a process. Prints the page's title.
"""

from __future__ import annotations

import sys

import shiboken6
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication

application = QApplication(sys.argv)
profile = QWebEngineProfile()
page = QWebEnginePage(profile)
page.setHtml(sys.stdin.read(), QUrl("http://x.invalid/"))
QTimer.singleShot(2_000, application.quit)
application.exec()
print(page.title())
shiboken6.delete(page)
shiboken6.delete(profile)
