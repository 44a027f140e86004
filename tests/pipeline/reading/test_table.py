import csv
import io
import json

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import UnreadableFileError
from pipeline.forms import SubmittedFile
from pipeline.reading.grid import column_letter
from pipeline.reading.limits import Limits
from pipeline.reading.sheets import read_sheets
from pipeline.reading.table import Table, read_table
from pipeline.records.lists import read_file
from tests.city import csv_text, goal

KULTURAMT = SubmittedFile(
    path="submissions/2014/kulturamt.csv",
    kind="submissions",
    year=2014,
    department="kulturamt",
    sha256="0" * 64,
    bytes=1,
)


def read(data: bytes, path: str = "submissions/2014/kulturamt.csv") -> tuple[Table | None, list[str]]:
    try:
        table, findings = read_table(read_sheets(data, path, Limits()), path=path, kind="submissions")
    except UnreadableFileError as error:
        return None, [error.code]
    return table, [finding.code for finding in findings]


def workbook(*rows: list[object], sheet: str = "Ziele") -> bytes:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.title = sheet
    for row in rows:
        active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_in_every_common_form(encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    rows = csv.reader(
        io.StringIO(csv_text("submissions", [goal(1, title="Öffnung; für, alle")])), delimiter=";"
    )
    csv.writer(text, delimiter=delimiter).writerows(rows)
    table, codes = read(text.getvalue().encode(encoding))
    assert codes == []
    assert table is not None
    assert next(table.rows()).cells["title"] == "Öffnung; für, alle"
    assert next(table.rows()).number == 2
    assert table.columns["title"].letter == "C"


def test_a_workbook_with_title_rows_and_empty_columns() -> None:
    data = workbook(
        ["Formular 2014"],
        [],
        [None, "LFD. NR.", "Produkt-\ngruppe", "ziel", "Handlungsfeld"],
        [None, 1, "11.14", "Ein Ziel", "oeffnung"],
        [],
        [None, 2, 11.2, "Noch ein Ziel", "oeffnung"],
    )
    table, codes = read(data, "submissions/2014/kulturamt.xlsx")
    assert codes == []
    assert table is not None
    assert table.sheet == "Ziele"
    assert [row.number for row in table.rows()] == [4, 6]
    assert table.columns["product_group"].letter == "C"


def test_json_with_aliases() -> None:
    table, codes = read(json.dumps([goal(1)]).encode(), "submissions/2014/kulturamt.json")
    assert codes == []
    assert table is not None
    assert next(table.rows()).number == 1
    assert table.columns["title"].letter is None


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        (b"PK\x03\x04 no workbook", "a.xlsx", "file-unreadable"),
        (b"{", "a.json", "file-unreadable"),
        (b'{"a": 1}', "a.json", "file-unreadable"),
        (b"a;b\0c", "a.csv", "file-unreadable"),
        (b"", "a.csv", "file-empty"),
        (b" ; \n;", "a.csv", "file-empty"),
        (b"Guten Tag\nwie geht es", "a.csv", "header-missing"),
        (b"Lfd. Nr.;Produktgruppe;Ziel;Handlungsfeld\n", "a.csv", "file-empty"),
    ],
)
def test_what_is_no_form_is_said(data: bytes, path: str, code: str) -> None:
    table, codes = read(data, path)
    assert table is None
    assert code in codes


def test_columns_that_are_missing_double_or_unknown() -> None:
    _, codes = read(b"Lfd. Nr.;Ziel;Ziel;Farbe;Handlungsfeld\n1;a;b;rot;oeffnung\n")
    assert codes == ["column-twice", "column-unknown", "column-missing"]


def test_cells_that_cannot_be_read_are_named_all_at_once() -> None:
    text = csv_text(
        "submissions", [goal("eins", product_group="Kultur", target="viel"), goal(2, target="#REF!")]
    )
    found = [(f.place(), f.code, f.value) for f in read_file(KULTURAMT, text.encode()).findings]
    path = KULTURAMT.path
    assert found == [
        (f"{path} A2", "cell-not-a-number", "eins"),
        (f"{path} B2", "cell-not-a-product-group", "Kultur"),
        (f"{path} K2", "cell-not-a-number", "viel"),
        (f"{path} K3", "cell-error-value", "#REF!"),
    ]


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".json"]))
def test_no_bytes_make_reading_crash(data: bytes, suffix: str) -> None:
    table, codes = read(data, f"submissions/2014/kulturamt{suffix}")
    assert table is not None or codes


@settings(max_examples=50)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_no_table_makes_reading_crash(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([["Lfd. Nr.", "Produktgruppe", "Ziel", "Handlungsfeld"], *rows])
    file = read_file(KULTURAMT, text.getvalue().encode())
    assert file.records is not None or file.blocked


def test_a_sheet_that_is_not_read_is_said() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(["Lfd. Nr.", "Produktgruppe", "Ziel", "Handlungsfeld"], [1, "11.14", "Ziel", "oeffnung"])
        )
    )
    book.create_sheet("Notizen")["A1"] = "Bitte beachten"
    book.create_sheet("Leer")
    stream = io.BytesIO()
    book.save(stream)
    table, codes = read(stream.getvalue(), "submissions/2014/kulturamt.xlsx")
    assert table is not None
    assert codes == ["sheet-not-read"]


def test_many_commas_in_a_cell_do_not_make_a_file_comma_separated() -> None:
    text = csv_text("submissions", [goal(1, title="a, " * 40)])
    table, codes = read(text.encode())
    assert codes == []
    assert table is not None
    assert str(next(table.rows()).cells["title"]).startswith("a, a,")


def test_what_is_no_character_does_not_stop_anything() -> None:
    table, _ = read(
        b'[{"number": 1, "title": "\\ud800 x", "action_field": "y"}]', "submissions/2014/kulturamt.json"
    )
    assert table is not None
    assert str(next(table.rows()).cells["title"]).encode()


def test_an_unclosed_quotation_mark_is_no_reason_to_drop_rows() -> None:
    text = 'Lfd. Nr.;Produktgruppe;Ziel;Handlungsfeld;Bemerkung\n1;11.14;A;x;"siehe\n2;11.14;B;x;\n'
    table, codes = read(text.encode())
    assert table is None
    assert codes == ["file-unreadable"]


def test_cells_below_no_header_are_named() -> None:
    text = "Lfd. Nr.;Produktgruppe;Ziel;Handlungsfeld\n1;11.14;Teil eins;Teil zwei;Teil drei\n"
    sheets = read_sheets(text.encode(), KULTURAMT.path, Limits())
    _, findings = read_table(sheets, path=KULTURAMT.path, kind="submissions")
    assert [(f.code, f.column, f.row, f.value) for f in findings] == [
        ("cell-without-column", "E", 2, "Teil drei")
    ]


def test_a_stray_cell_at_the_end_of_a_sheet_does_not_end_the_process() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(["Lfd. Nr.", "Produktgruppe", "Ziel", "Handlungsfeld"], [1, "11.14", "A", "x"]))
    )
    assert book.active is not None
    book.active["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    table, codes = read(stream.getvalue(), "submissions/2014/kulturamt.xlsx")
    assert table is None
    assert codes == ["sheet-too-many-rows"]


def test_a_hidden_sheet_is_said_too() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(["Lfd. Nr.", "Produktgruppe", "Ziel", "Handlungsfeld"], [1, "11.14", "A", "x"]))
    )
    hidden = book.create_sheet("Alt")
    hidden["A1"], hidden.sheet_state = "x", "hidden"
    stream = io.BytesIO()
    book.save(stream)
    table, codes = read(stream.getvalue(), "submissions/2014/kulturamt.xlsx")
    assert table is not None
    assert codes == ["sheet-not-read"]


def test_a_key_that_stands_twice_is_refused() -> None:
    _, codes = read(b'[{"number": 1, "title": "a", "title": "b"}]', "submissions/2014/kulturamt.json")
    assert codes == ["file-unreadable"]


@pytest.mark.parametrize(
    ("header", "nearest"),
    [("Handlungfeld", "Handlungsfeld"), ("Kenzahl", "Kennzahl"), ("Lieblingsfarbe", None)],
)
def test_an_unknown_column_is_a_warning_with_the_nearest_known_name(header: str, nearest: str | None) -> None:
    text = csv_text("submissions", [goal(1)]).replace("Bemerkung", header)
    (finding,) = read_file(KULTURAMT, text.encode()).findings
    assert (finding.code, finding.blocks, finding.column) == ("column-unknown", False, "N")
    assert (f"Meinten Sie „{nearest}“?" in finding.hint_de) == (nearest is not None)


def test_a_second_filled_form_in_the_workbook_is_a_violation() -> None:
    book = openpyxl.Workbook()
    for name in ("Ziele", "Ziele neu", "Notizen"):
        sheet = book.create_sheet(name)
        if name == "Notizen":
            sheet.append(["Telefon", "12 34"])
            continue
        sheet.append(["Lfd. Nr.", "Produktgruppe", "Ziel", "Handlungsfeld"])
        sheet.append([1, "11.14", "Ein Ziel", "oeffnung"])
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    file = KULTURAMT.model_copy(update={"path": "submissions/2014/kulturamt.xlsx"})
    found = [(f.code, f.sheet, f.blocks) for f in read_file(file, stream.getvalue()).findings]
    assert found == [("sheet-second-form", "Ziele neu", True), ("sheet-not-read", "Notizen", False)]


def test_rows_that_are_only_numbered_are_passed_over_and_reported() -> None:
    rows: list[dict[str, object]] = [goal(1), {"number": 2}, {"number": 3}]
    read_again = read_file(KULTURAMT, csv_text("submissions", rows).encode())
    assert [(f.code, f.row, f.column, f.blocks) for f in read_again.findings] == [
        ("row-not-filled-in", 3, "A", False),
        ("row-not-filled-in", 4, "A", False),
    ]
    assert read_again.records is not None
    assert len(read_again.records.records) == 1
