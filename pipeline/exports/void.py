"""The description of the whole dataset in VoID (W3C Interest Group Note of 2011): how much of what there is.

Counted from the sorted quads of a release, so that a client sees what to expect before it asks. The
description itself is not counted: it would have to know its own size.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ontology.contract import WHOLE
from ontology.iris import Iris
from ontology.namespaces import PREFIXES, expand, shorten
from pipeline.mapping.documents import Document, Node

_TYPE: Final = f"<{expand('rdf:type')}>".encode()
_GOAL: Final = f"<{expand('sz:Goal')}>".encode()
_FORMATS: Final = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
_DUMPS: Final = ("nt", "ttl", "jsonld", "trig")
VOCABULARIES: Final = ("sz", "skos", "dct", "prov", "org", "schema", "qb", "dcat", "foaf", "xkos")
"""Prefixes of what the data is written in, where it is."""


@dataclass
class Contents:
    """What was counted: triples by property, things by class, and all distinct subjects and objects."""

    properties: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)
    subjects: int = 0
    entities: int = 0
    objects: set[int] = field(default_factory=set)
    example: bytes | None = None

    @property
    def triples(self) -> int:
        """Return how many distinct triples there are."""
        return self.properties.total()


def count_contents(lines: Iterable[bytes], base: str) -> Contents:
    """Return what sorted N-Quads hold. An entity is a subject whose IRI begins with `base`."""
    contents = Contents()
    subject = triple = b""
    for line in lines:
        former, triple = triple, line[: line.rindex(b" <")]
        if triple == former:  # the same in two graphs
            continue
        former_subject, (subject, predicate, value) = subject, triple.split(b" ", 2)
        if subject != former_subject:
            contents.subjects += 1
            contents.entities += subject.startswith(f"<{base}".encode())
        contents.properties[predicate] += 1
        contents.objects.add(hash(value))
        if predicate == _TYPE:
            contents.classes[value] += 1
            if value == _GOAL:
                contents.example = contents.example or subject
    return contents


def void_document(iris: Iris, contents: Contents) -> Document:
    """Return the description as a graph that is named by the dataset."""
    return Document(iris.dataset(WHOLE), list(_nodes(iris, contents)))


def _nodes(iris: Iris, contents: Contents) -> Iterator[Node]:
    dataset = iris.dataset(WHOLE)
    classes = {_plain(name): count for name, count in sorted(contents.classes.items())}
    properties = {_plain(name): count for name, count in sorted(contents.properties.items())}
    yield {
        "id": f"{iris.base}.well-known/void",
        "type": "void:DatasetDescription",
        "primary_topic": dataset,
    }
    yield {
        "id": dataset,
        "type": "void:Dataset",
        "title": "Kommunale Ziele",
        "title_en": "Municipal goals",
        "description": "Alles, was veröffentlicht ist. Diese Beschreibung selbst ist nicht mitgezählt.",
        "description_en": "Everything that is published. This description itself is not counted.",
        "homepage": iris.base,
        "sparql_endpoint": f"{iris.base}sparql",
        "data_dump": [f"{iris.base}datasets/dump/stadtziele.{kind}.gz" for kind in _DUMPS],
        "rdfs:seeAlso": [{"id": f"{iris.base}{path}"} for path in ("ldes", "feed.atom")],
        "uri_space": iris.base,
        "example_resource": _plain(contents.example) if contents.example else None,
        "vocabulary": [PREFIXES[prefix] for prefix in VOCABULARIES if _is_used(prefix, classes, properties)],
        "feature": [f"http://www.w3.org/ns/formats/{name}" for name in _FORMATS],
        "triples": str(contents.triples),
        "entities": str(contents.entities),
        "distinct_subjects": str(contents.subjects),
        "distinct_objects": str(len(contents.objects)),
        "properties": str(len(properties)),
        "classes": str(len(classes)),
        "class_partition": [_part(iris, "class", name) for name in classes],
        "property_partition": [_part(iris, "property", name) for name in properties],
    }
    for name, count in classes.items():
        label = f"{shorten(name)}: {count}"
        yield {"id": _part(iris, "class", name), "rdfs:label": label, "class": name, "entities": str(count)}
    for name, count in properties.items():
        label = f"{shorten(name)}: {count}"
        yield {
            "id": _part(iris, "property", name),
            "rdfs:label": label,
            "property": name,
            "triples": str(count),
        }


def _plain(term: bytes) -> str:
    """Return the IRI of an N-Quads term."""
    return term.decode().strip("<>")


def _part(iris: Iris, kind: str, name: str) -> str:
    """Return the IRI of a part: with the prefixed name of its class or property, or the hash of its IRI."""
    short = shorten(name)
    is_short = short != name and "/" not in short
    last = short.replace(":", "-", 1) if is_short else hashlib.sha256(name.encode()).hexdigest()[:12]
    return iris.dataset(f"{WHOLE}/{kind}/{last}")


def _is_used(prefix: str, *named: Iterable[str]) -> bool:
    return any(name.startswith(PREFIXES[prefix]) for names in named for name in names)
