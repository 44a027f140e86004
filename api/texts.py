"""Words of the pages that are not in a template: names of properties and of result columns.

Labels of our own terms come from the vocabulary; here is what the standards call their terms, in
German and English for people who read budgets.
"""

from functools import cache
from typing import Final, Literal

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Literal as RdfLiteral

from ontology.namespaces import SZ, expand, shorten
from ontology.vocabulary import codelists_turtle, vocabulary_turtle

Language = Literal["de", "en"]
Words = tuple[str, str]

LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")

_STANDARD_TERMS: Final[dict[str, Words]] = {
    "rdf:type": ("Art", "type"),
    "rdfs:label": ("Bezeichnung", "label"),
    "rdfs:seeAlso": ("siehe auch", "see also"),
    "dct:identifier": ("Kennung", "identifier"),
    "dct:title": ("Titel", "title"),
    "dct:description": ("Beschreibung", "description"),
    "dct:subject": ("Handlungsfeld", "action field"),
    "dct:date": ("Datum", "date"),
    "dct:valid": ("Stand", "as of"),
    "dct:issued": ("erschienen", "issued"),
    "dct:creator": ("Urheber", "creator"),
    "dct:source": ("Quelle", "source"),
    "dct:provenance": ("Hinweis", "notice"),
    "dct:isPartOf": ("Teil von", "part of"),
    "dct:hasPart": ("Teile", "has part"),
    "dct:replaces": ("ersetzt", "replaces"),
    "dct:isReplacedBy": ("ersetzt durch", "replaced by"),
    "dct:bibliographicCitation": ("Vorlage", "paper"),
    "prov:specializationOf": ("Fassung von", "version of"),
    "prov:generatedAtTime": ("Zeitpunkt der Fassung", "time of the version"),
    "dct:modified": ("zuletzt geändert", "last changed"),
    "dct:publisher": ("Herausgeberin", "publisher"),
    "dct:temporal": ("Zeitraum", "period"),
    "dct:spatial": ("Ort", "place"),
    "dct:language": ("Sprache", "language"),
    "dct:format": ("Format", "format"),
    "dct:license": ("Lizenz", "licence"),
    "dcat:distribution": ("Dateien", "files"),
    "dcat:downloadURL": ("zum Herunterladen", "download"),
    "dcat:accessURL": ("Adresse", "address"),
    "dcat:contactPoint": ("Fragen an", "contact"),
    "dcat:keyword": ("Schlagwörter", "keywords"),
    "dcat:theme": ("Thema", "theme"),
    "dcat:landingPage": ("Seite des Datensatzes", "page of the dataset"),
    "dcat:inSeries": ("Teil der Reihe", "part of the series"),
    "dct:accessRights": ("Zugang", "access"),
    "dct:accrualPeriodicity": ("Häufigkeit", "frequency"),
    "dct:conformsTo": ("nach der Norm", "conforms to"),
    "dct:rights": ("Rechte", "rights"),
    "dcat:mediaType": ("Medientyp", "media type"),
    "dcatap:availability": ("Verfügbarkeit", "availability"),
    "dcatde:contributorID": ("Datenbereitsteller", "contributor"),
    "dcatde:licenseAttributionByText": ("Namensnennung", "attribution"),
    "dcatde:politicalGeocodingLevelURI": ("Verwaltungsebene", "level of administration"),
    "adms:status": ("Zustand", "status"),
    "dcat:startDate": ("Beginn", "start"),
    "dcat:endDate": ("Ende", "end"),
    "dcat:byteSize": ("Größe in Bytes", "size in bytes"),
    "skos:prefLabel": ("Bezeichnung", "label"),
    "skos:altLabel": ("auch genannt", "also called"),
    "skos:notation": ("Schlüssel", "code"),
    "skos:note": ("Bemerkung", "note"),
    "skos:definition": ("Definition", "definition"),
    "skos:broader": ("übergeordnet", "broader"),
    "skos:inScheme": ("in der Liste", "in scheme"),
    "skos:topConceptOf": ("oberster Begriff von", "top concept of"),
    "prov:wasAttributedTo": ("Amt", "department"),
    "prov:wasAssociatedWith": ("Gremium", "body"),
    "prov:wasGeneratedBy": ("beschlossen durch", "decided by"),
    "prov:wasRevisionOf": ("Fortschreibung von", "revision of"),
    "prov:endedAtTime": ("Zeitpunkt", "time"),
    "prov:used": ("frühere Fassung", "former version"),
    "prov:generated": ("neuere Fassung", "newer version"),
    "prov:invalidatedAtTime": ("gilt nicht mehr seit", "no longer valid since"),
    "prov:hadPrimarySource": ("stammt aus", "comes from"),
    "prov:wasDerivedFrom": ("Quelle", "source"),
    "foaf:page": ("Nachzulesen unter", "can be read at"),
    "schema:about": ("betrifft", "about"),
    "schema:position": ("Nummer", "number"),
    "schema:name": ("Dateiname", "file name"),
    "schema:audience": ("Zielgruppe", "target group"),
    "schema:unitText": ("Einheit", "unit"),
    "schema:validFrom": ("gültig ab", "valid from"),
    "schema:validThrough": ("gültig bis", "valid through"),
    "sdmx-measure:obsValue": ("Wert", "value"),
    "sdmx-dimension:refPeriod": ("Zeitraum", "period"),
    "qb:dataSet": ("Datensatz", "data set"),
    "qb:structure": ("Aufbau", "structure"),
    "qb:slice": ("Ausschnitte", "slices"),
    "qb:sliceStructure": ("Art des Ausschnitts", "kind of slice"),
    "qb:observation": ("Werte", "values"),
    "dqv:computedOn": ("gemessen an", "computed on"),
    "dqv:isMeasurementOf": ("Messgröße", "metric"),
    "dqv:inDimension": ("Bereich der Qualität", "dimension of quality"),
    "dqv:expectedDataType": ("Art des Werts", "type of value"),
    "dqv:value": ("Wert", "value"),
    "void:triples": ("Tripel", "triples"),
    "void:entities": ("Dinge", "things"),
    "void:distinctSubjects": ("verschiedene Subjekte", "distinct subjects"),
    "void:distinctObjects": ("verschiedene Objekte", "distinct objects"),
    "void:properties": ("Anzahl der Eigenschaften", "number of properties"),
    "void:classes": ("Anzahl der Klassen", "number of classes"),
    "void:class": ("Klasse", "class"),
    "void:property": ("Eigenschaft", "property"),
    "void:classPartition": ("Teile nach Klassen", "parts by class"),
    "void:propertyPartition": ("Teile nach Eigenschaften", "parts by property"),
    "void:sparqlEndpoint": ("SPARQL-Endpunkt", "SPARQL endpoint"),
    "void:dataDump": ("alles als Datei", "everything as a file"),
    "void:exampleResource": ("Beispiel", "example"),
    "void:vocabulary": ("Vokabulare", "vocabularies"),
    "void:feature": ("Formate", "formats"),
    "void:uriSpace": ("Adressen beginnen mit", "addresses begin with"),
    "org:classification": ("Art der Stelle", "kind of unit"),
    "org:unitOf": ("gehört zu", "unit of"),
    "org:originalOrganization": ("vorher", "before"),
    "org:resultingOrganization": ("nachher", "after"),
    "foaf:name": ("Name", "name"),
    "foaf:homepage": ("Internetseite", "homepage"),
    "spdx:checksum": ("Prüfsumme", "checksum"),
    "spdx:checksumValue": ("SHA-256", "SHA-256"),
    "spdx:algorithm": ("Verfahren", "algorithm"),
}

_CLASSES: Final[dict[str, Words]] = {
    "skos:Concept": ("Begriff", "Concept"),
    "skos:ConceptScheme": ("Begriffsliste", "Concept scheme"),
    "org:OrganizationalUnit": ("Amt", "Department"),
    "org:Organization": ("Gremium", "Body"),
    "org:FormalOrganization": ("Stadt", "City"),
    "org:ChangeEvent": ("Änderung der Organisation", "Change of the organisation"),
    "prov:Plan": ("Plan", "Plan"),
    "prov:Entity": ("Zeile einer Datei", "Row of a file"),
    "qb:Observation": (
        "Wert einer Kennzahl oder der Statistik",
        "Value of an indicator or of the statistics",
    ),
    "qb:DataSet": ("Datensatz", "Data set"),
    "qb:Slice": ("Ausschnitt der Statistik", "Slice of the statistics"),
    "void:Dataset": ("Datensatz", "Data set"),
    "dct:ProvenanceStatement": ("Hinweis", "Notice"),
    "dqv:QualityMeasurement": ("Messung der Qualität", "Quality measurement"),
    "dqv:Metric": ("Messgröße", "Metric"),
    "dqv:Dimension": ("Bereich der Qualität", "Dimension of quality"),
    "spdx:Checksum": ("Prüfsumme", "Checksum"),
    "dcat:Distribution": ("Datei", "File"),
    "dct:RightsStatement": ("Rechte", "Rights"),
    "dct:PeriodOfTime": ("Zeitraum", "Period"),
    "vcard:Kind": ("Kontakt", "Contact"),
    "vcard:Address": ("Anschrift", "Address"),
}

_COLUMNS: Final[dict[str, Words]] = {
    "year": ("Jahr", "Year"),
    "date": ("Datum", "Date"),
    "submitted": ("angemeldet", "submitted"),
    "selected": ("ausgewählt", "selected"),
    "productGroups": ("Produktgruppen", "product groups"),
    "productGroup": ("Produktgruppe", "product group"),
    "goal": ("Ziel", "Goal"),
    "goals": ("Ziele", "Goals"),
    "title": ("Wortlaut", "Text"),
    "earlier": ("früheres Ziel", "earlier goal"),
    "earlierYear": ("Jahr des früheren Ziels", "year of the earlier goal"),
    "earlierTitle": ("Wortlaut des früheren Ziels", "text of the earlier goal"),
    "selectionState": ("Stand der Auswahl", "selection state"),
    "earlierState": ("Stand des früheren Ziels", "state of the earlier goal"),
    "department": ("Amt", "Department"),
    "unit": ("Adresse des Amts", "Address of the department"),
    "state": ("Stand der Auswahl", "Selection state"),
    "area": ("Produktbereich", "Product area"),
    "code": ("Schlüssel", "Code"),
    "guideline": ("Vorgabe", "Guideline"),
    "text": ("Wortlaut", "Text"),
    "textInEnglish": ("Wortlaut auf Englisch", "Text in English"),
    "rule": ("Regel", "Rule"),
    "minimum": ("mindestens", "at least"),
    "kept": ("eingehalten", "kept"),
    "file": ("Datei", "File"),
    "row": ("Zeile", "Row"),
    "sha256": ("SHA-256", "SHA-256"),
    "bodies": ("Gremium", "Body"),
    "outcome": ("Ergebnis", "Outcome"),
    "subject": ("Gegenstand", "Subject"),
    "focus": ("Schwerpunkt", "Focus"),
    "reason": ("Begründung", "Reason"),
    "decision": ("Entscheidung", "Decision"),
    "attainment": ("Zielerreichung", "Attainment"),
    "label": ("Bezeichnung", "Label"),
    "boolean": ("Antwort", "Answer"),
}


def term_label(iri: str, language: Language) -> str:
    """Return what people call a property or class; the prefixed name where nobody has said."""
    words = _vocabulary_labels().get(iri) or _standard_labels().get(iri)
    return words[LANGUAGES.index(language)] if words else shorten(iri)


def is_known_class(iri: str) -> bool:
    """Tell whether a class has a name that tells a reader something."""
    return iri in _vocabulary_labels() or shorten(iri) in _CLASSES


def column_label(name: str, language: Language) -> str:
    """Return the heading of a result column."""
    return _COLUMNS.get(name, (name, name))[LANGUAGES.index(language)]


@cache
def _standard_labels() -> dict[str, Words]:
    return {expand(curie): words for curie, words in (_STANDARD_TERMS | _CLASSES).items()}


@cache
def _vocabulary_labels() -> dict[str, Words]:
    """Return the labels of everything in our vocabulary and code lists."""
    graph = Graph().parse(data=vocabulary_turtle() + codelists_turtle(), format="turtle")
    subjects = {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(SZ)}
    return {str(s): (_label(graph, s, "de"), _label(graph, s, "en")) for s in subjects}


def _label(graph: Graph, subject: URIRef, language: str) -> str:
    labels = [
        str(label)
        for property_ in (RDFS.label, SKOS.prefLabel)
        for label in graph.objects(subject, property_)
        if isinstance(label, RdfLiteral) and label.language == language
    ]
    return labels[0] if labels else shorten(str(subject))
