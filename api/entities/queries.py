"""What is asked to describe a thing; `about` puts its IRI in the place of ``?thing``.

Bound as a value it would not reach the inner SELECTs. `pyoxigraph.NamedNode` lets nothing pass that
could end an IRI, so its text form is safe within a query. Properties are told by FILTER, not VALUES,
and the chain comes from an inner SELECT: else Oxigraph reads every title there is.
"""

from typing import Final

from pyoxigraph import NamedNode

LINKS: Final = 50
"""Most things shown for each property that leads to the thing."""

PARTS: Final = 500
"""Most rows of a file shown with it."""

NEAR: Final = 200
"""Most things that belong to the thing closely: decisions and progress of a goal and the like."""

_PREFIXES: Final = """
PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

OWN: Final = "CONSTRUCT { ?thing ?p ?o } WHERE { ?thing ?p ?o }"

IS_GRAPH: Final = "ASK { GRAPH ?thing { ?s ?p ?o } }"

NEAR_THINGS: Final = f"""{_PREFIXES}
CONSTRUCT {{ ?near ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?near WHERE {{
      {{ ?near schema:about ?thing FILTER NOT EXISTS {{ ?near a sz:Change }} }}
      UNION {{ ?thing prov:hadPrimarySource ?near }}
      UNION {{ ?thing dct:isPartOf ?near }}
      UNION {{ ?thing sz:indicator ?near }}
      UNION {{ ?thing sz:indicator ?indicator . ?near sz:indicator ?indicator ; sz:valueType ?type }}
      UNION {{ ?near sz:indicator ?thing }}
    }} ORDER BY ?near LIMIT {NEAR} }}
  ?near ?p ?o
}}"""

CHANGES: Final = f"""{_PREFIXES}
CONSTRUCT {{ ?near ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?near WHERE {{
      {{ ?near schema:about ?thing ; a sz:Change }}
      UNION {{ ?change schema:about ?thing ; a sz:Change . ?near dct:isPartOf ?change }}
    }} ORDER BY ?near LIMIT {NEAR} }}
  ?near ?p ?o
}}"""

CHAIN: Final = f"""{_PREFIXES}
CONSTRUCT {{ ?goal ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?goal WHERE {{ ?thing (sz:carriedOverFrom|^sz:carriedOverFrom)+ ?goal }} }}
  ?goal ?p ?o
  FILTER (?p IN (dct:identifier, dct:title, sz:year, sz:selectionState, sz:carriedOverFrom))
}}"""

PARTS_OF_FILE: Final = f"""{_PREFIXES}
CONSTRUCT {{ ?part ?p ?o . ?record prov:hadPrimarySource ?part }} WHERE {{
  {{ SELECT ?part WHERE {{
      {{ ?part dct:isPartOf ?thing ; schema:position ?position
        FILTER (STRSTARTS(STR(?part), CONCAT(STR(?thing), "#"))) }}
      UNION {{ ?thing <http://spdx.org/rdf/terms#checksum> ?part }}
    }} ORDER BY ?position LIMIT {PARTS} }}
  ?part ?p ?o
  OPTIONAL {{ ?record prov:hadPrimarySource ?part }}
}}"""

COUNTS: Final = "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?thing } GROUP BY ?p ORDER BY ?p"


def about(query: str, thing: str) -> str:
    """Return a query about a thing. Raises `ValueError` if `thing` is no IRI."""
    return query.replace("?thing", str(NamedNode(thing)))


def links_query(properties: list[str]) -> str:
    """Return the query for what leads to the thing by each of some properties."""
    nodes = [str(NamedNode(iri)) for iri in properties]
    parts = (
        f"{{ SELECT DISTINCT ?s ?p WHERE {{ VALUES ?p {{ {node} }} ?s {node} ?thing }} "
        f"ORDER BY ?s LIMIT {LINKS} }}"
        for node in nodes
    )
    return f"CONSTRUCT {{ ?s ?p ?thing }} WHERE {{ {' UNION '.join(parts)} }}"


def labels_query(things: list[str]) -> str:
    """Return the query for what some things are called."""
    values = " ".join(str(NamedNode(iri)) for iri in things)
    return (
        f"{_PREFIXES} CONSTRUCT {{ ?named ?p ?label }} WHERE {{ VALUES ?named {{ {values} }} "
        "?named ?p ?label FILTER (?p IN (skos:prefLabel, dct:title, rdfs:label, schema:name)) }"
    )
