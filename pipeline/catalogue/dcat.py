"""The catalogue as a graph in DCAT-AP.de 3.0, built so that no harvester loses anything of it.

What follows from how harvesters read (each dataset's node with everything that can be reached from it,
and nothing else): every dataset has its own contact, period and distributions, and leads to no other
dataset. What belongs to all of them (catalogue, services) leads to nothing of theirs; the links between
the two stand in the datasets' own graphs, see `dataset_graph`. No IRI of a controlled vocabulary gets a
label, since importers would put the label in its place.
"""

from datetime import date, datetime
from typing import Final

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDFS, SKOS, XSD

from ontology.catalogue import Catalogue, Contact, Dataset, Distribution, Facts, Text
from ontology.contract import RELEASES
from ontology.iris import Iris
from ontology.namespaces import PREFIXES
from ontology.vocabulary import ONTOLOGY_IRI

ADMS = Namespace(PREFIXES["adms"])
DCAT = Namespace(PREFIXES["dcat"])  # rdflib's own knows version 2 only
DCATAP = Namespace(PREFIXES["dcatap"])
DCATDE = Namespace(PREFIXES["dcatde"])
SPDX = Namespace(PREFIXES["spdx"])
VCARD = Namespace(PREFIXES["vcard"])
AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
GEOCODING: Final = "http://dcat-ap.de/def/politicalGeocoding/"
LANGUAGES: Final = ("DEU", "ENG")
SERIES: Final = "goals"
"""The name of the series of all budget years; their keys begin with it."""
SPARQL, API = "sparql", "api"

_SERIES_TEXTS: Final = (
    Text(de="Ziele der Ämter, nach Haushaltsjahren", en="Goals of the departments, by budget year"),
    Text(
        de="Für jedes Haushaltsjahr die Ziele, die Ämter und Eigenbetriebe angemeldet haben.",
        en="For each budget year the goals that departments handed in.",
    ),
)
_SERVICE_TEXTS: Final = {
    SPARQL: (
        Text(de="SPARQL-Endpunkt", en="SPARQL endpoint"),
        Text(de="Abfragen über alle Jahre (SPARQL 1.1).", en="Queries over all years (SPARQL 1.1)."),
    ),
    API: (
        Text(de="REST-Schnittstelle", en="REST interface"),
        Text(
            de="Ziele und Statistik als JSON, JSON-LD und CSV, gefiltert und seitenweise.",
            en="Goals and statistics as JSON, JSON-LD and CSV, filtered and paged.",
        ),
    ),
}


class Catalog:
    """Writes the graphs of one catalogue. Dates are left out where `dated` says so, for digests."""

    def __init__(self, iris: Iris, facts: Facts, publisher: Text, homepage: str) -> None:
        self._base = iris.base
        self._iris = iris
        self._facts = facts
        self._publisher = publisher
        self._homepage = homepage
        self.node = URIRef(f"{iris.base}catalog")

    def shared_graph(self, catalogue: Catalogue) -> Graph:
        """Return what is said of the catalogue and its services; no dataset is named."""
        graph = _graph()
        facts = self._facts
        graph.add((self.node, RDF.type, DCAT.Catalog))
        self._texts(graph, self.node, facts.title, facts.description)
        self._publisher_of(graph, self.node)
        for language in LANGUAGES:
            graph.add((self.node, DCTERMS.language, URIRef(f"{AUTHORITY}language/{language}")))
        graph.add((self.node, FOAF.homepage, URIRef(self._base)))
        graph.add((URIRef(self._base), RDF.type, FOAF.Document))
        graph.add((self.node, DCTERMS.license, URIRef(facts.licence.iri)))
        graph.add((self.node, DCAT.themeTaxonomy, URIRef(f"{AUTHORITY}data-theme")))
        self._available(graph, self.node)
        self._place(graph, self.node)
        graph.add((self.node, DCTERMS.issued, _moment(catalogue.issued)))
        graph.add((self.node, DCTERMS.modified, _moment(catalogue.modified)))
        for name in (SPARQL, API):
            service = self.service(name)
            graph.add((self.node, DCAT.service, service))
            self._service(graph, service, name)
            self._publisher_of(graph, service)
        return graph

    def dataset_graph(self, dataset: Dataset, *, dated: bool = True) -> Graph:
        """Return a dataset with all that belongs to it, and what links it with the catalogue."""
        graph = _graph()
        node = URIRef(self._iris.dataset(dataset.key))
        graph.add((self.node, DCAT.dataset, node))
        if dataset.status == "COMPLETED":
            for name in (SPARQL, API):
                graph.add((self.service(name), DCAT.servesDataset, node))
        self._describe(graph, node, dataset)
        if dataset.kind == "goals":
            graph.add((node, DCAT.inSeries, self._series(graph)))
        for item in dataset.distributions:
            self._distribution(graph, node, dataset, item, dated=dated)
        if dataset.kind == "all" and dataset.status == "COMPLETED":
            self._service_distribution(graph, node, dataset, dated=dated)
        if dated:
            graph.add((node, DCTERMS.issued, _moment(dataset.issued)))
            graph.add((node, DCTERMS.modified, _moment(dataset.modified)))
        return graph

    def service(self, name: str) -> URIRef:
        """Return the IRI of one of our services."""
        return URIRef(f"{self._base}dataset/service/{name}")

    def _describe(self, graph: Graph, node: URIRef, dataset: Dataset) -> None:
        facts = self._facts
        graph.add((node, RDF.type, DCAT.Dataset))
        graph.add((node, DCTERMS.identifier, Literal(str(node))))
        self._texts(graph, node, dataset.title, dataset.description)
        self._life(graph, node, dataset)
        self._publisher_of(graph, node)
        for word in dataset.keywords.de:
            graph.add((node, DCAT.keyword, Literal(word, lang="de")))
        for word in dataset.keywords.en:
            graph.add((node, DCAT.keyword, Literal(word, lang="en")))
        for theme in facts.themes:
            graph.add((node, DCAT.theme, URIRef(f"{AUTHORITY}data-theme/{theme}")))
        for language in LANGUAGES:
            graph.add((node, DCTERMS.language, URIRef(f"{AUTHORITY}language/{language}")))
        graph.add((node, DCTERMS.accrualPeriodicity, URIRef(f"{AUTHORITY}frequency/{facts.frequency}")))
        graph.add((node, DCTERMS.accessRights, URIRef(f"{AUTHORITY}access-right/PUBLIC")))
        graph.add((node, DCATDE.contributorID, URIRef(facts.contributor_id)))
        graph.add((node, DCATDE.politicalGeocodingLevelURI, URIRef(f"{GEOCODING}Level/{facts.place.level}")))
        if facts.political_geocoding_uri:
            for key in facts.place.keys:
                graph.add((node, DCATDE.politicalGeocodingURI, URIRef(GEOCODING + key)))
        self._place(graph, node)
        self._period(graph, node, dataset.start, dataset.end)
        self._contact(graph, node, facts.contact)
        self._pages(graph, node)
        for law in facts.legislation:
            graph.add((node, DCATAP.applicableLegislation, URIRef(law)))

    def _life(self, graph: Graph, node: URIRef, dataset: Dataset) -> None:
        """Add whether it stays available, and why the city retired it."""
        if dataset.status != "WITHDRAWN":
            self._available(graph, node)
        if dataset.reason:
            graph.add((node, ADMS.versionNotes, Literal(dataset.reason.de, lang="de")))
            graph.add((node, ADMS.versionNotes, Literal(dataset.reason.en, lang="en")))

    def _pages(self, graph: Graph, node: URIRef) -> None:
        """Add where it can be read about: our own page, and where the facts come from."""
        landing = URIRef(f"{self._base}doc/{str(node).removeprefix(self._base)}")
        graph.add((node, DCAT.landingPage, landing))
        graph.add((landing, RDF.type, FOAF.Document))
        for source in self._facts.sources:
            graph.add((node, FOAF.page, URIRef(source)))
            graph.add((URIRef(source), RDF.type, FOAF.Document))
            graph.add((node, PROV.wasDerivedFrom, URIRef(source)))

    def _series(self, graph: Graph) -> URIRef:
        node = URIRef(self._iris.dataset(SERIES))
        graph.add((node, RDF.type, DCAT.DatasetSeries))
        self._texts(graph, node, *_SERIES_TEXTS)
        self._publisher_of(graph, node)
        graph.add((node, DCTERMS.accrualPeriodicity, URIRef(f"{AUTHORITY}frequency/{self._facts.frequency}")))
        self._place(graph, node)
        self._contact(graph, node, self._facts.contact)
        if self._facts.since:
            self._period(graph, node, self._facts.since, None)
        return node

    def _distribution(
        self, graph: Graph, dataset_node: URIRef, dataset: Dataset, item: Distribution, *, dated: bool
    ) -> None:
        node = URIRef(f"{dataset_node}/{item.suffix}")
        address = URIRef(self.address(item))
        graph.add((dataset_node, DCAT.distribution, node))
        graph.add((node, RDF.type, DCAT.Distribution))
        self._texts(graph, node, item.title, item.description)
        graph.add((node, DCAT.accessURL, address))
        graph.add((node, DCAT.downloadURL, address))
        graph.add((node, DCTERMS.format, URIRef(f"{AUTHORITY}file-type/{item.format}")))
        graph.add((node, DCAT.mediaType, URIRef(MEDIA_TYPES + item.media_type)))
        if item.packed:
            graph.add((node, DCAT.compressFormat, URIRef(f"{MEDIA_TYPES}application/gzip")))
        graph.add((node, DCAT.byteSize, Literal(item.bytes, datatype=XSD.nonNegativeInteger)))
        checksum = URIRef(f"{node}/checksum")
        graph.add((node, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(item.sha256, datatype=XSD.hexBinary)))
        graph.add((node, ADMS.status, URIRef(f"{AUTHORITY}distribution-status/{dataset.status}")))
        standard = URIRef(ONTOLOGY_IRI)
        graph.add((node, DCTERMS.conformsTo, standard))
        graph.add((standard, RDF.type, DCTERMS.Standard))
        self._terms_of_use(graph, node)
        if dataset.status != "WITHDRAWN":
            self._available(graph, node)
        if dated:
            graph.add((node, DCTERMS.issued, _moment(item.issued)))
            graph.add((node, DCTERMS.modified, _moment(item.modified)))

    def _service_distribution(
        self, graph: Graph, dataset_node: URIRef, dataset: Dataset, *, dated: bool
    ) -> None:
        """Add the endpoint as a distribution, for portals that know services in no other way.

        Its service is a node of its own that names this dataset only, since deletion follows links.
        """
        node, service = URIRef(f"{dataset_node}/{SPARQL}"), URIRef(f"{dataset_node}/{SPARQL}/service")
        graph.add((dataset_node, DCAT.distribution, node))
        graph.add((node, RDF.type, DCAT.Distribution))
        self._texts(graph, node, *_SERVICE_TEXTS[SPARQL])
        graph.add((node, DCAT.accessURL, URIRef(f"{self._base}{SPARQL}")))
        graph.add((node, DCAT.accessService, service))
        graph.add((node, DCTERMS.format, URIRef(f"{AUTHORITY}file-type/SPARQLQ")))
        graph.add((node, DCAT.mediaType, URIRef(f"{MEDIA_TYPES}application/sparql-query")))
        self._terms_of_use(graph, node)
        self._available(graph, node)
        self._service(graph, service, SPARQL)
        if self._facts.access_service_publisher:
            self._publisher_of(graph, service)
        graph.add((service, DCAT.servesDataset, dataset_node))
        if dated:
            graph.add((node, DCTERMS.issued, _moment(dataset.issued)))
            graph.add((node, DCTERMS.modified, _moment(dataset.modified)))

    def address(self, item: Distribution) -> str:
        """Return where a file is: in the current release, or in the one that still has it."""
        folder = f"{RELEASES}/{item.release}/" if item.release else ""
        return f"{self._base}{folder}datasets/{item.path}"

    def _service(self, graph: Graph, node: URIRef, name: str) -> None:
        graph.add((node, RDF.type, DCAT.DataService))
        self._texts(graph, node, *_SERVICE_TEXTS[name])
        graph.add((node, DCAT.endpointURL, URIRef(f"{self._base}{name}")))
        description = self._base + (SPARQL if name == SPARQL else "openapi.json")
        graph.add((node, DCAT.endpointDescription, URIRef(description)))
        graph.add((node, DCTERMS.license, URIRef(self._facts.licence.iri)))
        graph.add((node, DCTERMS.accessRights, URIRef(f"{AUTHORITY}access-right/PUBLIC")))
        self._available(graph, node)

    def _terms_of_use(self, graph: Graph, node: URIRef) -> None:
        licence = self._facts.licence
        graph.add((node, DCTERMS.license, URIRef(licence.iri)))
        graph.add((node, DCATDE.licenseAttributionByText, Literal(licence.attribution, lang="de")))
        rights = URIRef(f"{node}/rights")
        graph.add((node, DCTERMS.rights, rights))
        graph.add((rights, RDF.type, DCTERMS.RightsStatement))
        graph.add((rights, RDFS.label, Literal(licence.rights.de, lang="de")))
        graph.add((rights, RDFS.label, Literal(licence.rights.en, lang="en")))

    def _publisher_of(self, graph: Graph, node: URIRef) -> None:
        city = URIRef(self._iris.city())
        graph.add((node, DCTERMS.publisher, city))
        graph.add((city, RDF.type, FOAF.Agent))
        graph.add((city, FOAF.name, Literal(self._publisher.de, lang="de")))
        kind = f"http://purl.org/adms/publishertype/{self._facts.publisher_type}"
        graph.add((city, DCTERMS.type, URIRef(kind)))
        graph.add((city, FOAF.homepage, URIRef(self._homepage)))

    def _contact(self, graph: Graph, node: URIRef, contact: Contact) -> None:
        kind = URIRef(f"{node}/contact")
        graph.add((node, DCAT.contactPoint, kind))
        graph.add((kind, RDF.type, VCARD.Kind))
        graph.add((kind, RDF.type, VCARD.Organization))
        graph.add((kind, VCARD.fn, Literal(contact.name)))
        graph.add((kind, VCARD.hasURL, URIRef(contact.url)))
        if contact.email:
            graph.add((kind, VCARD.hasEmail, URIRef(f"mailto:{contact.email}")))
        if contact.phone:
            graph.add((kind, VCARD.hasTelephone, URIRef(f"tel:{contact.phone}")))
        if contact.street and contact.town:
            address = URIRef(f"{kind}/address")
            graph.add((kind, VCARD.hasAddress, address))
            graph.add((address, RDF.type, VCARD.Address))
            graph.add((address, VCARD["street-address"], Literal(contact.street)))
            graph.add((address, VCARD.locality, Literal(contact.town)))
            if contact.postal_code:
                graph.add((address, VCARD["postal-code"], Literal(contact.postal_code)))

    def _place(self, graph: Graph, node: URIRef) -> None:
        """Add what the data is about in space. The name keeps CKAN from dropping it on the way out."""
        place = self._facts.place
        for key in place.keys:
            location = URIRef(GEOCODING + key)
            graph.add((node, DCTERMS.spatial, location))
            graph.add((location, RDF.type, DCTERMS.Location))
            graph.add((location, SKOS.prefLabel, Literal(place.name, lang="de")))

    def _period(self, graph: Graph, node: URIRef, start: date, end: date | None) -> None:
        period = URIRef(f"{node}/period")
        graph.add((node, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(start)))
        if end:
            graph.add((period, DCAT.endDate, Literal(end)))

    @staticmethod
    def _available(graph: Graph, node: URIRef) -> None:
        graph.add((node, DCATAP.availability, URIRef(f"{AUTHORITY}planned-availability/AVAILABLE")))

    @staticmethod
    def _texts(graph: Graph, node: URIRef, title: Text, description: Text | None = None) -> None:
        for predicate, text in ((DCTERMS.title, title), (DCTERMS.description, description)):
            if text:
                graph.add((node, predicate, Literal(text.de, lang="de")))
                graph.add((node, predicate, Literal(text.en, lang="en")))


def _graph() -> Graph:
    return Graph(bind_namespaces="none")


def _moment(moment: datetime) -> Literal:
    return Literal(moment.isoformat(timespec="seconds"), datatype=XSD.dateTime)
