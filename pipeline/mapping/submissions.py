"""Goals to graph: the goal, its indicator with values, its product group, its row."""

from collections.abc import Iterator
from decimal import Decimal

from ontology.iris import Iris, slug
from ontology.productplan import Place, product_plan
from pipeline.mapping.documents import Document, Mapped, Node, RecordNodes, decimal_text
from pipeline.mapping.files import file_iri, file_nodes, notice_of, row_node, without_empty
from pipeline.masterdata import Masterdata
from pipeline.masterdata.plans import Plan
from pipeline.records.models import Goal, Submission

UNKNOWN_PLAN = "unbekannt"
"""Stands for the plan in IRIs of a year that no plan covers; such IRIs never pass the shapes."""


def submission_document(city: Masterdata, submission: Submission) -> Document:
    """Return the graph of a submission."""
    mapper = _Mapper(city, submission)
    return Document(
        mapper.name,
        file_nodes(city, submission),
        Mapped(submission.records, mapper.record),
    )


def action_field_iri(iris: Iris, plan: Plan | None, text: str) -> str:
    """Return the IRI of an action field in any spelling; an unknown one gets an IRI no plan has."""
    found = plan.action_field(text) if plan else None
    return iris.action_field(plan.key if plan else UNKNOWN_PLAN, found.key if found else slug(text) or "x")


def recommendation_iri(iris: Iris, plan: Plan | None, text: str) -> str:
    """Return the IRI of a recommendation; an unknown one gets an IRI no plan has."""
    found = plan.recommendation(text) if plan else None
    return iris.recommendation(plan.key if plan else UNKNOWN_PLAN, found.key if found else slug(text) or "x")


class _Mapper:
    """Maps the goals of one submission."""

    def __init__(self, city: Masterdata, submission: Submission) -> None:
        self.city = city
        self.iris: Iris = city.iris
        self.submission = submission
        self.name = file_iri(city.iris, submission)
        self.plan: Plan | None = city.plans.for_year(submission.year)
        self.notice = notice_of(city)

    def record(self, goal: Goal) -> RecordNodes:
        goal_id = self.submission.goal_id(goal)
        row = self.iris.row(self.name, goal.row)
        focus = self.iris.goal(goal_id) if goal_id else row
        place = self._place(goal)
        name = goal_id or f"{self.submission.year}-{self.submission.department}-row-{goal.row}"
        nodes = [self._goal(goal, focus, goal_id, place)]
        if _has_indicator(goal):
            nodes[0]["indicator"] = self.iris.indicator(name)
            nodes += self._indicator(goal, name)
        if goal_id:
            nodes.append(row_node(self.iris, self.name, self.submission.sheet, goal.row))
        nodes += self._target_groups(goal)
        nodes += self._local_codes(place)
        return RecordNodes(focus, goal.row, nodes)

    def _goal(self, goal: Goal, focus: str, goal_id: str | None, place: Place | None) -> Node:
        year = self.submission.year
        return without_empty(
            {
                "id": focus,
                "type": ["sz:Goal", "prov:Entity"],
                "identifier": goal_id,
                "number": str(goal.number) if goal.number is not None else None,
                "title": goal.title,
                "description": goal.description,
                "no_product_group_reason": goal.no_product_group_reason,
                "product_group": self.iris.product_group(*place.group) if place else None,
                "product": self.iris.product_group(*place.product) if place and place.product else None,
                "action_field": [action_field_iri(self.iris, self.plan, text) for text in goal.action_field],
                "recommendation": [
                    recommendation_iri(self.iris, self.plan, text) for text in goal.recommendation
                ],
                "target_group": [self.iris.target_group(text) for text in goal.target_group],
                "department": self.iris.department(self.submission.department),
                "budget_year": self.iris.budget_year(year),
                "year": str(year),
                "valid_from": f"{year}-01-01",
                "carried_over_from": (
                    self.iris.goal(goal.carried_over_from) if goal.carried_over_from else None
                ),
                "note": goal.note,
                "notice": self.notice,
                "part_of": self.name,
                "source_row": self.iris.row(self.name, goal.row) if goal_id else None,
            }
        )

    def _place(self, goal: Goal) -> Place | None:
        if goal.product_group is None:
            return None
        return product_plan().place(goal.product_group, self.submission.year)

    def _target_groups(self, goal: Goal) -> Iterator[Node]:
        for text in goal.target_group:
            yield {"id": self.iris.target_group(text), "type": "skos:Concept", "label": text}

    def _indicator(self, goal: Goal, goal_id: str) -> Iterator[Node]:
        indicator = self.iris.indicator(goal_id)
        yield without_empty(
            {
                "id": indicator,
                "type": ["sz:Indicator", "skos:Concept"],
                "label": goal.indicator,
                "unit": goal.unit,
            }
        )
        year = self.submission.year
        for kind, value, period in (
            ("baseline", goal.baseline, year),
            ("target", goal.target, goal.target_year or year),
        ):
            if value is not None:
                yield observation_node(self.iris, goal_id, kind, value, period, str(period))

    def _local_codes(self, place: Place | None) -> Iterator[Node]:
        """Yield concepts for the codes that the product plan does not list: local ones."""
        if place is None:
            return
        chain = [(place.group, place.area, "Örtliche Produktgruppe")]
        if place.product:
            chain.append((place.product, place.group, "Örtliches Produkt"))
        for key, parent, words in chain:
            if product_plan().get(key) is None:
                yield {
                    "id": self.iris.product_group(*key),
                    "type": "skos:Concept",
                    "notation": key[1],
                    "label": f"{words} {key[1]}",
                    "broader": self.iris.product_group(*parent),
                }


def observation_node(iris: Iris, goal_id: str, kind: str, value: Decimal, year: int, name: str) -> Node:
    """Return one value of a goal's indicator: `kind` is ``baseline``, ``target`` or ``actual``."""
    return {
        "id": iris.observation(goal_id, kind, name),
        "type": "qb:Observation",
        "data_set": iris.dataset("indicators"),
        "indicator": iris.indicator(goal_id),
        "value_type": f"sz:value-{kind}",
        "value": decimal_text(value),
        "period": str(year),
    }


def _has_indicator(goal: Goal) -> bool:
    return any(v is not None for v in (goal.indicator, goal.unit, goal.baseline, goal.target))
