"""One window for each data folder: a second start brings the first to the front."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000
_HELLO = b"show\n"


class SingleInstance(QObject):
    """Ask `claim` before anything is opened; exit with status 0 if it says False."""

    raise_wanted = Signal()
    """Somebody started the app once more."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__()
        digest = sha256(str(data_folder.absolute().resolve()).encode()).hexdigest()
        self._name = f"studyapp-{digest[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Whether this is the first process; if not, the first was told to show its window."""
        if self._told_the_first():
            return False
        if not self._server.listen(self._name):
            # What a crashed process left behind.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()

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
