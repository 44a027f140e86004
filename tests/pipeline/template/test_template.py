"""The forms that are handed out: what is in them, and that what is filled in is read."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ontology.errors import TemplateError
from pipeline.check.checking import check_file
from pipeline.check.surroundings import Surroundings
from pipeline.cli.template import template
from pipeline.findings.report import Report
from pipeline.forms import FIELDS, FORM_SHEETS, IDENTITY_SHEET, INFORMATION, LISTS_SHEET, Kind
from pipeline.masterdata import read_masterdata
from pipeline.template.content import form_content
from pipeline.template.workbook import FIRST_ROW, HEADER_ROW, form_workbook
from tests.city import SampleCity, decision, goal

SOFFICE = shutil.which("soffice")
with_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def form(
    city: SampleCity, kind: Kind = "submissions", year: int = 2015, department: str | None = "kulturamt"
) -> bytes:
    masterdata = read_masterdata(city.raw, "https://stadt.example/")
    return form_workbook(form_content(masterdata, city.raw, kind=kind, year=year, department=department))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def choices(book: Workbook, header: str) -> tuple[list[str], bool]:
    """Return what the list of a column offers, and whether anything else is refused."""
    sheet = book.worksheets[0]
    letter = next(c.column_letter for c in sheet[HEADER_ROW] if c.value == header)
    rules = sheet.data_validations.dataValidation
    rule = next(r for r in rules if f"{letter}{FIRST_ROW}" in r.sqref)
    if rule.type != "list":
        return [], bool(rule.showErrorMessage)
    area = (
        str(rule.formula1).removeprefix(f"={LISTS_SHEET}!").removeprefix(f"{LISTS_SHEET}!").replace("$", "")
    )
    cells = book[LISTS_SHEET][area]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return [str(row[0].value) for row in rows], bool(rule.showErrorMessage)


def fill_in(sheet: Worksheet, row: int, kind: Kind, **values: object) -> None:
    for index, field in enumerate(FIELDS[kind], start=1):
        if field.alias in values:
            sheet.cell(row, index).value = values[field.alias]  # type: ignore[assignment]


def check(city: SampleCity, data: bytes, name: str = "Formular (final).xlsx") -> Report:
    return check_file(name, data, Surroundings.read(city.settings))


@pytest.fixture
def with_goals(city: SampleCity) -> SampleCity:
    city.submit(2014, "kulturamt", goal(1, title="=Erstes Ziel"), goal(2, title="Zweites Ziel"), goal(3))
    city.submit(2014, "bauamt", goal(1))
    city.decide(
        2014,
        decision("2014-kulturamt-01"),
        decision("2014-kulturamt-02", "nicht berücksichtigt"),
        decision("2014-kulturamt-03", "zurückgezogen"),
    )
    return city


def test_the_goals_form_has_headers_explanations_and_lists(with_goals: SampleCity) -> None:
    book = opened(form(with_goals))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Ziele", "Anleitung", LISTS_SHEET, IDENTITY_SHEET]
    assert [cell.value for cell in sheet[HEADER_ROW]] == [f.header for f in FIELDS["submissions"]]
    assert [cell.value for cell in sheet[HEADER_ROW - 1]] == [f.meaning_de for f in FIELDS["submissions"]]
    assert sheet["A1"].value == "Anmeldung von Zielen · Kulturamt · Haushaltsjahr 2015"
    assert sheet.freeze_panes == f"D{FIRST_ROW}"
    assert book[LISTS_SHEET].sheet_state == "hidden"
    assert book[IDENTITY_SHEET].sheet_state == "veryHidden"
    groups, closed = choices(book, "Produktgruppe")
    assert any(group.startswith("11.14 ") for group in groups)
    assert not closed  # a product or a local group may be typed
    assert choices(book, "Handlungsfeld")[0] == ["Interkulturelle Öffnung", "Sprache und Bildung"]
    assert "Prozent" in choices(book, "Einheit")[0]
    assert choices(book, "Übernommen aus")[0] == [
        "2014-bauamt-01 Erfundenes Ziel 1",
        "2014-kulturamt-02 Zweites Ziel",
    ]


def test_cells_are_formatted_so_that_no_code_becomes_a_number(city: SampleCity) -> None:
    sheet = opened(form(city)).worksheets[0]
    formats = {
        f.alias: sheet.cell(FIRST_ROW, i).number_format for i, f in enumerate(FIELDS["submissions"], 1)
    }
    assert formats["product_group"] == formats["carried_over_from"] == "@"
    assert formats["target_year"] == "0"
    assert sheet.cell(FIRST_ROW + 150, 2).number_format == "@"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"


def test_the_instructions_tell_every_column_in_both_languages(city: SampleCity) -> None:
    for kind in FORM_SHEETS:
        city.submit(2015, "kulturamt", goal(1))
        sheet = opened(form(city, kind, department=None if kind == "decisions" else "kulturamt"))["Anleitung"]
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        for field in FIELDS[kind]:
            for words in (field.header, field.meaning_de, field.meaning_en, field.example):
                assert words in text
        assert "In English" in text


def test_a_form_filled_in_from_its_lists_is_accepted(with_goals: SampleCity) -> None:
    book = opened(form(with_goals))
    fill_in(
        book.worksheets[0],
        FIRST_ROW,
        "submissions",
        number=1,
        product_group=choices(book, "Produktgruppe")[0][10],
        title="Ein Ziel",
        action_field="Interkulturelle Öffnung",
        recommendation=choices(book, "Handlungsempfehlung")[0][0],
        indicator="Anteil",
        unit="Prozent",
        target=40,
        target_year=2015,
        carried_over_from=choices(book, "Übernommen aus")[0][1],
    )
    report = check(with_goals, saved(book))
    assert (report.findings, report.status, report.year, report.department) == (
        (),
        "accepted",
        2015,
        "kulturamt",
    )


def test_an_empty_form_says_that_it_is_empty(city: SampleCity) -> None:
    assert [f.code for f in check(city, form(city)).findings] == ["file-empty"]


def test_the_progress_form_is_prefilled_and_its_empty_rows_are_passed_over(with_goals: SampleCity) -> None:
    book = opened(form(with_goals, "progress", 2014))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 2)]
    assert [(row[0], row[6]) for row in rows[:2]] == [
        ("2014-kulturamt-01", "=Erstes Ziel"),
        ("2014-kulturamt-02", "Zweites Ziel"),
    ]
    assert rows[2][0] is None  # the third was withdrawn
    assert sheet.cell(FIRST_ROW, 7).data_type == "s"  # no formula
    assert [c.value for c in sheet[HEADER_ROW]][6:] == list(INFORMATION["progress"])
    assert choices(book, "Zielerreichung")[1]  # nothing else can be entered
    fill_in(sheet, FIRST_ROW, "progress", attainment="erreicht", percent=100, as_of="31.12.2014")
    report = check(with_goals, saved(book))
    assert [(f.code, f.row) for f in report.findings] == [("row-not-filled-in", FIRST_ROW + 1)]
    assert report.status == "accepted_with_warnings"
    assert report.summary.rows == 1


def test_the_decisions_form_is_prefilled_with_all_goals(with_goals: SampleCity) -> None:
    book = opened(form(with_goals, "decisions", 2014, None))
    sheet = book.worksheets[0]
    ids = [sheet.cell(row, 1).value for row in range(FIRST_ROW, FIRST_ROW + 3)]
    assert ids == ["2014-bauamt-01", "2014-kulturamt-01", "2014-kulturamt-02"]
    assert "ausgewählt" in choices(book, "Ergebnis")[0]
    for row in range(FIRST_ROW, FIRST_ROW + 3):
        fill_in(sheet, row, "decisions", outcome="ausgewählt", body="Gemeinderat")
    assert check(with_goals, saved(book)).status == "accepted"


@pytest.mark.parametrize(
    ("kind", "year", "department", "words"),
    [
        ("submissions", 2015, "kulturamd", "kulturamt"),
        ("submissions", 2999, "kulturamt", "2999"),
        ("submissions", 2001, "kulturamt", "Plan"),
        ("progress", 2016, "kulturamt", "kein Ziel"),
    ],
)
def test_what_no_form_can_be_made_for_is_told(
    city: SampleCity, kind: Kind, year: int, department: str | None, words: str
) -> None:
    with pytest.raises(TemplateError, match=words):
        form(city, kind, year, department)


def test_a_department_left_out_is_not_told_to_be_unknown(city: SampleCity) -> None:
    with pytest.raises(TemplateError, match=r"Das Amt fehlt .* bauamt"):
        form(city, "submissions", 2015, None)


def test_the_nearest_department_is_named_whatever_its_case(city: SampleCity) -> None:
    with pytest.raises(TemplateError, match=r"meant: kulturamt\?"):
        form(city, "submissions", 2015, "KULTURAMD")


def test_the_instructions_name_plan_rule_and_who_set_them(city: SampleCity) -> None:
    sheet = opened(form(city, year=2014))["Anleitung"]
    texts = [row[0].value for row in sheet.iter_rows()]
    assert "Plan: Integrationsplan 2012 (Fachrat für Migration und Integration)" in texts
    assert "Regel / rule: Mindestens zwei Ziele (Gemeinderat)" in texts
    assert "Vorgabe / guideline: Alle nehmen teil." in [
        row[0].value for row in opened(form(city, year=2016))["Anleitung"].iter_rows()
    ]


def test_no_row_is_higher_than_spreadsheets_allow(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Ein langes Ziel. " * 500))
    sheet = opened(form(city, "progress", 2014)).worksheets[0]
    assert sheet.row_dimensions[FIRST_ROW].height == 409


def test_only_what_is_certainly_wrong_is_refused(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    styles = {
        rule.errorTitle: rule.errorStyle or "stop"
        for kind in ("submissions", "progress")
        for rule in opened(form(city, kind, 2014)).worksheets[0].data_validations.dataValidation
        if rule.showErrorMessage
    }
    assert styles == {
        "Lfd. Nr.": "stop",
        "Ausgangswert": "warning",
        "Zielwert": "warning",
        "Zieljahr": "warning",
        "Istwert": "warning",
        "Zielerreichung": "stop",
        "Prozent": "stop",
        "Stand": "warning",
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("form.ods", "muss auf .xlsx enden"),
        ("nirgends/form.xlsx", "Diesen Ordner gibt es nicht"),
        ("ordner.xlsx", "ist ein Ordner"),
    ],
)
def test_a_place_that_no_form_can_be_written_to_is_told(
    city: SampleCity, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "ordner.xlsx").mkdir()
    with pytest.raises(TemplateError, match=words):
        template(tmp_path / name, year=2015, department="kulturamt", force=True, raw=city.raw)


def test_an_existing_file_is_overwritten_only_if_asked(city: SampleCity, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"filled in by hand")
    with pytest.raises(TemplateError, match="--force"):
        template(path, year=2015, department="kulturamt", raw=city.raw)
    assert path.read_bytes() == b"filled in by hand"
    template(path, year=2015, department="kulturamt", kind="Ziele", force=True, raw=city.raw)
    assert opened(path.read_bytes()).properties.creator == "stadtziele"
    assert [file.name for file in tmp_path.glob("*form*")] == ["form.xlsx"]


@pytest.mark.journey
@with_libreoffice
def test_a_form_survives_libreoffice(with_goals: SampleCity, tmp_path: Path) -> None:
    """Opened and saved by a real LibreOffice, the form still has its lists and knows what it is for."""
    path = tmp_path / "form.xlsx"
    book = opened(form(with_goals))
    fill_in(
        book.worksheets[0],
        FIRST_ROW,
        "submissions",
        number=1,
        product_group="11.10",
        title="Ein Ziel",
        action_field="Sprache",
        indicator="Anteil",
        unit="Prozent",
        target="=30+10",
    )
    path.write_bytes(saved(book))
    out = tmp_path / "saved"
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run([*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path], check=True, timeout=120)
    data = (out / "form.xlsx").read_bytes()
    again = opened(data)
    assert again[IDENTITY_SHEET].sheet_state != "visible"
    assert choices(again, "Handlungsfeld")[0] == ["Interkulturelle Öffnung", "Sprache und Bildung"]
    report = check(with_goals, data)
    assert (report.findings, report.year, report.department) == ((), 2015, "kulturamt")
