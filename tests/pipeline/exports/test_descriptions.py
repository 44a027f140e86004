"""What a release says of its tables, read by libraries that other people wrote."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import frictionless
import openpyxl
import polars as pl
import pyoxigraph as ox
import pytest
from csvw import CSVW

from ontology.catalogue import read_catalogue
from ontology.columns import TABLES, Table, resolve, table_of
from ontology.contract import CSVW_SUFFIX, current_release, read_manifest
from ontology.csvtext import arm
from ontology.namespaces import expand
from pipeline.exports import workbooks
from pipeline.exports.rows import SCHEMAS, Row
from pipeline.exports.twins import LEAST, TWIN
from pipeline.masterdata import read_masterdata
from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress
from tests.csvw.processor import INSTALLED, described, triples

SOFFICE = shutil.which("soffice")
FORMULA = '=HYPERLINK("http://x")'
LONG = 'Erst „so“, dann "so";\n- mit Punkten,\n- und Zeilen, <b>fett</b>'


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SampleCity:
    """Return a city that published goals of all kinds, twice: one goal was withdrawn in between."""
    city = SampleCity(tmp_path_factory.mktemp("city"))
    first = goal(
        1, action_field="oeffnung; Sprache; oeffnung", recommendation="e1", target_group="Eltern; =Kinder"
    )
    odd = goal(2, title=FORMULA, description=LONG, product_group="11.14-002", target_year="2017", note="@x")
    city.submit(2014, "kulturamt", first, odd, goal(3, title="Wird zurückgezogen"))
    city.submit(2014, "klinikum", goal(1, product_group="keine: Eigenbetrieb", baseline="1.234,5", target=""))
    bare = {"indicator": "", "unit": "", "target": ""}
    city.submit(2015, "kulturamt", goal(1, carried_over_from="2014-kulturamt-02", **bare))
    city.decide(
        2014,
        decision(
            "2014-kulturamt-01", body="Fachrat für Migration und Integration; Verwaltung", paper="+4/2014"
        ),
        decision("2014-kulturamt-02", outcome="nicht berücksichtigt", date="01.02.2014", reason="-"),
    )
    city.report(
        2014,
        "kulturamt",
        progress("2014-kulturamt-01", actual="31,5", percent="40"),
        progress("2014-kulturamt-02", as_of="", attainment="aufgegeben", note="Ende"),
    )
    Refresh(city.settings).run()
    city.submit(2014, "kulturamt", first, odd)
    Refresh(city.settings).run()
    return city


@pytest.fixture(scope="module")
def release(city: SampleCity) -> Path:
    return current_release(city.published)


@pytest.fixture(scope="module")
def dump(release: Path) -> set[ox.Triple]:
    text = gzip.decompress((release / "dump/stadtziele.nt.gz").read_bytes())
    return {quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)}


ROWS = {
    "goals": ("rdf:type", "sz:Goal"),
    "decisions": ("sz:outcome", None),
    "progress": ("rdf:type", "sz:ProgressReport"),
    "statistics": ("qb:dataSet", "dataset/statistics"),
    "code-lists": ("skos:notation", None),
}
"""By what the things that the rows of a table are about are known in the graph."""
LINKS = {
    "goals": ("dct:subject", "sz:addresses", "schema:audience"),
    "decisions": ("prov:wasAssociatedWith",),
}


@pytest.mark.skipif(not INSTALLED, reason="the CSVW processor is not installed (make test does)")
@pytest.mark.parametrize("name", ROWS)
def test_a_csvw_processor_makes_the_triples_of_the_dump(
    city: SampleCity, release: Path, dump: set[ox.Triple], tmp_path: Path, name: str
) -> None:
    base = city.settings.base_iri
    tables = described(release, name)
    made = {triple for table in tables for triple in triples(table, release, tmp_path, base)}
    assert len(tables) == (2 if TABLES[name].links else 1)
    assert made - dump == set()
    assert set(in_the_dump(TABLES[name], base, dump, made)) - made == set()


@pytest.mark.skipif(not INSTALLED, reason="the CSVW processor is not installed (make test does)")
def test_plans_and_organisation_are_a_table_too(
    city: SampleCity, release: Path, dump: set[ox.Triple], tmp_path: Path
) -> None:
    rows = pl.read_csv(release / "csv/plan.csv", infer_schema=False).to_dicts()
    assert {row["kind_key"] for row in rows} == {
        *("plan", "action-field", "recommendation", "guideline", "rule", "decision", "body", "department")
    }
    (table,) = described(release, "plan")
    made = triples(table, release, tmp_path, city.settings.base_iri)
    assert made - dump == set()
    named = {triple.subject.value for triple in made if isinstance(triple.subject, ox.NamedNode)}
    assert named == {row["iri"] for row in rows}
    by_key = {row["key"]: row for row in rows}
    assert by_key["e1"]["part_of"] == "plan-2012"
    assert by_key["mindestens-zwei"]["minimum_goals"] == "2"
    assert by_key["vorgabe-2016"]["years"] == "2016"
    catalogue = read_catalogue(release)
    assert catalogue
    for key in ("plan", "code-lists"):
        dataset = catalogue.get(key)
        assert dataset
        assert {"csv", "parquet", "xlsx", "ttl"} <= {item.suffix for item in dataset.distributions}
    plan = catalogue.get("plan")
    assert plan
    assert (plan.table, plan.rows) == ("plan", len(rows))


def in_the_dump(table: Table, base: str, dump: set[ox.Triple], made: set[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield what the graph says of the things of a table with properties that its columns stand for."""
    property_, value = ROWS[table.name]
    marked = {
        triple.subject
        for triple in (made if table.name == "code-lists" else dump)
        if triple.predicate.value == expand(property_)
        and (value is None or triple.object == ox.NamedNode(resolve(value, base)))
    }
    assert marked
    meanings = [column.meaning for column in table.columns if column.meaning]
    of_row = {expand(meaning.property) for meaning in (*meanings, *table.constants) if not meaning.about}
    of_row |= {expand(property_) for property_ in LINKS.get(table.name, ())}
    others = [
        (pattern(meaning.about, base), expand(meaning.property)) for meaning in meanings if meaning.about
    ]
    for triple in dump:
        name = triple.predicate.value
        is_of_row = triple.subject in marked and name in of_row
        if is_of_row or any(
            name == other and about.fullmatch(str(triple.subject)) for about, other in others
        ):
            yield triple


def pattern(template: str, base: str) -> re.Pattern[str]:
    """Return what the IRIs look like that a template makes."""
    parts = re.split(r"\{\w+\}", resolve(template, base))
    return re.compile("<" + "[^/]+".join(map(re.escape, parts)) + ">")


def test_only_formulas_have_an_apostrophe(release: Path) -> None:
    rows = pl.read_csv(release / "csv/goals-2014.csv", infer_schema=False).to_dicts()
    titles = {row["id"]: row["title"] for row in rows}
    assert titles["2014-kulturamt-02"] == "'" + FORMULA
    assert titles["2014-kulturamt-01"] == "Erfundenes Ziel 1"


def test_formulas_are_triples_as_they_are(release: Path, dump: set[ox.Triple]) -> None:
    """The file for people and the one for processors differ in the apostrophes, where there are some."""
    exact = {path.name for path in (release / "csv/exact").iterdir()}
    assert "goals-2014.csv" in exact
    assert "goals-2015.csv" not in exact
    for name in exact:
        for_people, as_is = (
            pl.read_csv(path, infer_schema=False).rows()
            for path in (release / "csv" / name, release / "csv/exact" / name)
        )
        assert as_is != for_people
        assert as_is == [tuple(cell and arm(cell) for cell in row) for row in for_people]
    said = {triple.object.value for triple in dump if isinstance(triple.object, ox.Literal)}
    assert FORMULA in said
    described = json.loads((release / f"csv/goals-2014.csv{CSVW_SUFFIX}").read_bytes())["tables"]
    by_url = {table["url"]: table.get("suppressOutput", False) for table in described}
    assert by_url["exact/goals-2014.csv"] is False
    assert by_url["goals-2014.csv"] is True
    catalogue = (release / "catalog/catalog.nt").read_text(encoding="utf-8")
    assert "/exact/" not in catalogue
    assert "csv/exact/" not in (release / "datapackage.json").read_text(encoding="utf-8")


def test_every_table_is_valid_by_its_csvw_metadata(release: Path) -> None:
    found = sorted((release / "csv").glob("*.csv"))
    assert {table_of(path.stem) for path in found} == set(TABLES)
    for path in found:
        assert CSVW(f"{path}{CSVW_SUFFIX}", validate=True).is_valid, path.name


def test_a_validator_misses_what_a_foreign_key_leads_to(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release / "csv", tmp_path / "csv")
    goals = tmp_path / "csv/goals-2014.csv"
    goals.write_bytes(goals.read_bytes().replace(b"2014-kulturamt-01,", b"2014-kulturamt-99,"))
    with pytest.raises(ValueError, match="2014-kulturamt-01"):
        CSVW(f"{tmp_path}/csv/decisions-2014.csv{CSVW_SUFFIX}", validate=True).is_valid  # noqa: B018 - it raises


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves packed files open
def test_the_data_package_is_valid(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    content = json.loads(Path("datapackage.json").read_bytes())
    names = [resource["name"] for resource in content["resources"]]
    assert len(names) == len(set(names))
    manifest = {file.path: file for file in read_manifest(release).outputs}
    for resource in content["resources"]:
        file = manifest[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (file.bytes, f"sha256:{file.sha256}")
    content["resources"] = [r for r in content["resources"] if r["format"] != "parquet"]  # needs an extra
    report = frictionless.Package.from_descriptor(content).validate()
    assert report.valid, report.flatten(["name", "message"])
    goals = next(r for r in content["resources"] if r["name"] == "goal-links")
    assert goals["schema"]["foreignKeys"][0]["reference"] == {"resource": "goals", "fields": ["id"]}
    assert "Alles ist erfunden." in content["description"]


def test_parquet_says_what_its_columns_mean(release: Path) -> None:
    for path in (release / "parquet").glob("*.parquet"):
        found = pl.read_parquet_metadata(path)
        columns = json.loads(found["columns"])
        assert list(columns) == list(pl.read_parquet_schema(path)) == list(SCHEMAS[table_of(path.stem)])
        assert found["licence"] == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
        assert found["notice"] == "Alles ist erfunden."
    title = json.loads(pl.read_parquet_metadata(release / "parquet/goals.parquet")["columns"])["title"]
    assert title == {
        "title": {"de": "Ziel", "en": "Goal"},
        "description": {"de": "Das Ziel in einem Satz.", "en": "The goal in one sentence."},
        "property": "http://purl.org/dc/terms/title",
    }


def test_workbooks_hold_numbers_dates_and_texts_that_are_no_formulas(release: Path) -> None:
    names = {path.stem for path in (release / "xlsx").glob("*.xlsx")}
    assert names == {
        "goals-2014",
        "goals-2015",
        *("decisions", "progress", "statistics", "plan", "code-lists"),
    }
    book = openpyxl.load_workbook(release / "xlsx/goals-2014.xlsx")
    sheet, notes = book["Ziele 2014"], book["Hinweise"]
    header = [cell.value for cell in sheet[1]]
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    odd = next(row for row in rows if row["Kennung"].value == "2014-kulturamt-02")
    assert (odd["Ziel"].value, odd["Ziel"].data_type) == (FORMULA, "s")
    assert (odd["Zieljahr"].value, odd["Zielwert"].value) == (2017, 50)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.dimensions.partition(':')[2]}"
    assert sheet["A1"].comment is not None
    assert not [title for title in header if "Schlüssel" in str(title)]
    assert "Alles ist erfunden." in [cell.value for cell in notes["B"]]
    decisions = openpyxl.load_workbook(release / "xlsx/decisions.xlsx").worksheets[0]
    assert datetime(2014, 2, 1) in [cell.value for cell in decisions["E"]]  # noqa: DTZ001 - a day


def test_tables_too_large_for_people_get_no_workbook(
    city: SampleCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    masterdata = read_masterdata(city.raw, city.settings.base_iri)
    row: Row = {"goal": "2014-kulturamt-01", "notice": None}
    workbooks.write_workbooks(tmp_path, masterdata, {"progress": [row], "decisions": [row, row]})
    assert [path.name for path in (tmp_path / "xlsx").iterdir()] == ["progress.xlsx"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_workbooks(release: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
         "--outdir", tmp_path, release / "xlsx/decisions.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = pl.read_csv(tmp_path / "decisions.csv", infer_schema=False).to_dicts()
    assert [row["Ziel"] for row in rows] == ["2014-kulturamt-01", "2014-kulturamt-02"]
    assert rows[0]["Vorlage"] == "+4/2014"
    assert rows[1]["Datum"] == "01.02.2014"


def test_larger_texts_have_a_compressed_twin_and_nothing_else_has(release: Path) -> None:
    files = {file.path: file for file in read_manifest(release).outputs}
    for path, file in files.items():
        if path.startswith(("csv/", "rdf/", "catalog/catalog.")) and not path.endswith(TWIN):
            assert (path + TWIN in files) == (file.bytes > LEAST), path
            if path + TWIN in files:
                assert (
                    gzip.decompress((release / (path + TWIN)).read_bytes()) == (release / path).read_bytes()
                )
    assert files["csv/goals.csv.gz"].media_type == "application/gzip"
    assert files[f"csv/goals.csv{CSVW_SUFFIX}"].media_type == "application/csvm+json"
    catalogue = (release / "catalog/catalog.nt").read_text(encoding="utf-8")
    assert "csv/goals.csv>" in catalogue
    assert "csv/goals.csv.gz" not in catalogue


def test_columns_are_told_apart_and_described() -> None:
    for table in TABLES.values():
        for texts in ([c.title.de for c in table.columns], [c.title.en for c in table.columns]):
            assert len(texts) == len(set(texts)), table.name
        assert set(table.key) <= {column.name for column in table.columns}
        for reference in table.references:
            assert TABLES[reference.table].column(reference.target).required
