"""Asking addresses at a real server, and looking them up in a folder."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ontology.contract import RELEASES
from pipeline.quality.links import FOUND, Host, InRelease, OverHttp

BASE = "https://stadt.example/"


class Answers(BaseHTTPRequestHandler):
    """Answers by the path: a number is a status, others are redirections."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - emptied by the fixture
    waiting = threading.Event()

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        name = self.path.strip("/")
        if name == "never":
            self.waiting.wait(20)
        targets = {
            "moved": "/200",
            "home": f"{BASE}200",
            "circle": "/circle",
            "lost": "/404",
            "file": "file:///etc",
        }
        self.send_response(302 if name in targets else int(name) if name.isdecimal() else 200)
        if name in targets:
            self.send_header("Location", targets[name])
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """A server on a free port; gives its address."""
    Answers.asked.clear()
    Answers.waiting.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        Answers.waiting.set()
        server.shutdown()
        thread.join()


def test_addresses_are_asked_with_head_at_the_host_of_the_catalogue(origin: str) -> None:
    ask = OverHttp(Host(BASE, origin))
    names = ("200", "404", "500", "moved", "home", "lost")
    assert ask([BASE + name for name in names]) == {
        f"{BASE}200": 200,
        f"{BASE}404": 404,
        f"{BASE}500": 500,
        f"{BASE}moved": 200,
        f"{BASE}home": 200,
        f"{BASE}lost": 404,
    }
    assert {method for method, _ in Answers.asked} == {"HEAD"}


def test_circles_foreign_schemes_and_dead_hosts_are_no_answer(origin: str) -> None:
    ask = OverHttp(Host(BASE, origin))
    assert (
        ask([f"{BASE}circle", f"{BASE}file", "ftp://stadt.example/x", "http://127.0.0.1:9/", "https://[x/"])
        == {}
    )


def test_no_more_is_asked_than_the_bounds_allow(origin: str) -> None:
    host = Host(BASE, origin)
    addresses = [f"{BASE}{200 + number}" for number in range(5)]
    assert len(OverHttp(host, most=3)(addresses)) == 3
    assert OverHttp(host, seconds_in_all=0)(addresses) == {}
    assert OverHttp(host, seconds=0.2)([f"{BASE}never", f"{BASE}204"]) == {f"{BASE}204": 204}


def test_a_host_knows_its_own_things_only() -> None:
    host = Host(BASE, "http://127.0.0.1:8000/")
    assert host.is_other
    assert host.address(f"{BASE}datasets/x?y#z") == "http://127.0.0.1:8000/datasets/x?y#z"
    assert host.address("https://stadt.example.org/x") == "https://stadt.example.org/x"
    assert not Host(BASE, BASE).is_other


def test_files_are_looked_up_in_the_release_and_in_those_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / RELEASES / ".unfinished"
    for path in (folder / "csv/goals.csv", tmp_path / RELEASES / "earlier/csv/old.csv"):
        path.parent.mkdir(parents=True)
        path.touch()
    there = [
        f"{BASE}datasets/csv/goals.csv",
        f"{BASE}releases/earlier/datasets/csv/old.csv",
        f"{BASE}sparql",
    ]
    missing = [
        f"{BASE}datasets/csv/old.csv",
        f"{BASE}datasets/csv",
        f"{BASE}datasets/",
        f"{BASE}releases/other/datasets/csv/old.csv",
        f"{BASE}releases/earlier",
        f"{BASE}csv/goals.csv",
        "https://elsewhere.example/datasets/csv/goals.csv",
    ]
    assert InRelease(folder, BASE)([*there, *missing]) == dict.fromkeys(there, FOUND)
