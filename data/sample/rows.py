"""The rows of all forms: submissions, decisions and progress of 2014 and 2015."""

from data.sample.goals import CARRIED, GOALS, SELECTED, SampleGoal

Row = dict[str, object]
INVENTED = "Erfundener Beispieltext."
FACHRAT = "Fachrat für Migration und Integration"
BODY_INFERRED = "Das Gremium ist erschlossen: Die Quelle nennt nur den Vorschlag; den Haushalt beschließt der Gemeinderat."


def submissions(year: int) -> dict[str, list[Row]]:
    """Return the rows that each department handed in for a year: 40 goals in 2014, 17 in 2015."""
    if year == 2014:
        return {
            department: [_goal_row(number, goal, year) for number, goal in enumerate(goals, start=1)]
            for department, goals in GOALS.items()
        }
    rows: dict[str, list[Row]] = {}
    for department, origin, goal in _with_fate(CARRIED):
        of_department = rows.setdefault(department, [])
        row = _goal_row(len(of_department) + 1, goal, year)
        of_department.append(row | {"carried_over_from": origin})
    return rows


def decisions(year: int) -> list[Row]:
    """Return the rows of the decision list of a year; no date of them is published."""
    if year == 2014:
        chosen = {goal_id for _, goal_id, _ in _with_fate(SELECTED)}
        return [_choice(goal_id, selected=goal_id in chosen) for goal_id in _ids(2014)]
    proposed: list[Row] = [
        {
            "goal": goal_id,
            "outcome": "vorgeschlagen",
            "body": "fachrat; verwaltung",
            "reason": "Gemeinsamer Vorschlag aus den nicht berücksichtigten Zielen des Vorjahrs",
        }
        for goal_id in _ids(2015)
    ]
    taken: list[Row] = [
        {"goal": goal_id, "outcome": "übernommen", "body": "Gemeinderat", "reason": BODY_INFERRED}
        for goal_id in _ids(2015)
    ]
    return proposed + taken


PROGRESS: dict[int, dict[str, list[tuple[str, str, float | None, float | None]]]] = {
    2014: {
        "rmi": [
            ("2014-rmi-01", "teilweise erreicht", 60, 12),
            ("2014-rmi-02", "in Arbeit", 55, 27.5),
            ("2014-rmi-06", "erreicht", 100, 1),
        ],
        "bildungsamt": [
            ("2014-bildungsamt-01", "in Arbeit", 40, 11),
            ("2014-bildungsamt-02", "erreicht", 100, 93),
        ],
        "kulturamt": [("2014-kulturamt-01", "aufgegeben", None, 4)],
        "volkshochschule": [
            ("2014-volkshochschule-01", "teilweise erreicht", 70, 28),
            ("2014-volkshochschule-02", "nicht begonnen", 0, None),
        ],
    },
    2015: {
        "stadtbuecherei": [
            ("2015-stadtbuecherei-01", "erreicht", 100, 934),
            ("2015-stadtbuecherei-02", "in Arbeit", 50, 41),
            ("2015-stadtbuecherei-03", "nicht berichtet", None, None),
        ],
        "sozialamt": [("2015-sozialamt-02", "in Arbeit", 25, 4)],
        "rmi": [
            ("2015-rmi-01", "teilweise erreicht", 75, 18),
            ("2014-rmi-02", "erreicht", 100, 52),
        ],
    },
}
"""Invented reports: goal, attainment, percent, actual value. Other goals have none, on purpose."""


def progress(year: int) -> dict[str, list[Row]]:
    """Return the rows of the progress lists of a year."""
    return {
        department: [
            {
                "goal": goal_id,
                "actual": actual,
                "attainment": attainment,
                "percent": percent,
                "as_of": f"31.12.{year}",
                "note": INVENTED,
            }
            for goal_id, attainment, percent, actual in reports
        ]
        for department, reports in PROGRESS[year].items()
    }


def _goal_row(number: int, goal: SampleGoal, year: int) -> Row:
    measured: Row = {}
    if goal.measure:
        measured = goal.measure._asdict() | {"target_year": year + 1}
    return {
        "number": number,
        "product_group": goal.product_group,
        "title": goal.title,
        "description": goal.description,
        "action_field": goal.action_field,
        "recommendation": goal.recommendation,
        "target_group": goal.target_group,
        "note": INVENTED,
        **measured,
    }


def _choice(goal_id: str, *, selected: bool) -> Row:
    return {
        "goal": goal_id,
        "outcome": "ausgewählt" if selected else "nicht berücksichtigt",
        "body": FACHRAT,
        "reason": "Gewicht auf interkultureller Öffnung und Fortbildung" if selected else "",
    }


def _with_fate(fate: str) -> list[tuple[str, str, SampleGoal]]:
    return [
        (department, f"2014-{department}-{number:02d}", goal)
        for department, goals in GOALS.items()
        for number, goal in enumerate(goals, start=1)
        if goal.fate == fate
    ]


def _ids(year: int) -> list[str]:
    return [
        f"{year}-{department}-{row['number']:02d}"
        for department, rows in submissions(year).items()
        for row in rows
    ]
