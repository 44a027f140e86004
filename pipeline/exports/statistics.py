"""The statistics as rows: how many goals there are, as in the Data Cube."""

from collections.abc import Iterator

from ontology.codelists import code_list
from ontology.productplan import product_plan
from pipeline.exports.rows import Row
from pipeline.masterdata import Masterdata
from pipeline.statistics.counting import Cell, Counts
from pipeline.statistics.cube import observation_iri

NOT_STATED = "ohne Angabe"


def statistics_rows(city: Masterdata, counts: Counts) -> Iterator[Row]:
    """Yield a row for each number, in the order of the cells."""
    notice = city.organisation.notice.de if city.organisation.notice else None
    for cell, count in counts.items():
        code, label = _what(city, cell)
        yield {
            "year": cell.year,
            "breakdown": cell.breakdown,
            "code": code,
            "label": label,
            "selection_state": code_list("SelectionStates")[cell.state].label_de,
            "selection_state_key": cell.state,
            "attainment": code_list("AttainmentStates")[cell.attainment].label_de,
            "attainment_key": cell.attainment,
            "goals": count,
            "observation": observation_iri(city.iris, cell).removeprefix(city.iris.count("")),
            "notice": notice,
        }


def _what(city: Masterdata, cell: Cell) -> tuple[str | None, str | None]:
    """Return code and label of what a number breaks down; nothing where it counts all goals."""
    if cell.breakdown == "overall":
        return None, None
    if not cell.key:
        return None, NOT_STATED
    code = cell.key[-1]
    match cell.breakdown:
        case "by-department":
            unit = city.organisation.department(code)
            return code, unit.name if unit else None
        case "by-action-field":
            plan = next(plan for plan in city.plans.editions if plan.key == cell.key[0])
            return code, next((field.label for field in plan.action_fields if field.key == code), None)
        case _:
            known = product_plan().get((cell.key[0], code))
            return code, known.label if known else None
