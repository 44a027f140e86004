"""The editions of the municipal plan to graph: fields, recommendations, guidelines, rules, decisions."""

from collections.abc import Iterator

from pipeline.mapping.documents import Document, Node
from pipeline.mapping.files import notice_of, without_empty
from pipeline.mapping.organisation import unit_iri
from pipeline.masterdata import Masterdata
from pipeline.masterdata.plans import ActionField, GeneralDecision, Guideline, Plan, Recommendation, Rule


def plans_document(city: Masterdata) -> Document:
    """Return the graph of all editions of the plan."""
    nodes = [node for plan in city.plans.editions for node in _Mapper(city, plan).nodes()]
    return Document(city.iris.graph("plans"), nodes)


class _Mapper:
    """Maps one edition of the plan."""

    def __init__(self, city: Masterdata, plan: Plan) -> None:
        self.city = city
        self.iris = city.iris
        self.plan = plan

    def nodes(self) -> Iterator[Node]:
        yield self._plan()
        yield from self._parts()
        yield {
            "id": self.iris.action_fields(self.plan.key),
            "type": "skos:ConceptScheme",
            "label": f"Handlungsfelder: {self.plan.title}",
            "part_of": self.iris.plan(self.plan.key),
        }
        yield from map(self._action_field, self.plan.action_fields)
        yield from map(self._recommendation, self.plan.recommendations)
        yield from map(self._guideline, self.plan.guidelines)
        yield from map(self._rule, self.plan.rules)
        yield from map(self._decision, self.plan.decisions)

    def _plan(self) -> Node:
        plan = self.plan
        former = self.iris.plan(plan.revision_of) if plan.revision_of else None
        return without_empty(
            {
                "id": self.iris.plan(plan.key),
                "type": ["prov:Plan", "prov:Entity", "schema:CreativeWork"],
                "identifier": plan.key,
                "title": plan.title,
                "title_en": plan.title_en,
                "description": plan.description,
                "description_en": plan.description_en,
                "issued": str(plan.issued) if plan.issued else None,
                "creator": [unit_iri(self.city, key) for key in plan.creators],
                "revision_of": former,
                "replaces": former,
                "has_part": [self.iris.plan(plan.key, part.key) for part in plan.parts],
                "source": plan.source,
            }
        )

    def _parts(self) -> Iterator[Node]:
        for position, part in enumerate(self.plan.parts, start=1):
            yield without_empty(
                {
                    "id": self.iris.plan(self.plan.key, part.key),
                    "type": ["prov:Plan", "prov:Entity"],
                    "number": str(position),
                    "title": part.title,
                    "title_en": part.title_en,
                    "part_of": self.iris.plan(self.plan.key),
                    "source": self.plan.source,
                }
            )

    def _action_field(self, field: ActionField) -> Node:
        return without_empty(
            {
                "id": self.iris.action_field(self.plan.key, field.key),
                "type": "skos:Concept",
                "notation": field.key,
                "label": field.label,
                "label_en": field.label_en,
                "in_scheme": self.iris.action_fields(self.plan.key),
                "top_concept_of": self.iris.action_fields(self.plan.key),
                "notice": notice_of(self.city) if field.invented else None,
                "source": field.source,
            }
        )

    def _recommendation(self, recommendation: Recommendation) -> Node:
        part = self.iris.plan(self.plan.key, recommendation.part)
        return without_empty(
            {
                "id": self.iris.recommendation(self.plan.key, recommendation.key),
                "type": ["sz:Recommendation", "prov:Entity"],
                "identifier": recommendation.key,
                "title": recommendation.title,
                "action_field": self.iris.action_field(self.plan.key, recommendation.action_field),
                "part_of": part,
                "notice": notice_of(self.city) if recommendation.invented else None,
            }
        )

    def _guideline(self, guideline: Guideline) -> Node:
        return without_empty(
            {
                "id": self.iris.guideline(guideline.key),
                "type": ["sz:Guideline", "prov:Entity"],
                "identifier": guideline.key,
                "description": guideline.text,
                "description_en": guideline.text_en,
                "budget_year": [self.iris.budget_year(year) for year in guideline.years],
                "source": guideline.source,
            }
        )

    def _rule(self, rule: Rule) -> Node:
        return without_empty(
            {
                "id": self.iris.rule(rule.key),
                "type": ["sz:Rule", "prov:Entity"],
                "identifier": rule.key,
                "title": rule.title,
                "title_en": rule.title_en,
                "budget_year": self.iris.budget_year(rule.year),
                "minimum_goals": str(rule.minimum_goals),
                "decided_by": [self.iris.decision(key) for key in rule.decided_by],
                "source": rule.source,
            }
        )

    def _decision(self, decision: GeneralDecision) -> Node:
        return without_empty(
            {
                "id": self.iris.decision(decision.key),
                "type": ["sz:Decision", "prov:Activity"],
                "identifier": decision.key,
                "title": decision.title,
                "title_en": decision.title_en,
                "description": decision.description,
                "body": [unit_iri(self.city, key) for key in decision.bodies],
                "date": decision.date.isoformat() if decision.date else None,
                "budget_year": self.iris.budget_year(decision.year) if decision.year else None,
                "goal": [self._about(key) for key in decision.about],
                "action_field": [
                    self.iris.action_field(self.plan.key, key) for key in decision.action_fields
                ],
                "source": decision.source,
            }
        )

    def _about(self, key: str) -> str:
        for plan in self.city.plans.editions:
            if any(rule.key == key for rule in plan.rules):
                return self.iris.rule(key)
            if any(guideline.key == key for guideline in plan.guidelines):
                return self.iris.guideline(key)
            if any(part.key == key for part in plan.parts):
                return self.iris.plan(plan.key, key)
        return self.iris.plan(key)
