"""`stadtziele check` as it is called: formats, exit codes, and files that want to do harm."""

import io
import json
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipeline.forms import FIELDS
from tests.city import SampleCity, csv_text, goal
from tests.journeys.house import COMMAND, environment

pytestmark = pytest.mark.journey

MEGABYTE = 1_000_000
MOST_MEMORY = 500 * MEGABYTE


def run(city: SampleCity, *arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
    env = environment(city.raw, city.published)
    done = subprocess.run(
        [COMMAND, "check", *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def file(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    return file(tmp_path, "submissions/2014/kulturamt.csv", csv_text("submissions", [goal(1)]).encode())


@pytest.fixture
def broken(tmp_path: Path) -> str:
    rows = [goal(1, target="viel"), goal(2, unit=""), goal(3, unit="")]
    return file(tmp_path, "submissions/2014/bauamt.csv", csv_text("submissions", rows).encode())


def test_exit_codes(city: SampleCity, clean: str, broken: str, tmp_path: Path) -> None:
    warned = file(
        tmp_path, "submissions/2014/klinikum.csv", csv_text("submissions", [goal(1, unit="")]).encode()
    )
    assert run(city, clean)[0] == 0
    assert run(city, warned)[0] == 0
    assert run(city, broken)[0] == 1
    assert run(city, str(tmp_path / "fehlt.xlsx"))[0] == 2
    assert run(city, clean, warned, broken)[0] == 1
    assert run(city, clean, broken, str(tmp_path))[0] == 2


def test_text(city: SampleCity, broken: str) -> None:
    _, out, _ = run(city, broken)
    for words in (
        "zurückgehalten",
        "K2 Zielwert (viel)",
        "Spalte I, Zeilen 3–4",
        "help/indicator-unit-missing",
    ):
        assert words in out, words


def test_json_for_one_file_and_for_several(city: SampleCity, clean: str, broken: str) -> None:
    _, out, _ = run(city, broken, "--format", "json")
    report = json.loads(out)
    assert report["file"] == broken
    assert report["status"] == "held_back"
    assert [(f["code"], f["row"]) for f in report["findings"]] == [
        ("cell-not-a-number", 2),
        ("indicator-unit-missing", 3),
        ("indicator-unit-missing", 4),
    ]
    _, out, _ = run(city, clean, broken, "--format", "json")
    assert [report["status"] for report in json.loads(out)] == ["accepted", "held_back"]


def test_html_and_xlsx_are_written(city: SampleCity, clean: str, broken: str, tmp_path: Path) -> None:
    page = tmp_path / "bericht.html"
    assert run(city, clean, broken, "--format", "html", "-o", str(page))[0] == 1
    assert "viel" in page.read_text(encoding="utf-8")
    out = tmp_path / "markiert"
    out.mkdir()
    run(city, clean, broken, "--format", "xlsx", "--output", str(out))
    book = openpyxl.load_workbook(out / "bauamt-geprueft.xlsx")
    assert book["Daten"]["K2"].comment is not None
    twin = file(tmp_path, "progress/2014/bauamt.csv", b"x")
    run(city, broken, twin, "--format", "xlsx", "--output", str(out))
    assert (out / "bauamt-geprueft-2.xlsx").exists()
    here = tmp_path / "hier"
    here.mkdir()
    run(city, broken, "--format", "xlsx", cwd=here)
    assert [path.name for path in here.iterdir()] == ["bauamt-geprueft.xlsx"]


def test_what_the_file_is_for_can_be_said(city: SampleCity, tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", csv_text("submissions", [goal(1)]).encode())
    assert run(city, path)[0] == 1
    assert run(city, path, "--kind", "ziele", "--year", "2014", "--department", "bauamt")[0] == 0
    code, _, err = run(city, path, "--kind", "unsinn")
    assert code == 1
    assert "entscheidungen" in err


def workbook(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([field.header for field in FIELDS["submissions"]])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return stream.getvalue()


def rows_without_end() -> bytes:
    head = ";".join(field.header for field in FIELDS["submissions"])
    return (head + "\r\n" + '1;11.14;"Ein Ziel";;oeffnung\r\n' * 1_000_000).encode()


def sheet_without_end() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    )
    book = openpyxl.Workbook()
    stream, result = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, sheet if name.endswith("sheet1.xml") else before.read(name))
    return result.getvalue()


HARM: dict[str, tuple[str, Callable[[], bytes], str, int]] = {
    "200 MB": ("a.csv", lambda: b"x;" * 100 * MEGABYTE, "file-too-large", 2),
    "a million rows of CSV": ("a.csv", rows_without_end, "sheet-too-many-rows", 2),
    "a million rows of XLSX": ("a.xlsx", sheet_without_end, "sheet-too-many-rows", 2),
    "a million rows of JSON": (
        "a.json",
        lambda: b"[" + b'{"number":1},' * MEGABYTE + b"{}]",
        "sheet-too-many-rows",
        2,
    ),
    "a bomb": (
        "a.xlsx",
        lambda: workbook(lambda archive: archive.writestr("xl/media/a.png", bytes(1000 * MEGABYTE))),
        "file-unpacks-too-large",
        2,
    ),
    "49 MB of null characters": ("a.csv", lambda: bytes(49 * MEGABYTE), "file-unreadable", 2),
    "49 MB of delimiters": ("a.csv", lambda: b";" * 49 * MEGABYTE, "sheet-too-many-columns", 2),
    "49 MB of quotation marks": ("a.csv", lambda: b'"' * 49 * MEGABYTE, "cell-too-long", 2),
    "49 MB in one cell": (
        "a.csv",
        lambda: b"Ziel;Lfd. Nr.\r\n" + b"x" * 49 * MEGABYTE + b";1",
        "cell-too-long",
        2,
    ),
    "49 MB of brackets": ("a.json", lambda: b"[" * 49 * MEGABYTE, "sheet-too-many-rows", 2),
}


@pytest.mark.parametrize("case", HARM)
def test_harm_is_told_and_costs_little_memory(city: SampleCity, tmp_path: Path, case: str) -> None:
    name, make, code, exit_code = HARM[case]
    path = file(tmp_path, name, make())
    said = ["--kind", "ziele", "--year", "2014", "--department", "bauamt"]
    command = [COMMAND, "check", path, "--format", "json", *said]
    with (tmp_path / "out.json").open("wb") as out:
        process = subprocess.Popen(command, env=environment(city.raw, city.published), stdout=out)
        most = peak_memory(process)
    report = json.loads((tmp_path / "out.json").read_bytes())
    assert code in {finding["code"] for finding in report["findings"]}
    assert process.returncode == exit_code
    assert 50 * MEGABYTE < most < MOST_MEMORY


def peak_memory(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a process; return the most bytes of memory that it held.

    Not from `os.wait4`: that counts the memory of this process too, from before the other one began.
    """
    most = 0
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
        most = int(found[1]) * 1024 if found else most
        time.sleep(0.005)
    return most


def test_one_bad_file_does_not_stop_the_others(city: SampleCity, clean: str, tmp_path: Path) -> None:
    bad = file(tmp_path, "submissions/2014/bauamt.xlsx", b"PK\x03\x04" + b"\0" * 100)
    _, out, _ = run(city, bad, clean, "--format", "json")
    assert [report["status"] for report in json.loads(out)] == ["unreadable", "accepted"]
