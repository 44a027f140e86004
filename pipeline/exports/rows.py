"""Released records as rows of goals, decisions and progress.

What the columns mean says `ontology.columns`. The columns of the forms keep their aliases, so that what is
published can be read like what was handed in; what the release adds (id, year, labels, state) comes before
and after. What a goal or decision has several of stands in one cell, and one by one in a table of links.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from ontology.codelists import code_list, label_of
from ontology.columns import SEPARATOR, TABLES, Column, Kind
from ontology.productplan import Place, product_plan
from pipeline.exports.links import decision_bodies, goal_links
from pipeline.mapping.decisions import decision_key
from pipeline.mapping.progress import date_of
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import (
    Decision,
    DecisionList,
    FileHistory,
    Goal,
    Progress,
    ProgressList,
    RecordList,
    Submission,
)
from pipeline.statistics.counting import action_fields

Row = dict[str, Any]
_TYPES: Final[Mapping[Kind, pl.DataType]] = {
    "text": pl.String(),
    "list": pl.String(),
    "whole": pl.Int32(),
    "year": pl.Int32(),
    "date": pl.Date(),
}


def _type(column: Column) -> pl.DataType:
    return pl.Decimal(*column.digits) if column.kind == "decimal" else _TYPES[column.kind]


SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    name: {column.name: _type(column) for column in table.columns} for name, table in TABLES.items()
}
"""Columns and types of each table."""
LISTS: Final = ("goals", "goal-links", "decisions", "decision-bodies", "progress")
"""The tables that are made of what was handed in."""


def rows(city: Masterdata, year: CheckedYear, attainment: Mapping[str, str]) -> dict[str, list[Row]]:
    """Return the rows of a budget year for each table, sorted by goal.

    `attainment` is what goals have attained by now: goal id to notation.
    """
    notice = city.organisation.notice.de if city.organisation.notice else None
    tables: dict[str, list[Row]] = {name: [] for name in LISTS}
    for records in _lists(year):
        for name, row in _rows_of(city, year, records, attainment):
            tables[name].append(row | {"file": records.path, "notice": notice})
    return {name: sorted(content, key=_order) for name, content in tables.items()}


def _lists(year: CheckedYear) -> Iterator[RecordList]:
    """Yield what is released, and each goal that was withdrawn in the version that it last stood in."""
    yield from year.released
    for history in year.histories:
        yield from _withdrawn(history)


def _rows_of(
    city: Masterdata, year: CheckedYear, records: RecordList, attainment: Mapping[str, str]
) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a list, each with the name of its table."""
    match records:
        case Submission():
            for goal in records.records:
                yield "goals", _goal(city, year, records, goal, attainment)
                yield from (("goal-links", row) for row in goal_links(city, records, goal))
        case DecisionList():
            for decision in records.records:
                row = _decision(city, year.year, decision)
                yield "decisions", row
                yield from (
                    ("decision-bodies", body)
                    for body in decision_bodies(city, year.year, decision, row["id"])
                )
        case ProgressList():
            yield from (("progress", _progress(records, report)) for report in records.records)


def _order(row: Row) -> tuple[str, str, int, str, str]:
    first = row.get("id") or row.get("goal") or row.get("decision")
    return str(first), str(row["file"]), row.get("row", 0), str(row.get("kind")), str(row.get("iri"))


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
        "product_group_key": "/".join(place.group) if place else None,
        "product_key": "/".join(place.product) if place and place.product else None,
        "product_group_label": _product_label(place),
        "product_area": place.area[1] if place else None,
        "action_field_key": _flat(
            tuple(key for _, key in sorted(action_fields(city, submission.year, goal)))
        ),
        "target_period": (goal.target_year or submission.year) if goal.target is not None else None,
        "selection_state": label_of("SelectionStates", year.states.get(goal_id or "")),
        "selection_state_key": year.states.get(goal_id or ""),
        "attainment": label_of("AttainmentStates", attainment.get(goal_id or "")),
        "attainment_key": attainment.get(goal_id or ""),
    }


def _withdrawn(history: FileHistory) -> Iterator[Submission]:
    paths = {version.sha256: version.path for version in history.versions}
    for item in history.withdrawn:
        yield Submission(
            path=paths[item.sha256],
            year=history.year,
            department=history.department or "",
            sha256=item.sha256,
            bytes=0,
            records=(item.goal,),
        )


def _decision(city: Masterdata, year: int, decision: Decision) -> Row:
    return {
        **_columns(decision),
        "id": f"{decision.goal}/{decision_key(city, decision)}",
        "year": year,
        "outcome": label_of("Outcomes", decision.outcome),
        "outcome_key": _key("Outcomes", decision.outcome),
    }


def _progress(progress: ProgressList, report: Progress) -> Row:
    return {
        **_columns(report),
        "year": progress.year,
        "department": progress.department,
        "attainment": label_of("AttainmentStates", report.attainment),
        "attainment_key": _key("AttainmentStates", report.attainment),
        "as_of_key": date_of(report),
    }


def _columns(record: Goal | Decision | Progress) -> Row:
    return {name: _flat(value) for name, value in record if name != "cells"}


def _flat(value: Any) -> Any:
    return (SEPARATOR.join(value) or None) if isinstance(value, tuple) else value


def _key(scheme: str, text: str | None) -> str | None:
    concept = code_list(scheme).find(text) if text else None
    return concept.notation if concept else None


def _product_label(place: Place | None) -> str | None:
    if place is None:
        return None
    listed = (product_plan().get(key) for key in (place.product, place.group) if key)
    return next((found.label for found in listed if found), None)
