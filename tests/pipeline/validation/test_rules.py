"""Each rule, broken on purpose: the finding names the cell, and nothing else is found there."""

from collections.abc import Callable

import pytest

from ontology.shapes import rules
from pipeline.findings.models import Finding
from tests.city import SampleCity, decision, goal, progress
from tests.settled import settled_findings

Break = Callable[[SampleCity], object]


def submitted(city: SampleCity, *rows: dict[str, object]) -> None:
    """Hand in goals for 2014, of which the first is not selected and the second is."""
    city.submit(2014, "kulturamt", goal(1), goal(2), *rows)
    city.decide(2014, decision("2014-kulturamt-01", "nicht berücksichtigt"), decision("2014-kulturamt-02"))


def submit(*rows: dict[str, object], department: str = "kulturamt") -> Break:
    return lambda city: city.submit(2016, department, *rows)


def decide(*rows: dict[str, object], year: int = 2014) -> Break:
    return lambda city: city.decide(year, *rows)


def report(*rows: dict[str, object]) -> Break:
    return lambda city: city.report(2014, "kulturamt", *rows)


def carry_over(origin: str, year: int = 2015) -> Break:
    return lambda city: city.submit(year, "bauamt", goal(1, carried_over_from=origin))


def held_back(city: SampleCity) -> None:
    city.submit(2014, "bauamt", goal(1, title=""))


def _and(*breaks: Break) -> Break:
    return lambda city: [broken(city) for broken in breaks]


CASES: dict[str, tuple[Break, str]] = {
    "goal-number-missing": (submit(goal("")), "A2"),
    "goal-number-repeated": (submit(goal(1), goal(2), goal(1, title="Ein anderes")), "A2 A4"),
    "goal-title-missing": (submit(goal(1, title=" ")), "C2"),
    "goal-product-group-missing": (submit(goal(1, product_group="")), "B2"),
    "goal-product-area-unknown": (submit(goal(1), goal(2, product_group="99.10")), "B3"),
    "goal-product-group-unknown": (submit(goal(1, product_group="11.99")), "B2"),
    "goal-product-unknown": (submit(goal(1, product_group="11.14.99")), "B2"),
    "goal-product-not-yet-valid": (
        lambda city: city.submit(2014, "bauamt", goal(1, product_group="31.80.10")),
        "B2",
    ),
    "goal-action-field-missing": (submit(goal(1, action_field="")), "E2"),
    "goal-action-field-unknown": (submit(goal(1, action_field="oeffnung; Weltfrieden")), "E2"),
    "goal-department-unknown": (submit(goal(1), department="zauberamt"), "2"),
    "goal-recommendation-unknown": (submit(goal(1, recommendation="e99")), "F2"),
    "goal-indicator-missing": (submit(goal(1, indicator="", unit="", target="")), "H2"),
    "indicator-label-missing": (submit(goal(1, indicator="")), "H2"),
    "indicator-unit-missing": (submit(goal(1, unit="")), "I2"),
    "indicator-target-missing": (submit(goal(1, target="")), "K2"),
    "carry-over-origin-unknown": (carry_over("2014-kulturamt-77"), "M2"),
    "carry-over-wrong-year": (carry_over("2014-kulturamt-01", year=2016), "M2"),
    "carry-over-was-selected": (carry_over("2014-kulturamt-02"), "M2"),
    "carry-over-origin-held-back": (_and(held_back, carry_over("2014-bauamt-01")), "M2"),
    "decision-goal-missing": (decide(decision("")), "A2"),
    "decision-goal-unknown": (decide(decision("2014-kulturamt-99")), "A2"),
    "decision-other-year": (decide(decision("2014-kulturamt-01"), year=2015), "A2"),
    "decision-goal-held-back": (_and(held_back, decide(decision("2014-bauamt-01"))), "A2"),
    "decision-outcome-missing": (decide(decision("2014-kulturamt-01", "")), "B2"),
    "decision-outcome-unknown": (decide(decision("2014-kulturamt-01", "vertagt")), "B2"),
    "decision-body-missing": (decide(decision("2014-kulturamt-01", body="")), "C2"),
    "decision-body-unknown": (decide(decision("2014-kulturamt-01", body="Stammtisch")), "C2"),
    "decision-repeated": (decide(*[decision("2014-kulturamt-01")] * 2), "A2 A3"),
    "decision-date-other-year": (
        decide(
            decision("2014-kulturamt-01", date="24.06.2013"),
            decision("2014-kulturamt-02", date="31.12.2012"),
            decision("2014-kulturamt-02", "zurückgezogen", date="1.1.2015"),
        ),
        "D3 D4",
    ),
    "progress-goal-missing": (report(progress("")), "A2"),
    "progress-goal-unknown": (report(progress("2014-kulturamt-99")), "A2"),
    "progress-other-department": (
        lambda city: city.report(2014, "bauamt", progress("2014-kulturamt-01")),
        "A2",
    ),
    "progress-goal-held-back": (
        _and(held_back, lambda city: city.report(2014, "bauamt", progress("2014-bauamt-01"))),
        "A2",
    ),
    "progress-attainment-missing": (report(progress("2014-kulturamt-01", attainment="")), "C2"),
    "progress-attainment-unknown": (report(progress("2014-kulturamt-01", attainment="so lala")), "C2"),
    "progress-date-missing": (report(progress("2014-kulturamt-01", as_of="")), "E2"),
    "progress-percent-out-of-range": (report(progress("2014-kulturamt-01", percent="101")), "D2"),
    "progress-date-other-year": (
        report(
            progress("2014-kulturamt-01", as_of="01.01.2014"),
            progress("2014-kulturamt-01", as_of="31.12.2013"),
            progress("2014-kulturamt-02", as_of="1.1.2015"),
        ),
        "E3 E4",
    ),
    "progress-percent-contradicts": (
        report(
            progress("2014-kulturamt-01", attainment="erreicht", percent="99,5"),
            progress("2014-kulturamt-01", attainment="erreicht", percent="100", as_of="1.2.2014"),
            progress("2014-kulturamt-01", attainment="nicht begonnen", percent="1", as_of="1.3.2014"),
            progress("2014-kulturamt-01", attainment="in Arbeit", percent="100", as_of="1.4.2014"),
            progress("2014-kulturamt-01", attainment="aufgegeben", percent="100", as_of="1.5.2014"),
            progress("2014-kulturamt-01", attainment="erreicht", as_of="1.6.2014"),
        ),
        "D2 D4 D5",
    ),
    "progress-repeated": (report(*[progress("2014-kulturamt-01")] * 2), "A2 A3"),
    "year-minimum-goals": (decide(decision("2014-kulturamt-01")), ""),
}
NEEDS_NO_CASE = {"goal-budget-year-missing"}  # the year comes from the path; see the test below


def findings(city: SampleCity) -> list[Finding]:
    return settled_findings(city)


@pytest.mark.parametrize("code", CASES)
def test_a_broken_rule_names_its_cell(city: SampleCity, code: str) -> None:
    submitted(city)
    broken, cells = CASES[code]
    broken(city)
    found = [finding for finding in findings(city) if finding.code == code]
    places = " ".join(f"{finding.column or ''}{finding.row or ''}" for finding in found)
    assert found
    assert places == cells
    assert all(finding.severity == rules()[code].severity for finding in found)


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | NEEDS_NO_CASE == set(rules())


def test_a_form_with_nothing_wrong_has_no_findings(city: SampleCity) -> None:
    submitted(city, goal(3, carried_over_from=""))
    city.decide(2014, *(decision(f"2014-kulturamt-0{n}") for n in (1, 2, 3)))
    city.report(2014, "kulturamt", progress("2014-kulturamt-02", percent="50", actual="25"))
    assert findings(city) == []


@pytest.mark.parametrize(
    "group", ["11.14", "11.14.08", "11.14-002", "27.30.05", "keine: Eigenbetrieb mit eigenem Plan"]
)
def test_product_groups_that_nothing_is_wrong_with(city: SampleCity, group: str) -> None:
    city.submit(2016, "klinikum", goal(1, product_group=group))
    assert [f for f in findings(city) if f.file.startswith("submissions")] == []


def test_all_findings_of_a_file_come_at_once_and_only_one_for_a_cell(city: SampleCity) -> None:
    city.submit(2016, "kulturamt", goal("drei", title="", product_group="99.99", target="viel"))
    found = [f for f in findings(city) if f.file.startswith("submissions")]
    assert [(f.column, f.code) for f in found] == [
        ("A", "cell-not-a-number"),
        ("B", "goal-product-area-unknown"),
        ("C", "goal-title-missing"),
        ("K", "cell-not-a-number"),
    ]


def test_a_missing_column_is_reported_once_and_not_for_each_row(city: SampleCity) -> None:
    text = "Lfd. Nr.;Produktgruppe;Ziel\n1;11.14;Ein Ziel\n2;11.14;Noch eins\n"
    city.write("submissions/2016/kulturamt.csv", text.encode())
    found = [f.code for f in findings(city) if f.blocks]
    assert found == ["column-missing"]


def test_many_goals_are_judged_in_portions_with_the_same_outcome(city: SampleCity) -> None:
    rows = [goal(n, title="" if n == 400 else f"Ziel {n}") for n in range(1, 601)]
    city.submit(2016, "kulturamt", *rows, goal(7))
    found = [(f.code, f.row) for f in findings(city) if f.blocks]
    assert found == [
        ("goal-number-repeated", 8),
        ("goal-title-missing", 401),
        ("goal-number-repeated", 602),
    ]
