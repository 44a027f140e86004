"""The formats in which results are given: tables for SELECT and ASK, graphs for the rest."""

from typing import Final

from api.negotiation import Offer

RESULTS: Final = (
    Offer("application/sparql-results+json", "json", aliases=("application/json",)),
    Offer("application/sparql-results+xml", "xml", aliases=("application/xml", "text/xml")),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
)
"""For SELECT and ASK, the default first."""

GRAPHS: Final = (
    Offer("text/turtle", "ttl", aliases=("application/x-turtle",), called=("turtle", "n3")),
    Offer("application/ld+json", "jsonld", aliases=("application/json",), called=("json-ld", "json")),
    Offer("application/n-triples", "nt", aliases=("text/plain",), called=("ntriples", "n-triples")),
    Offer(
        "application/rdf+xml",
        "rdf",
        aliases=("application/xml", "text/xml"),
        called=("xml", "rdf+xml", "rdfxml"),
    ),
)
"""For CONSTRUCT and DESCRIBE and for descriptions of things, the default first."""

HTML: Final = Offer("text/html", "html", aliases=("application/xhtml+xml",))
