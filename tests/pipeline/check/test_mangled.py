"""Tables as they come, and what happens to them on the way: whatever it is, the check ends with a report."""

import csv
import io
import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError
from rich.console import Console

from pipeline.check.checking import check_file
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.cli.check import EXIT_CODES
from pipeline.findings.catalogue import all_rules
from pipeline.forms import FIELDS, FINDINGS_SHEET, KINDS, Kind
from pipeline.reading.limits import Limits
from pipeline.reports.html import report_html
from pipeline.reports.marked import marked_workbook
from pipeline.reports.text import print_report
from tests.city import SampleCity, decision, goal

CELLS = st.one_of(
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "11.14",
            "11.1",
            "99.99",
            "keine: Eigenbetrieb",
            "2014-kulturamt-01",
            "2014-kulturamt-99",
            "1.234,5",
            "12 %",
            "#REF!",
            "=1+1",
            "oeffnung; sprache",
            "ausgewählt",
            "Gemeinderat",
            "erreicht",
            "24.06.2013",
            "x" * 20_000,
            "\u202e\x00\x07",
        ]
    ),
)
HEADERS = st.one_of(
    st.sampled_from([f.header for kind in KINDS for f in FIELDS[kind]]),
    st.sampled_from([f.alias.upper() for kind in KINDS for f in FIELDS[kind]]),
    st.text(max_size=20),
    st.none(),
)


@cache
def surroundings() -> Surroundings:
    city = SampleCity(Path(mkdtemp()))
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-02", "nicht berücksichtigt"))
    return Surroundings.read(city.settings)


@st.composite
def tables(draw: st.DrawFn, kind: Kind) -> list[list[object]]:
    """A form of a kind with any cells, then: columns moved, doubled, dropped or renamed, rows put in."""
    headers: list[object] = [field.header for field in FIELDS[kind]]
    body = draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=6))
    table = [headers, *body]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(table[0])))
        header, cells = draw(HEADERS), draw(st.lists(CELLS, min_size=len(table), max_size=len(table)))
        for row, cell in zip(table, [header, *cells[1:]], strict=True):
            row.insert(at, cell)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(table[0]) - 1))
        for row in table:
            del row[at]
    for _ in range(draw(st.integers(0, 2))):
        table.insert(draw(st.integers(0, len(table))), draw(st.lists(CELLS, max_size=3)))
    return table


def as_csv(table: list[list[object]], delimiter: str, encoding: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, escapechar="\\")
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in table])
    return text.getvalue().encode(encoding, "replace")


def as_json(table: list[list[object]]) -> bytes:
    head = [str(cell) for cell in table[0]]
    return json.dumps([dict(zip(head, row, strict=False)) for row in table[1:]], default=str).encode()


def as_workbook(table: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(table, start=1):
        for column, cell in enumerate(row, start=1):
            try:
                sheet.cell(at, column).value = cell  # type: ignore[assignment]
            except (
                ValueError,
                OverflowError,
                IllegalCharacterError,
            ):  # what openpyxl would not write, nobody hands in
                continue
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def assert_report(name: str, data: bytes, kind: Kind) -> None:
    said = Purpose(kind, 2015, "bauamt")
    report = check_file(name, data, surroundings(), said)
    assert report.status in EXIT_CODES
    assert {finding.code for finding in report.findings} <= set(all_rules())
    assert json.dumps(report.document("https://stadt.example/"), ensure_ascii=False).encode()
    assert report_html([report], "https://stadt.example/").encode()
    print_report(report, Console(file=io.StringIO(), width=80), "https://stadt.example/")
    marked = marked_workbook(data, report, Limits(), "https://stadt.example/")
    assert openpyxl.load_workbook(io.BytesIO(marked)).sheetnames[0] == FINDINGS_SHEET


@settings(max_examples=60, deadline=None)
@given(
    st.data(),
    st.sampled_from(KINDS),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_mangled_csv(data: st.DataObject, kind: Kind, delimiter: str, encoding: str) -> None:
    content = as_csv(data.draw(tables(kind)), delimiter, encoding)
    at = data.draw(st.integers(0, len(content)))
    assert_report("a.csv", content[:at] + data.draw(st.binary(max_size=3)) + content[at:], kind)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(KINDS))
def test_mangled_json(data: st.DataObject, kind: Kind) -> None:
    assert_report("a.json", as_json(data.draw(tables(kind))), kind)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(KINDS))
def test_mangled_workbooks(data: st.DataObject, kind: Kind) -> None:
    assert_report("a.xlsx", as_workbook(data.draw(tables(kind))), kind)
