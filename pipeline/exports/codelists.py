"""The code lists as rows: our own and the product plan by edition."""

from collections.abc import Iterator
from typing import Final

from ontology.codelists import code_list
from ontology.productplan import product_plan
from pipeline.exports.rows import Row
from pipeline.masterdata import Masterdata

SCHEMES: Final = ("SelectionStates", "AttainmentStates", "Outcomes")


def code_list_rows(city: Masterdata) -> Iterator[Row]:
    """Yield a row for each code."""
    for scheme in SCHEMES:
        for concept in code_list(scheme).concepts:
            yield {
                "list": scheme,
                "code": concept.notation,
                "label": concept.label_de,
                "label_en": concept.label_en,
                "broader": concept.broader,
                "status": "current",
                "iri": concept.iri,
            }
    for code in product_plan().codes:
        parent = product_plan().parent(code)
        yield {
            "list": f"product-plan-{code.edition}",
            "code": code.code,
            "label": code.label,
            "broader": city.iris.product_group(*parent) if parent else None,
            "status": code.status,
            "valid_from": code.valid_from,
            "ended": code.ended,
            "iri": city.iris.product_group(code.edition, code.code),
        }
