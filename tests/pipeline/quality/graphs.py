"""A catalogue that has all points, for tests that take something from it."""

from collections.abc import Callable, Collection, Mapping

from rdflib import Graph, URIRef

from ontology.quality import Quality
from pipeline.quality.measuring import measure

BASE = "https://stadt.example/"
DATASET = URIRef(f"{BASE}dataset/goals")
CSV = URIRef(f"{BASE}dataset/goals/csv")
SPARQL = URIRef(f"{BASE}dataset/goals/sparql")
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX at: <http://publications.europa.eu/resource/authority/>
PREFIX iana: <https://www.iana.org/assignments/media-types/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
FULL = f"""{PREFIXES}
<{BASE}catalog> a dcat:Catalog ; dcat:dataset <{DATASET}> .
<{DATASET}> a dcat:Dataset ;
  dcat:keyword "Ziele"@de ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE> ;
  dct:spatial <{BASE}place> ; dct:temporal <{BASE}period> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:contactPoint <{BASE}contact> ; dct:publisher <{BASE}city> ;
  dct:issued "2026-01-01"^^xsd:date ; dct:modified "2026-01-02"^^xsd:date ;
  dcat:distribution <{CSV}> .
<{CSV}> a dcat:Distribution ;
  dcat:accessURL <{BASE}datasets/csv/goals.csv> ; dcat:downloadURL <{BASE}datasets/csv/goals.csv> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
  dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0> ; dct:rights <{CSV}/rights> ; dcat:byteSize 12 .
"""
SERVICE = f"""{PREFIXES}
<{DATASET}> dcat:distribution <{SPARQL}> .
<{SPARQL}> a dcat:Distribution ; dcat:accessURL <{BASE}sparql> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/SPARQLQ> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/application/sparql-query> ;
  dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0> ; dct:rights <{SPARQL}/rights> .
"""


def graph(*texts: str) -> Graph:
    """Return the graph of some Turtle."""
    made = Graph()
    for text in texts or (FULL,):
        made.parse(data=text, format="turtle")
    return made


def answering(status: int = 200) -> Callable[[Collection[str]], Mapping[str, int]]:
    """Return links that all answer the same."""
    return lambda iris: dict.fromkeys(iris, status)


def measured(made: Graph, status: int = 200, problems: Mapping[str, list[str]] | None = None) -> Quality:
    """Return what is measured where all links answer the same."""
    return measure(made, answering(status), problems or {}, "http")
