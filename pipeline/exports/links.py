"""What a goal or a decision has several of, a row for each: action fields, target groups, bodies.

A cell with several values cannot become several links in CSV on the Web (one cell, one IRI), and a
spreadsheet cannot count by it. So these stand in tables of their own too.
"""

from collections.abc import Iterator
from typing import Any, Final

from ontology.namespaces import expand
from pipeline.mapping.decisions import body_iri, body_keys
from pipeline.mapping.submissions import action_field_iri, recommendation_iri
from pipeline.masterdata import Masterdata
from pipeline.records.models import Decision, Goal, Submission

_SUBJECT: Final = expand("dct:subject")
_ADDRESSES: Final = expand("sz:addresses")
_AUDIENCE: Final = expand("schema:audience")


def goal_links(city: Masterdata, submission: Submission, goal: Goal) -> Iterator[dict[str, Any]]:
    """Yield a row for each action field, recommendation and target group of a goal, once."""
    rows = {(row["property"], row["iri"]): row for row in _goal_links(city, submission, goal)}
    yield from rows.values()


def _goal_links(city: Masterdata, submission: Submission, goal: Goal) -> Iterator[dict[str, Any]]:
    plan = city.plans.for_year(submission.year)
    common = {"goal": submission.goal_id(goal), "year": submission.year}
    for text in goal.action_field:
        field = plan.action_field(text) if plan else None
        yield common | {
            "kind": "action-field",
            "key": field.key if field else None,
            "label": field.label if field else text,
            "property": _SUBJECT,
            "iri": action_field_iri(city.iris, plan, text),
        }
    for text in goal.recommendation:
        recommendation = plan.recommendation(text) if plan else None
        yield common | {
            "kind": "recommendation",
            "key": recommendation.key if recommendation else None,
            "label": recommendation.title if recommendation else text,
            "property": _ADDRESSES,
            "iri": recommendation_iri(city.iris, plan, text),
        }
    for text in goal.target_group:
        yield common | {
            "kind": "target-group",
            "key": None,
            "label": text,
            "property": _AUDIENCE,
            "iri": city.iris.target_group(text),
        }


def decision_bodies(city: Masterdata, year: int, decision: Decision, key: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each body of a decision, whose id is `key`."""
    for body in sorted(set(body_keys(city, decision))):
        unit = city.organisation.body(body) or city.organisation.department(body)
        yield {
            "decision": key,
            "year": year,
            "key": body,
            "label": unit.name if unit else None,
            "iri": body_iri(city, body),
        }
