"""The three harvesters that read our catalogue, as far as it matters to a publisher.

Written anew after what their code does: ckanext-dcat's RDF harvester (CKAN), ckanext-dcatde on top of it
(GovData), and piveau-consus-importing-rdf (data.europa.eu). Each keeps what it harvested, as a portal does.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, XSD, Namespace

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
FORMATS = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}
MOST_BYTES = 50_000_000

Triple = tuple[object, object, object]
Record = frozenset[Triple]
"""A dataset as a portal keeps it: everything that can be reached from its node."""


class HarvestError(Exception):
    """A run ends with nothing changed."""


@dataclass
class Report:
    """What a run came out with: IRIs of datasets, and why nothing was changed if so."""

    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    error: str | None = None


class Harvester:
    """What all three have in common: all or nothing, and deletion of what is no longer there."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.portal: dict[str, Record] = {}
        self.pages = 0

    def run(self, url: str) -> Report:
        """Harvest the catalogue at an address into the portal."""
        self.pages = 0
        try:
            found = self.gather(url)
        except HarvestError as error:
            return Report(error=str(error))
        known = self.portal
        report = Report(
            added=found.keys() - known.keys(),
            changed={iri for iri in found.keys() & known.keys() if found[iri] != known[iri]},
            deleted=known.keys() - found.keys(),
        )
        self.portal = found
        return report

    def gather(self, url: str) -> dict[str, Record]:
        """Return all datasets of a catalogue. Raises `HarvestError`."""
        raise NotImplementedError

    def parse(self, answer: httpx.Response, media_type: str) -> Graph:
        """Return a page as a graph; no base is passed, so that relative addresses would show."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of its JSON-LD parser
                return Graph().parse(data=answer.content.decode("utf-8"), format=FORMATS[media_type])
        except Exception as error:
            raise HarvestError(f"{answer.url} cannot be read: {error}") from error


class Ckan(Harvester):
    """ckanext-dcat: HEAD first, the format of the first page for all, a graph for each page."""

    def gather(self, url: str) -> dict[str, Record]:
        """Return all that is typed `dcat:Dataset` on any page."""
        found: dict[str, Record] = {}
        for graph in self.graphs(url):
            for node in graph.subjects(RDF.type, DCAT.Dataset):
                if (node, DCTERMS.title, None) not in graph:
                    raise HarvestError(f"{node} has no title")
                self.check(graph, node)
                found[str(node)] = closure(graph, node)
        return found

    def check(self, graph: Graph, node: object) -> None:
        """Look for what makes CKAN refuse a dataset. Raises `HarvestError`."""
        for keyword in graph.objects(node, DCAT.keyword):  # type: ignore[arg-type]
            for tag in str(keyword).split(","):
                if not re.fullmatch(r"[\w .-]{2,100}", tag.strip()):
                    raise HarvestError(f"{tag!r} is no tag")

    def graphs(self, url: str) -> Iterator[Graph]:
        """Yield the pages, until there is no next one or one that equals the first."""
        media_type, first, following = "", b"", url
        while following:
            self._head(following)
            answer = self.client.get(following, follow_redirects=True)
            if len(answer.content) > MOST_BYTES:
                raise HarvestError("too large")
            if self.pages and answer.content == first:
                return
            if not self.pages:
                first = answer.content
                media_type = answer.headers["content-type"].partition(";")[0]
            self.pages += 1
            graph = self.parse(answer, media_type if media_type in FORMATS else "application/rdf+xml")
            yield graph
            following = self._next(graph)

    def _head(self, url: str) -> None:
        status = self.client.head(url).status_code
        if status >= 300 and status not in {400, 405}:
            raise HarvestError(f"HEAD {url}: {status}")

    def _next(self, graph: Graph) -> str:
        for kind in (HYDRA.PartialCollectionView, HYDRA.PagedCollection):
            for page in graph.subjects(RDF.type, kind):
                for predicate in (HYDRA.next, HYDRA.nextPage):
                    if found := graph.value(page, predicate):
                        return str(found)
        return ""


class GovData(Ckan):
    """ckanext-dcatde: datasets that deliver something, told apart by identifier over the whole portal."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__(client)
        self.by_identifier: dict[str, tuple[str, str]] = {}

    def check(self, graph: Graph, node: object) -> None:
        """Look for what GovData asks of a dataset besides."""
        super().check(graph, node)
        if len(set(graph.objects(node, DCATDE.contributorID))) != 1:  # type: ignore[arg-type]
            raise HarvestError(f"{node} has not one contributor id")
        for item in graph.objects(node, DCAT.distribution):  # type: ignore[arg-type]
            licence = graph.value(item, DCTERMS.license)
            if not str(licence).startswith("http://dcat-ap.de/def/licenses/"):
                raise HarvestError(f"{item} would be closed: licence {licence}")

    def gather(self, url: str) -> dict[str, Record]:
        """Return the datasets with distributions; of two with one identifier the one modified last."""
        kept: dict[str, tuple[str, str]] = {}
        found = super().gather(url)
        for iri, record in found.items():
            node = URIRef(iri)
            identifier = _only(record, node, DCTERMS.identifier)
            modified = _only(record, node, DCTERMS.modified)
            if not any(s == node and p == DCAT.distribution for s, p, _ in record):
                raise HarvestError(f"{iri} delivers nothing")
            if kept.get(identifier, ("", ""))[0] >= modified:
                raise HarvestError(f"{identifier} twice")
            kept[identifier] = modified, iri
        self.by_identifier = kept
        return found


class Piveau(Harvester):
    """piveau: a media type it knows, `hydra:totalItems` on every page, identifiers sent at the end."""

    def __init__(self, client: httpx.Client, accept: str | None = None) -> None:
        super().__init__(client)
        self._headers = {"Accept": accept} if accept else {}

    def gather(self, url: str) -> dict[str, Record]:
        """Return all datasets by identifier, else by IRI."""
        found: dict[str, Record] = {}
        total, following = -1, url
        while following:
            graph = self._page(following)
            total, following = self._paging(graph)
            for node in graph.subjects(RDF.type, DCAT.Dataset):
                found[str(graph.value(node, DCTERMS.identifier) or node)] = closure(graph, node)
        if len(found) != total:
            raise HarvestError(f"{len(found)} datasets instead of {total}")
        return found

    def _page(self, url: str) -> Graph:
        answer = self.client.get(url, headers=self._headers)
        media_type = answer.headers.get("content-type", "").partition(";")[0]
        if not answer.is_success or media_type not in FORMATS:
            raise HarvestError(f"{url}: {answer.status_code} {media_type}")
        self.pages += 1
        return self.parse(answer, media_type)

    def _paging(self, graph: Graph) -> tuple[int, str]:
        """Return how many datasets there are in all, and the address of the next page or nothing."""
        (view,) = graph.subjects(RDF.type, HYDRA.PartialCollectionView)
        totals = set(graph.objects(None, HYDRA.totalItems))
        if len(totals) != 1:
            raise HarvestError("no totalItems")
        (total,) = totals
        if not isinstance(total, Literal) or total.datatype != XSD.integer:
            raise HarvestError("totalItems is no integer")
        return int(total), str(graph.value(view, HYDRA.next) or "")


def closure(graph: Graph, node: object) -> Record:
    """Return everything that can be reached from a node; piveau stops at a record's primary topic."""
    seen: set[object] = set()
    ahead = [node]
    found: set[Triple] = set()
    while ahead:
        here = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        for triple in graph.triples((here, None, None)):  # type: ignore[arg-type]
            found.add(triple)
            if triple[1] != FOAF.primaryTopic:
                ahead.append(triple[2])
    return frozenset(found)


def _only(record: Record, node: object, predicate: object) -> str:
    values = {str(o) for s, p, o in record if s == node and p == predicate}
    if len(values) != 1:
        raise HarvestError(f"{node}: {len(values)} values of {predicate}")
    return values.pop()
