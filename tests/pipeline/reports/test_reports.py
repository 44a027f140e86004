"""A report in the terminal, as a page, and in the file itself."""

import io
import re
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from rich.console import Console

from pipeline.check.checking import check_file
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.findings.models import Finding
from pipeline.findings.report import Report
from pipeline.forms import FIELDS, FINDINGS_SHEET
from pipeline.reading.limits import Limits
from pipeline.reports.html import report_fragment, report_html
from pipeline.reports.marked import marked_workbook
from pipeline.reports.text import print_report
from tests.city import SampleCity, csv_text, goal

BASE = "https://stadt.example/"
EVIL = "<script>alert(1)</script>[red]\x1b[31m{{x}}\"'"
SAID = Purpose("submissions", 2016, "kulturamt")


def number(row: int, value: str = "viel", column: str | None = "K") -> Finding:
    return Finding.of(
        "cell-not-a-number", "a.xlsx", sheet="Ziele", row=row, column=column, header="Zielwert", value=value
    )


def unit(row: int) -> Finding:
    return Finding.of(
        "indicator-unit-missing", "a.xlsx", sheet="Ziele", row=row, column="I", header="Einheit"
    )


def report(*findings: Finding, readable: bool = True, file: str = "a.xlsx") -> Report:
    return Report.of(file, findings, readable=readable, rows=70, kind="submissions", year=2016)


def text(of: Report, width: int = 80) -> str:
    stream = io.StringIO()
    print_report(of, Console(file=stream, width=width, force_terminal=False), BASE)
    return stream.getvalue()


def test_the_terminal_says_where_what_and_how() -> None:
    shown = text(report(number(4), *(unit(row) for row in range(12, 61))))
    for words in (
        "✗ zurückgehalten / held back: a.xlsx",
        "Blatt / sheet „Ziele“",
        "K4 Zielwert (viel)",
        "Hier wird eine Zahl erwartet. →",
        "A number is expected here.",
        "Spalte I, Zeilen 12–60 Einheit",
        "https://stadt.example/help/cell-not-a-number",
        "70 Zeilen / rows · 1 Verstöße / violations · 49 Hinweise / warnings",
    ):
        assert words in shown, words
    assert shown.count("Einheit der Kennzahl fehlt") == 1


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (report(), "✓ angenommen / accepted"),
        (report(unit(2)), "✓ angenommen mit Hinweisen / accepted with warnings"),
        (report(number(2)), "✗ zurückgehalten / held back"),
        (report(number(2), readable=False), "✗ nicht lesbar / unreadable"),
    ],
)
def test_the_status_is_said_in_words(of: Report, words: str) -> None:
    assert words in text(of)
    german, _, english = words[2:].partition(" / ")
    assert german in report_html([of], BASE)
    assert english in report_html([of], BASE, "en")


def test_what_stands_in_a_cell_can_do_no_harm() -> None:
    evil = report(number(2, EVIL), file=f"{EVIL[:20]}.xlsx")
    shown = text(evil)
    assert "\x1b" not in shown
    assert "[red]" in shown
    page = report_html([evil], BASE)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_cap_is_visible() -> None:
    many = report(*(number(row, column=chr(65 + row % 20) + chr(65 + row // 20)) for row in range(1, 400)))
    assert "… 349 weitere / more" in text(many)
    assert "es fehlen 99." in report_html([many], BASE)


def test_a_page_to_send_by_mail_loads_nothing() -> None:
    page = report_html([report(number(4), unit(5)), report(file="b.csv")], BASE)
    assert "<style>" in page
    assert not re.search(r"<(link|script|img|iframe)", page)
    assert re.findall(r'href="([^"#][^"]*)"', page) == [
        f"{BASE}help/cell-not-a-number",
        f"{BASE}help/indicator-unit-missing",
    ]
    assert page.count("<h1>") == 1
    assert 'href="#report-2"' in page
    assert '<html lang="de">' in page


def test_a_part_of_a_page_has_no_styles_of_its_own() -> None:
    fragment = report_fragment(report(number(4)), "/", "en")
    assert "style=" not in fragment
    assert 'href="/help/cell-not-a-number"' in fragment
    assert "A number is expected here." in fragment
    assert '<th scope="col">' in fragment
    assert "<caption>" in fragment


# The marked workbook


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_form() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ziele"
    sheet.append(["Anmeldung"])
    sheet.merge_cells("A1:D1")
    sheet.append([field.header for field in FIELDS["submissions"]])
    sheet.append([1, "11.14", "Erstes", "", "oeffnung", "", "", "Anteil", "", 1, "viel"])
    sheet.append([2, "99.14", "Zweites", "", "oeffnung", "", "", "Anteil", "Prozent", 1, 50])
    sheet["N3"] = '=HYPERLINK("http://evil.example","klick")'
    sheet["K3"].comment = Comment("Von Hand", "Amt")
    book.create_sheet("Notizen")["A1"] = "unberührt"
    book.create_sheet("Versteckt").sheet_state = "hidden"
    return saved(book)


def checked(city: SampleCity, data: bytes, name: str) -> Report:
    return check_file(name, data, Surroundings.read(city.settings), SAID)


def marked(city: SampleCity, data: bytes, name: str) -> tuple[Workbook, Report, bytes]:
    done = checked(city, data, name)
    result = marked_workbook(data, done, Limits(), BASE)
    return opened(result), done, result


def test_the_file_itself_with_its_cells_marked(city: SampleCity) -> None:
    book, found, data = marked(city, a_form(), "a.xlsx")
    assert book.sheetnames == [FINDINGS_SHEET, "Ziele", "Notizen", "Versteckt"]
    sheet = book["Ziele"]
    for cell in ("K3", "B4", "I3"):
        comment = sheet[cell].comment
        assert comment is not None, cell
        assert "→" in comment.text
        assert sheet[cell].fill.fgColor.rgb != "00000000"
    assert sheet["K3"].comment is not None
    assert sheet["K3"].comment.text.startswith("Von Hand")
    assert sheet["B4"].fill.fgColor.rgb != sheet["I3"].fill.fgColor.rgb  # violation and warning
    assert [c.value for c in sheet[2]] == [f.header for f in FIELDS["submissions"]]
    assert sheet["C4"].value == "Zweites"
    assert sheet["N3"].data_type != "f"
    assert "A1:D1" in {str(area) for area in sheet.merged_cells.ranges}
    assert b"<f>" not in b"".join(_parts(data))
    assert found.status == "held_back"


def _parts(data: bytes) -> Sequence[bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_the_list_leads_to_the_cells_and_the_help_pages(city: SampleCity) -> None:
    book, _, _ = marked(city, a_form(), "a.xlsx")
    sheet = book[FINDINGS_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    places = {row[2] for row in rows if row[2]}
    assert {"K3", "B4", "I3"} <= places
    links = {c.hyperlink.location or c.hyperlink.target for r in sheet.iter_rows() for c in r if c.hyperlink}
    assert "'Ziele'!K3" in {str(link).lstrip("#") for link in links}
    assert f"{BASE}help/cell-not-a-number" in links
    assert str(rows[0][0]).startswith("a.xlsx: zurückgehalten / held back")


def test_a_marked_file_handed_in_again_is_read_as_before(city: SampleCity) -> None:
    _, found, data = marked(city, a_form(), "a.xlsx")
    again = checked(city, data, "a.xlsx")
    codes = [(f.code, f.row, f.column) for f in again.findings]
    before = [(f.code, f.row, f.column) for f in found.findings]
    assert [c for c in before if c not in codes and not c[0].startswith("cell-formula")] == []
    book = opened(marked_workbook(b"", again, Limits(), BASE))
    assert book.sheetnames == [FINDINGS_SHEET]
    twice, _, _ = marked(city, data, "a.xlsx")
    assert twice.sheetnames.count(FINDINGS_SHEET) == 1


def test_a_csv_becomes_a_workbook_with_the_same_places(city: SampleCity) -> None:
    rows = [goal(1, target="viel"), goal(2, title=EVIL.replace("\x1b", "")), goal(3, title="=1+1")]
    book, _, _ = marked(city, csv_text("submissions", rows).encode(), "a.csv")
    sheet = book["Daten"]
    assert sheet["K2"].comment is not None
    assert sheet["K2"].value == "viel"
    assert sheet["C4"].data_type == "s"
    assert sheet["C4"].value == "=1+1"


def test_json_is_marked_below_its_keys(city: SampleCity) -> None:
    import json

    book, found, _ = marked(city, json.dumps([goal(1), goal(2, target="viel")]).encode(), "a.json")
    (finding,) = found.findings
    assert (finding.row, finding.column, finding.header) == (2, None, "target")
    sheet = book["Daten"]
    column = [cell.value for cell in sheet[1]].index("target") + 1
    assert sheet.cell(3, column).comment is not None
    assert sheet.cell(3, column).value == "viel"


def test_control_characters_and_long_texts_fit_into_a_workbook(city: SampleCity) -> None:
    rows = [goal(1, title="a\x07b", note="x" * 50_000, target="\x01viel")]
    book, _, _ = marked(city, csv_text("submissions", rows).encode(), "a.csv")
    assert book["Daten"]["C2"].value == "a�b"


def test_a_file_that_cannot_be_read_gets_the_list_only(city: SampleCity) -> None:
    book, found, _ = marked(city, b"\x89PNG....", "a.xlsx")
    assert found.status == "unreadable"
    assert book.sheetnames == [FINDINGS_SHEET]


def test_a_large_file_gets_the_list_only_and_says_so(city: SampleCity) -> None:
    rows = [goal(n, target="viel" if n == 9_000 else "50") for n in range(1, 15_001)]
    book, _, _ = marked(city, csv_text("submissions", rows).encode(), "a.csv")
    text_of = [str(cell.value) for row in book[FINDINGS_SHEET].iter_rows() for cell in row if cell.value]
    assert any("zu groß" in line for line in text_of)
    assert "K9001" in text_of
