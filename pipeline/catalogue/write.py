"""Writes the catalogue into a release folder: as JSON for the API, as RDF for everybody.

Each dataset has a file of its own, so that a page of the catalogue is put together from whole datasets.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import pyoxigraph
from rdflib import Graph

from ontology.catalogue import (
    CATALOG,
    DATASETS,
    SHARED_FILE,
    Catalogue,
    Dataset,
    Text,
    entry_file,
    read_catalogue,
)
from ontology.contract import OutputFile, read_gone
from ontology.errors import ConfigurationError, ReleaseError
from ontology.rdf import german_first, serialise
from pipeline.catalogue.contents import contents
from pipeline.catalogue.dcat import Catalog
from pipeline.catalogue.timeline import datasets
from pipeline.masterdata import Masterdata

SUFFIXES: Final = ("ttl", "rdf", "jsonld", "nt")


def write_catalogue(
    folder: Path,
    city: Masterdata,
    *,
    years: Sequence[int],
    rows: Mapping[str, int],
    files: Sequence[OutputFile],
    before: Path | None,
    now: datetime,
) -> Catalogue:
    """Write the catalogue of a release whose other `files` are there; return it.

    `before` is the folder of the release made last, `now` the time of this one. Raises `ReleaseError` if the
    release has no dataset: a harvester would take that for the deletion of everything; and
    `ConfigurationError` if the city retires one that there never was.
    """
    publisher = Text(de=city.organisation.city.name, en=city.organisation.city.name_en)
    catalog = Catalog(city.iris, city.facts, publisher, city.organisation.city.homepage)
    former = read_catalogue(before) if before else None
    now = max(now, former.modified) if former else now  # a clock that was set back takes no date back
    dropped = _dropped(before) if before else {}
    reasons = {retirement.key: retirement.reason for retirement in city.facts.retired}
    there = list(contents(city, years, rows, files))
    published = {dataset.key for dataset in former.datasets} if former else set()
    _all_known(reasons, {content.key for content in there} | published | set(dropped))
    found = datasets(
        (content for content in there if content.key not in reasons),
        before=former,
        dropped=dropped,
        reasons=reasons,
        last_release=before.name if before else None,
        now=now,
        days=city.facts.deprecated_days,
        digest=lambda dataset: _digest(catalog, dataset),
    )
    if not any(dataset.status == "COMPLETED" for dataset in found):
        raise ReleaseError(
            "The release would have no dataset, and portals would delete all that they have of it. "
            "What was published before stays."
        )
    made = Catalogue(
        publisher=publisher,
        homepage=city.organisation.city.homepage,
        facts=city.facts,
        issued=former.issued if former else now,
        modified=now,
        datasets=tuple(found),
    )
    if former and made.model_copy(update={"modified": former.modified}) == former:
        made = former
    _write(folder, catalog, made)
    return made


def _all_known(retired: Iterable[str], known: Collection[str]) -> None:
    unknown = sorted(set(retired) - set(known))
    if unknown:
        raise ConfigurationError(
            f"catalogue.yaml: retired: {', '.join(unknown)}: Diesen Datensatz gibt es nicht. → Es gibt: "
            f"{', '.join(sorted(known))}. / There is no such dataset. → There are those."
        )


def _dropped(release: Path) -> dict[str, Dataset]:
    """Return the datasets that were dropped until a release, as the last release that had them says."""
    gone = {path: last for path, last in read_gone(release).items() if path.startswith(DATASETS)}
    found: dict[str, Dataset] = {}
    for last in sorted(set(gone.values())):
        catalogue = read_catalogue(release.parent / last)
        for dataset in catalogue.datasets if catalogue else ():
            if gone.get(DATASETS + dataset.key) == last:
                found[dataset.key] = dataset
    return found


def _write(folder: Path, catalog: Catalog, made: Catalogue) -> None:
    (folder / CATALOG).parent.mkdir()
    (folder / CATALOG).write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
    whole = triples_of(catalog.shared_graph(made))
    _write_triples(folder / SHARED_FILE, whole)
    for dataset in made.datasets:
        triples = triples_of(catalog.dataset_graph(dataset))
        _write_triples(folder / entry_file(dataset.key), triples)
        whole += triples
    whole = sorted(set(whole), key=german_first)
    for suffix in SUFFIXES:
        (folder / f"catalog/catalog.{suffix}").write_bytes(serialise(whole, suffix))


def triples_of(graph: Graph) -> list[pyoxigraph.Triple]:
    """Return the triples of a graph, sorted."""
    text = graph.serialize(format="nt", encoding="utf-8")
    quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES)
    return sorted((quad.triple for quad in quads), key=str)


def _write_triples(path: Path, triples: list[pyoxigraph.Triple]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(serialise(triples, "nt"))


def _digest(catalog: Catalog, dataset: Dataset) -> str:
    triples = triples_of(catalog.dataset_graph(dataset, dated=False))
    return hashlib.sha256(serialise(triples, "nt")).hexdigest()
