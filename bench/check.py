"""Rows per second and peak memory of `stadtziele check`, the real command, for XLSX and CSV."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

from bench.generated import YEAR, generate_city, goal_row, write_form
from pipeline.forms import FIELDS, FORM_SHEETS

DEPARTMENT = "amt-0000"
FORMATS = ("csv", "xlsx")


def measure(rows: int, suffix: str) -> dict[str, float]:
    """Return `seconds`, and `peak_mb` of the process that checks a file with this many rows."""
    with tempfile.TemporaryDirectory() as folder:
        settings = generate_city(Path(folder), goals=1)
        path = Path(folder) / f"{DEPARTMENT}.{suffix}"
        content = [goal_row(number) for number in range(1, rows + 1)]
        if suffix == "csv":
            write_form(path, "submissions", content)
        else:
            _write_workbook(path, content)
        command = [
            str(Path(sys.executable).parent / "stadtziele"),
            *("check", str(path), "--format", "json", "--year", str(YEAR), "--kind", "submissions"),
            *("--raw", str(settings.raw), "--published", str(settings.published)),
        ]
        return _run(command)


def _run(command: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"check ended with {process.returncode}")
    return {"seconds": seconds, "peak_mb": usage.ru_maxrss / 1024}


def _write_workbook(path: Path, content: list[dict[str, object]]) -> None:
    fields = FIELDS["submissions"]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(FORM_SHEETS["submissions"])
    sheet.append([field.header for field in fields])
    for row in content:
        sheet.append([row.get(field.alias) for field in fields])
    book.save(path)
