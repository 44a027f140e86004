"""Plans and organisation as rows: editions, parts, action fields, guidelines, rules, decisions, bodies."""

from collections.abc import Iterator
from typing import Final

from ontology.columns import SEPARATOR
from ontology.namespaces import expand
from pipeline.exports.rows import Row
from pipeline.mapping.organisation import unit_iri
from pipeline.masterdata import Masterdata
from pipeline.masterdata.organisation import Unit
from pipeline.masterdata.plans import Plan

_KINDS: Final = {
    "plan": ("Plan", "dct:title"),
    "part": ("Teil", "dct:title"),
    "action-field": ("Handlungsfeld", "skos:prefLabel"),
    "recommendation": ("Handlungsempfehlung", "dct:title"),
    "guideline": ("Vorgabe", "dct:description"),
    "rule": ("Regel", "dct:title"),
    "decision": ("Beschluss", "dct:title"),
    "body": ("Gremium", "skos:prefLabel"),
    "department": ("Amt", "skos:prefLabel"),
}
"""By key: what a row is about in German, and the property that its label is the value of."""


def plan_rows(city: Masterdata) -> Iterator[Row]:
    """Yield a row for each thing: plan by plan, then bodies and departments."""
    notice = city.organisation.notice
    said = {"notice": notice.de if notice else None}
    for plan in city.plans.editions:
        yield from (said | row for row in _plan(city, plan))
    for body in city.organisation.bodies:
        yield said | _unit(city, "body", body)
    for department in city.organisation.departments:
        yield said | _unit(city, "department", department)


def _row(kind: str, key: str, label: str, label_en: str | None, iri: str) -> Row:
    name, label_property = _KINDS[kind]
    return {
        "kind": name,
        "kind_key": kind,
        "key": key,
        "label": label,
        "label_en": label_en,
        "label_property": expand(label_property),
        "iri": iri,
    }


def _plan(city: Masterdata, plan: Plan) -> Iterator[Row]:
    iris = city.iris
    within = {"part_of": plan.key}
    yield _row("plan", plan.key, plan.title, plan.title_en, iris.plan(plan.key)) | {
        "part_of": None,
        "valid_from": plan.first_budget_year,
        "valid_to": plan.last_budget_year,
        "source": plan.source,
    }
    for part in plan.parts:
        row = _row("part", part.key, part.title, part.title_en, iris.plan(plan.key, part.key))
        yield row | within | {"source": plan.source}
    for field in plan.action_fields:
        iri = iris.action_field(plan.key, field.key)
        yield (
            _row("action-field", field.key, field.label, field.label_en, iri)
            | within
            | {"source": field.source}
        )
    for one in plan.recommendations:
        row = _row("recommendation", one.key, one.title, None, iris.recommendation(plan.key, one.key))
        yield row | {"part_of": one.part or plan.key, "action_field": one.action_field}
    yield from _orders(city, plan)


def _orders(city: Masterdata, plan: Plan) -> Iterator[Row]:
    """Yield what holds for budget years, and who decided it."""
    iris = city.iris
    for guideline in plan.guidelines:
        row = _row(
            "guideline", guideline.key, guideline.text, guideline.text_en, iris.guideline(guideline.key)
        )
        yield row | {"part_of": plan.key, "years": _years(guideline.years), "source": guideline.source}
    for rule in plan.rules:
        row = _row("rule", rule.key, rule.title, rule.title_en, iris.rule(rule.key))
        yield row | {
            "part_of": plan.key,
            "years": _years((rule.year,)),
            "minimum_goals": rule.minimum_goals,
            "source": rule.source,
        }
    for decision in plan.decisions:
        row = _row("decision", decision.key, decision.title, decision.title_en, iris.decision(decision.key))
        yield row | {
            "part_of": plan.key,
            "years": _years((decision.year,) if decision.year else ()),
            "date": decision.date,
            "bodies": SEPARATOR.join(decision.bodies) or None,
            "source": decision.source,
        }


def _unit(city: Masterdata, kind: str, unit: Unit) -> Row:
    return _row(kind, unit.key, unit.name, unit.name_en, unit_iri(city, unit.key)) | {
        "part_of": unit.unit_of,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "source": unit.source,
    }


def _years(years: tuple[int, ...]) -> str | None:
    return SEPARATOR.join(map(str, years)) or None
