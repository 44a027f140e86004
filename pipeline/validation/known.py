"""The goals known so far, by id: their year and selection state."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from ontology.iris import Iris, department_of
from pipeline.mapping.documents import Node

HELD_BACK = "held-back"
SELECTED = frozenset({"selected", "carried-over"})


class KnownGoal(BaseModel):
    """A goal that was handed in: budget year and notation of its selection state."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    state: str


KnownGoals = dict[str, KnownGoal]


def known_goal_nodes(iris: Iris, known: KnownGoals, ids: Iterable[str]) -> list[Node]:
    """Return nodes for the goals among `ids` that are known.

    They are not typed as goals: they are facts to judge against, not something to be judged.
    """
    return [
        {
            "id": iris.goal(goal),
            "budget_year": iris.budget_year(known[goal].year),
            "selection_state": f"sz:state-{known[goal].state}",
            "department": iris.department(department_of(goal)),
        }
        for goal in sorted(set(ids))
        if goal in known
    ]
