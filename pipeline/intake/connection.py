"""Connections that lead outside only, and that end when their time is over.

A name is resolved once, every address it has is checked, and the connection goes to one of those that
were checked; host header, TLS name and certificate stay those of the name. So a name that resolves to a
public address for the check and to an internal one for the connection gains nothing, and an internal
address is not even knocked at. Doing this where urllib3 opens its socket is the simplest place: it holds
for each hop and each try, and nothing of HTTP or TLS has to be done anew.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool

from pipeline.intake.addresses import is_internal

Connect = Callable[[str, int], socket.socket]


class InternalAddressError(Exception):
    """A host has an internal address, and none are allowed."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Deadline:
    """Cuts the connections of one try when its time is over, whatever the server does.

    The timeouts of requests hold for a single read. A server that sends a byte now and then, be it in a
    header, in the length of a chunk or in a TLS handshake, would make them last for hours.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()  # it may be cutting at this moment
        for held in self._held:
            held.close()

    @property
    def over(self) -> bool:
        """Tell whether the time is over; a body that ends after that may have been cut."""
        return time.monotonic() >= self._end

    def left(self) -> float:
        """Return the seconds that are left, and never 0, which would mean not to wait at all."""
        return max(self._end - time.monotonic(), 0.001)

    def hold(self, connected: socket.socket) -> None:
        """Cut this connection too when the time is over."""
        self._held.append(connected.dup())  # TLS takes over the socket itself, not the copy
        if self.over:  # the timer may have gone off before the socket was in the list
            self._cut()

    def _cut(self) -> None:
        for held in tuple(self._held):
            with suppress(OSError):  # closed by the server already
                held.shutdown(socket.SHUT_RDWR)


class GuardedAdapter(HTTPAdapter):
    """Opens the connections of one try."""

    def __init__(self, deadline: Deadline, *, allow_internal: bool) -> None:
        super().__init__()
        self._deadline = deadline
        self._allow_internal = allow_internal

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> ConnectionPool:
        """Return the pool of a host; what it opens goes through `_connect`."""
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        assert isinstance(pool, HTTPConnectionPool)  # noqa: S101 - the only kind that requests uses
        pool.ConnectionCls = _Secure if pool.scheme == "https" else _Plain
        pool.conn_kw["through"] = self._connect
        return pool

    def _connect(self, host: str, port: int) -> socket.socket:
        """Return a socket connected to a host.

        Raises `InternalAddressError` if any of its addresses is internal and none may be, and `OSError`
        if none of them answers.
        """
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        for *_, address in found:
            if not self._allow_internal and is_internal(str(address[0])):
                raise InternalAddressError(str(address[0]))
        failed = OSError("the host has no address")
        for family, kind, protocol, _, address in found:
            connected = socket.socket(family, kind, protocol)
            try:
                connected.settimeout(self._deadline.left())
                connected.connect(address)
                self._deadline.hold(connected)
            except OSError as error:
                connected.close()
                failed = error
            else:
                return connected
        raise failed


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, through: Connect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._through = through

    def _new_conn(self) -> socket.socket:
        return self._through(self.host, self.port)


class _Secure(_Plain, HTTPSConnection):
    """The same with TLS: `_Plain` comes first, so that its socket is the one that is wrapped."""
