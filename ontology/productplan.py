"""The product plan (Kommunaler Produktplan Baden-Württemberg) as a code list with editions.

Codes were used again with another meaning, so a code is resolved for a budget year, and its concept
carries the edition. Data and sources: `ontology/codelists/README.md`.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from ontology.iris import Iris
from ontology.namespaces import expand

Level = Literal["area", "group", "product"]

CURRENT_EDITION: Final = "2016"
EDITIONS: Final = {
    "2016": ("Kommunaler Produktplan Baden-Württemberg, 4. Auflage (2016)", "2016-06-14"),
    "2006": ("Kommunaler Produktplan Baden-Württemberg, 2006 mit Änderungen 2012", None),
}
LEVELS: Final[Mapping[Level, tuple[str, str]]] = {
    "area": ("Produktbereich", "Product area"),
    "group": ("Produktgruppe", "Product group"),
    "product": ("Produkt", "Product"),
}
CODE_PATTERN: Final = re.compile(r"(\d\d)(?:\.(\d\d))?(?:\.(\d\d))?(-\d{1,4})?")


@dataclass(frozen=True)
class ProductCode:
    """One row of the product plan."""

    edition: str
    code: str
    level: Level
    label: str
    label_vwv: str
    parent: str
    status: Literal["current", "retired", "local"]
    bindingness: str
    valid_from: int | None
    valid_from_note: str
    ended: int | None
    change_note: str
    label_confidence: str
    source: str


@dataclass(frozen=True)
class Place:
    """Where a code stands in the plan: edition and code of area, group and, if named, product.

    A code that the plan does not list keeps its place by its digits; `listed` tells which.
    """

    area: tuple[str, str]
    group: tuple[str, str]
    product: tuple[str, str] | None


class ProductPlan:
    """All editions of the product plan."""

    def __init__(self, codes: list[ProductCode]) -> None:
        self.codes = codes
        self._by_key = {(code.edition, code.code): code for code in codes}
        self._with_products = {c.parent for c in codes if c.level == "product" and _is_fixed(c)}

    def get(self, key: tuple[str, str]) -> ProductCode | None:
        """Return the row of an edition and a code, or None where the plan does not list it."""
        return self._by_key.get(key)

    def lists_products(self, group: str) -> bool:
        """Tell whether the current edition fixes products below a group."""
        return group in self._with_products

    def parent(self, code: ProductCode) -> tuple[str, str] | None:
        """Return edition and code of what a code is part of: of its own edition, else of the current one."""
        if not code.parent:
            return None
        own = (code.edition, code.parent)
        return own if own in self._by_key else (CURRENT_EDITION, code.parent)

    def place(self, code: str, year: int) -> Place | None:
        """Return where a product group, product or local code stands in a budget year.

        None if `code` is no such code: ``11.14``, ``11.14.08`` or, locally, ``11.14-002``.
        """
        match = CODE_PATTERN.fullmatch(code)
        if match is None or match[2] is None:
            return None
        area, group = match[1], f"{match[1]}.{match[2]}"
        product = code if match[3] or match[4] else None
        return Place(
            self._edition(area, year),
            self._edition(group, year),
            self._edition(product, year) if product else None,
        )

    def _edition(self, code: str, year: int) -> tuple[str, str]:
        current = self._by_key.get((CURRENT_EDITION, code))
        if current and (current.valid_from is None or current.valid_from <= year):
            return CURRENT_EDITION, code
        former = self._by_key.get(("2006", code))
        if former and former.status == "retired" and (former.ended is None or year < former.ended):
            return "2006", code
        return CURRENT_EDITION, code


def _is_fixed(code: ProductCode) -> bool:
    return code.edition == CURRENT_EDITION


@cache
def product_plan() -> ProductPlan:
    """Return the product plan that the project ships."""
    text = files("ontology.codelists").joinpath("produktplan-bw.csv").read_text(encoding="utf-8")
    return ProductPlan([_code(row) for row in csv.DictReader(text.splitlines())])


def _code(row: dict[str, Any]) -> ProductCode:
    return ProductCode(
        edition=row["edition"],
        code=row["code"],
        level=row["level"],
        label=row["label_de"],
        label_vwv=row["label_vwv_de"],
        parent=row["parent"],
        status=row["status"],
        bindingness=row["bindingness"],
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_from_note=row["valid_from_note_en"],
        ended=int(row["ended"]) if row["ended"] else None,
        change_note=row["change_note_de"],
        label_confidence=row["label_confidence"],
        source=row["source"],
    )


def code_iri(iris: Iris, key: tuple[str, str]) -> str:
    """Return the IRI of an edition and code."""
    return iris.product_group(*key)


def product_plan_documents(iris: Iris) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each edition as name of its graph and JSON-LD nodes (SKOS with XKOS levels)."""
    for edition in EDITIONS:
        yield iris.product_plan(edition), list(_edition_nodes(iris, edition))


def _edition_nodes(iris: Iris, edition: str) -> Iterator[dict[str, Any]]:
    label, issued = EDITIONS[edition]
    scheme = iris.product_plan(edition)
    yield {
        "id": scheme,
        "type": ["skos:ConceptScheme", "xkos:StatisticalClassification"],
        "label": label,
        "dct:issued": {"@value": issued, "@type": "xsd:date"} if issued else None,
        "xkos:levels": [{"id": iris.product_level(edition, level)} for level in LEVELS],
    }
    codes = [code for code in product_plan().codes if code.edition == edition]
    for depth, (level, (german, english)) in enumerate(LEVELS.items(), start=1):
        yield {
            "id": iris.product_level(edition, level),
            "type": "xkos:ClassificationLevel",
            "label": german,
            "label_en": english,
            "xkos:depth": depth,
            "skos:member": [{"id": code_iri(iris, (edition, c.code))} for c in codes if c.level == level],
        }
    for code in codes:
        yield _code_node(iris, code)


def _code_node(iris: Iris, code: ProductCode) -> dict[str, Any]:
    plan = product_plan()
    parent = plan.parent(code)
    return {
        "id": code_iri(iris, (code.edition, code.code)),
        "type": "skos:Concept",
        "notation": code.code,
        "label": code.label,
        "skos:altLabel": {"@value": code.label_vwv, "@language": "de"} if code.label_vwv else None,
        "in_scheme": iris.product_plan(code.edition),
        "top_concept_of": None if code.parent else iris.product_plan(code.edition),
        "broader": code_iri(iris, parent) if parent else None,
        "sz:bindingness": {"id": expand(f"sz:{code.bindingness}")} if code.bindingness else None,
        "valid_from": f"{code.valid_from}-01-01" if code.valid_from else None,
        "valid_through": f"{code.ended - 1}-12-31" if code.ended else None,
        "skos:changeNote": [
            *([{"@value": code.change_note, "@language": "de"}] if code.change_note else []),
            *([{"@value": code.valid_from_note, "@language": "en"}] if code.valid_from_note else []),
        ],
        "skos:editorialNote": (
            {"@value": "Bezeichnung nur aus der Änderungstabelle bekannt", "@language": "de"}
            if code.label_confidence == "medium"
            else None
        ),
        "skos:related": (
            {"id": code_iri(iris, (CURRENT_EDITION, code.code))}
            if code.status == "retired" and plan.get((CURRENT_EDITION, code.code))
            else None
        ),
    }
