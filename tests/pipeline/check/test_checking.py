"""What the check says, and that it says the same as publishing would."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from ontology.settings import Settings
from pipeline.check.checking import check_file, check_path
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.findings.report import Report
from pipeline.forms import FIELDS, IDENTITY_SHEET, Kind
from pipeline.refresh import Refresh
from tests.city import SampleCity, csv_text, decision, goal, progress

GOAL = "2014-kulturamt-01"


def check(city: SampleCity, name: str, data: bytes, said: Purpose | None = None) -> Report:
    return check_file(name, data, Surroundings.read(city.settings), said or Purpose())


def rows(*content: dict[str, object], kind: Kind = "submissions") -> bytes:
    return csv_text(kind, content).encode()


def cells(report: Report) -> list[tuple[str, str]]:
    return [(f.code, f"{f.column or ''}{f.row or ''}") for f in report.findings]


def test_a_clean_file_is_accepted(city: SampleCity) -> None:
    report = check(city, "submissions/2014/kulturamt.csv", rows(goal(1), goal(2)))
    assert (report.status, report.kind, report.year, report.department) == (
        "accepted",
        "submissions",
        2014,
        "kulturamt",
    )
    assert report.summary.rows == 2


def test_all_findings_come_at_once_with_their_cells(city: SampleCity) -> None:
    broken = goal("drei", title="", product_group="99.99", action_field="Weltfrieden", target="viel", unit="")
    report = check(city, "/somewhere/else/submissions/2014/kulturamt.csv", rows(goal(1), broken))
    assert report.status == "held_back"
    assert cells(report) == [
        ("cell-not-a-number", "A3"),
        ("goal-product-area-unknown", "B3"),
        ("goal-title-missing", "C3"),
        ("goal-action-field-unknown", "E3"),
        ("indicator-unit-missing", "I3"),
        ("cell-not-a-number", "K3"),
    ]


def test_goals_of_last_year_are_known_from_the_raw_folder(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision(GOAL), decision("2014-kulturamt-02", "nicht berücksichtigt"))
    taken_over = [goal(1, carried_over_from="2014-kulturamt-02"), goal(2, carried_over_from=GOAL)]
    report = check(city, "submissions/2015/bauamt.csv", rows(*taken_over))
    assert cells(report) == [("carry-over-was-selected", "M3")]


def test_decisions_and_progress_go_through_the_same_door(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    listed = rows(decision(GOAL), decision("2014-kulturamd-01"), kind="decisions")
    report = check(city, "decisions/2014.csv", listed)
    assert cells(report) == [("decision-goal-unknown", "A3")]
    assert "„2014-kulturamt-01“" in report.findings[0].hint_de
    listed = rows(progress(GOAL, percent="150", as_of=""), kind="progress")
    report = check(city, "progress/2014/kulturamt.csv", listed)
    assert cells(report) == [("progress-percent-out-of-range", "D2"), ("progress-date-missing", "E2")]


def test_what_is_published_from_elsewhere_is_known_too(city: SampleCity) -> None:
    file = city.submit(2014, "kulturamt", goal(1))
    Refresh(city.settings).run()
    file.unlink()  # as a file that is fetched over HTTP is not in the raw folder
    report = check(city, "decisions/2014.csv", rows(decision(GOAL), kind="decisions"))
    assert report.status == "accepted"


def test_a_renumbered_row_is_found_against_what_is_published(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Erstes Ziel"), goal(2, title="Zweites Ziel"))
    Refresh(city.settings).run()
    swapped = rows(goal(1, title="Zweites Ziel"), goal(2, title="Erstes Ziel"))
    report = check(city, "submissions/2014/kulturamt.csv", swapped)
    assert ("goal-renumbered", "A2") in cells(report)
    assert report.status == "held_back"


def form(year: int = 2014, department: str = "kulturamt") -> bytes:
    book = openpyxl.Workbook()
    sheet, identity = book.active, book.create_sheet(IDENTITY_SHEET)
    assert sheet is not None
    sheet.append([field.header for field in FIELDS["submissions"]])
    sheet.append([goal(1).get(field.alias) for field in FIELDS["submissions"]])
    identity.sheet_state = "hidden"
    pairs = {"form_version": 1, "kind": "submissions", "year": year, "department": department}
    for pair in pairs.items():
        identity.append(pair)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name", ["Formular final.xlsx", "/home/../x/Mappe1.XLSX", "submissions/2014/kulturamt.xlsx"]
)
def test_a_form_says_what_it_is_for(city: SampleCity, name: str) -> None:
    report = check(city, name, form())
    assert (report.status, report.year, report.department) == ("accepted", 2014, "kulturamt")


def test_a_form_that_contradicts_its_path_is_held_back(city: SampleCity) -> None:
    report = check(city, "submissions/2015/kulturamt.xlsx", form())
    assert cells(report) == [("form-of-other-place", "")]


def test_what_a_file_is_for_can_be_said(city: SampleCity) -> None:
    report = check(city, "egal.csv", rows(goal(1)), Purpose("submissions", 2014, "kulturamt"))
    assert report.status == "accepted"


def test_a_file_of_which_nobody_knows_what_it_is_for(city: SampleCity) -> None:
    report = check(city, "egal.csv", rows(goal("x")))
    assert report.kind == "submissions"  # its headers tell
    assert cells(report) == [("form-place-unknown", ""), ("cell-not-a-number", "A2")]
    assert "das Haushaltsjahr, das Amt fehlt" in report.findings[0].message_de


def test_names_of_files_cannot_do_harm(city: SampleCity, tmp_path: Path) -> None:
    for name in (
        "../../etc/passwd.csv",
        "a\x1b[31m\n.csv",
        "\u202egnp.csv",
        "a\u0308mter.csv",
        "x" * 300 + ".csv",
    ):
        report = check(city, name, rows(goal(1)))
        assert report.file.isprintable()
        assert len(report.file) <= 200


def test_a_missing_file_a_folder_and_a_large_file_are_unreadable(city: SampleCity, tmp_path: Path) -> None:
    around = Surroundings.read(Settings(raw=city.raw, published=city.published, file_bytes=1000))
    large = tmp_path / "gross.csv"
    large.write_bytes(b"x" * 2000)
    for path, words in (
        (tmp_path / "fehlt.csv", "es gibt sie nicht"),
        (tmp_path, "Ordner"),
        (large, "größer"),
    ):
        report = check_path(path, around)
        assert report.status == "unreadable"
        assert words in report.findings[0].message_de


@pytest.mark.parametrize("kind", ["submissions", "decisions", "progress"])
def test_the_check_finds_what_publishing_finds(city: SampleCity, kind: Kind) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2, title="", unit=""), goal(2, product_group="11.99"))
    city.submit(2014, "bauamt", goal(1))
    city.decide(
        2014, decision("2014-bauamt-01"), decision("2014-bauamt-01", "abgelehnt"), decision("2014-x-01")
    )
    city.report(
        2014, "bauamt", progress("2014-bauamt-01", percent="200"), progress("2014-bauamt-01", attainment="?")
    )
    name = {
        "submissions": "submissions/2014/kulturamt",
        "decisions": "decisions/2014",
        "progress": "progress/2014/bauamt",
    }
    path = f"{name[kind]}.csv"
    published = [f for f in Refresh(city.settings).run().findings if f.file == path]
    assert published
    checked = check(city, path, (city.raw / path).read_bytes()).findings
    assert sorted(checked, key=repr) == sorted(published, key=repr)


def test_nothing_is_written(city: SampleCity, tmp_path: Path) -> None:
    city.submit(2014, "kulturamt", goal(1))
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    check(city, "decisions/2014.csv", rows(decision(GOAL), kind="decisions"))
    assert sorted(path.as_posix() for path in tmp_path.rglob("*")) == before


def test_the_document_is_json(city: SampleCity) -> None:
    report = check(city, "submissions/2014/kulturamt.csv", rows(goal(1, target="viel")))
    document = json.loads(json.dumps(report.document("https://stadt.example/")))
    assert document["findings"][0]["help"] == "https://stadt.example/help/cell-not-a-number"
