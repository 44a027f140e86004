"""Examples for the description of the interface (OpenAPI): one small answer, written in every format."""

import json
from typing import Any, Final

import pyoxigraph as ox

from api.query.formats import GRAPHS, HTML, RESULTS
from ontology.jsonld import compact
from ontology.namespaces import PREFIXES, expand

SELECT: Final = """PREFIX sz: <https://w3id.org/stadtziele/ns#>
SELECT ?year (COUNT(?goal) AS ?goals) WHERE { ?goal a sz:Goal ; sz:year ?year }
GROUP BY ?year ORDER BY ?year"""
CONSTRUCT: Final = """PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
CONSTRUCT { ?goal dct:title ?title } WHERE { ?goal a sz:Goal ; dct:title ?title } LIMIT 10"""
THING: Final = "goal/2014-kulturamt-03"

_GOAL: Final = ox.NamedNode(f"https://ziele.esslingen.example/id/{THING}")
_TRIPLES: Final = (
    ox.Triple(_GOAL, ox.NamedNode(expand("dct:title")), ox.Literal("Ein erfundenes Ziel", language="de")),
    ox.Triple(_GOAL, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("sz:Goal"))),
)
_PREFIXES: Final = ("dct", "sz")
_NAMES: Final = ("dct", "sz", "id", "type", "title")
_ROWS: Final = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?year ?goals { VALUES (?year ?goals) { ("2014"^^xsd:gYear 40) ("2015"^^xsd:gYear 17) } }"""


def tables() -> dict[str, Any]:
    """Return the content of an answer with rows, by media type."""
    return {offer.media_type: {"example": _table(offer.media_type)} for offer in RESULTS}


def graphs() -> dict[str, Any]:
    """Return the content of an answer with triples, by media type."""
    return {offer.media_type: {"example": _graph(offer.media_type)} for offer in GRAPHS}


def page() -> dict[str, Any]:
    """Return the content of an answer that is a page."""
    return {HTML.media_type: {}}


def _table(media_type: str) -> Any:
    """Return the rows as OpenAPI has them: JSON as such, everything else as text."""
    found: Any = ox.Store().query(_ROWS)
    body = found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)).decode()
    return json.loads(body) if media_type.endswith("json") else body


def _graph(media_type: str) -> Any:
    """Return the triples alike, with no more names than they need."""
    if media_type.endswith("json"):
        whole = compact(_TRIPLES)
        return {**whole, "@context": {name: whole["@context"][name] for name in _NAMES}}
    has_prefixes = media_type != ox.RdfFormat.N_TRIPLES.media_type
    prefixes = {name: PREFIXES[name] for name in _PREFIXES} if has_prefixes else None
    body = ox.serialize(_TRIPLES, format=ox.RdfFormat.from_media_type(media_type), prefixes=prefixes)
    return (body or b"").decode()
