"""Real HTTP servers on loopback whose answers a test decides, down to the byte."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

DRIPS: Final = 60
"""After so many drips an answer ends, so that a limit that does not hold fails a test, not hangs it."""


@dataclass
class Reply:
    """One answer. `pieces` are sent one by one, `pause` seconds apart, without a length."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: list[bytes] | None = None
    pause: float = 0.0


@dataclass
class Share:
    """The server: its address, the replies it gives in turn (the last one for ever), what it was asked."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def next(self) -> Reply:
        """Return the reply to give now."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def sharing() -> Iterator[Share]:
    """Run a server until the end of the block."""
    share = Share("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: share))
    server.daemon_threads = True
    share.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield share
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@contextmanager
def sending(data: bytes, *, drip: bytes = b"", pause: float = 0.05) -> Iterator[str]:
    """Run a server that answers each connection with `data`, then with `drip` again and again (`DRIPS`).

    Yields its address. What it sends need not be HTTP.
    """
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not ended.is_set():
            connected, _ = listening.accept()
            with connected, suppress(OSError):  # the client had enough
                connected.recv(65_536)
                connected.sendall(data)
                for _ in range(DRIPS if drip else 0):
                    if ended.wait(pause):
                        break
                    connected.sendall(drip)
                connected.shutdown(socket.SHUT_WR)
                connected.recv(1)  # until the client is done, or unread bytes would reset the answer

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        ended.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            pass  # wakes it up
        thread.join(timeout=5)
        listening.close()


def _handler(share: Callable[[], Share]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            share().asked.append({"path": self.path, **dict(self.headers)})
            reply = share().next()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.pieces is None and "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            try:
                for piece in reply.pieces or [reply.body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(reply.pause)
            except OSError:  # the client had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    return Handler
