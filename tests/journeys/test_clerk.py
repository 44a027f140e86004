"""A clerk fills in the form badly in twenty ways, reads the report, mends what it names, and is published.

The form comes from the real command; a real LibreOffice opens and saves it each time it was written in.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.forms import FIELDS
from pipeline.template.workbook import FIRST_ROW, HEADER_ROW
from tests.city import SampleCity, decision, goal
from tests.first import first_release
from tests.journeys.house import environment, serving, stadtziele

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]

COLUMNS = {field.alias: index for index, field in enumerate(FIELDS["submissions"], start=1)}
GOOD: dict[str, object] = {
    "product_group": "11.14",
    "action_field": "Interkulturelle Öffnung",
    "indicator": "Anteil",
    "unit": "Prozent",
    "target": 40,
    "target_year": 2015,
}
MISTAKES: dict[str, tuple[str, object, object]] = {
    # code of the finding: column, what the clerk writes, what would be right
    "goal-number-missing": ("number", None, 101),
    "cell-not-a-number": ("target", "ungefähr die Hälfte", 50),
    "goal-title-missing": ("title", "   ", "Ein nachgetragenes Ziel"),
    "goal-product-group-missing": ("product_group", None, "11.14"),
    "goal-product-area-unknown": ("product_group", "99.10", "11.10"),
    "goal-product-group-unknown": ("product_group", "11.99", "11.20"),
    "goal-product-unknown": ("product_group", "11.14.99", "11.14.08"),
    "cell-not-a-product-group": ("product_group", "Organisation", "11.14"),
    "cell-code-restored": ("product_group", 11.1, "11.10"),
    "goal-action-field-missing": ("action_field", None, "Sprache und Bildung"),
    "goal-action-field-unknown": ("action_field", "Interkulturele Öfnung", "Interkulturelle Öffnung"),
    "goal-recommendation-unknown": ("recommendation", "e17", "e1"),
    "cell-not-a-year": ("target_year", "Mitte 2015", 2015),
    "indicator-unit-missing": ("unit", None, "Personen"),
    "indicator-target-missing": ("target", None, 12),
    "cell-error-value": ("baseline", "=1/0", 3),
    "cell-not-a-goal-id": ("carried_over_from", "Ziel 3 vom letzten Jahr", None),
    "carry-over-origin-unknown": ("carried_over_from", "2014-kulturamt-77", None),
    "carry-over-was-selected": ("carried_over_from", "2014-kulturamt-01", "2014-kulturamt-02"),
    "cell-looks-like-formula": ("note", '\'=HYPERLINK("http://x.example")', "Siehe Anlage"),
    "cell-too-long": ("description", "Sehr ausführlich. " * 800, "Kurz gesagt."),
    "cell-direction-marks": ("indicator", "An\u202eteil", "Anteil"),
}


def save_with_libreoffice(path: Path, profile: Path) -> None:
    """Open and save a workbook as a person does: formulas are computed, everything is written anew."""
    out = path.parent / "libreoffice"
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to"]
    arguments = ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run([*command, *arguments], check=True, timeout=120, capture_output=True)
    (out / path.name).replace(path)


def write(path: Path, cells: dict[tuple[int, int], object], profile: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for (row, column), value in cells.items():
        cell = sheet.cell(row, column)
        text = value[1:] if isinstance(value, str) and value.startswith("'") else value
        cell.value = text  # type: ignore[assignment]
        if text is not value:
            cell.data_type = "s"  # as somebody who types an apostrophe first
    book.save(path)
    save_with_libreoffice(path, profile)


def check(env: dict[str, str], path: Path, *, fails: bool) -> dict[str, Any]:
    out = stadtziele(env, "check", str(path), "--format", "json", fails=fails)
    report: dict[str, Any] = json.loads(out[out.index("{") : out.rindex("}") + 1])
    return report


def test_twenty_mistakes_a_report_and_a_publication(city: SampleCity, tmp_path: Path) -> None:
    env = environment(city.raw, city.published)
    profile = tmp_path / "profile"
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02", "nicht berücksichtigt"))
    first_release(city)
    path = tmp_path / "Formular Kulturamt endgültig (2).xlsx"
    stadtziele(env, "template", "--year", "2015", "--department", "kulturamt", str(path))

    badly: dict[tuple[int, int], object] = {}
    places: dict[str, tuple[int, int]] = {}
    for row, (code, (column, wrong, _)) in enumerate(MISTAKES.items(), start=FIRST_ROW):
        good = {**GOOD, "number": row, "title": f"Ziel in Zeile {row}", column: wrong}
        badly |= {(row, COLUMNS[alias]): value for alias, value in good.items()}
        places[code] = row, COLUMNS[column]
    write(path, badly, profile)

    report = check(env, path, fails=True)
    assert (report["status"], report["year"], report["department"]) == ("held_back", 2015, "kulturamt")
    found = {(f["code"], f["row"], f["column"]) for f in report["findings"]}
    expected = {
        (code, row, openpyxl.utils.get_column_letter(column)) for code, (row, column) in places.items()
    }
    assert found == expected
    assert all(finding["hint_de"] and finding["help"] for finding in report["findings"])

    # handed in all the same: it is held back, and what was published stays
    handed_in = city.raw / "submissions" / "2015" / path.name
    handed_in.parent.mkdir(parents=True)
    shutil.copy(path, handed_in)
    assert "Hier wird eine Zahl erwartet." in stadtziele(env, "publish")

    # the marked workbook names the same cells; the clerk mends in it exactly those, and nothing else
    marked = tmp_path / "markiert.xlsx"
    stadtziele(env, "check", str(path), "--format", "xlsx", "--output", str(marked), fails=True)
    book = openpyxl.load_workbook(marked)
    comments = {
        (cell.row, cell.column)
        for row in book["Ziele"].iter_rows(min_row=HEADER_ROW)
        for cell in row
        if cell.comment
    }
    assert comments == set(places.values())
    for code, (_, _, right) in MISTAKES.items():
        cell = book["Ziele"].cell(*places[code])
        cell.value = right  # type: ignore[assignment]
    book.save(marked)
    save_with_libreoffice(marked, profile)
    report = check(env, marked, fails=False)
    assert report["findings"] == []
    assert report["status"] == "accepted"

    shutil.copy(marked, handed_in)
    stadtziele(env, "publish")
    with serving(env) as server:
        rows = server.select(
            "SELECT ?g WHERE { ?g a <https://w3id.org/stadtziele/ns#Goal> ; "
            '<https://w3id.org/stadtziele/ns#year> "2015"^^<http://www.w3.org/2001/XMLSchema#gYear> }'
        )
        assert len(rows) == len(MISTAKES)
        page = server.get(f"/doc/goal/2015-kulturamt-{FIRST_ROW + 2:02d}.html").text
        assert "Ein nachgetragenes Ziel" in page
