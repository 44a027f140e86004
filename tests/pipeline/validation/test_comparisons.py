import pytest

from tests.city import SampleCity, decision, goal, progress
from tests.settled import settled_findings

GOAL = "2014-kulturamt-01"


def found(city: SampleCity, code: str) -> list[tuple[str | None, int | None]]:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    return [(f.column, f.row) for f in settled_findings(city) if f.code == code]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([decision(GOAL), decision(GOAL, "nicht berücksichtigt")], [("B", 2), ("B", 3)]),
        (
            [
                decision(GOAL, date="01.02.2014"),
                decision("2014-kulturamt-02"),
                decision(GOAL, "zurückgezogen", date="01.02.2014"),
            ],
            [("B", 2), ("B", 4)],
        ),
        ([decision(GOAL, date="01.02.2014"), decision(GOAL, "nicht berücksichtigt")], [("B", 2), ("B", 3)]),
        ([decision(GOAL, date="01.02.2014"), decision(GOAL, "zurückgezogen", date="02.02.2014")], []),
        ([decision(GOAL, "vorgeschlagen"), decision(GOAL)], []),
        ([decision(GOAL, body="Fachrat für Migration und Integration"), decision(GOAL, "abgelehnt")], []),
        ([decision(GOAL, body="gemeinderat; fachrat"), decision(GOAL, "abgelehnt")], [("B", 2), ("B", 3)]),
    ],
)
def test_contradicting_decisions_of_one_body_name_both_rows(
    city: SampleCity, rows: list[dict[str, object]], cells: list[tuple[str, int]]
) -> None:
    city.decide(2014, *rows)
    assert found(city, "decision-contradicts") == cells


def hint(city: SampleCity, code: str) -> str:
    hints = [f.hint_de for f in settled_findings(city) if f.code == code]
    assert hints, code
    return hints[0]


def test_the_nearest_known_word_is_suggested(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(
        2014,
        decision("2014-kulturamd-01"),
        decision(GOAL, "ausgewält"),
        decision("2014-kulturamt-02", body="Gemeinderad"),
        decision("2014 kulturamt 2"),
    )
    city.report(
        2014, "kulturamt", progress("2014-kulturamt-12"), progress(GOAL, attainment="teilweise ereicht")
    )
    city.submit(
        2015,
        "bauamt",
        goal(1, action_field="Interkulturele Öffnung; Sprache", carried_over_from="2014-kulturmt-01"),
        goal(2, product_group="1114"),
    )
    assert "„2014-kulturamt-01“" in hint(city, "decision-goal-unknown")
    assert "„ausgewählt“" in hint(city, "decision-outcome-unknown")
    assert "„Gemeinderat“" in hint(city, "decision-body-unknown")
    assert "„2014-kulturamt-02“" in hint(city, "cell-not-a-goal-id")
    assert "„2014-kulturamt-02“" in hint(city, "progress-goal-unknown")
    assert "„teilweise erreicht“" in hint(city, "progress-attainment-unknown")
    assert "„Interkulturelle Öffnung“" in hint(city, "goal-action-field-unknown")
    assert "„2014-kulturamt-01“" in hint(city, "carry-over-origin-unknown")
    assert "„11.14“" in hint(city, "cell-not-a-product-group")


def test_what_is_like_nothing_gets_no_suggestion(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, action_field="Weltfrieden"))
    assert "Meinten" not in hint(city, "goal-action-field-unknown")
