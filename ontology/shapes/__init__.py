"""The rules as SHACL shapes, and what each rule tells people.

Here: the shapes as Turtle and as `Rule` objects. Who judges by them is `pipeline.validation`.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.term import Literal as RdfLiteral

from ontology.namespaces import SZ

SHAPES: Final = "https://w3id.org/stadtziele/shapes#"
PARTS: Final = ("common", "goal", "decision", "progress", "year")
_SZ = Namespace(SZ)

Severity = Literal["violation", "warning"]


def is_violation(severity: str) -> bool:
    """Tell whether something must not be published: a file is held back, a catalogue refused."""
    return severity == "violation"


@dataclass(frozen=True)
class Rule:
    """What a rule tells people: in German and English, what is wrong and how to mend it.

    `code` is stable and names the rule in reports, `field` the column of the form (an alias, see
    `pipeline.forms`) in which it is mended.
    """

    code: str
    severity: Severity
    message_de: str
    message_en: str
    remedy_de: str
    remedy_en: str
    field: str | None = None


def shapes_turtle(*parts: str) -> str:
    """Return the shapes as Turtle: all of them, or those of some `PARTS`."""
    folder = files(__name__)
    return "\n".join(folder.joinpath(f"{part}.ttl").read_text(encoding="utf-8") for part in parts or PARTS)


@cache
def shapes_version() -> str:
    """Return a fingerprint of the shapes, 12 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(shapes_turtle().encode()).hexdigest()[:12]


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its code, read from the shapes that carry a message."""
    graph = Graph().parse(data=shapes_turtle(), format="turtle")
    shapes = sorted(s for s in graph.subjects(SH.message, unique=True) if isinstance(s, URIRef))
    return {code_of(shape): _rule(graph, shape) for shape in shapes}


def code_of(shape: str) -> str:
    """Return the code of the rule that a shape IRI stands for."""
    return shape.removeprefix(SHAPES)


def _rule(graph: Graph, shape: URIRef) -> Rule:
    field = graph.value(shape, _SZ.field)
    warning = graph.value(shape, SH.severity) == SH.Warning
    return Rule(
        code=code_of(shape),
        severity="warning" if warning else "violation",
        message_de=_text(graph, shape, SH.message, "de"),
        message_en=_text(graph, shape, SH.message, "en"),
        remedy_de=_text(graph, shape, _SZ.remedy, "de"),
        remedy_en=_text(graph, shape, _SZ.remedy, "en"),
        field=str(field) if field is not None else None,
    )


def _text(graph: Graph, shape: URIRef, predicate: URIRef, language: str) -> str:
    return next(
        str(text)
        for text in graph.objects(shape, predicate)
        if isinstance(text, RdfLiteral) and text.language == language
    )
