"""A query for each kind of dataset that a reader can begin with: it asks the very graphs of the dataset."""

from collections.abc import Mapping
from typing import Final

from ontology.catalogue import Dataset, Kind

_PREFIXES: Final = """PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_QUERIES: Final[Mapping[Kind, str]] = {
    "goals": """SELECT ?goal ?title ?state WHERE {
  GRAPH ?file { ?goal a sz:Goal ; sz:year "YEAR"^^xsd:gYear ; dct:title ?title }
  GRAPH <BASEid/status/YEAR> { ?goal sz:selectionState ?state }
}
ORDER BY ?goal LIMIT 20""",
    "plan": """SELECT ?field ?label WHERE {
  GRAPH <BASEid/graph/plans> { ?field skos:prefLabel ?label }
}
ORDER BY ?field LIMIT 20""",
    "decisions": """SELECT ?decision ?goal ?outcome WHERE {
  GRAPH ?list { ?decision a sz:Decision ; schema:about ?goal ; sz:outcome ?outcome }
  FILTER (STRSTARTS(STR(?list), "BASEid/decision-list/"))
}
ORDER BY ?decision LIMIT 20""",
    "progress": """SELECT ?goal ?attainment ?asOf WHERE {
  GRAPH ?list { ?report a sz:ProgressReport ; schema:about ?goal ; sz:attainment ?attainment }
  OPTIONAL { ?report dct:valid ?asOf }
  FILTER (STRSTARTS(STR(?list), "BASEid/progress-list/"))
}
ORDER BY ?goal ?asOf LIMIT 20""",
    "code-lists": """SELECT ?term ?label WHERE {
  GRAPH <https://w3id.org/stadtziele/ns> { ?term skos:inScheme ?list ; skos:prefLabel ?label }
}
ORDER BY ?term LIMIT 20""",
    "statistics": """SELECT ?year ?state ?attainment ?goals WHERE {
  GRAPH <BASEdataset/statistics> {
    ?slice qb:sliceStructure sz:overall ; qb:observation ?number .
    ?number sz:year ?year ; sz:countedState ?state ; sz:countedAttainment ?attainment ; sz:goalCount ?goals
  }
}
ORDER BY ?year ?state ?attainment""",
    "all": """SELECT ?class ?things WHERE {
  GRAPH <BASEdataset/all> { ?part void:class ?class ; void:entities ?things }
}
ORDER BY DESC(?things) LIMIT 20""",
}
"""``BASE`` is where our IRIs begin, ``YEAR`` the dataset's budget year."""


def example_of(dataset: Dataset, base: str) -> str:
    """Return a query that answers something from a dataset, with the prefixes that it needs."""
    query = _QUERIES[dataset.kind].replace("BASE", base).replace("YEAR", str(dataset.year))
    prefixes = [line for line in _PREFIXES.splitlines() if f"{line.split()[1]}" in query]
    return "\n".join([*prefixes, query])


def interface_of(dataset: Dataset) -> str | None:
    """Return the path of the same in the HTTP interface, None where it has no such thing."""
    if dataset.kind == "goals":
        return f"/api/goals?year_from={dataset.year}&year_to={dataset.year}"
    return {"all": "/api/goals", "statistics": "/api/statistics"}.get(dataset.kind)
