"""What submissions are judged against: the facts that their graph refers to but does not state."""

from collections.abc import Iterable, Iterator

from ontology.iris import Iris
from ontology.productplan import CURRENT_EDITION, ProductCode, product_plan
from pipeline.mapping.documents import Node
from pipeline.mapping.organisation import unit_iri
from pipeline.masterdata import Masterdata


def organisation_facts(city: Masterdata) -> list[Node]:
    """Return the names of all departments and bodies."""
    units = (*city.organisation.bodies, *city.organisation.departments)
    return [{"id": unit_iri(city, unit.key), "label": unit.name} for unit in units]


def plan_facts(city: Masterdata, year: int) -> list[Node]:
    """Return the action fields and recommendations of the plan that a budget year is tied to."""
    plan = city.plans.for_year(year)
    if plan is None:
        return []
    scheme = city.iris.action_fields(plan.key)
    fields = [
        {"id": city.iris.action_field(plan.key, field.key), "in_scheme": scheme}
        for field in plan.action_fields
    ]
    recommendations = [
        {"id": city.iris.recommendation(plan.key, r.key), "type": "sz:Recommendation"}
        for r in plan.recommendations
    ]
    return [*fields, *recommendations]


def product_facts(iris: Iris, codes: Iterable[str], year: int) -> list[Node]:
    """Return the part of the product plan that codes refer to in a budget year."""
    places = [product_plan().place(code, year) for code in sorted(set(codes))]
    keys = {key for place in places if place for key in (place.area, place.group, place.product) if key}
    return list(_codes(iris, keys))


def concept_facts(concepts: Iterable[str], scheme: str) -> list[Node]:
    """Return the concepts of a code list."""
    return [{"id": iri, "in_scheme": scheme} for iri in concepts]


def year_facts(iris: Iris, years: Iterable[int]) -> list[Node]:
    """Return when budget years begin and end, and which follows which."""
    return [
        {
            "id": iris.budget_year(year),
            "start_date": f"{year}-01-01",
            "end_date": f"{year}-12-31",
            "meets": iris.budget_year(year + 1),
        }
        for year in years
    ]


def _codes(iris: Iris, keys: set[tuple[str, str]]) -> Iterator[Node]:
    plan = product_plan()
    for key in sorted(keys):
        code = plan.get(key)
        if code:
            yield _code(iris, code)
            yield from _first_product(iris, code)


def _first_product(iris: Iris, code: ProductCode) -> Iterator[Node]:
    """Yield one listed product of a group that fixes products: it tells the shape that it does."""
    if code.level == "group" and product_plan().lists_products(code.code):
        product = next(c for c in product_plan().codes if _is_product_of(c, code))
        yield _code(iris, product)


def _is_product_of(code: ProductCode, group: ProductCode) -> bool:
    return code.edition == CURRENT_EDITION and code.parent == group.code


def _code(iris: Iris, code: ProductCode) -> Node:
    return {
        "id": iris.product_group(code.edition, code.code),
        "notation": code.code,
        "in_scheme": iris.product_plan(code.edition),
        "broader": iris.product_group(CURRENT_EDITION, code.parent) if code.parent else None,
        "valid_from": f"{code.valid_from}-01-01" if code.valid_from else None,
    }
