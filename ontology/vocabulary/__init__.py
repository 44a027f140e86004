"""The vocabulary as files: terms, code lists and the JSON-LD context.

Here: reading what stands beside this module. The product plan is data of its own, see
`ontology.productplan`; shapes are in `ontology.shapes`.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ontology.namespaces import SZ

ONTOLOGY_IRI: Final = SZ.removesuffix("#")
"""The IRI of the vocabulary document, which also names its graph."""


def vocabulary_turtle() -> str:
    """Return the vocabulary (classes and properties, the structure of the statistics) as Turtle."""
    return _text("stadtziele.ttl") + "\n" + _text("statistics.ttl")


def codelists_turtle() -> str:
    """Return the code lists (SKOS) as Turtle."""
    return _text("codelists.ttl")


@cache
def context() -> dict[str, Any]:
    """Return the one JSON-LD context: field names of records to properties of the graph."""
    content: dict[str, Any] = json.loads(_text("context.jsonld"))["@context"]
    return content


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
