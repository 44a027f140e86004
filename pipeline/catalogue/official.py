"""Official shapes as their makers publish them: which files of a folder are read, and what is mended in them.

Their makers try them with validators that allow more than the recommendation does (SHACL, W3C 2017-07-20), so
that hardly a set of files can be used as it is. What is mended here keeps its meaning, and is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from ontology.errors import ConfigurationError
from ontology.shapes.catalogue import vocabularies
from pipeline.catalogue.reading import read_file

ENDINGS: Final = (".ttl", ".nt", ".rdf", ".jsonld")
"""What is read, by ending; of files that differ in it alone, the first of these."""
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_CONSTRAINTS: Final = frozenset(ALL_CONSTRAINT_PARAMETERS) - {SH.property, SH.closed}


@dataclass(frozen=True)
class Source:
    """A file that was read: how many shapes of its own can be broken, how many of other files it changes.

    A file without a word of SHACL is a list, and belongs to what is judged.
    """

    file: str
    is_list: bool
    shapes: int
    changes: int


@dataclass(frozen=True)
class Note:
    """Something of official files that is not used as it stands there: what, and what it concerns."""

    message_de: str
    message_en: str
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class Official:
    """Official shapes, the vocabularies that lay beside them, and what was read and what was not."""

    shapes: Graph
    vocabularies: Graph
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def read_official(folder: Path) -> Official:
    """Return what lies in a folder, and below it: files with shapes as one graph, others as vocabularies.

    Nothing that a file imports is fetched. Raises `ConfigurationError` if there are no shapes, and
    `UnreadableCatalogueError` naming the file that cannot be read.
    """
    files, left = _files(folder)
    shapes, lists = Graph(), Graph()
    sources = []
    for file in files:
        graph = read_file(file)
        sources.append(_source(file.relative_to(folder).as_posix(), graph))
        target = lists if sources[-1].is_list else shapes
        target += graph
    if not any(source.shapes for source in sources):
        raise ConfigurationError(
            f"{folder}: Hier sind keine Shapes / there are no shapes here ({', '.join(ENDINGS)})."
        )
    notes = [
        _note("nicht gelesen", "not read", left),
        _note("nicht geholt (owl:imports)", "not fetched (owl:imports)", _missing(shapes, lists)),
        _note("geändert, aber nirgends beschrieben", "changed, but described nowhere", _changed(shapes)),
        *_mended(shapes),
    ]
    return Official(shapes, lists, tuple(sources), tuple(note for note in notes if note.concerns))


def _note(message_de: str, message_en: str, concerns: Iterable[object]) -> Note:
    return Note(message_de, message_en, tuple(sorted(map(str, concerns))))


def _files(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the files to read, and the names of the others; hidden folders count as not there."""
    inside = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    seen = [path for path in inside if not any(part.startswith(".") for part in path.parts)]
    chosen: dict[Path, Path] = {}
    for path in sorted((p for p in seen if p.suffix in ENDINGS), key=lambda p: ENDINGS.index(p.suffix)):
        chosen.setdefault(path.with_suffix(""), path)
    read = set(chosen.values())
    return [folder / path for path in sorted(read)], [p.as_posix() for p in seen if p not in read]


def _source(name: str, graph: Graph) -> Source:
    is_list = not any(str(predicate).startswith(str(SH)) for predicate in graph.predicates(unique=True))
    own = {shape for shape in graph.subjects(unique=True) if _is_described(graph, shape)}
    return Source(name, is_list, len(own), len(_changed(graph)))


def _is_described(graph: Graph, shape: Node) -> bool:
    """Tell whether something is a shape that can be broken, or a part of one."""
    return any(predicate in _CONSTRAINTS for predicate in graph.predicates(shape))


def _changed(graph: Graph) -> set[Node]:
    """Return shapes of which only messages, severity or the like are told, those of another file."""
    told = {
        subject
        for predicate in (SH.deactivated, SH.severity, SH.message)
        for subject in graph.subjects(predicate)
        if isinstance(subject, URIRef)
    }
    more = (*_CONSTRAINTS, *_TARGETS, SH.path, SH.property)
    return {shape for shape in told if not any((shape, predicate, None) in graph for predicate in more)}


def _missing(shapes: Graph, lists: Graph) -> set[Node]:
    """Return what files import and nobody has here: no list is it, and none tells anything of it."""
    known = lists + vocabularies()
    return {
        name
        for name in {*shapes.objects(None, OWL.imports), *lists.objects(None, OWL.imports)}
        if (name, None, None) not in known and (None, SKOS.inScheme, name) not in known
    }


def _mended(shapes: Graph) -> list[Note]:
    """Change shapes so that a strict validator takes them, and tell what was changed."""
    return [
        _note("leer oder nirgends beschrieben", "empty or described nowhere", _drop_empty(shapes)),
        _note("sh:property ohne sh:path, angepasst", "without sh:path, adapted", _release_pathless(shapes)),
        _note("sh:node mit sh:path, angepasst", "sh:node with sh:path, adapted", _wrap_nodes(shapes)),
        _note("rdfs:Resource ist alles", "everything is a rdfs:Resource", _drop_resource(shapes)),
    ]


def _drop_empty(shapes: Graph) -> Iterator[str]:
    """Take out references to shapes that are described nowhere, which could never be broken."""
    for predicate in (SH.property, SH.node):
        for shape, part in list(shapes.subject_objects(predicate)):
            if not _is_described(shapes, part) and not any(
                (part, other, None) in shapes for other in (SH.path, SH.property)
            ):
                shapes.remove((shape, predicate, part))
                yield _named(shape, part)


def _release_pathless(shapes: Graph) -> Iterator[str]:
    """Make node shapes of parts without a path, with the targets of the whole, so that their texts stay."""
    for shape, part in list(shapes.subject_objects(SH.property)):
        if (part, SH.path, None) in shapes:
            continue
        shapes.remove((shape, SH.property, part))
        shapes.remove((part, RDF.type, SH.PropertyShape))
        shapes.add((part, RDF.type, SH.NodeShape))
        targets = [(p, value) for p in (*_TARGETS, SH.deactivated) for value in shapes.objects(shape, p)]
        for predicate, value in targets:
            shapes.add((part, predicate, value))
        if (shape, SH.path, None) in shapes or not targets:
            shapes.add((shape, SH.node, part))
        yield _named(shape, part)


def _wrap_nodes(shapes: Graph) -> Iterator[str]:
    """Put shapes with a path below a node shape where a node shape is asked for."""
    for shape, part in list(shapes.subject_objects(SH.node)):
        if (part, SH.path, None) not in shapes:
            continue
        wrapper = BNode()
        shapes.remove((shape, SH.node, part))
        shapes.add((shape, SH.node, wrapper))
        shapes.add((wrapper, RDF.type, SH.NodeShape))
        shapes.add((wrapper, SH.property, part))
        yield _named(shape, part)


def _drop_resource(shapes: Graph) -> Iterator[str]:
    """Take out what asks for a type that all things have (RDF Schema 1.1, 2.1), and which nobody writes."""
    for shape in list(shapes.subjects(SH["class"], RDFS.Resource)):
        shapes.remove((shape, SH["class"], RDFS.Resource))
        yield str(shape)


def _named(shape: Node, part: Node) -> str:
    """Return the name of a part, else that of the shape it belongs to, if one of them has a name."""
    return next((str(node) for node in (part, shape) if isinstance(node, URIRef)), "[ ]")
