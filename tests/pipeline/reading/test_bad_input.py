"""Files that nobody would hand in on purpose, and some that somebody would: a clear finding each."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.findings.catalogue import all_rules
from pipeline.forms import FIELDS, SubmittedFile
from pipeline.reading.limits import Limits
from pipeline.records.lists import ReadFile, read_file
from tests.city import csv_text, goal

HEADERS: list[object] = [field.header for field in FIELDS["submissions"]]
GOAL: list[object] = [1, "11.14", "Ein Ziel", "", "oeffnung"]


def read(data: bytes, name: str = "kulturamt.xlsx", limits: Limits | None = None) -> ReadFile:
    file = SubmittedFile(
        path=f"submissions/2014/{name}",
        kind="submissions",
        year=2014,
        department="kulturamt",
        sha256="0" * 64,
        bytes=len(data),
    )
    return read_file(file, data, limits or Limits())


def codes(read_file: ReadFile) -> list[str]:
    return [finding.code for finding in read_file.findings]


def workbook(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form(*rows: list[object]) -> bytes:
    return saved(workbook(HEADERS, *(rows or [GOAL])))


def changed(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Return a workbook with some of its parts replaced, added or (None) left out."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = changes.get(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
        for name, content in changes.items():
            if content is not None and name not in before.namelist():
                after.writestr(name, content)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(cells: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    ).encode()


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
UNREADABLE = {
    "an image named .xlsx": (PNG, "kulturamt.xlsx", "file-other-kind"),
    "an image named .csv": (PNG, "kulturamt.csv", "file-other-kind"),
    "a workbook named .csv": (form(), "kulturamt.csv", "file-other-kind"),
    "a workbook named .json": (form(), "kulturamt.json", "file-other-kind"),
    "a text named .xlsx": (b"Lfd. Nr.;Ziel", "kulturamt.xlsx", "file-other-kind"),
    "a web page named .xlsx": (b"  <html><table>", "kulturamt.xlsx", "file-other-kind"),
    "an old workbook": (OLE, "kulturamt.xlsx", "file-other-kind"),
    "an encrypted workbook": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "kulturamt.xlsx",
        "file-encrypted",
    ),
    "nothing named .xlsx": (b"", "kulturamt.xlsx", "file-other-kind"),
    "null characters": (b"\0" * 1000, "kulturamt.csv", "file-unreadable"),
    "null characters as JSON": (b"\0" * 1000, "kulturamt.json", "file-unreadable"),
    "a workbook cut off": (form()[:2000], "kulturamt.xlsx", "file-unreadable"),
    "a ZIP archive that is no workbook": (
        changed(form(), dict.fromkeys(zipfile.ZipFile(io.BytesIO(form())).namelist())),
        "kulturamt.xlsx",
        "file-unreadable",
    ),
    "a part whose name is no UTF-8": (
        changed(form(), {"xl/ä.xml": b"<x/>"}).replace("ä".encode(), b"\xcf\xcf"),
        "kulturamt.xlsx",
        "file-unreadable",
    ),
    "an external entity in a sheet": (
        changed(form(), {SHEET: sheet_xml("<row><c t='inlineStr'><is><t>&e;</t></is></c></row>", ENTITY)}),
        "kulturamt.xlsx",
        "file-declares-entities",
    ),
    "an external entity in another part": (
        changed(form(), {"docProps/core.xml": f'<?xml version="1.0"?>{ENTITY}<x>&e;</x>'.encode()}),
        "kulturamt.xlsx",
        "file-declares-entities",
    ),
    "ten thousand parts": (
        changed(form(), {f"xl/media/{n}.png": b"" for n in range(10_000)}),
        "kulturamt.xlsx",
        "file-too-many-parts",
    ),
    "deeply nested JSON": (b"[" * 100_000, "kulturamt.json", "file-unreadable"),
    "an object instead of rows": (b'{"number": 1}', "kulturamt.json", "file-unreadable"),
    "an unknown suffix": (b"x", "kulturamt.ods", "file-suffix-unknown"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_told_in_one_finding(case: str) -> None:
    data, name, code = UNREADABLE[case]
    outcome = read(data, name)
    assert codes(outcome) == [code]
    assert outcome.records is None
    assert outcome.findings[0].message_de
    assert "{" not in outcome.findings[0].message_de + outcome.findings[0].hint_de


def test_a_bomb_is_not_unpacked() -> None:
    bomb = changed(form(), {"xl/media/image1.png": b"\0" * 400_000_000})
    assert len(bomb) < 1_000_000
    assert codes(read(bomb)) == ["file-unpacks-too-large"]


def test_a_long_text_that_many_cells_share_is_counted_for_each_of_them() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "x" * 1_000_000
        + "</t></si></sst>"
    )
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    data = changed(form(), {"xl/sharedStrings.xml": strings.encode(), SHEET: sheet_xml(cells)})
    assert codes(read(data)) == ["file-unpacks-too-large"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "sheet-too-many-rows"),
        ('<row r="1048576"><c><v>1</v></c></row>', "sheet-too-many-rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "sheet-too-many-columns"),
        ("<row>" + "<c><v>1</v></c>" * 500 + "</row>", "sheet-too-many-columns"),
        (
            '<row r="1"><c r="CV1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>',
            "sheet-too-large",
        ),
    ],
)
def test_a_sheet_that_reaches_too_far_says_how_far(cells: str, code: str) -> None:
    outcome = read(changed(form(), {SHEET: sheet_xml(cells)}))
    assert codes(outcome) == [code]
    assert any(character.isdigit() for character in outcome.findings[0].message_de)


def test_cells_with_nothing_but_a_format_do_not_count() -> None:
    book = workbook(HEADERS, GOAL)
    assert book.active is not None
    book.active["XFD900000"].number_format = "0.00"
    outcome = read(saved(book))
    assert codes(outcome) == []


def test_too_many_rows_and_columns_in_csv_and_json() -> None:
    limits = Limits(rows=10, columns=20)
    text = csv_text("submissions", [goal(n) for n in range(1, 12)])
    assert codes(read(text.encode(), "kulturamt.csv", limits)) == ["sheet-too-many-rows"]
    wide = ("Ziel;" * 30 + "\r\n") * 2
    assert codes(read(wide.encode(), "kulturamt.csv", limits)) == ["sheet-too-many-columns"]
    assert codes(read(b";" * 20_000, "kulturamt.csv", limits)) == ["sheet-too-many-columns"]
    rows = json.dumps([goal(n) for n in range(1, 12)])
    assert codes(read(rows.encode(), "kulturamt.json", limits)) == ["sheet-too-many-rows"]
    keys = json.dumps([{f"k{n}": n for n in range(30)}])
    assert codes(read(keys.encode(), "kulturamt.json", limits)) == ["sheet-too-many-columns"]
    assert codes(read(b"[" + b"{}," * 100 + b"{}]", "kulturamt.json", limits)) == ["sheet-too-many-rows"]


def test_error_values_and_formulas_without_result_name_their_cell() -> None:
    book = workbook(HEADERS, GOAL)
    assert book.active is not None
    book.active["K2"] = "=1+1"  # openpyxl saves no result
    book.active["J2"] = "#REF!"
    book.active["J2"].data_type = "e"
    found = {(f.code, f.column, f.row, f.value) for f in read(saved(book)).findings}
    assert found == {
        ("cell-formula-not-computed", "K", 2, "=1+1"),
        ("cell-error-value", "J", 2, "#REF!"),
    }


@pytest.mark.parametrize(
    ("number_format", "value", "read_as"),
    [
        ("0%", 0.12, "12"),
        ("0.0%", 0.125, "12.5"),
        ("[Red]0.00%;-0.00%", 0.07, "7"),
        ("0.0", 0.4, "0.4"),
        ('0" %"', 12, "12"),
        ("0\\%", 12, "12"),
    ],
)
def test_a_percent_cell_means_what_it_shows(number_format: str, value: float, read_as: str) -> None:
    book = workbook(HEADERS, [*GOAL, "", "", "Anteil", "Prozent", value, 50])
    assert book.active is not None
    book.active["J2"].number_format = number_format
    outcome = read(saved(book))
    assert outcome.records is not None
    assert str(outcome.records.records[0].baseline) == read_as  # type: ignore[union-attr]


def test_links_to_other_files_are_not_followed_and_reported() -> None:
    data = changed(form(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    outcome = read(data)
    assert codes(outcome) == ["workbook-links"]
    assert not outcome.blocked


def test_hyperlink_formulas_are_reported_and_their_text_is_read() -> None:
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{header}</t></is></c>' for header in HEADERS),
        "<c><v>1</v></c><c t='inlineStr'><is><t>11.14</t></is></c>"
        "<c t='str'><f>HYPERLINK(&quot;http://evil.example&quot;,&quot;Ein Ziel&quot;)</f><v>Ein Ziel</v></c>"
        "<c/><c t='inlineStr'><is><t>oeffnung</t></is></c>",
    )
    data = changed(form(), {SHEET: sheet_xml("".join(f"<row>{row}</row>" for row in cells))})
    outcome = read(data)
    assert [(f.code, f.column, f.row) for f in outcome.findings] == [("cell-formula-leads-elsewhere", "C", 2)]
    assert outcome.records is not None
    assert outcome.records.records[0].title == "Ein Ziel"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "code", "published"),
    [
        ('=HYPERLINK("http://evil.example")', "cell-looks-like-formula", '=HYPERLINK("http://evil.example")'),
        ("+cmd|' /C calc'!A0", "cell-looks-like-formula", "+cmd|' /C calc'!A0"),
        ("Ein\u202eZiel", "cell-direction-marks", "EinZiel"),
        ("Ein\x07 Ziel\x1b[31m", "cell-control-characters", "Ein Ziel[31m"),
        ("a\u0308ndern", None, "ändern"),
        ("- ein Spiegelstrich", None, "- ein Spiegelstrich"),
    ],
)
def test_odd_texts_are_cleaned_and_reported(title: str, code: str | None, published: str) -> None:
    rows = [goal(1, title=title)]
    for data, name in (
        (csv_text("submissions", rows).encode(), "kulturamt.csv"),
        (json.dumps(rows).encode(), "kulturamt.json"),
    ):
        outcome = read(data, name)
        assert codes(outcome) == ([code] if code else [])
        assert outcome.records is not None
        assert outcome.records.records[0].title == published  # type: ignore[union-attr]


def test_a_cell_as_long_as_a_book_is_a_violation_with_its_place() -> None:
    outcome = read(csv_text("submissions", [goal(1, note="x" * 100_000)]).encode(), "kulturamt.csv")
    (finding,) = outcome.findings
    assert (finding.code, finding.column, finding.row, finding.blocks) == ("cell-too-long", "N", 2, True)
    assert len(finding.value or "") < 400
    assert "100.000" in finding.message_de


def test_a_file_that_is_wrong_in_every_row_is_told_without_end() -> None:
    rows = [goal("x", target="viel") for _ in range(6_000)]
    outcome = read(csv_text("submissions", rows).encode(), "kulturamt.csv")
    assert len(outcome.findings) == 5_001
    assert outcome.findings[-1].code == "findings-left-out"
    assert "7000" in outcome.findings[-1].message_de


@pytest.mark.parametrize("number", [" ", "", "x", "0", "-5", "1.5", "\u0661", "9" * 5_000])
def test_a_row_whose_number_is_none_makes_the_file_unreadable(number: str) -> None:
    sheet = sheet_xml(f"<row r='{number}'><c t='inlineStr'><is><t>x</t></is></c></row>")
    assert codes(read(changed(form(), {SHEET: sheet}))) == ["file-unreadable"]


def test_a_shared_text_with_an_endless_number_is_no_crash() -> None:
    cells = f"<row><c t='s'><v>{'9' * 5_000}</v></c></row>"
    assert set(codes(read(changed(form(), {SHEET: sheet_xml(cells)})))) <= set(all_rules())


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.csv", "a.json"]))
def test_any_bytes_give_a_report(data: bytes, name: str) -> None:
    outcome = read(data, name)
    assert {finding.code for finding in outcome.findings} <= set(all_rules())


FORM = form()
"""One form for all examples of a property: one made anew has another time in it, and length."""


@settings(max_examples=100)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_gives_a_report(data: st.DataObject) -> None:
    content = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome = read(bytes(content))
    assert {finding.code for finding in outcome.findings} <= set(all_rules())


@settings(max_examples=100)
@given(st.data())
def test_a_sheet_with_any_text_changed_gives_a_report(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(FORM)) as archive:
        sheet = bytearray(archive.read(SHEET))
    for _ in range(data.draw(st.integers(1, 8))):
        sheet[data.draw(st.integers(0, len(sheet) - 1))] = data.draw(st.integers(32, 126))
    outcome = read(changed(FORM, {SHEET: bytes(sheet)}))
    assert {finding.code for finding in outcome.findings} <= set(all_rules())


def test_no_file_is_written_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(form(), "../../x.xlsx")
    assert list(tmp_path.iterdir()) == []
