"""Rules that compare the rows of one list with each other: several decisions of one body on a goal."""

from collections import defaultdict
from collections.abc import Iterator

from ontology.codelists import code_list
from ontology.iris import slug
from pipeline.findings.models import Finding
from pipeline.masterdata import Masterdata
from pipeline.records.models import Decision, DecisionList, RecordList

PROPOSED = "proposed"
SELECTED = frozenset({"selected", "carried-over"})


def compare_rows(city: Masterdata, records: RecordList) -> list[Finding]:
    """Return what is wrong with rows of a list beside each other."""
    return list(_contradictions(city, records)) if isinstance(records, DecisionList) else []


def _contradictions(city: Masterdata, decisions: DecisionList) -> Iterator[Finding]:
    """Yield a finding for each row that says something else than another of the same body.

    Decisions of different days follow each other, and a proposal is no decision yet. Where a day is
    missing, nobody can tell which of the two holds.
    """
    by_goal_and_body: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions.records:
        for body in {_key(city, text) for text in decision.body}:
            if decision.goal and _verdict(decision):
                by_goal_and_body[decision.goal, body].append(decision)
    reported: set[int] = set()
    for group in by_goal_and_body.values():
        for decision in group:
            others = [other.row for other in group if _contradicts(decision, other)]
            if others and decision.row not in reported:
                reported.add(decision.row)
                yield _finding(decisions, decision, others)


def _contradicts(one: Decision, other: Decision) -> bool:
    follow_each_other = one.date and other.date and one.date != other.date
    return _verdict(one) != _verdict(other) and not follow_each_other


def _verdict(decision: Decision) -> str | None:
    """Return what was decided; None for a proposal, and for what no list knows."""
    concept = code_list("Outcomes").find(decision.outcome or "")
    if concept is None or concept.notation == PROPOSED:
        return None
    return "selected" if concept.notation in SELECTED else concept.notation


def _key(city: Masterdata, text: str) -> str:
    unit = city.organisation.body(text) or city.organisation.department(text)
    return unit.key if unit else slug(text)


def _finding(decisions: DecisionList, decision: Decision, others: list[int]) -> Finding:
    column = decisions.columns.get("outcome")
    return Finding.of(
        "decision-contradicts",
        decisions.path,
        sheet=decisions.sheet,
        row=decision.row,
        column=column.letter if column else None,
        header=column.header if column else None,
        value=decision.outcome,
        detail=", ".join(map(str, others[:5])),
    )
