"""The page where a clerk checks a file: with a mouse, without one, without scripts, and as a program."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.city import SampleCity, csv_text, goal
from tests.journeys.browser import CHROMIUM, browsing
from tests.journeys.house import Server, environment, served, serving

pytestmark = pytest.mark.journey
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

TAB, ENTER = ("Tab", 9), ("Enter", 13)
BROKEN = [goal(1, target="viel"), goal(2, title="", note="<script>alert(1)</script>")]
ESCAPES = "Ein <b>Ziel</b>\x1b[31m"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SampleCity, Server]]:
    """A small city, published and served, with limits that a test can reach."""
    city = SampleCity(tmp_path_factory.mktemp("check-page"))
    city.submit(2014, "kulturamt", goal(1))
    with served(city, check_bytes=200_000, check_seconds=20, form_rows=500) as running:
        yield city, running


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file with two mistakes."""
    file = tmp_path / "kulturamt.csv"
    file.write_text(csv_text("submissions", BROKEN), encoding="utf-8")
    return file


def upload(server: Server, name: str, data: bytes, accept: str = "application/json", **fields: str) -> object:
    answer = server.client.post(
        "/check", files={"file": (name, data)}, data=fields, headers={"Accept": accept}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


@in_a_browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_clerk_uploads_a_file_and_reads_what_to_mend(
    house: tuple[SampleCity, Server], broken: Path, tmp_path: Path, scripts: bool
) -> None:
    _, server = house
    with browsing(tmp_path / "profile", scripts=scripts, downloads=tmp_path) as page:
        page.open(f"{server.client.base_url}/")
        assert "Formular prüfen" in page.text()
        page.open(f"{server.client.base_url}/check")
        page.choose_file("#file", broken)
        page.value("document.querySelector('details').open = true")
        page.value("document.querySelector('#year').value = '2014'")
        page.picture(tmp_path / "form.png")
        page.value("document.querySelector('button[value=html]').click()")
        page.wait("document.body.innerText.includes('K2')")
        page.picture(tmp_path / "report.png")
        text = page.text()
        for words in ("zurückgehalten", "K2", "Zielwert", "viel", "Hier wird eine Zahl erwartet.", "C3"):
            assert words in text, words
        assert page.value("document.querySelectorAll('main script').length") == 0
        page.value("document.querySelector('a[download]').click()")
        marked = tmp_path / "kulturamt-geprueft.xlsx"
        page.wait("true")
        _wait_for(marked)
    sheet = openpyxl.load_workbook(marked)
    comments = [c.coordinate for ws in sheet for row in ws.iter_rows() for c in row if c.comment]
    assert {"K2", "C3"} <= set(comments)


def _wait_for(file: Path) -> None:
    import time

    end = time.monotonic() + 20
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert file.exists(), sorted(file.parent.iterdir())


@in_a_browser
def test_it_is_used_by_keyboard_alone(house: tuple[SampleCity, Server], broken: Path, tmp_path: Path) -> None:
    _, server = house
    with browsing(tmp_path / "profile") as page:
        page.open(f"{server.client.base_url}/check?lang=en")
        assert page.value("document.documentElement.lang") == "en"
        page.choose_file("#file", broken)
        page.value("document.querySelector('#file').focus()")
        visited = []
        for _ in range(12):
            page.press(*TAB)
            visited.append(
                page.value("document.activeElement.textContent.trim() || document.activeElement.id")
            )
            if visited[-1] == "Check":
                break
        assert visited[-1] == "Check", visited
        page.press(*ENTER)
        page.wait("document.body.innerText.includes('budget year is missing')")
        assert "held back" in page.text()


@in_a_browser
def test_every_field_has_a_label_and_every_page_one_heading(
    house: tuple[SampleCity, Server], tmp_path: Path
) -> None:
    _, server = house
    with browsing(tmp_path / "profile") as page:
        for path in ("check", "help/", "help/cell-not-a-number"):
            page.open(f"{server.client.base_url}/{path}")
            assert page.value("document.querySelectorAll('h1').length") == 1
            unlabelled = (
                "[...document.querySelectorAll('main input,main select')].filter(e => !e.labels.length)"
            )
            assert page.value(f"{unlabelled}.length") == 0


def test_a_program_gets_json_and_the_marked_workbook(house: tuple[SampleCity, Server], broken: Path) -> None:
    _, server = house
    report = upload(server, "kulturamt.csv", broken.read_bytes(), year="2014")
    assert isinstance(report, dict)
    assert report["status"] == "held_back"
    assert [(f["code"], f["column"], f["row"]) for f in report["findings"]] == [
        ("cell-not-a-number", "K", 2),
        ("goal-title-missing", "C", 3),
    ]
    answer = server.client.post(
        "/check",
        files={"file": ("kulturamt.csv", broken.read_bytes())},
        data={"year": "2014", "format": "xlsx"},
    )
    assert "kulturamt-geprueft.xlsx" in answer.headers["content-disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_every_finding_leads_to_a_help_page(house: tuple[SampleCity, Server], broken: Path) -> None:
    _, server = house
    page = server.client.post(
        "/check",
        files={"file": ("kulturamt.csv", broken.read_bytes())},
        data={"year": "2014", "format": "html"},
    ).text
    links = set(re.findall(r'href="(/help/[a-z-]+)', page))
    assert {"/help/cell-not-a-number", "/help/goal-title-missing"} <= links
    for link in links:
        assert server.get(link, Accept="text/html").status_code == 200
    assert "<script>alert" not in page
    index = server.get("/help/", Accept="text/html").text
    for link in re.findall(r'href="(/help/[a-z-]+)', index):
        assert server.get(link, Accept="text/html").status_code == 200, link
    assert server.get("/help/nonsense").status_code == 404


def test_each_limit_has_its_own_message(house: tuple[SampleCity, Server]) -> None:
    _, server = house
    large = server.client.post("/check", files={"file": ("a.csv", b"x" * 300_000)})
    assert large.status_code == 413
    assert large.headers["content-type"].startswith("application/problem+json")
    assert "0.2 MB" in large.json()["detail"]
    rows = csv_text("submissions", [goal(n) for n in range(1, 600)]).encode()
    report = upload(server, "kulturamt.csv", rows)
    assert isinstance(report, dict)
    assert [f["code"] for f in report["findings"]] == ["sheet-too-many-rows"]
    assert server.client.post("/check", data={"file": "x"}).status_code == 415
    assert server.client.post("/check", files={"other": ("a", b"")}).status_code == 400
    odd = server.client.post("/check", files={"file": ("a.csv", b"x")}, data={"year": "zwei"})
    assert odd.status_code == 400


def test_a_file_that_would_take_too_long_or_too_much_ends_its_own_check_only(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    large = b"Ziel;Lfd. Nr.\n" + b"x;1\n" * 140_000
    with served(city, check_seconds=1) as server:  # enough to upload it, not to check it
        report = upload(server, "kulturamt.csv", large)
        assert isinstance(report, dict)
        assert [f["code"] for f in report["findings"]] == ["check-too-long"]
        assert server.get("/health/live").status_code == 200
    env = environment(city.raw, city.published, check_memory=100_000_000)
    with serving(env) as server:
        report = upload(server, "kulturamt.csv", large)
        assert isinstance(report, dict)
        assert [f["code"] for f in report["findings"]] == ["check-too-much-memory"]
        assert server.get("/health/live").status_code == 200


def test_nothing_is_stored(house: tuple[SampleCity, Server], broken: Path, tmp_path: Path) -> None:
    city, server = house
    before = {path: path.stat().st_mtime_ns for path in city.raw.parent.rglob("*")}
    upload(server, "kulturamt.csv", broken.read_bytes() + b"\r\n" * 50_000, year="2014")
    assert {path: path.stat().st_mtime_ns for path in city.raw.parent.rglob("*")} == before


def test_without_master_data_the_page_says_that_nothing_can_be_checked(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    with served(city) as server:
        (city.raw / "organisation.yaml").unlink()
        answer = server.client.post("/check", files={"file": ("a.csv", b"x")})
    assert answer.status_code == 503
    assert json.loads(answer.text)["status"] == 503
