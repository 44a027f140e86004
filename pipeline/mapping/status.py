"""The selection states of a year's goals, derived from the decisions, to graph."""

from collections.abc import Mapping

from ontology.iris import Iris
from pipeline.mapping.documents import Document


def status_document(iris: Iris, year: int, states: Mapping[str, str]) -> Document:
    """Return the graph of the states of a year: goal id to notation of its selection state."""
    return Document(
        iris.status(year),
        [
            {"id": iris.goal(goal), "selection_state": f"sz:state-{state}"}
            for goal, state in sorted(states.items())
        ],
    )
