from pipeline.findings.collecting import Collector
from pipeline.findings.folding import fold
from pipeline.findings.models import Finding
from pipeline.findings.report import MOST_SHOWN, Report

FILE = "submissions/2014/kulturamt.xlsx"
KEYS = {
    "code",
    "severity",
    "sheet",
    "row",
    "column",
    "header",
    "value",
    "message_de",
    "message_en",
    "hint_de",
    "hint_en",
    "help",
}


def number(row: int, column: str = "K", value: str = "viel") -> Finding:
    return Finding.of(
        "cell-not-a-number", FILE, sheet="Ziele", row=row, column=column, header="Zielwert", value=value
    )


def unit(row: int) -> Finding:
    return Finding.of("indicator-unit-missing", FILE, sheet="Ziele", row=row, column="I", header="Einheit")


def test_the_document_for_programs_has_what_it_promises() -> None:
    report = Report.of(FILE, [unit(5), number(4)], readable=True, rows=3, kind="submissions", year=2014)
    document = report.document("https://stadt.example/")
    assert document["file"] == FILE
    assert document["status"] == "held_back"
    assert document["summary"] == {"rows": 3, "violations": 1, "warnings": 1, "left_out": 0}
    first = document["findings"][0]
    assert set(first) == KEYS
    assert (first["row"], first["column"], first["header"], first["value"]) == (4, "K", "Zielwert", "viel")
    assert first["help"] == "https://stadt.example/help/cell-not-a-number"


def test_the_status_is_that_of_the_worst_finding() -> None:
    assert Report.of(FILE, [], readable=True).status == "accepted"
    assert Report.of(FILE, [unit(2)], readable=True).status == "accepted_with_warnings"
    assert Report.of(FILE, [unit(2), number(2)], readable=True).status == "held_back"
    assert Report.of(FILE, [number(2)], readable=False).status == "unreadable"


def test_findings_are_listed_as_one_reads_a_sheet() -> None:
    report = Report.of(FILE, [number(12), number(3, "AA"), number(3, "B")], readable=True)
    assert [(f.row, f.column) for f in report.findings] == [(3, "B"), (3, "AA"), (12, "K")]


def test_what_is_left_out_is_counted_and_violations_come_before_warnings() -> None:
    warnings = [unit(row) for row in range(2, MOST_SHOWN + 2)]
    report = Report.of(FILE, [*warnings, number(5_000)], readable=True)
    assert report.summary.left_out == 1
    assert report.summary.warnings == MOST_SHOWN
    assert [f.code for f in report.findings if f.blocks] == ["cell-not-a-number"]


def test_the_same_thing_in_many_rows_is_told_once() -> None:
    folded = fold([*(unit(row) for row in range(12, 61)), unit(71), number(12), number(13, value="mehr")])
    assert [(f.finding.code, f.rows_text()) for f in folded] == [
        ("indicator-unit-missing", "12–60, 71"),
        ("cell-not-a-number", "12–13"),
    ]
    assert folded[1].values == ("viel", "mehr")


def test_a_collector_keeps_the_first_of_each_severity_and_counts_the_others() -> None:
    found = Collector(FILE, most=2)
    found.add(unit(row) for row in range(2, 7))
    found.add([number(9)])
    codes = [finding.code for finding in found.findings]
    assert codes == ["indicator-unit-missing"] * 2 + ["cell-not-a-number", "findings-left-out"]
    assert "3 weitere" in found.findings[-1].message_de


def test_a_suggestion_ends_the_hints() -> None:
    finding = number(2).suggesting("Zielwert")
    assert finding.hint_de.endswith("Meinten Sie „Zielwert“?")
    assert finding.hint_en.endswith("Did you mean “Zielwert”?")
