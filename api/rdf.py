"""Small graphs in the RDF formats, with the same bytes for the same triples."""

import json
import re
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from api.jsonld import compact
from api.negotiation import Offer
from ontology.namespaces import PREFIXES

_XML_ROOT: Final = re.compile(rb"<rdf:RDF ([^>]*)>")


def serialise(triples: Sequence[ox.Triple], offer: Offer) -> bytes:
    """Return triples, which should be sorted, in a format of `api.query.formats.GRAPHS`.

    pyoxigraph writes prefixes in another order each time; here they are sorted.
    """
    if offer.suffix == "jsonld":
        return json.dumps(compact(triples), ensure_ascii=False, indent=1).encode()
    graph = ox.RdfFormat.from_media_type(offer.media_type)
    prefixes = None if offer.suffix == "nt" else PREFIXES
    body = ox.serialize(triples, format=graph, prefixes=prefixes) or b""
    if offer.suffix == "ttl":
        return _sort_turtle_prefixes(body)
    return _XML_ROOT.sub(_sorted_root, body, count=1) if offer.suffix == "rdf" else body


def _sort_turtle_prefixes(body: bytes) -> bytes:
    lines = body.splitlines(keepends=True)
    last = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(sorted(lines[:last]) + lines[last:])


def _sorted_root(found: re.Match[bytes]) -> bytes:
    return b"<rdf:RDF " + b" ".join(sorted(found.group(1).split())) + b">"
