"""A page of the web engine that runs no script of its own and reaches no network.

Only this file and `card_view.py` import QtWebEngine; the window imports them late, since that takes
long.
"""

from __future__ import annotations

import os

import shiboken6
from PySide6.QtCore import QBuffer, QIODevice, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from studyapp.rendering.media import SCHEME
from studyapp.ui.card_files import SHELL_URL, CardFiles

_NO_HOSTS = '--host-resolver-rules="MAP * ~NOTFOUND"'
"""The interceptor is not asked when a page wants a connection only, as `preconnect` does."""
_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
if _NO_HOSTS not in os.environ.get(_FLAGS, ""):
    os.environ[_FLAGS] = f"{os.environ.get(_FLAGS, '')} {_NO_HOSTS}".lstrip()

_NOTE_HOST = "note"
_SCHEME_NAME = SCHEME.encode()

if not QWebEngineUrlScheme.schemeByName(_SCHEME_NAME).name():
    _scheme = QWebEngineUrlScheme(_SCHEME_NAME)
    _scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    _scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.CorsEnabled)
    QWebEngineUrlScheme.registerScheme(_scheme)


class SealedPage:
    """A page with a profile of its own, which keeps nothing on the disk."""

    def __init__(self, files: CardFiles) -> None:
        self.profile = QWebEngineProfile()
        self._handler = _SchemeHandler(files)
        self._gate = _Gate()
        self.page = CardPage(self.profile)
        self.profile.installUrlSchemeHandler(_SCHEME_NAME, self._handler)
        self.profile.setUrlRequestInterceptor(self._gate)
        self.profile.downloadRequested.connect(_refuse_download)

    @property
    def blocked_requests(self) -> int:
        """How many requests to anywhere but the app itself were refused so far."""
        return self._gate.blocked

    def shut_down(self) -> None:
        """Let go of the web engine; nothing may show the page any more."""
        # The page must be gone before its profile, else Qt complains.
        shiboken6.delete(self.page)
        shiboken6.delete(self.profile)


class CardPage(QWebEnginePage):
    """Goes nowhere, and tells where a link would lead."""

    told = Signal(str)
    """The app's own script wrote this on the console; so may a page that runs scripts."""
    link_activated = Signal(str)
    note_activated = Signal(str)

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        attribute = QWebEngineSettings.WebAttribute
        for each in (
            attribute.JavascriptEnabled,
            attribute.JavascriptCanOpenWindows,
            attribute.JavascriptCanAccessClipboard,
            attribute.LocalStorageEnabled,
            attribute.LocalContentCanAccessRemoteUrls,
            attribute.LocalContentCanAccessFileUrls,
            attribute.PluginsEnabled,
            attribute.PdfViewerEnabled,
            attribute.HyperlinkAuditingEnabled,
            attribute.DnsPrefetchEnabled,
            attribute.FullScreenSupportEnabled,
            attribute.ScreenCaptureEnabled,
            attribute.WebGLEnabled,
            attribute.NavigateOnDropEnabled,
            attribute.FocusOnNavigationEnabled,
        ):
            self.settings().setAttribute(each, False)
        self.permissionRequested.connect(_deny)
        self.newWindowRequested.connect(self._on_new_window)

    def acceptNavigationRequest(  # noqa: N802
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        url = QUrl(url)
        if kind is QWebEnginePage.NavigationType.NavigationTypeTyped and is_main_frame:
            return url.toString() == SHELL_URL  # the app's own load; a card clicks or redirects
        if kind is QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            self.follow(url)
        return False

    def javaScriptConsoleMessage(  # noqa: N802
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        self.told.emit(message)

    def _on_new_window(self, request: QWebEngineNewWindowRequest) -> None:
        if request.isUserInitiated():
            self.follow(request.requestedUrl())

    def follow(self, url: QUrl) -> None:
        """Tell what a link leads to, if it may lead there."""
        if url.scheme() == SCHEME and url.host() == _NOTE_HOST:
            self.note_activated.emit(url.path().removeprefix("/"))
        elif url.scheme() in ("http", "https"):
            self.link_activated.emit(url.toString())


class _SchemeHandler(QWebEngineUrlSchemeHandler):
    def __init__(self, files: CardFiles) -> None:
        super().__init__()
        self._files = files

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:  # noqa: N802
        found = self._files.read(job.requestUrl().toString())
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        content, mime = found
        buffer = QBuffer(job)
        buffer.setData(content)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(mime.encode(), buffer)


class _Gate(QWebEngineUrlRequestInterceptor):
    """Lets nothing out."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802
        if info.requestUrl().scheme() != SCHEME:
            self.blocked += 1
            info.block(True)


def _refuse_download(download: QWebEngineDownloadRequest) -> None:
    download.cancel()


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()
