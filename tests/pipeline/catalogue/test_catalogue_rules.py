"""Each rule for catalogues, broken on purpose: the result names the rule and where it is broken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from ontology.catalogue import SHARED_FILE, entry_file
from ontology.namespaces import PREFIXES
from ontology.shapes.catalogue import PAGE, WHOLE, catalogue_rules, shapes
from pipeline.catalogue.check import check
from pipeline.catalogue.reading import read_file
from tests.city import SampleCity, goal
from tests.first import first_release

ADMS, DCAT, DCATAP, DCATDE, SPDX, VCARD = (
    Namespace(PREFIXES[prefix]) for prefix in ("adms", "dcat", "dcatap", "dcatde", "spdx", "vcard")
)
AUTHORITY = "http://publications.europa.eu/resource/authority/"
BASE = "https://ziele.esslingen.example/"
CATALOG = URIRef(f"{BASE}catalog")
GOALS = URIRef(f"{BASE}dataset/goals/2014")
ALL = URIRef(f"{BASE}dataset/all")
SERIES = URIRef(f"{BASE}dataset/goals")
CSV = URIRef(f"{GOALS}/csv")
CHECKSUM = URIRef(f"{CSV}/checksum")
BY_SPARQL = URIRef(f"{ALL}/sparql")
OWN_SERVICE = URIRef(f"{BY_SPARQL}/service")
SERVICE = URIRef(f"{BASE}dataset/service/sparql")
CITY = URIRef(f"{BASE}id/city")
CONTACT = URIRef(f"{GOALS}/contact")
PERIOD = URIRef(f"{GOALS}/period")
PLACE = URIRef("http://dcat-ap.de/def/politicalGeocoding/municipalityKey/00000000")
OTHER = URIRef(f"{BASE}other")

Break = Callable[[Graph], Node]


def without(subject: URIRef, predicate: URIRef, value: Node | None = None) -> Break:
    def broken(graph: Graph) -> Node:
        assert (subject, predicate, value) in graph
        graph.remove((subject, predicate, value))
        return subject

    return broken


def plus(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    def broken(graph: Graph) -> Node:
        graph.add((subject, predicate, value))
        return subject

    return broken


def instead(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    def broken(graph: Graph) -> Node:
        assert (subject, predicate, None) in graph
        graph.set((subject, predicate, value))
        return subject

    return broken


def at(where: Node, *breaks: Break) -> Break:
    def broken(graph: Graph) -> Node:
        for each in breaks:
            each(graph)
        return where

    return broken


def listed(name: str) -> URIRef:
    return URIRef(AUTHORITY + name)


def moment(text: str, kind: URIRef = XSD.dateTime) -> Literal:
    return Literal(text, datatype=kind, normalize=False)


def nameless(graph: Graph) -> Node:
    """Take the name of a period away."""
    node = BNode()
    for triple in list(graph.triples((PERIOD, None, None))):
        graph.remove(triple)
        graph.add((node, triple[1], triple[2]))
    graph.set((GOALS, DCTERMS.temporal, node))
    return node


def without_datasets(graph: Graph) -> Node:
    graph.remove((None, RDF.type, DCAT.Dataset))
    return DCAT.Dataset


CASES: dict[str, Break] = {
    # texts
    "title-missing": without(GOALS, DCTERMS.title),
    "title-not-german": instead(GOALS, DCTERMS.title, Literal("Goals", lang="en")),
    "title-twice": plus(GOALS, DCTERMS.title, Literal("Noch einer", lang="de")),
    "description-missing": without(CATALOG, DCTERMS.description),
    "description-not-german": instead(GOALS, DCTERMS.description, Literal("Goals", lang="en")),
    "description-twice": plus(GOALS, DCTERMS.description, Literal("Noch eine", lang="de")),
    "text-without-language": plus(CSV, DCTERMS.title, Literal("Tabelle")),
    "text-empty": plus(CSV, DCTERMS.description, Literal(" ", lang="de")),
    # who publishes
    "publisher-missing": without(SERIES, DCTERMS.publisher),
    "access-service-publisher-missing": without(OWN_SERVICE, DCTERMS.publisher),
    "publisher-several": plus(SERVICE, DCTERMS.publisher, OTHER),
    "creator-several": at(
        CATALOG, plus(CATALOG, DCTERMS.creator, CITY), plus(CATALOG, DCTERMS.creator, OTHER)
    ),
    "agent-not-described": at(CATALOG, without(CITY, RDF.type)),
    "agent-name": plus(CITY, FOAF.name, Literal("Die Stadt")),
    "agent-type-unknown": instead(CITY, DCTERMS.type, OTHER),
    # catalogue
    "homepage-missing": without(CATALOG, FOAF.homepage),
    "homepage-several": plus(CATALOG, FOAF.homepage, OTHER),
    "theme-taxonomy-missing": without(CATALOG, DCAT.themeTaxonomy),
    "catalog-licence-missing": without(CATALOG, DCTERMS.license),
    "catalog-missing": at(DCAT.Catalog, without(CATALOG, RDF.type)),
    "catalog-empty": without_datasets,
    # languages
    "language-missing": without(GOALS, DCTERMS.language),
    "language-unlisted": plus(GOALS, DCTERMS.language, listed("language/XYZ")),
    "language-unknown": plus(GOALS, DCTERMS.language, URIRef("http://lexvo.org/id/iso639-1/de")),
    # dates
    "issued-missing": without(CSV, DCTERMS.issued),
    "issued-several": plus(CSV, DCTERMS.issued, moment("2014-01-01T00:00:00Z")),
    "modified-missing": without(CATALOG, DCTERMS.modified),
    "modified-several": plus(GOALS, DCTERMS.modified, moment("2014-01-01T00:00:00Z")),
    "dataset-modified-missing": without(GOALS, DCTERMS.modified),
    "date-form": instead(GOALS, DCTERMS.modified, moment("2014-01-01T00:00:00")),
    # at most one
    "version-several": at(
        GOALS, plus(GOALS, DCAT.version, Literal("1")), plus(GOALS, DCAT.version, Literal("2"))
    ),
    "access-rights-several": plus(GOALS, DCTERMS.accessRights, listed("access-right/RESTRICTED")),
    "frequency-several": plus(GOALS, DCTERMS.accrualPeriodicity, listed("frequency/DAILY")),
    "availability-several": plus(GOALS, DCATAP.availability, listed("planned-availability/STABLE")),
    "licence-several": plus(CSV, DCTERMS.license, URIRef("http://dcat-ap.de/def/licenses/cc-zero")),
    # availability
    "availability-missing": without(SERVICE, DCATAP.availability),
    "availability-unknown": instead(CATALOG, DCATAP.availability, OTHER),
    "availability-namespace": plus(
        GOALS,
        URIRef("http://data.europa.eu/r5r#availability"),
        listed("planned-availability/AVAILABLE"),
    ),
    # place and time
    "spatial-missing": without(SERIES, DCTERMS.spatial),
    "spatial-without-key": instead(GOALS, DCTERMS.spatial, URIRef("https://sws.geonames.org/2928751/")),
    "geocoding-form": plus(
        GOALS,
        DCTERMS.spatial,
        URIRef("http://dcat-ap.de/def/politicalGeocoding/regionalKey/08116019"),
    ),
    "geocoding-not-in-spatial": plus(
        GOALS, DCATDE.politicalGeocodingURI, URIRef("http://dcat-ap.de/def/politicalGeocoding/stateKey/08")
    ),
    "place-not-described": at(GOALS, without(PLACE, RDF.type)),
    "place-name-missing": without(PLACE, SKOS.prefLabel),
    "level-missing": without(GOALS, DCATDE.politicalGeocodingLevelURI),
    "level-unknown": instead(GOALS, DCATDE.politicalGeocodingLevelURI, OTHER),
    "temporal-missing": without(SERIES, DCTERMS.temporal),
    "period-not-described": at(GOALS, without(PERIOD, RDF.type)),
    "period-empty": at(PERIOD, without(PERIOD, DCAT.startDate), without(PERIOD, DCAT.endDate)),
    "period-start": instead(PERIOD, DCAT.startDate, moment("2014", XSD.gYear)),
    "period-end": instead(PERIOD, DCAT.endDate, moment("2014-12-31T00:00:00")),
    "period-backwards": instead(PERIOD, DCAT.endDate, moment("2013-12-31", XSD.date)),
    # what it is about
    "theme-missing": without(GOALS, DCAT.theme),
    "theme-unknown": plus(GOALS, DCAT.theme, listed("data-theme/NONE")),
    "keyword-missing": without(GOALS, DCAT.keyword),
    "keyword-form": plus(GOALS, DCAT.keyword, Literal("Ziele, Haushalt", lang="de")),
    "frequency-unknown": instead(SERIES, DCTERMS.accrualPeriodicity, OTHER),
    "access-rights-missing": without(GOALS, DCTERMS.accessRights),
    "access-rights-unknown": instead(SERVICE, DCTERMS.accessRights, OTHER),
    # who it is
    "identifier-not-one": without(GOALS, DCTERMS.identifier),
    "identifier-not-iri": instead(GOALS, DCTERMS.identifier, Literal("goals-2014")),
    "identifier-shared": plus(GOALS, DCTERMS.identifier, Literal(str(ALL))),
    "title-shared": at(
        GOALS,
        plus(ALL, DCTERMS.title, Literal("Ziele", lang="de")),
        plus(GOALS, DCTERMS.title, Literal("Ziele", lang="de")),
    ),
    "contributor-not-one": without(GOALS, DCATDE.contributorID),
    "contributor-unlisted": instead(
        GOALS, DCATDE.contributorID, URIRef("http://dcat-ap.de/def/contributors/niemand")
    ),
    "contributor-unknown": instead(GOALS, DCATDE.contributorID, OTHER),
    # contact
    "contact-missing": without(GOALS, DCAT.contactPoint),
    "contact-several": plus(GOALS, DCAT.contactPoint, OTHER),
    "contact-shared": instead(GOALS, DCAT.contactPoint, URIRef(f"{ALL}/contact")),
    "contact-not-described": at(GOALS, without(CONTACT, RDF.type, VCARD.Kind)),
    "contact-name-missing": without(CONTACT, VCARD.fn),
    "contact-unreachable": without(CONTACT, VCARD.hasURL),
    "contact-mail-form": plus(CONTACT, VCARD.hasEmail, Literal("stadt@musterstadt.example")),
    "contact-phone-form": plus(CONTACT, VCARD.hasTelephone, Literal("0711 1")),
    # parts and links
    "distribution-missing": without(GOALS, DCAT.distribution),
    "distribution-not-described": plus(GOALS, DCAT.distribution, OTHER),
    "distribution-shared": at(CSV, plus(ALL, DCAT.distribution, CSV)),
    "period-shared": instead(GOALS, DCTERMS.temporal, URIRef(f"{ALL}/period")),
    "dataset-not-listed": at(GOALS, without(CATALOG, DCAT.dataset, GOALS)),
    "dataset-not-described": plus(CATALOG, DCAT.dataset, OTHER),
    "series-listed": at(SERIES, plus(CATALOG, DCAT.dataset, SERIES)),
    "series-not-described": at(GOALS, without(SERIES, RDF.type)),
    "series-typed-twice": plus(SERIES, RDF.type, DCAT.Dataset),
    "datasets-linked": plus(SERIES, DCAT.seriesMember, GOALS),
    "version-link": plus(GOALS, DCTERMS.isVersionOf, OTHER),
    "source-reserved": plus(GOALS, DCTERMS.source, OTHER),
    "removed-property": plus(CSV, DCATDE.plannedAvailability, OTHER),
    "deprecated-property": plus(GOALS, OWL.versionInfo, Literal("1")),
    # addresses
    "access-url-missing": without(CSV, DCAT.accessURL),
    "address-form": plus(CSV, DCAT.accessURL, Literal("datasets/csv/goals.csv")),
    "download-url-missing": without(CSV, DCAT.downloadURL),
    "download-url-differs": instead(CSV, DCAT.accessURL, OTHER),
    "service-download": plus(BY_SPARQL, DCAT.downloadURL, OTHER),
    "service-address-differs": instead(BY_SPARQL, DCAT.accessURL, OTHER),
    "service-serves-others": at(BY_SPARQL, plus(OWN_SERVICE, DCAT.servesDataset, GOALS)),
    # licence
    "licence-missing": without(CSV, DCTERMS.license),
    "licence-unknown": instead(CSV, DCTERMS.license, listed("licence/DLDE_BY_2_0")),
    "attribution-missing": without(CSV, DCATDE.licenseAttributionByText),
    "attribution-form": instead(CSV, DCATDE.licenseAttributionByText, OTHER),
    "rights-missing": without(CSV, DCTERMS.rights),
    "rights-several": plus(CSV, DCTERMS.rights, OTHER),
    # format
    "distribution-title-missing": without(CSV, DCTERMS.title),
    "distribution-description-missing": without(CSV, DCTERMS.description),
    "format-missing": without(CSV, DCTERMS.format),
    "format-several": plus(CSV, DCTERMS.format, listed("file-type/TSV")),
    "format-unknown": instead(CSV, DCTERMS.format, listed("file-type/PAPYRUS")),
    "media-type-missing": without(CSV, DCAT.mediaType),
    "media-type-several": plus(
        CSV, DCAT.mediaType, URIRef("https://www.iana.org/assignments/media-types/text/plain")
    ),
    "media-type-form": instead(CSV, DCAT.mediaType, Literal("text/csv")),
    "status-unknown": instead(CSV, ADMS.status, URIRef("http://purl.org/adms/status/Completed")),
    # bytes
    "size-missing": without(CSV, DCAT.byteSize),
    "size-form": instead(CSV, DCAT.byteSize, moment("1.0", XSD.decimal)),
    "checksum-missing": without(CSV, SPDX.checksum),
    "checksum-not-described": at(CSV, without(CHECKSUM, RDF.type)),
    "checksum-algorithm": without(CHECKSUM, SPDX.algorithm),
    "checksum-value": instead(CHECKSUM, SPDX.checksumValue, moment("xyz", XSD.hexBinary)),
    # services
    "endpoint-missing": without(SERVICE, DCAT.endpointURL),
    "endpoint-description-missing": without(SERVICE, DCAT.endpointDescription),
    "service-not-listed": at(SERVICE, without(CATALOG, DCAT.service, SERVICE)),
    "serves-missing": without(SERVICE, DCAT.servesDataset),
    "serves-not-described": plus(SERVICE, DCAT.servesDataset, OTHER),
    # kinds of values
    "iri-expected": instead(GOALS, DCAT.landingPage, Literal("Startseite")),
    "text-expected": plus(GOALS, ADMS.versionNotes, OTHER),
    "type-several": at(GOALS, plus(GOALS, DCTERMS.type, OTHER), plus(GOALS, DCTERMS.type, CITY)),
    "resolution-temporal": plus(GOALS, DCAT.temporalResolution, Literal("ein Jahr")),
    "resolution-spatial": plus(GOALS, DCAT.spatialResolutionInMeters, moment("5", XSD.integer)),
    # names
    "blank-node": nameless,
    "not-https": plus(URIRef("http://ziele.example/agent"), RDF.type, FOAF.Agent),
    "list-value-labelled": plus(listed("frequency/ANNUAL"), RDFS.label, Literal("jährlich", lang="de")),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = SampleCity(tmp_path_factory.mktemp("city"))
    city.submit(2014, "kulturamt", goal(1))
    return first_release(city)


@pytest.fixture
def catalogue(release: Path) -> Graph:
    """A catalogue of two datasets that nothing is wrong with: a year, and the whole with its endpoint."""
    files = (SHARED_FILE, entry_file("goals/2014"), entry_file("all"))
    graph = Graph()
    for file in files:
        graph += read_file(release / file)
    return graph


def test_nothing_is_wrong_with_the_catalogue_that_is_broken_below(catalogue: Graph) -> None:
    assert check([catalogue]) == []


@pytest.mark.parametrize("code", CASES)
def test_a_broken_rule_is_named_with_its_place(code: str, catalogue: Graph) -> None:
    where = CASES[code](catalogue)
    found = [result for result in check([catalogue]) if result.rule == code]
    assert str(where) in {result.where for result in found}
    rule = catalogue_rules()[code]
    assert {(r.severity, r.message_de, r.message_en) for r in found} == {
        (rule.severity, rule.message_de, rule.message_en)
    }


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(catalogue_rules())


@pytest.mark.parametrize("part", [*PAGE, *WHOLE])
def test_every_rule_speaks_both_languages(part: str) -> None:
    graph = shapes(part)
    for shape in graph.subjects(RDF.type, None):
        said = [text for text in graph.objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in said) in ([], ["de", "en"]), shape


def test_each_dataset_is_whole_on_a_page_of_its_own(release: Path) -> None:
    """Harvesters read each page by itself: what a dataset leads to is described beside it."""
    shared = read_file(release / SHARED_FILE)
    pages = [shared + read_file(file) for file in sorted((release / "catalog/datasets").iterdir())]
    assert len(pages) > 3
    assert check(pages) == []


def test_what_is_not_described_on_its_own_page_is_found(release: Path) -> None:
    first, second = (read_file(release / entry_file(key)) for key in ("goals/2014", "all"))
    first.remove((PLACE, RDF.type, None))  # the second page still says what it is
    found = check([read_file(release / SHARED_FILE) + second, first])
    assert ("place-not-described", str(GOALS)) in {(result.rule, result.where) for result in found}
