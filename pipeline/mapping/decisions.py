"""Decisions on goals to graph."""

from ontology.codelists import code_list
from ontology.iris import slug
from ontology.namespaces import SZ
from pipeline.mapping.documents import Document, Mapped, RecordNodes
from pipeline.mapping.files import file_iri, file_nodes, notice_of, row_node, without_empty
from pipeline.masterdata import Masterdata
from pipeline.records.models import Decision, DecisionList


def decision_document(city: Masterdata, decisions: DecisionList) -> Document:
    """Return the graph of a decision list."""
    name = file_iri(city.iris, decisions)
    return Document(
        name,
        file_nodes(city, decisions),
        Mapped(decisions.records, lambda decision: _record(city, decisions, name, decision)),
    )


def outcome_iri(text: str) -> str:
    """Return the IRI of an outcome in any spelling; an unknown one gets an IRI no list has."""
    concept = code_list("Outcomes").find(text)
    return concept.iri if concept else f"{SZ}outcome-unknown-{slug(text)}"


def body_keys(city: Masterdata, decision: Decision) -> list[str]:
    """Return the keys of the bodies (or departments) that decided."""
    return [_body(city, text) for text in decision.body]


def body_iri(city: Masterdata, key: str) -> str:
    """Return the IRI of a body or department that decided."""
    known = city.organisation.department(key)
    return city.iris.department(key) if known else city.iris.body(key)


def decision_key(city: Masterdata, decision: Decision) -> str:
    """Return what tells the decisions on a goal apart: who decided what."""
    return "-".join((*sorted(body_keys(city, decision)), slug(decision.outcome or "")))


def _record(city: Masterdata, decisions: DecisionList, name: str, decision: Decision) -> RecordNodes:
    iris = city.iris
    row = iris.row(name, decision.row)
    bodies = body_keys(city, decision)
    focus = row
    if decision.goal and decision.outcome:
        focus = iris.decision(decision.goal, decision_key(city, decision))
    node = without_empty(
        {
            "id": focus,
            "type": ["sz:Decision", "prov:Activity"],
            "goal": iris.goal(decision.goal) if decision.goal else None,
            "outcome": outcome_iri(decision.outcome) if decision.outcome else None,
            "body": [body_iri(city, key) for key in bodies],
            "budget_year": iris.budget_year(decisions.year),
            "date": decision.date.isoformat() if decision.date else None,
            "paper": decision.paper,
            "reason": decision.reason,
            "notice": notice_of(city),
            "part_of": name,
            "source_row": row if focus != row else None,
        }
    )
    rows = [row_node(iris, name, decisions.sheet, decision.row)] if focus != row else []
    return RecordNodes(focus, decision.row, [node, *rows])


def _body(city: Masterdata, text: str) -> str:
    unit = city.organisation.body(text) or city.organisation.department(text)
    return unit.key if unit else slug(text) or "x"
