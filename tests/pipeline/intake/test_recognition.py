"""Renamed files are recognised by their form; a form in the wrong place is a finding."""

import io

import openpyxl
import pytest

from pipeline.forms import FIELDS, IDENTITY_SHEET
from pipeline.refresh import Refresh
from pipeline.release.build import Published
from tests.city import SampleCity, goal


def form(year: int = 2014, department: str = "kulturamt", kind: str = "submissions") -> bytes:
    book = openpyxl.Workbook()
    sheet, identity = book.active, book.create_sheet(IDENTITY_SHEET)
    assert sheet is not None
    fields = FIELDS["submissions"]
    sheet.append([field.header for field in fields])
    sheet.append([goal(1).get(field.alias) for field in fields])
    identity.sheet_state = "veryHidden"
    pairs = {"form_version": 1, "kind": kind, "year": year, "department": department}
    for pair in pairs.items():
        identity.append(pair)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def run(city: SampleCity) -> Published:
    return Refresh(city.settings).run()


def titles(outcome: Published) -> int:
    return sum(year.released for year in outcome.manifest.counts)


@pytest.mark.parametrize(
    "path",
    [
        "submissions/2014/Formular final (2).xlsx",
        "Formular.xlsx",
        "submissions/Kulturamt neu.xlsx",
        "Posteingang/2026/von Frau M..xlsx",
    ],
)
def test_a_renamed_form_is_recognised_and_published(city: SampleCity, path: str) -> None:
    city.write(path, form())
    outcome = run(city)
    (entry,) = [item for item in outcome.manifest.inputs if item.kind == "submissions"]
    assert (entry.path, entry.year, entry.department, entry.status) == (path, 2014, "kulturamt", "released")
    assert [(f.code, f.file) for f in outcome.findings if f.file == path] == [("form-renamed", path)]
    assert "submissions/2014/kulturamt" in outcome.findings[0].message_de
    assert not Refresh(city.settings).run().is_new


@pytest.mark.parametrize(
    "path",
    ["submissions/2015/kulturamt.xlsx", "submissions/2014/bauamt.xlsx", "submissions/2015/irgendwas.xlsx"],
)
def test_a_form_in_the_wrong_place_is_held_back_and_says_so(city: SampleCity, path: str) -> None:
    city.write(path, form())
    outcome = run(city)
    assert "form-of-other-place" in {f.code for f in outcome.findings if f.blocks and f.file == path}
    assert titles(outcome) == 0


def test_a_renamed_form_and_the_proper_file_are_twins(city: SampleCity) -> None:
    city.write("Formular.xlsx", form())
    city.submit(2014, "kulturamt", goal(1))
    outcome = run(city)
    assert {f.file for f in outcome.findings if f.code == "file-twice"} == {
        "Formular.xlsx",
        "submissions/2014/kulturamt.csv",
    }


def test_a_form_that_somebody_wrote_into_is_taken_by_its_path(city: SampleCity) -> None:
    city.write("submissions/2014/kulturamt.xlsx", form(kind="unsinn"))
    assert titles(run(city)) == 1


def test_a_workbook_that_cannot_be_read_is_no_form(city: SampleCity) -> None:
    city.write("Formular.xlsx", form()[:1000])
    assert [f.code for f in run(city).findings if f.file == "Formular.xlsx"] == ["file-unexpected"]
