"""The window's ear: a local server for other processes of the same user (runtime/single_instance).

It starts after the first paint. Every answer is one line; a peer that says nothing is let go.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from journal_app.runtime import single_instance
from journal_app.runtime.single_instance import LONGEST, Claim, Message

PATIENCE = 3_000  # ms a peer has to say what it wants
PEERS = 8


class Ear(QObject):
    """Listens under a claimed name and calls `heard` for each message, in the window's thread."""

    def __init__(
        self, claim: Claim, heard: Callable[[Message], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.heard = heard
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(PEERS)
        self._server.newConnection.connect(self._arrived)
        self._address = single_instance.address(claim.name)

    def start(self) -> bool:
        """Begin to listen; False if the system does not allow it (capture then starts its own)."""
        QLocalServer.removeServer(self._address)  # of a process that died: the name is ours
        return self._server.listen(self._address)

    def stop(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _arrived(self) -> None:
        while (peer := self._server.nextPendingConnection()) is not None:
            if len(self._server.findChildren(QLocalSocket)) > PEERS:
                peer.abort()
                peer.deleteLater()
                continue
            peer.setReadBufferSize(LONGEST + 1)
            peer.readyRead.connect(lambda peer=peer: self._read(peer))
            peer.disconnected.connect(peer.deleteLater)
            QTimer.singleShot(PATIENCE, peer, peer.abort)
            if peer.bytesAvailable():
                self._read(peer)

    def _read(self, peer: QLocalSocket) -> None:
        if not peer.canReadLine():
            if peer.bytesAvailable() > LONGEST:
                self._answer(peer, b"no\n")
            return
        message = single_instance.read(bytes(peer.readLine(LONGEST + 1).data()))
        self._answer(peer, b"no\n" if message is None else b"ok\n")
        if message is not None:
            if message.token:  # Qt hands it to the compositor with the next request
                os.environ["XDG_ACTIVATION_TOKEN"] = message.token
            self.heard(message)

    def _answer(self, peer: QLocalSocket, line: bytes) -> None:
        peer.write(line)
        peer.flush()
        peer.disconnectFromServer()
