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

SAME_GRAPHS: Final = (
    Offer("text/n3", "n3", aliases=("text/rdf+n3",)),
    Offer("application/trig", "trig", aliases=("application/x-trig",)),
    Offer("application/n-quads", "nq", aliases=("text/x-nquads",)),
)
"""Formats that can say more, whose documents with one graph of triples are those of one of the `GRAPHS`."""
_WRITTEN_AS: Final = {"n3": "ttl", "trig": "ttl", "nq": "nt"}

HTML: Final = Offer("text/html", "html", aliases=("application/xhtml+xml",))


def written_as(offer: Offer) -> str:
    """Return the suffix of the format in `GRAPHS` whose documents are those of a format of graphs."""
    return _WRITTEN_AS.get(offer.suffix, offer.suffix)
