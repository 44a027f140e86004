"""StratML, read and judged by a library that somebody else wrote, against the published schema's rules."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.contract import YearCounts, current_release
from pipeline.exports.stratml import LOSS, NAMESPACE, write_stratml, xml_text
from pipeline.masterdata import Masterdata, read_masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import Decision, DecisionList, Goal, Progress, ProgressList, Submission
from pipeline.refresh import Refresh
from pipeline.validation.known import KnownGoals
from tests.city import SampleCity, decision, goal, progress

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "stratml.xsd"))
SIMPLE = xmlschema.XMLSchema(
    '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="text" type="string"/></schema>'
)
COUNTS = YearCounts(year=2014, submitted=0, selected=0, held_back=0, released=0, product_groups=0)
PATH = "stratml/goals-2014.stratml.xml"


@pytest.fixture(scope="module")
def musterstadt(tmp_path_factory: pytest.TempPathFactory) -> Masterdata:
    """The master data of the sample city."""
    raw = SampleCity(tmp_path_factory.mktemp("city")).raw
    return read_masterdata(raw, "https://stadt.example/")


@pytest.fixture
def written(musterstadt: Masterdata, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Write the file of 2014 with some goals, reports and decisions, check it, and return what it says."""

    def write(
        goals: list[Goal], reports: tuple[Progress, ...] = (), decisions: tuple[Decision, ...] = ()
    ) -> dict[str, Any]:
        return read(document(tmp_path, musterstadt, year_of(goals, reports, decisions)))

    return write


def year_of(
    goals: list[Goal], reports: tuple[Progress, ...] = (), decisions: tuple[Decision, ...] = ()
) -> CheckedYear:
    return CheckedYear(
        year=2014,
        released=(
            Submission(
                path="a.csv", year=2014, sha256="a", bytes=1, department="kulturamt", records=tuple(goals)
            ),
            ProgressList(
                path="b.csv", year=2014, sha256="b", bytes=1, department="kulturamt", records=reports
            ),
            DecisionList(path="c.csv", year=2014, sha256="c", bytes=1, records=decisions),
        ),
        inputs=(),
        findings=(),
        counts=COUNTS,
        states={"2014-kulturamt-01": "selected"},
        known=KnownGoals(),
    )


def document(folder: Path, city: Masterdata, *years: CheckedYear) -> bytes:
    """Return the file of 2014."""
    write_stratml(folder, city, years)
    return (folder / PATH).read_bytes()


def read(data: bytes) -> dict[str, Any]:
    """Check a file against the schema and return what it says; names come without the namespace."""
    found = SCHEMA.decode(data.decode(), decimal_type=str)
    assert isinstance(found, dict)
    return found


def objectives(found: dict[str, Any]) -> list[dict[str, Any]]:
    goals = found["StrategicPlanCore"]["Goal"]
    return [item for one in goals for item in one.get("Objective", [])]


def test_a_release_has_a_file_for_each_budget_year_with_goals(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, target_group="Kinder; Eltern"), goal(2, title="A <b> & „B“"))
    city.submit(2015, "kulturamt", goal(1, carried_over_from="2014-kulturamt-02", baseline="5"))
    city.decide(2014, decision("2014-kulturamt-01", date="01.02.2014"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", actual="12,5", percent="40"))
    Refresh(city.settings).run()
    folder = current_release(city.published) / "stratml"
    assert sorted(path.name for path in folder.iterdir()) == [
        "goals-2014.stratml.xml",
        "goals-2015.stratml.xml",
    ]
    first = read((folder / "goals-2014.stratml.xml").read_bytes())
    assert first["@xmlns"] == NAMESPACE
    assert first["@Type"] == "Performance_Report"
    assert "Alles ist erfunden." in first["Description"]
    assert LOSS in first["OtherInformation"]
    assert [item["Name"] for item in objectives(first)] == ["Erfundenes Ziel 1", "A <b> & „B“"]
    assert "Stand der Auswahl: ausgewählt" in objectives(first)[0]["OtherInformation"]
    assert f"{city.settings.base_iri}id/goal/2014-kulturamt-01" in objectives(first)[0]["OtherInformation"]
    later = read((folder / "goals-2015.stratml.xml").read_bytes())
    assert later["@Type"] == "Performance_Plan"
    (relationship,) = objectives(later)[0]["PerformanceIndicator"][0]["Relationship"]
    assert relationship["@RelationshipType"] == "Peer_To"
    assert relationship["ReferentIdentifier"] == [objectives(first)[1]["Identifier"]]


def test_the_file_is_a_distribution_of_its_year(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    Refresh(city.settings).run()
    text = (current_release(city.published) / "catalog/datasets/goals-2014.nt").read_text()
    node = f"<{city.settings.base_iri}dataset/goals/2014/stratml.xml>"
    said = [line for line in text.splitlines() if line.startswith(node)]
    assert any(line.endswith(f"datasets/{PATH}> .") and "downloadURL" in line for line in said)
    assert any("file-type/XML>" in line for line in said)
    assert any("media-types/application/xml>" in line for line in said)


def test_every_part_is_where_the_mapping_says(written: Callable[..., dict[str, Any]]) -> None:
    full = Goal(
        row=2,
        number=1,
        title="Ein Ziel",
        description="Worum es geht",
        action_field=("oeffnung", "Sprache"),
        recommendation=("e1",),
        target_group=("Kinder",),
        product_group="11.14",
        indicator="Anteil",
        unit="Prozent",
        baseline=Decimal("5"),
        target=Decimal("12.50"),
        target_year=2016,
        note="Eine Bemerkung",
    )
    reports = (
        Progress(row=2, goal="2014-kulturamt-01", actual=Decimal(7), attainment="in Arbeit", note="Läuft"),
        Progress(
            row=3,
            goal="2014-kulturamt-01",
            actual=Decimal(9),
            attainment="erreicht",
            percent=Decimal(100),
            as_of=datetime.date(2015, 3, 1),
        ),
    )
    decided = Decision(row=2, goal="2014-kulturamt-01", date=datetime.date(2014, 2, 1))
    found = written([full], reports, (decided,))
    assert found["AdministrativeInformation"] == {
        "Identifier": "goals-2014",
        "StartDate": "2014-01-01",
        "EndDate": "2014-12-31",
        "PublicationDate": "2015-03-01",
        "Source": "https://stadt.example/dataset/goals/2014",
    }
    assert found["Submitter"] == {"Surname": "Musterstadt"}
    (organisation,) = found["StrategicPlanCore"]["Organization"]
    (department,) = organisation["Stakeholder"]
    assert (department["Name"], department["Role"][0]["RoleType"]) == ("Kulturamt", ["Performer"])
    (field,) = found["StrategicPlanCore"]["Goal"]
    assert (field["Name"], field["Identifier"]) == ("Interkulturelle Öffnung", "action-field-oeffnung")
    (objective,) = objectives(found)
    assert [(s["@StakeholderTypeType"], s["Name"]) for s in objective["Stakeholder"]] == [
        ("Organization", "Kulturamt"),
        ("Generic_Group", "Kinder"),
    ]
    assert objective["OtherInformation"].splitlines() == [
        "https://stadt.example/id/goal/2014-kulturamt-01",
        "Stand der Auswahl: ausgewählt",
        "Produktgruppe: 11.14 Zentrale Funktionen",
        "Weitere Handlungsfelder: Sprache und Bildung",
        "Handlungsempfehlung: Beschäftigte schulen",
        "Bemerkung: Eine Bemerkung",
    ]
    counted, judged = objective["PerformanceIndicator"]
    assert (counted["@PerformanceIndicatorType"], counted["MeasurementDimension"]) == (
        "Quantitative",
        "Anteil",
    )
    planned, *measured = counted["MeasurementInstance"]
    assert planned["TargetResult"] == [
        {
            "StartDate": "2014-01-01",
            "EndDate": "2016-12-31",
            "NumberOfUnits": "12.50",
            "Description": "Zielwert",
        }
    ]
    assert [item["ActualResult"][0]["NumberOfUnits"] for item in (planned, *measured)] == ["5", "7", "9"]
    assert measured[0]["ActualResult"][0]["Description"] == "Istwert\nLäuft"
    assert [item["ActualResult"][0]["Descriptor"] for item in judged["MeasurementInstance"]] == [
        {"DescriptorName": "Zielerreichung", "DescriptorValue": "in Arbeit"},
        {"DescriptorName": "Zielerreichung", "DescriptorValue": "erreicht"},
    ]
    assert judged["MeasurementInstance"][1]["ActualResult"][0]["NumberOfUnits"] == "100"


def test_the_guideline_of_the_year_is_the_vision(musterstadt: Masterdata, tmp_path: Path) -> None:
    plan = musterstadt.plans.editions[0]
    guideline = plan.guidelines[0].model_copy(update={"years": (2014,)})
    plans = musterstadt.plans.model_copy(
        update={"editions": (plan.model_copy(update={"guidelines": (guideline,)}),)}
    )
    city = Masterdata(musterstadt.organisation, plans, musterstadt.facts, musterstadt.iris)
    found = read(document(tmp_path, city, year_of([Goal(row=2, number=1, title="Ziel")])))
    assert found["StrategicPlanCore"]["Vision"] == {
        "Description": "Alle nehmen teil.",
        "Identifier": "guideline-vorgabe-2016",
    }


def test_goals_without_action_field_and_indicator_are_valid(written: Callable[..., dict[str, Any]]) -> None:
    found = written([Goal(row=2, number=1, title="Ziel"), Goal(row=3, number=2, title="Zwei", unit="Euro")])
    (field,) = found["StrategicPlanCore"]["Goal"]
    assert (field["Name"], field["Identifier"]) == ("Ohne Handlungsfeld", "no-action-field")
    first, second = objectives(found)
    assert "PerformanceIndicator" not in first
    assert second["PerformanceIndicator"][0] == {
        "@PerformanceIndicatorType": "Qualitative",
        "MeasurementDimension": "Kennzahl ohne Bezeichnung",
        "UnitOfMeasurement": "Euro",
        "Identifier": "indicator-2014-kulturamt-02",
    }
    assert "PublicationDate" not in found["AdministrativeInformation"]


def test_a_report_in_the_list_of_a_later_year_counts(musterstadt: Masterdata, tmp_path: Path) -> None:
    early = year_of([Goal(row=2, number=1, title="Ziel")])
    late = early.model_copy(
        update={
            "year": 2015,
            "released": (
                ProgressList(
                    path="d.csv",
                    year=2015,
                    sha256="d",
                    bytes=1,
                    department="kulturamt",
                    records=(Progress(row=2, goal="2014-kulturamt-01", attainment="erreicht"),),
                ),
            ),
        }
    )
    found = read(document(tmp_path, musterstadt, early, late))
    assert found["@Type"] == "Performance_Report"
    assert not (tmp_path / "stratml/goals-2015.stratml.xml").exists()


def test_a_department_twice_or_withdrawn_goals_give_no_identifier_twice(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.submit(2014, "bauamt", goal(1))
    Refresh(city.settings).run()
    city.submit(2014, "kulturamt", goal(1))
    Refresh(city.settings).run()
    found = read((current_release(city.published) / PATH).read_bytes())
    assert {item["Identifier"] for item in objectives(found)} == {
        "goal-2014-bauamt-01",
        "goal-2014-kulturamt-01",
        "goal-2014-kulturamt-02",
    }
    withdrawn = next(item for item in objectives(found) if item["Identifier"] == "goal-2014-kulturamt-02")
    assert "Stand der Auswahl: zurückgezogen" in withdrawn["OtherInformation"]


NASTY = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.sampled_from(
        [
            "]]><script>alert(1)</script>",
            "\"quoted\" 'too'",
            "👩‍👩‍👧 &amp; &#0;",
            "\x00\x0b\x1f\ufffe",
            "\r\n\r",
        ]
    ),
    st.just("Ä" * 5_000),
)


@settings(max_examples=60)
@given(title=NASTY, other=NASTY, unit=NASTY)
def test_any_text_is_valid_and_comes_back(
    musterstadt: Masterdata, tmp_path_factory: pytest.TempPathFactory, title: str, other: str, unit: str
) -> None:
    item = Goal(
        row=2,
        number=1,
        title=title,
        description=other,
        target_group=(other,),
        indicator=other,
        unit=unit,
        no_product_group_reason=title,
        note=other,
        recommendation=(title,),
    )
    report = Progress(row=2, goal="2014-kulturamt-01", actual=Decimal("-1E+3"), attainment=other, note=title)
    folder = tmp_path_factory.mktemp("any")
    (found,) = objectives(read(document(folder, musterstadt, year_of([item], (report,)))))
    assert (found["Name"] or "") == xml_text(title)
    assert (found["PerformanceIndicator"][0]["UnitOfMeasurement"] or "") == (xml_text(unit) or "ohne Einheit")


@given(NASTY)
def test_a_parser_gives_back_what_was_written(text: str) -> None:
    shown = xml_text(text)
    with_text = ElementTree.Element("text")
    with_text.text = shown
    parsed = SIMPLE.decode(ElementTree.tostring(with_text, encoding="unicode"))
    assert (parsed or "") == shown


def test_what_xml_cannot_hold_is_shown_in_its_place() -> None:
    assert xml_text("a\x00b\x1fc\ufffed\ud800e") == "a\u2400b\u241fc\ufffdd\ufffde"
    assert xml_text("one\r\ntwo\rthree\tfour 👩‍👩‍👧") == "one\ntwo\nthree\tfour 👩‍👩‍👧"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Type="Performance_Plan"', 'Type="Plan"'),
        ("<Identifier>city</Identifier>", "<Identifier>goals-2014</Identifier>"),
        ("<Identifier>city</Identifier>", "<Identifier>https://stadt.example/</Identifier>"),
        ("<UnitOfMeasurement>ohne Einheit</UnitOfMeasurement>", ""),
        ("<StartDate>2014-01-01</StartDate>", "<StartDate>2014</StartDate>"),
        ("<RoleType>Performer</RoleType>", "<RoleType>Amt</RoleType>"),
    ],
)
def test_the_schema_of_the_tests_refuses_what_the_published_one_refuses(
    musterstadt: Masterdata, tmp_path: Path, before: str, after: str
) -> None:
    item = Goal(row=2, number=1, title="Ziel", indicator="Anteil", target=Decimal(1))
    text = document(tmp_path, musterstadt, year_of([item])).decode()
    assert before in text
    assert SCHEMA.is_valid(text)
    assert not SCHEMA.is_valid(text.replace(before, after, 1))
