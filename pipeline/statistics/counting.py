"""Counting the goals of a release: once overall, and once for each thing that a year is broken down by."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, get_args

from ontology.codelists import code_list
from ontology.productplan import product_plan
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import Goal, Progress, ProgressList, Submission

Breakdown = Literal["overall", "by-area", "by-product-group", "by-department", "by-action-field"]
BREAKDOWNS: Final[tuple[Breakdown, ...]] = get_args(Breakdown)
"""The ways to count; local names of the slice keys in the vocabulary."""

Key = tuple[str, ...]
"""What is counted: edition and code, plan and action field, or department; empty for all or not stated."""

NOT_STATED: Final[Key] = ()
NOT_REPORTED: Final = "not-reported"


class Cell(NamedTuple):
    """What goals have in common that are counted together; `state` and `attainment` are notations."""

    breakdown: Breakdown
    year: int
    key: Key
    state: str
    attainment: str


Counts = dict[Cell, int]
"""How many goals each cell has, in the order of the cells; cells without goals are left out."""


def count_goals(city: Masterdata, years: Iterable[CheckedYear]) -> Counts:
    """Return the numbers of all goals that a release describes, withdrawn ones included.

    A goal with several action fields counts in each of them; in every other way of counting, once.
    """
    years = list(years)
    attainment = latest_attainment(years)
    counts: Counter[Cell] = Counter()
    for year in years:
        for goal_id, department, goal in _goals(year):
            state = year.states.get(goal_id, "submitted")
            for breakdown, key in _keys(city, year.year, department, goal):
                counts[Cell(breakdown, year.year, key, state, attainment.get(goal_id, NOT_REPORTED))] += 1
    return dict(sorted(counts.items()))


def latest_attainment(years: Iterable[CheckedYear]) -> dict[str, str]:
    """Return the notation of what each goal has attained, by its latest report in any year's list.

    A report without a date comes before all others; of two with the same date, the later list and row hold.
    """
    latest: dict[str, tuple[tuple[datetime.date, int, int], str]] = {}
    for reports in (r for year in years for r in year.released if isinstance(r, ProgressList)):
        for report in reports.records:
            concept = code_list("AttainmentStates").find(report.attainment or "")
            if report.goal and concept:
                found = _moment(reports, report), concept.notation
                latest[report.goal] = max(found, latest.get(report.goal, found))
    return {goal: notation for goal, (_, notation) in latest.items()}


def _moment(reports: ProgressList, report: Progress) -> tuple[datetime.date, int, int]:
    return report.as_of or datetime.date.min, reports.year, report.row


def _goals(year: CheckedYear) -> Iterator[tuple[str, str, Goal]]:
    """Yield id, department and record of each goal of a year."""
    for records in year.released:
        if isinstance(records, Submission):
            for goal in records.records:
                yield records.goal_id(goal) or "", records.department, goal
    for history in year.histories:
        for item in history.withdrawn:
            yield history.goal_id(item), history.department or "", item.goal


def _keys(city: Masterdata, year: int, department: str, goal: Goal) -> Iterator[tuple[Breakdown, Key]]:
    yield "overall", ()
    place = product_plan().place(goal.product_group, year) if goal.product_group else None
    yield "by-area", place.area if place else NOT_STATED
    yield "by-product-group", place.group if place else NOT_STATED
    yield "by-department", (department,)
    yield from (("by-action-field", key) for key in action_fields(city, year, goal) or {NOT_STATED})


def action_fields(city: Masterdata, year: int, goal: Goal) -> set[Key]:
    """Return plan and key of each action field (Handlungsfeld) that a goal names."""
    plan = city.plans.for_year(year)
    found = (plan.action_field(text) for text in goal.action_field) if plan else ()
    return {(plan.key, field.key) for field in found if plan and field}
