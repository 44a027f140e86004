"""All graphs of a release as sorted quads, and the dumps made of them.

Sorted lines and minted IRIs (no blank nodes) make the bytes the same for the same data.
"""

import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Final

import pyoxigraph

from ontology.iris import Iris
from ontology.namespaces import PREFIXES
from ontology.productplan import product_plan_documents
from ontology.vocabulary import ONTOLOGY_IRI, codelists_turtle, vocabulary_turtle
from pipeline.exports.void import count_contents, void_document
from pipeline.mapping.documents import Document, jsonld
from pipeline.mapping.history import history_document
from pipeline.mapping.organisation import organisation_document
from pipeline.mapping.plans import plans_document
from pipeline.mapping.status import status_document
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear, FileKey, key_of
from pipeline.statistics.counting import count_goals
from pipeline.statistics.cube import statistics_document
from pipeline.validation.judge import document_of

N_TRIPLES: Final = "dump/stadtziele.nt.gz"
TRIG: Final = "dump/stadtziele.trig.gz"
_MORE: Final = {
    "dump/stadtziele.ttl.gz": pyoxigraph.RdfFormat.TURTLE,
    "dump/stadtziele.jsonld.gz": pyoxigraph.RdfFormat.JSON_LD,
}
"""The triples once more, for those who read no N-Triples."""
QUADS: Final = ".quads.nq"
"""Hidden: no data file, only on the way to dumps and store."""


def documents(city: Masterdata, years: Iterable[CheckedYear]) -> Iterator[Document]:
    """Yield every graph of a release but for vocabulary and code lists."""
    years = list(years)
    yield organisation_document(city, _budget_years(city, years))
    yield plans_document(city)
    for year in years:
        yield status_document(city.iris, year.year, year.states)
        for records in year.released:
            yield document_of(city, records)
        released = {key_of(records): records.sha256 for records in year.released}
        for history in year.histories:
            current = released[FileKey(history.kind, history.year, history.department)]
            yield history_document(city, history, current)
    yield statistics_document(city.iris, count_goals(city, years))


def write_quads(folder: Path, city: Masterdata, years: Iterable[CheckedYear]) -> int:
    """Write all quads, sorted, as N-Quads to `folder`; return how many there are."""
    lines = list(_unchanging(city.iris))
    for document in documents(city, years):
        lines += _lines(_jsonld(document.name, list(document.all_nodes())))
    lines = sorted(set(lines))
    void = void_document(city.iris, count_contents(lines, city.iris.base))
    lines = sorted([*lines, *_lines(_jsonld(void.name, list(void.all_nodes())))])
    with (folder / QUADS).open("wb") as file:
        file.writelines(lines)
    return len(lines)


def write_dumps(folder: Path) -> int:
    """Write the dumps of the quads in `folder`; return how many distinct triples there are."""
    quads = folder / QUADS
    with quads.open("rb") as file:
        triples = sorted({_triple_of(line) for line in file})
    with _gzip(folder / N_TRIPLES) as file:
        file.writelines(triples)
    _write_as(
        folder / TRIG,
        pyoxigraph.parse(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS),
        pyoxigraph.RdfFormat.TRIG,
    )
    for path, form in _MORE.items():
        with io.BufferedReader(gzip.open(folder / N_TRIPLES)) as lines:
            _write_as(folder / path, pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES), form)
    return len(triples)


def _write_as(path: Path, quads: Iterable[pyoxigraph.Quad], form: pyoxigraph.RdfFormat) -> None:
    with _gzip(path) as file:
        pyoxigraph.serialize(quads, file, form, prefixes=PREFIXES)


@cache
def _unchanging(iris: Iris) -> tuple[bytes, ...]:
    """Return the lines of the graphs that come with the program: vocabulary, code lists, product plan."""
    graphs = [_turtle(text(), ONTOLOGY_IRI) for text in (vocabulary_turtle, codelists_turtle)]
    graphs += [_jsonld(name, nodes) for name, nodes in product_plan_documents(iris)]
    return tuple(line for quads in graphs for line in _lines(quads))


def _lines(quads: Iterable[pyoxigraph.Quad]) -> list[bytes]:
    text = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return text.splitlines(keepends=True)


def _jsonld(name: str, nodes: list[dict[str, object]]) -> Iterator[pyoxigraph.Quad]:
    return pyoxigraph.parse(jsonld(name, nodes), pyoxigraph.RdfFormat.JSON_LD)


def _turtle(text: str, graph: str) -> Iterator[pyoxigraph.Quad]:
    name = pyoxigraph.NamedNode(graph)
    for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE):
        yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, name)


def _triple_of(line: bytes) -> bytes:
    """Return an N-Quads line without its graph, which is the last IRI of the line."""
    return line[: line.rindex(b" <")] + b" .\n"


def _budget_years(city: Masterdata, years: list[CheckedYear]) -> set[int]:
    plans = city.plans.editions
    return {
        *(year.year for year in years),
        *(year for plan in plans for guideline in plan.guidelines for year in guideline.years),
        *(rule.year for plan in plans for rule in plan.rules),
        *(decision.year for plan in plans for decision in plan.decisions if decision.year),
    }


@contextmanager
def _gzip(path: Path) -> Iterator[IO[bytes]]:
    """Open a gzip file without name and time: the bytes are the same for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        io.BufferedWriter(packed, buffer_size=1 << 20) as file,
    ):
        yield file
