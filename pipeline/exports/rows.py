"""The columns of all tables, and released records as rows of goals, decisions and progress.

The columns of the forms keep their aliases, so that what is published can be read like what was
handed in; what the release adds (id, year, labels, state) comes before and after.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from ontology.codelists import code_list
from ontology.productplan import Place, product_plan
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import (
    Decision,
    DecisionList,
    FileHistory,
    Goal,
    Progress,
    ProgressList,
    Submission,
)
from pipeline.statistics.counting import action_fields

Row = dict[str, Any]
SEPARATOR: Final = "; "

SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    "goals": {
        "id": pl.String(),
        "year": pl.Int32(),
        "department": pl.String(),
        "department_label": pl.String(),
        "number": pl.Int32(),
        "product_group": pl.String(),
        "product_group_label": pl.String(),
        "product_area": pl.String(),
        "no_product_group_reason": pl.String(),
        "title": pl.String(),
        "description": pl.String(),
        "action_field": pl.String(),
        "action_field_key": pl.String(),
        "recommendation": pl.String(),
        "target_group": pl.String(),
        "indicator": pl.String(),
        "unit": pl.String(),
        "baseline": pl.Decimal(28, 6),
        "target": pl.Decimal(28, 6),
        "target_year": pl.Int32(),
        "carried_over_from": pl.String(),
        "note": pl.String(),
        "selection_state": pl.String(),
        "attainment": pl.String(),
        "file": pl.String(),
        "row": pl.Int32(),
        "notice": pl.String(),
    },
    "decisions": {
        "goal": pl.String(),
        "year": pl.Int32(),
        "outcome": pl.String(),
        "body": pl.String(),
        "date": pl.Date(),
        "paper": pl.String(),
        "reason": pl.String(),
        "file": pl.String(),
        "row": pl.Int32(),
        "notice": pl.String(),
    },
    "progress": {
        "goal": pl.String(),
        "year": pl.Int32(),
        "department": pl.String(),
        "actual": pl.Decimal(28, 6),
        "attainment": pl.String(),
        "percent": pl.Decimal(9, 4),
        "as_of": pl.Date(),
        "note": pl.String(),
        "file": pl.String(),
        "row": pl.Int32(),
        "notice": pl.String(),
    },
    "statistics": {
        "year": pl.Int32(),
        "breakdown": pl.String(),
        "code": pl.String(),
        "label": pl.String(),
        "selection_state": pl.String(),
        "attainment": pl.String(),
        "goals": pl.Int32(),
        "notice": pl.String(),
    },
    "code-lists": {
        "list": pl.String(),
        "code": pl.String(),
        "label": pl.String(),
        "label_en": pl.String(),
        "broader": pl.String(),
        "status": pl.String(),
        "valid_from": pl.Int32(),
        "ended": pl.Int32(),
        "iri": pl.String(),
    },
}
"""Columns and types of each table."""
LISTS: Final = ("goals", "decisions", "progress")
"""The tables that are made of what was handed in."""


def rows(city: Masterdata, year: CheckedYear, attainment: Mapping[str, str]) -> dict[str, list[Row]]:
    """Return the rows of a budget year for each table, sorted by goal.

    `attainment` is what goals have attained by now: goal id to notation.
    """
    notice = city.organisation.notice.de if city.organisation.notice else None
    tables: dict[str, list[Row]] = {name: [] for name in LISTS}
    for records in year.released:
        common = {"file": records.path, "notice": notice}
        match records:
            case Submission():
                tables["goals"] += (
                    _goal(city, year, records, goal, attainment) | common for goal in records.records
                )
            case DecisionList():
                tables["decisions"] += (_decision(year.year, row) | common for row in records.records)
            case ProgressList():
                tables["progress"] += (_progress(records, row) | common for row in records.records)
    for history in year.histories:
        tables["goals"] += (row | {"notice": notice} for row in _withdrawn(city, year, history, attainment))
    return {name: sorted(content, key=_order) for name, content in tables.items()}


def _order(row: Row) -> tuple[str, str, int]:
    return str(row.get("id") or row.get("goal")), str(row["file"]), row["row"]


def _goal(
    city: Masterdata,
    year: CheckedYear,
    submission: Submission,
    goal: Goal,
    attainment: Mapping[str, str],
) -> Row:
    unit = city.organisation.department(submission.department)
    goal_id = submission.goal_id(goal)
    place = product_plan().place(goal.product_group, submission.year) if goal.product_group else None
    return {
        **_columns(goal),
        "id": goal_id,
        "year": submission.year,
        "department": submission.department,
        "department_label": unit.name if unit else None,
        "product_group_label": _product_label(place),
        "product_area": place.area[1] if place else None,
        "action_field_key": _flat(
            tuple(key for _, key in sorted(action_fields(city, submission.year, goal)))
        ),
        "selection_state": _label("SelectionStates", year.states.get(goal_id or "")),
        "attainment": _label("AttainmentStates", attainment.get(goal_id or "")),
    }


def _withdrawn(
    city: Masterdata, year: CheckedYear, history: FileHistory, attainment: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the goals that were withdrawn, as they last stood."""
    paths = {version.sha256: version.path for version in history.versions}
    for item in history.withdrawn:
        submission = Submission(
            path=paths[item.sha256],
            year=history.year,
            department=history.department or "",
            sha256=item.sha256,
            bytes=0,
            records=(item.goal,),
        )
        yield _goal(city, year, submission, item.goal, attainment) | {"file": submission.path}


def _decision(year: int, decision: Decision) -> Row:
    return {**_columns(decision), "year": year, "outcome": _label("Outcomes", decision.outcome)}


def _progress(progress: ProgressList, report: Progress) -> Row:
    return {
        **_columns(report),
        "year": progress.year,
        "department": progress.department,
        "attainment": _label("AttainmentStates", report.attainment),
    }


def _columns(record: Goal | Decision | Progress) -> Row:
    return {name: _flat(value) for name, value in record if name != "cells"}


def _flat(value: Any) -> Any:
    return (SEPARATOR.join(value) or None) if isinstance(value, tuple) else value


def _label(scheme: str, text: str | None) -> str | None:
    concept = code_list(scheme).find(text) if text else None
    return concept.label_de if concept else text


def _product_label(place: Place | None) -> str | None:
    if place is None:
        return None
    listed = (product_plan().get(key) for key in (place.product, place.group) if key)
    return next((found.label for found in listed if found), None)
