"""Triples as JSON-LD, shaped with the one context that also maps records to triples.

A small compaction (JSON-LD 1.1 API, section 6) for graphs without blank nodes and lists: flat nodes
in ``@graph``, terms of the context where their type or language fits, else prefixed names.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from ontology.namespaces import RDF, XSD
from ontology.vocabulary import context

_TYPE: Final = f"{RDF}type"
_STRING: Final = f"{XSD}string"
_LINK: Final = "@id"

Coercion = str | None
"""What a term says of its values: ``@id``, a datatype, ``@`` and a language, or nothing."""


def compact(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """Return a JSON-LD document with the context inlined; nodes keep the order of the triples."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        subject = _id(triple.subject)
        node = nodes.setdefault(subject, {"id": subject})
        key, value = _entry(triple.predicate.value, triple.object)
        node.setdefault(key, []).append(value)
    return {"@context": context(), "@graph": [_without_short_lists(node) for node in nodes.values()]}


def _without_short_lists(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return a node with lists of one value replaced by the value."""
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()
    }


def _entry(predicate: str, value: object) -> tuple[str, Any]:
    """Return key and value for one triple of a node."""
    if predicate == _TYPE and isinstance(value, ox.NamedNode):
        return "type", _short(value.value)
    if not isinstance(value, ox.Literal):
        term = _terms().get((predicate, _LINK))
        return (term, _compact_id(value)) if term else (_short(predicate), {"id": _id(value)})
    term = _terms().get((predicate, _coercion(value)))
    if term:
        return term, value.value
    return _short(predicate), _value_object(value)


def _coercion(literal: ox.Literal) -> Coercion:
    if literal.language:
        return f"@{literal.language}"
    return None if literal.datatype.value == _STRING else literal.datatype.value


def _value_object(literal: ox.Literal) -> Any:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype.value == _STRING:
        return literal.value
    return {"@value": literal.value, "@type": _short(literal.datatype.value)}


def _id(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _compact_id(node: object) -> str:
    return _short(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _short(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI where no prefix fits."""
    for prefix, namespace in _prefixes().items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not local.startswith("//"):
            return f"{prefix}:{local}"
    return iri


@cache
def _prefixes() -> dict[str, str]:
    """Return the prefixes of the context: terms that stand for a namespace."""
    return {
        term: value
        for term, value in context().items()
        if isinstance(value, str) and value.startswith("http") and value.endswith(("#", "/"))
    }


@cache
def _terms() -> dict[tuple[str, Coercion], str]:
    """Return the terms of the context by property and by what they say of their values."""
    found: dict[tuple[str, Coercion], str] = {}
    for term, value in context().items():
        definition = {"@id": value} if isinstance(value, str) else value
        if term in _prefixes() or not isinstance(definition, dict) or term.startswith("@"):
            continue
        iri = _expand(definition["@id"])
        if not iri.startswith("@"):
            found.setdefault((iri, _coercion_of(definition)), term)
    return found


def _coercion_of(definition: Mapping[str, str]) -> Coercion:
    if "@language" in definition:
        return f"@{definition['@language']}"
    kind = definition.get("@type")
    return kind if kind is None or kind.startswith("@") else _expand(kind)


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _prefixes()[prefix] + local if prefix in _prefixes() else name
