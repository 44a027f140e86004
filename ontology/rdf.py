"""Small graphs in the RDF formats, with the same bytes for the same triples."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from ontology.jsonld import compact
from ontology.namespaces import PREFIXES, expand

_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
_XML_ROOT: Final = re.compile(rb"<rdf:RDF ([^>]*)>")


def triple_of(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    """Return a triple about an IRI; the predicate is a prefixed name."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value)


def german_first(triple: ox.Triple) -> tuple[str, str, bool, str]:
    """Return what triples are sorted by for portals, which may take the first text in any language."""
    value = triple.object
    is_german = isinstance(value, ox.Literal) and value.language == "de"
    return str(triple.subject), str(triple.predicate), not is_german, str(value)


def serialise(
    triples: Sequence[ox.Triple], suffix: str, more_prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Return triples, which should be sorted, in the format with this suffix: ttl, jsonld, nt or rdf.

    `more_prefixes` are of vocabularies that only these triples use. pyoxigraph writes prefixes in another
    order each time; here they are sorted.
    """
    if suffix == "jsonld":
        return json.dumps(compact(triples), ensure_ascii=False, indent=1).encode()
    prefixes = None if suffix == "nt" else {**PREFIXES, **(more_prefixes or {})}
    body = ox.serialize(triples, format=_FORMATS[suffix], prefixes=prefixes) or b""
    if suffix == "ttl":
        return _sort_turtle_prefixes(body)
    return _XML_ROOT.sub(_sorted_root, body, count=1) if suffix == "rdf" else body


def _sort_turtle_prefixes(body: bytes) -> bytes:
    lines = body.splitlines(keepends=True)
    last = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(sorted(lines[:last]) + lines[last:])


def _sorted_root(found: re.Match[bytes]) -> bytes:
    return b"<rdf:RDF " + b" ".join(sorted(found.group(1).split())) + b">"
