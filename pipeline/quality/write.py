"""Writes the quality of a release's catalogue into the release: as JSON for the API, in DQV for everybody."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ontology.iris import Iris
from ontology.quality import QUALITY, Quality
from ontology.rdf import serialise
from pipeline.catalogue.check import Result
from pipeline.catalogue.reading import read_file
from pipeline.catalogue.write import triples_of
from pipeline.quality.compliance import violations_of
from pipeline.quality.dqv import quality_graph
from pipeline.quality.links import InRelease
from pipeline.quality.measuring import measure

TRIPLES: Final = "catalog/quality.nt"
FORMATS: Final = ("nt", "ttl")


def write_quality(folder: Path, iris: Iris, results: Iterable[Result]) -> Quality:
    """Measure the catalogue in a release folder, where the files it names are by now; return what was found.

    `results` are what checking it came out with.
    """
    graph = read_file(folder / "catalog/catalog.nt")
    quality = measure(graph, InRelease(folder, iris.base), violations_of(graph, results), "files")
    (folder / QUALITY).write_text(quality.model_dump_json(indent=1) + "\n", encoding="utf-8")
    triples = triples_of(quality_graph(quality, iris))
    for suffix in FORMATS:
        (folder / TRIPLES).with_suffix(f".{suffix}").write_bytes(serialise(triples, suffix))
    return quality
