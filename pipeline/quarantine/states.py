"""The selection state of each goal, derived from the decisions about it."""

from collections.abc import Iterable

from ontology.codelists import code_list
from pipeline.records.models import Decision, DecisionList

SUBMITTED = "submitted"
PROPOSED = "proposed"
WITHDRAWN = "withdrawn"


def selection_states(goals: Iterable[str], decisions: Iterable[DecisionList]) -> dict[str, str]:
    """Return the notation of the selection state of each goal.

    The last decision in the list holds; a dated one comes after all undated ones. A proposal never
    undoes a decision. A goal that nobody decided about is ``submitted``.
    """
    states = dict.fromkeys(goals, SUBMITTED)
    rows = [decision for decision_list in decisions for decision in decision_list.records]
    for decision in sorted(rows, key=_moment):
        concept = code_list("Outcomes").find(decision.outcome or "")
        if concept is None or decision.goal not in states:
            continue
        if concept.notation != PROPOSED or states[decision.goal] == SUBMITTED:
            states[decision.goal] = concept.notation
    return states


def _moment(decision: Decision) -> str:
    return decision.date.isoformat() if decision.date else ""
