"""The organisation and the budget years to graph."""

from collections.abc import Iterable, Iterator

from pipeline.mapping.documents import Document, Node
from pipeline.mapping.files import without_empty
from pipeline.masterdata import Masterdata
from pipeline.masterdata.organisation import Change, Unit


def organisation_document(city: Masterdata, years: Iterable[int]) -> Document:
    """Return the graph of the city, its bodies and departments, its notice and budget years."""
    return Document(city.iris.graph("organisation"), list(_nodes(city, sorted(years))))


def _nodes(city: Masterdata, years: list[int]) -> Iterator[Node]:
    organisation = city.organisation
    yield {
        "id": city.iris.city(),
        "type": ["org:FormalOrganization", "foaf:Agent"],
        "label": organisation.city.name,
        "label_en": organisation.city.name_en,
        "name": organisation.city.name,
        "identifier": organisation.city.ags,
        "kind": "sz:kind-stadt",
        "homepage": organisation.city.homepage,
        "source": organisation.city.source,
    }
    if organisation.notice:
        yield {
            "id": city.iris.notice(),
            "type": "dct:ProvenanceStatement",
            "label": "Hinweis zu den Daten",
            "label_en": "Notice on the data",
            "description": organisation.notice.de,
            "description_en": organisation.notice.en,
        }
    for body in organisation.bodies:
        yield _unit(city, body, "org:Organization")
    for department in organisation.departments:
        yield _unit(city, department, "org:OrganizationalUnit")
    for change in organisation.changes:
        yield _change(city, change)
    for year in years:
        yield _budget_year(city, year)


def unit_iri(city: Masterdata, key: str) -> str:
    """Return the IRI of a body or department by its key."""
    role = city.organisation.role(key)
    return city.iris.body(key) if role == "body" else city.iris.department(key)


def _unit(city: Masterdata, unit: Unit, kind: str) -> Node:
    parent = unit_iri(city, unit.unit_of) if unit.unit_of else city.iris.city()
    return without_empty(
        {
            "id": unit_iri(city, unit.key),
            "type": [kind, "foaf:Agent"],
            "identifier": unit.key,
            "label": unit.name,
            "label_en": unit.name_en,
            "name": unit.name,
            "kind": f"sz:kind-{unit.kind}",
            "unit_of": parent if kind == "org:OrganizationalUnit" else None,
            "valid_from": f"{unit.valid_from}-01-01" if unit.valid_from else None,
            "valid_through": f"{unit.valid_to}-12-31" if unit.valid_to else None,
            "note": unit.note,
            "source": unit.source,
        }
    )


def _change(city: Masterdata, change: Change) -> Node:
    kind = "xsd:date" if "-" in change.date else "xsd:gYear"
    return without_empty(
        {
            "id": city.iris.organisation_change(change.key),
            "type": ["org:ChangeEvent", "prov:Activity"],
            "label": change.label,
            "dct:date": {"@value": change.date, "@type": kind},
            "original_organisation": [unit_iri(city, key) for key in change.original],
            "resulting_organisation": [unit_iri(city, key) for key in change.resulting],
            "source": change.source,
        }
    )


def _budget_year(city: Masterdata, year: int) -> Node:
    return {
        "id": city.iris.budget_year(year),
        "type": ["sz:BudgetYear", "dct:PeriodOfTime"],
        "year": str(year),
        "label": f"Haushaltsjahr {year}",
        "label_en": f"Budget year {year}",
        "start_date": f"{year}-01-01",
        "end_date": f"{year}-12-31",
        "meets": city.iris.budget_year(year + 1),
    }
