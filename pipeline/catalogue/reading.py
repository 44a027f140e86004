"""Reading a catalogue that somebody publishes: a file, or the pages below an address.

What is read is trusted in nothing. Pages are fetched as `pipeline.intake.http` fetches, within limits of
size and time; a page may lead on to its own host only. Contexts and imports are not fetched, and XML may
declare no entities, which a few bytes could turn into gigabytes.
"""

import re
import socket
from codecs import BOM_UTF8
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.errors import SourceError, UnreadableCatalogueError
from ontology.namespaces import PREFIXES
from ontology.settings import Settings
from pipeline.intake.addresses import is_internal
from pipeline.intake.http import Validators, get

MOST_PAGES: Final = 1_000
MOST_BYTES: Final = 200_000_000
"""Of a file, or of all pages together."""
_NEXT: Final = tuple(URIRef(PREFIXES["hydra"] + name) for name in ("next", "nextPage"))


def read_source(source: str, settings: Settings) -> list[Graph]:
    """Return the pages of a catalogue: one for a file, all that `hydra:next` leads to for an address.

    The address may be that of a server, whose catalogue is at ``/catalog``. Raises `UnreadableCatalogueError`
    naming the file or page and what is wrong with it.
    """
    if source.startswith(("http://", "https://")):
        is_server = re.fullmatch(r"https?://[^/?#]+/?", source)
        return _pages(f"{source.rstrip('/')}/catalog" if is_server else source, settings)
    return [read_file(Path(source))]


def read_file(path: Path) -> Graph:
    """Return the graph in a file, whose name tells its format; raises `UnreadableCatalogueError`."""
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise UnreadableCatalogueError(
            f"{path}: Format unbekannt, erwartet wird .ttl, .rdf, .jsonld oder .nt / unknown format, "
            "expected is .ttl, .rdf, .jsonld or .nt."
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableCatalogueError(
                f"{path}: größer als {MOST_BYTES} Bytes / larger than {MOST_BYTES} bytes."
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableCatalogueError(
            f"{path}: nicht lesbar / cannot be read ({error.strerror})."
        ) from error
    return _graph(data, form, str(path))


def _pages(address: str, settings: Settings) -> list[Graph]:
    settings = settings.model_copy(update={"source_allow_internal": _is_internal(address)})
    pages: list[Graph] = []
    seen: set[str] = set()
    url: str | None = address
    size = 0
    while url:
        if url in seen:
            raise UnreadableCatalogueError(
                f"{url}: die Seiten führen im Kreis / the pages lead in a circle (hydra:next)."
            )
        if len(seen) == MOST_PAGES or size > MOST_BYTES:
            raise UnreadableCatalogueError(
                f"{address}: mehr als {MOST_PAGES} Seiten oder {MOST_BYTES} Bytes / "
                f"more than {MOST_PAGES} pages or {MOST_BYTES} bytes."
            )
        seen.add(url)
        data, form = _fetch(url, settings)
        size += len(data)
        pages.append(_graph(data, form, url))
        url = _next(pages[-1], url)
    return pages


def _fetch(url: str, settings: Settings) -> tuple[bytes, ox.RdfFormat]:
    """Return a page and its format, asked for without Accept, as harvesters do."""
    try:
        answer = get(url, settings, Validators())
    except SourceError as error:
        raise UnreadableCatalogueError(" / ".join(map(str, error.args)) + ".") from error
    form = ox.RdfFormat.from_media_type(answer.media_type.partition(";")[0].strip())
    if form is None:
        shown = answer.media_type or "–"
        raise UnreadableCatalogueError(
            f"{url}: Content-Type {shown!r} ist kein Format von RDF / is no format of RDF."
        )
    return answer.content or b"", form


def _next(page: Graph, url: str) -> str | None:
    """Return the address of the page after this one, None if it is the last one."""
    found = sorted({str(target) for predicate in _NEXT for target in page.objects(None, predicate)})
    if len(found) > 1:
        raise UnreadableCatalogueError(
            f"{url}: mehrere nächste Seiten / several next pages ({', '.join(found)})."
        )
    if found and _origin(found[0]) != _origin(url):
        raise UnreadableCatalogueError(
            f"{url}: die nächste Seite liegt woanders / the next page is elsewhere ({found[0]})."
        )
    return found[0] if found else None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _is_internal(url: str) -> bool:
    """Tell whether an address that somebody typed is an internal one, so that its pages may be too."""
    try:
        parts = urlsplit(url)
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        return False  # fetching says what is wrong with it
    return any(is_internal(str(address[0])) for *_, address in found)


def _graph(data: bytes, form: ox.RdfFormat, name: str) -> Graph:
    if form == ox.RdfFormat.RDF_XML and b"<!ENTITY" in data:
        raise UnreadableCatalogueError(
            f"{name}: XML mit Entitäten wird nicht gelesen / XML with entities is not read."
        )
    graph = Graph(bind_namespaces="none")
    try:
        for quad in ox.parse(data.removeprefix(BOM_UTF8), form, rename_blank_nodes=True):
            graph.add((_term(quad.subject), URIRef(quad.predicate.value), _term(quad.object)))
    except (SyntaxError, ValueError) as error:
        raise UnreadableCatalogueError(f"{name}: kein {form.name} / no {form.name} ({error}).") from error
    return graph


def _term(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=str()):
            return Literal(term.value, lang=term.language)
        case ox.Literal():
            return Literal(term.value, datatype=_datatype(term.datatype.value), normalize=False)
    raise ValueError(f"{term} is no term of RDF 1.1")


def _datatype(iri: str) -> URIRef | None:
    return None if iri == PREFIXES["xsd"] + "string" else URIRef(iri)
