"""The numbers of a release as an RDF Data Cube (W3C Recommendation of 2014) in a graph of its own.

Every observation has every dimension. What is not broken down has the value for all: `sz:total`, or
the city for the departments. So an observation says the same whether or not its slice is known.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from ontology.codelists import code_list
from ontology.iris import Iris
from pipeline.mapping.documents import Document, Node
from pipeline.statistics.counting import BREAKDOWNS, Breakdown, Cell, Counts

DATASET: Final = "statistics"
_TOTAL: Final = "sz:total"
_NOT_STATED: Final = "sz:not-stated"
_DIMENSION: Final[Mapping[Breakdown, str]] = {
    "by-area": "counted_product_group",
    "by-product-group": "counted_product_group",
    "by-department": "counted_department",
    "by-action-field": "counted_action_field",
}
"""The dimension that a way of counting breaks down; `overall` breaks down none of these."""
_WORDS: Final[Mapping[Breakdown, tuple[str, str]]] = {
    "overall": ("insgesamt", "overall"),
    "by-area": ("nach Produktbereich", "by product area"),
    "by-product-group": ("nach Produktgruppe", "by product group"),
    "by-department": ("nach Amt", "by department"),
    "by-action-field": ("nach Handlungsfeld", "by action field"),
}
_SCHEME: Final[Mapping[str, str]] = {
    "counted_product_group": "sz:CountedProductGroups",
    "counted_action_field": "sz:CountedActionFields",
}


def statistics_document(iris: Iris, counts: Counts) -> Document:
    """Return the cube as a graph that is named by its dataset."""
    return Document(iris.dataset(DATASET), list(_nodes(iris, counts)))


def _nodes(iris: Iris, counts: Counts) -> Iterator[Node]:
    dataset = iris.dataset(DATASET)
    used = [b for b in BREAKDOWNS if any(cell.breakdown == b for cell in counts)]
    yield {
        "id": dataset,
        "type": "qb:DataSet",
        "label": "Statistik der Ziele",
        "label_en": "Statistics of the goals",
        "description": "Wie viele Ziele es in jedem Haushaltsjahr gibt, nach Stand der Auswahl und "
        "Zielerreichung, insgesamt und nach Produktbereich, Produktgruppe, Amt und Handlungsfeld.",
        "description_en": "How many goals there are in each budget year, by selection state and attainment, "
        "overall and by product area, product group, department and action field.",
        "structure": "sz:statistics",
        "slice": [iris.count(breakdown) for breakdown in used],
    }
    for breakdown, cells in groupby(sorted(counts), key=lambda cell: cell.breakdown):
        yield from _slice(iris, breakdown, list(cells), counts)


def _slice(iris: Iris, breakdown: Breakdown, cells: list[Cell], counts: Counts) -> Iterator[Node]:
    everything = _totals(iris)
    broken_down = _DIMENSION.get(breakdown)
    fixed = {name: value for name, value in everything.items() if name != broken_down}
    german, english = _WORDS[breakdown]
    yield {
        "id": iris.count(breakdown),
        "type": "qb:Slice",
        "label": f"Anzahl der Ziele {german}",
        "label_en": f"Number of goals {english}",
        "slice_structure": f"sz:{breakdown}",
        **fixed,
        "observation": [observation_iri(iris, cell) for cell in cells],
    }
    for cell in cells:
        yield {
            "id": observation_iri(iris, cell),
            "type": "qb:Observation",
            "data_set": iris.dataset(DATASET),
            "year": str(cell.year),
            **everything,
            **({broken_down: _value(iris, cell)} if broken_down else {}),
            "counted_state": f"sz:state-{cell.state}",
            "counted_attainment": f"sz:attainment-{cell.attainment}",
            "goal_count": str(counts[cell]),
            **_labels(cell, counts[cell]),
        }
    if scheme := _SCHEME.get(broken_down or ""):
        for value in sorted({_value(iris, cell) for cell in cells}):
            yield {"id": value, "in_scheme": scheme}


def _labels(cell: Cell, count: int) -> dict[str, str]:
    """Return what a number is called: what it says, but for the thing that leads to it."""
    state = code_list("SelectionStates")[cell.state]
    attainment = code_list("AttainmentStates")[cell.attainment]
    goals = "Ziel" if count == 1 else "Ziele", "goal" if count == 1 else "goals"
    return {
        "label": f"{cell.year}: {count} {goals[0]}, {state.label_de}, {attainment.label_de}",
        "label_en": f"{cell.year}: {count} {goals[1]}, {state.label_en}, {attainment.label_en}",
    }


def _totals(iris: Iris) -> dict[str, str]:
    return {
        "counted_product_group": _TOTAL,
        "counted_department": iris.city(),
        "counted_action_field": _TOTAL,
    }


def observation_iri(iris: Iris, cell: Cell) -> str:
    """Return the IRI of an observation. Goals without product group have no area either: one number."""
    if cell.key or cell.breakdown == "overall":
        return iris.count(cell.breakdown, cell.year, *cell.key, cell.state, cell.attainment)
    breakdown = "by-product-group" if cell.breakdown == "by-area" else cell.breakdown
    return iris.count(breakdown, cell.year, "not-stated", cell.state, cell.attainment)


def _value(iris: Iris, cell: Cell) -> str:
    if not cell.key:
        return _NOT_STATED
    match cell.breakdown:
        case "by-department":
            return iris.department(*cell.key)
        case "by-action-field":
            return iris.action_field(*cell.key)
        case _:
            return iris.product_group(*cell.key)
