"""Judging what looks alike once has the same outcome as judging everything plainly."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ontology.shapes import PARTS as SHAPE_PARTS
from pipeline.forms import Kind, SubmittedFile
from pipeline.mapping.documents import Node
from pipeline.masterdata import Masterdata, read_masterdata
from pipeline.records.lists import read_file
from pipeline.validation.context import product_facts
from pipeline.validation.judge import PARTS, AnyList, _facts, _Judging, document_of
from pipeline.validation.known import KnownGoal, KnownGoals, known_goal_nodes
from pipeline.validation.memory import Memory
from pipeline.validation.patterns import NEUTRAL, pattern_of
from pipeline.validation.shacl import judge_nodes, seen
from tests.city import SampleCity, csv_text, decision, goal, progress
from tests.settled import settled_findings

KNOWN: KnownGoals = {
    "2013-kulturamt-01": KnownGoal(year=2013, state="selected"),
    "2014-kulturamt-01": KnownGoal(year=2014, state="selected"),
    "2014-kulturamt-02": KnownGoal(year=2014, state="not-selected"),
    "2014-kulturamt-03": KnownGoal(year=2014, state="held-back"),
    "2014-bauamt-01": KnownGoal(year=2014, state="submitted"),
    "2014-bauamt-02": KnownGoal(year=2014, state="submitted"),
    "2014-zauberamt-01": KnownGoal(year=2014, state="withdrawn"),
}
IDS = ["", "2014-kulturamt-99", "2014-zauberamt-99", *KNOWN]


def some(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from(values)


GOALS = st.fixed_dictionaries(
    {
        "number": some("", "0", "-1", "1", "2", "3", "4", "7", "x"),
        "product_group": some(
            "", "11.14", "11.99", "99.10", "11.14.08", "11.14.99", "11.14-002", "31.80.10", "keine: so"
        ),
        "title": some("", "Ein Ziel", "Noch ein Ziel"),
        "action_field": some("", "oeffnung", "sprache", "Weltfrieden", "oeffnung; sprache", "oeffnung; x; y"),
        "recommendation": some("", "e1", "e2", "e1; e2"),
        "target_group": some("", "Kinder", "Kinder; Beschäftigte"),
        "indicator": some("", "Anteil", "Zahl"),
        "unit": some("", "Prozent"),
        "baseline": some("", "1"),
        "target": some("", "40", "50"),
        "target_year": some("", "2016"),
        "carried_over_from": some(*IDS),
    }
)
DECISIONS = st.fixed_dictionaries(
    {
        "goal": some(*IDS),
        "outcome": some("", "ausgewählt", "abgelehnt", "vertagt"),
        "body": some("", "Gemeinderat", "fachrat", "Stammtisch", "Gemeinderat; Stammtisch", "kulturamt"),
        "date": some("", "31.12.2012", "01.01.2013", "24.06.2013", "31.12.2014", "01.01.2015"),
    }
)
REPORTS = st.fixed_dictionaries(
    {
        "goal": some(*IDS),
        "attainment": some("", "erreicht", "in Arbeit", "nicht begonnen", "so lala", "aufgegeben"),
        "percent": some("", "-1", "0", "0,5", "40", "60", "99,9", "100", "100,1", "250"),
        "as_of": some("", "31.12.2013", "01.01.2014", "31.12.2014", "01.01.2015"),
        "actual": some("", "3"),
    }
)


@cache
def master_data() -> Masterdata:
    return read_masterdata(SampleCity(Path(mkdtemp())).raw, "https://stadt.example/")


def filled(rows: list[dict[str, object]]) -> bool:
    return any(value for row in rows for value in row.values())


def records_of(kind: Kind, rows: Sequence[dict[str, object]], department: str = "kulturamt") -> AnyList:
    make = {"submissions": goal, "decisions": decision, "progress": progress}[kind]
    first = {"submissions": "number", "decisions": "goal", "progress": "goal"}[kind]
    data = csv_text(kind, [make(row[first], **{k: v for k, v in row.items() if k != first}) for row in rows])  # type: ignore[operator]
    year = 2015 if kind == "submissions" else 2014
    file = SubmittedFile(path="x.csv", kind=kind, year=year, department=department, sha256="0" * 64, bytes=1)
    read = read_file(file, data.encode())
    assert read.records is not None
    return read.records


MEMORY = Memory()
Found = set[tuple[str, str]]
"""Codes with what they are about; a value is read from the cell."""


def plainly(records: AnyList) -> Found:
    """Judge with nothing left out or renamed: each row alone, and together what is about the same thing."""
    focuses = [record.focus for record in document_of(master_data(), records).records]
    found: Found = set()
    for focus in set(focuses):
        rows = [row for row, f in zip(records.records, focuses, strict=True) if f == focus]
        alone = {item for row in rows for item in _plainly(records, [row])}
        codes = {code for code, _ in alone}
        found |= alone | {item for item in _plainly(records, rows) if item[0] not in codes}
    return found


def _plainly(records: AnyList, rows: Sequence[object]) -> Found:
    part = records.model_copy(update={"records": tuple(rows)})
    document = document_of(master_data(), part)
    nodes = [node for record in document.records for node in record.nodes]
    codes = [getattr(record, "product_group", None) for record in records.records]
    facts: list[Node] = [
        *document.nodes,
        *_facts(master_data(), records, KNOWN),
        *product_facts(master_data().iris, filter(None, codes), records.year),
        *known_goal_nodes(master_data().iris, KNOWN, KNOWN),
    ]
    results = judge_nodes([*nodes, *facts], (PARTS[records.kind],), MEMORY)
    return {(r.code, r.focus) for r in results}


def by_patterns(records: AnyList, memory: Memory | None = None) -> Found:
    outcomes = _Judging(master_data(), records, KNOWN, memory or Memory()).outcomes()
    return {(r.code, r.focus) for _, results in outcomes for r in results}


@settings(max_examples=25)
@given(st.lists(GOALS, min_size=1, max_size=8), st.sampled_from(["kulturamt", "zauberamt"]))
def test_goals(rows: list[dict[str, object]], department: str) -> None:
    assume(filled(rows))
    records = records_of("submissions", rows, department)
    assert by_patterns(records) == plainly(records)


@settings(max_examples=25)
@given(st.lists(DECISIONS, min_size=1, max_size=8))
def test_decisions(rows: list[dict[str, object]]) -> None:
    assume(any(value for row in rows for name, value in row.items() if name != "goal"))
    records = records_of("decisions", rows)
    assert by_patterns(records) == plainly(records)


@settings(max_examples=25)
@given(st.lists(REPORTS, min_size=1, max_size=8), st.sampled_from(["kulturamt", "zauberamt"]))
def test_progress(rows: list[dict[str, object]], department: str) -> None:
    assume(any(value for row in rows for name, value in row.items() if name != "goal"))
    records = records_of("progress", rows, department)
    assert by_patterns(records) == plainly(records)


def test_what_is_wrong_in_one_of_two_twins_is_not_laid_to_the_other(city: SampleCity) -> None:
    city.submit(2016, "kulturamt", goal(1), goal(1, title="", product_group="99.10"), goal(2))
    found = {(f.code, f"{f.column}{f.row}") for f in settled_findings(city) if f.row}
    assert found == {
        ("goal-number-repeated", "A2"),
        ("goal-number-repeated", "A3"),
        ("goal-title-missing", "C3"),
        ("goal-product-area-unknown", "B3"),
    }


def test_a_memory_of_one_file_serves_another() -> None:
    memory = Memory()
    rows = [goal(n, title="" if n == 3 else f"Ziel {n}") for n in range(1, 6)]
    first = by_patterns(records_of("submissions", rows), memory)
    second = by_patterns(records_of("submissions", rows, "bauamt"), memory)
    assert {code for code, _ in first} == {code for code, _ in second} == {"goal-title-missing"}
    assert {focus for _, focus in second} == {"https://stadt.example/id/goal/2015-bauamt-03"}


def test_goals_that_differ_only_in_number_and_words_are_one_pattern() -> None:
    rows = [goal(n, title=f"Ziel {n}", description=f"Text {n}", target=str(n)) for n in range(2, 40)]
    judging = _Judging(master_data(), records_of("submissions", rows), KNOWN, Memory())
    assert len({judging._group((n,)).key for n in range(38)}) == 1


def test_a_pattern_holds_nothing_of_its_record() -> None:
    records = records_of("submissions", [goal(17, title="Geheim", description="Auch geheim")])
    nodes = [node for record in document_of(master_data(), records).records for node in record.nodes]
    pattern = pattern_of(nodes, [], [], seen(("goal",)))
    assert "eheim" not in pattern.text
    assert "2015-kulturamt-17" not in pattern.text
    assert NEUTRAL in pattern.text
    assert pattern.names[0] == "https://stadt.example/id/goal/2015-kulturamt-17"


def test_every_part_of_the_shapes_can_be_read_for_what_it_sees() -> None:
    for part in SHAPE_PARTS:
        assert seen((part,)).properties
