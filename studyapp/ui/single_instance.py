"""One window for each data folder: a second start brings the first to the front."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

_PATIENCE_MS = 1000
_LOCK_PATIENCE_MS = 100
_LOOKS = 10
_HELLO = b"show\n"


class SingleInstance(QObject):
    """Ask `claim` before anything is opened; exit with status 0 if it says False."""

    raise_wanted = Signal()
    """Somebody started the app once more."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__()
        digest = sha256(str(data_folder.absolute().resolve()).encode()).hexdigest()
        self._name = f"studyapp-{digest[:16]}"
        # Only who holds the lock listens: listening takes the socket's name from whoever has it.
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # stale when its process has ended, never by its age
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Whether this is the first process; if not, the first was told to show its window.

        True as well when the first neither answers nor ends; opening the collection tells then.
        """
        for _ in range(_LOOKS):
            if self._told_the_first():
                return False
            if self._lock.tryLock(_LOCK_PATIENCE_MS):
                # What a crashed process left behind.
                QLocalServer.removeServer(self._name)
                self._server.listen(self._name)
                return True
        return True

    def close(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _told_the_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(_HELLO)
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raise_wanted.emit()


def raise_dialog() -> None:
    """Bring the dialog that waits for the user to the front, if there is one."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.raise_()
        dialog.activateWindow()
