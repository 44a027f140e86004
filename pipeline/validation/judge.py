"""Judging a submitted file: its graph, the facts around it, the shapes, the cells to mend."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from ontology.codelists import code_list
from ontology.namespaces import SZ
from pipeline.findings.models import Finding
from pipeline.mapping.decisions import decision_document
from pipeline.mapping.documents import Document, Node, RecordNodes
from pipeline.mapping.progress import progress_document
from pipeline.mapping.submissions import submission_document
from pipeline.masterdata import Masterdata
from pipeline.records.models import DecisionList, ProgressList, Submission
from pipeline.validation.context import (
    concept_facts,
    organisation_facts,
    plan_facts,
    product_facts,
    year_facts,
)
from pipeline.validation.known import KnownGoals, known_goal_nodes
from pipeline.validation.memory import Memory, Result
from pipeline.validation.shacl import judge_nodes
from pipeline.validation.tracing import Tracer

AT_A_TIME: Final = 250
"""Things judged in one run of pyshacl."""

AnyList = Submission | DecisionList | ProgressList


def judge(
    city: Masterdata,
    records: AnyList,
    *,
    known: KnownGoals,
    read_findings: tuple[Finding, ...],
    memory: Memory,
) -> list[Finding]:
    """Return what the shapes find wrong with a submitted file, each with its cell.

    `read_findings` are those of reading the file; what follows from them is not found again.
    """
    document = document_of(city, records)
    facts = _facts(city, records, known)
    part = {"submissions": "goal", "decisions": "decision", "progress": "progress"}[records.kind]
    results = [
        result
        for nodes in _portions(document)
        for result in judge_nodes(
            [*document.nodes, *nodes, *facts, *known_goal_nodes(city.iris, known, _mentioned(city, nodes))],
            (part,),
            memory,
        )
    ]
    return Tracer(document, records).findings(results, [f for f in read_findings if f.blocks])


def document_of(city: Masterdata, records: AnyList) -> Document:
    """Return the graph of a submitted file."""
    match records:
        case Submission():
            return submission_document(city, records)
        case DecisionList():
            return decision_document(city, records)
        case ProgressList():
            return progress_document(city, records)


def judge_year(city: Masterdata, year: int, known: KnownGoals, memory: Memory) -> tuple[Result, ...]:
    """Return what the rules that decisions set for a budget year find wrong with it."""
    rules = city.plans.rules(year)
    if not rules:
        return ()
    nodes: list[Node] = [
        {
            "id": city.iris.rule(rule.key),
            "type": "sz:Rule",
            "budget_year": city.iris.budget_year(year),
            "minimum_goals": str(rule.minimum_goals),
        }
        for rule in rules
    ]
    goals = [goal for goal, facts in known.items() if facts.year == year]
    return judge_nodes([*nodes, *known_goal_nodes(city.iris, known, goals)], ("year",), memory)


def _facts(city: Masterdata, records: AnyList, known: KnownGoals) -> list[Node]:
    facts = organisation_facts(city)
    match records:
        case Submission():
            facts += plan_facts(city, records.year)
            facts += product_facts(city.iris, records)
            facts += year_facts(city.iris, sorted({goal.year for goal in known.values()}))
        case DecisionList():
            facts += _concepts("Outcomes")
            facts += year_facts(city.iris, (records.year - 1, records.year))
        case ProgressList():
            facts += _concepts("AttainmentStates")
            facts += year_facts(city.iris, (records.year,))
    return facts


def _mentioned(city: Masterdata, nodes: list[Node]) -> set[str]:
    """Return the ids of the goals that nodes refer to."""
    start = city.iris.goal("")
    named = (node.get(key) for node in nodes for key in ("goal", "carried_over_from"))
    return {iri.removeprefix(start) for iri in named if isinstance(iri, str)}


def _concepts(scheme: str) -> list[Node]:
    return concept_facts((c.iri for c in code_list(scheme).concepts), SZ + scheme)


def _portions(document: Document) -> Iterator[list[Node]]:
    """Yield the nodes of the records in portions; what is about the same thing stays together."""
    together: dict[str, list[RecordNodes]] = {}
    for record in document.records:
        together.setdefault(record.focus, []).append(record)
    groups = iter(together.values())
    while portion := list(islice(groups, AT_A_TIME)):
        yield [node for group in portion for record in group for node in record.nodes]
