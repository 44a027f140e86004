"""Long requests: a query of 64 KB in the address is answered, a header without end is cut off."""

import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.refresh import Refresh
from tests.city import SampleCity, goal
from tests.journeys.house import Server, environment, serving

pytestmark = pytest.mark.journey

ENDLESS = 64_000_000


def connect(server: Server) -> socket.socket:
    url = server.client.base_url
    return socket.create_connection((url.host, url.port or 80), timeout=30)


def memory(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1000 for line in lines if line.startswith("VmRSS"))


def test_what_comes_before_a_body_may_be_as_long_as_a_query_and_no_longer(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    Refresh(city.settings).run()
    with serving(environment(city.raw, city.published)) as server:
        query = "ASK {} #"
        query += "ü" * ((65_536 - len(query)) // 2)
        with connect(server) as stranger:
            stranger.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert stranger.recv(100).startswith(b"HTTP/1.1 200")
        before = memory(server.pid)
        assert send_without_end(server) < ENDLESS
        assert memory(server.pid) - before < 10_000_000
        assert server.get("/health/ready").status_code == 200


def send_without_end(server: Server) -> int:
    """Send a header that goes on until the server has enough; return how much of it was sent."""
    with connect(server) as stranger:
        stranger.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Long: ")
        sent = 0
        try:
            while sent < ENDLESS:
                stranger.sendall(b"a" * 100_000)
                sent += 100_000
        except OSError:
            pass
        return sent
