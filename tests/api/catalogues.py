"""A small catalogue built by hand, for releases without the pipeline."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox

from ontology.catalogue import (
    CATALOG,
    SHARED_FILE,
    Catalogue,
    Change,
    Contact,
    Dataset,
    Distribution,
    Facts,
    Keywords,
    Kind,
    Licence,
    Place,
    Text,
    entry_file,
)
from ontology.namespaces import expand
from ontology.rdf import serialise

ISSUED = datetime(2015, 1, 1, tzinfo=UTC)
FORMATS = ("ttl", "rdf", "jsonld", "nt")
FACTS = Facts(
    title=Text(de="Ziele der Musterstadt", en="Goals of Sample City"),
    description=Text(de="Erfundene Ziele.", en="Invented goals."),
    contact=Contact(
        name="Musterstadt", url="https://musterstadt.example/kontakt", email="daten@stadt.example"
    ),
    contributor_id="http://dcat-ap.de/def/contributors/datenBW",
    place=Place(
        name="Musterstadt",
        level="municipality",
        keys=("municipalityKey/00000000",),
        longitude=9.3,
        latitude=48.7,
    ),
    licence=Licence(
        iri="http://dcat-ap.de/def/licenses/dl-by-de/2.0",
        label="Datenlizenz Deutschland – Namensnennung – Version 2.0",
        url="https://www.govdata.de/dl-de/by-2-0",
        attribution="Musterstadt",
        rights=Text(de="Namensnennung Musterstadt", en="Attribution Musterstadt"),
    ),
    themes=("GOVE",),
    keywords=Keywords(de=("Ziele",), en=("goals",)),
)
CSV_TITLE, PARQUET_TITLE = Text(de="Tabelle (CSV)", en="Table (CSV)"), Text(de="Parquet", en="Parquet")
CSV_USE = Text(de="Für Tabellenprogramme & mehr.", en="For spreadsheets & more.")


def file_of(folder: Path, path: str, **changed: object) -> Distribution:
    """Return the distribution of a file of a release."""
    content = (folder / path).read_bytes()
    is_csv = path.endswith("csv")
    return Distribution(
        path=path,
        title=CSV_TITLE if is_csv else PARQUET_TITLE,
        description=CSV_USE if is_csv else None,
        format="CSV" if is_csv else "PARQUET",
        media_type="text/csv" if is_csv else "application/vnd.apache.parquet",
        packed=False,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        issued=ISSUED,
        modified=ISSUED,
    ).model_copy(update=changed)


def dataset_of(kind: Kind, *files: Distribution, year: int | None = None, **changed: object) -> Dataset:
    """Return a dataset that nothing is special about, but for what `changed` says."""
    return Dataset(
        key=f"goals/{year}" if year else kind,
        kind=kind,
        year=year,
        title=Text(de=f"Datensatz {kind} {year or ''}".strip(), en=f"Dataset {kind} {year or ''}".strip()),
        description=Text(
            de="Was die Ämter der Musterstadt sich vorgenommen haben. Alles ist erfunden.",
            en="What the departments of Sample City planned to do. Everything is invented.",
        ),
        keywords=Keywords(de=("Ziele", "Haushaltsplan"), en=("goals", "budget plan")),
        start=date(year or 2014, 1, 1),
        end=date(year or 2015, 12, 31),
        table=None if kind == "plan" else "goals",
        rows=None if kind == "plan" else 4,
        distributions=files,
        issued=ISSUED,
        modified=ISSUED,
        status="COMPLETED",
        since=ISSUED,
        digest="0",
        changes=(Change(at=ISSUED, kind="new", rows=4),),
    ).model_copy(update=changed)


def catalogue_of(*datasets: Dataset, **changed: object) -> Catalogue:
    """Return the catalogue of some datasets."""
    return Catalogue(
        publisher=Text(de="Musterstadt", en="Sample City"),
        homepage="https://musterstadt.example/",
        facts=FACTS,
        issued=ISSUED,
        modified=ISSUED,
        datasets=tuple(sorted(datasets, key=lambda dataset: dataset.key)),
    ).model_copy(update=changed)


def usual_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of a release of the sample city that has the usual two files."""
    table = file_of(folder, "parquet/goals.parquet")
    year = file_of(folder, "csv/goals-2014.csv")
    return catalogue_of(
        dataset_of("goals", year, year=2014),
        dataset_of("all", table, title=Text(de="Kommunale Ziele", en="Municipal goals")),
        dataset_of("statistics", table),
        dataset_of("plan"),
    )


def write_catalogue(folder: Path, base: str, catalogue: Catalogue) -> dict[str, str]:
    """Write a catalogue into a release folder; return the media types of its files by path."""
    (folder / "catalog/datasets").mkdir(parents=True, exist_ok=True)
    (folder / CATALOG).write_text(catalogue.model_dump_json())
    (folder / SHARED_FILE).write_bytes(b"")
    for dataset in catalogue.datasets:
        (folder / entry_file(dataset.key)).write_bytes(serialise(_triples(base, dataset), "nt"))
    whole = [triple for dataset in catalogue.datasets for triple in _triples(base, dataset)]
    for suffix in FORMATS:
        (folder / f"catalog/catalog.{suffix}").write_bytes(serialise(whole, suffix))
    parts = (SHARED_FILE, *(entry_file(dataset.key) for dataset in catalogue.datasets))
    texts = (*parts, *(f"catalog/catalog.{suffix}" for suffix in FORMATS))
    return {CATALOG: "application/json"} | dict.fromkeys(texts, "text/plain")


def catalogue_quads(base: str, catalogue: Catalogue) -> list[ox.Quad]:
    """Return the graph of the catalogue as the store has it."""
    graph = ox.NamedNode(f"{base}catalog")
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for dataset in catalogue.datasets
        for triple in _triples(base, dataset)
    ]


def _triples(base: str, dataset: Dataset) -> list[ox.Triple]:
    node = ox.NamedNode(f"{base}dataset/{dataset.key}")
    kind, title = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("dct:title"))
    series = ox.NamedNode(f"{base}dataset/goals")
    found = [
        ox.Triple(node, kind, ox.NamedNode(expand("dcat:Dataset"))),
        ox.Triple(node, title, ox.Literal(dataset.title.de, language="de")),
    ]
    if dataset.kind == "goals":
        found.append(ox.Triple(series, kind, ox.NamedNode(expand("dcat:DatasetSeries"))))
    return found
