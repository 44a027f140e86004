"""The pages in a real browser: what people see, also without scripts and on a narrow screen."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.city import SampleCity, decision, goal, progress
from tests.journeys.house import Server, served

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small city, published and served."""
    city = SampleCity(tmp_path_factory.mktemp("browser"))
    city.submit(2014, "kulturamt", goal(1), goal(2, title="Ein <b>Ziel</b> & mehr"))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02", "nicht berücksichtigt"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", percent="40"))
    with served(city) as running:
        yield running


def browse(address: str, profile: Path, *options: str) -> str:
    """Open an address in Chromium and return the page as it stands then."""
    quiet = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
    return subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",  # CI runs as root, where Chromium has no sandbox
            *quiet,
            "--disable-component-update",
            "--disable-sync",
            "--accept-lang=de-DE,de",  # the reader is a German one
            f"--user-data-dir={profile}",
            *options,
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def test_the_front_page_shows_the_years_and_the_notice(server: Server, tmp_path: Path) -> None:
    picture = tmp_path / "front.png"
    page = browse(
        f"{server.client.base_url}", tmp_path / "profile", f"--screenshot={picture}", "--window-size=390,800"
    )
    for words in ("Musterstadt", "Alles ist erfunden.", "ausgewählt", "mindestens 2 Ziele", "<svg"):
        assert words in page, words
    assert picture.stat().st_size > 10_000
    english = browse(f"{server.client.base_url}?lang=en", tmp_path / "profile")
    assert "Everything is invented." in english


def test_markup_in_a_goal_is_text_and_not_markup(server: Server, tmp_path: Path) -> None:
    page = browse(f"{server.client.base_url}/doc/goal/2014-kulturamt-02.html", tmp_path / "profile")
    assert "Ein &lt;b&gt;Ziel&lt;/b&gt; &amp; mehr" in page
    assert "nicht berücksichtigt" in page


def test_a_page_loads_nothing_from_elsewhere(server: Server) -> None:
    for path in ("/", "/queries", "/sparql", "/ns", "/docs", "/doc/goal/2014-kulturamt-01.html"):
        answer = server.get(path, Accept="text/html")
        assert "default-src 'none'" in answer.headers["content-security-policy"] or (
            "default-src 'self'" in answer.headers["content-security-policy"]
        )
        assert '<script src="http' not in answer.text
        assert 'rel="stylesheet" href="http' not in answer.text
