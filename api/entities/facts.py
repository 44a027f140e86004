"""Reads a description for a page: values, links and labels in the language of the reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from api.entities.description import Description
from api.texts import Language, is_known_class, term_label
from ontology.namespaces import RDF, expand, shorten

_LABELS: Final = ("skos:prefLabel", "dct:title", "rdfs:label", "schema:name")
_SAID: Final = ("sz:outcome", "sz:attainment")
_PRODUCT_GROUP: Final = "/id/product-group/"
_HIDDEN: Final = {expand("foaf:primaryTopic")}
_COUNTED: Final = expand("sz:counted")


@dataclass(frozen=True)
class Value:
    """What a page shows of a term: a text, with an address if it is a link."""

    text: str
    iri: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Statement:
    """A property with its values; `total` is larger than their number where the list is cut."""

    property: str
    values: tuple[Value, ...]
    total: int


class Facts:
    """What a description says, by prefixed names of properties."""

    def __init__(self, description: Description, language: Language) -> None:
        self.thing = description.thing
        self._language = language
        self._cuts = {cut.property: cut.total for cut in description.cuts}
        self._document = description.document
        self._triples = description.triples
        self._by_subject: dict[str, dict[str, list[object]]] = {}
        for triple in description.triples:
            predicates = self._by_subject.setdefault(_text(triple.subject), {})
            predicates.setdefault(triple.predicate.value, []).append(triple.object)

    def label(self, iri: str) -> str:
        """Return what a thing is called, in the reader's language if possible.

        The code of a product group goes before its name: the budget knows it by the code.
        """
        code = iri.rpartition("/")[2] + " " if _PRODUCT_GROUP in iri else ""
        name = self.name(iri)
        return code + name if name else iri.rpartition("/id/")[2] or shorten(iri)

    def name(self, iri: str) -> str:
        """Return the name of a thing; empty if it has none.

        Decisions and progress reports are named by what they say, and of which goal.
        """
        if own := next(filter(None, (self.text(iri, curie) for curie in _LABELS)), ""):
            return own
        said = next(filter(None, (self.iri(iri, curie) for curie in _SAID)), "")
        goal = self.iri(iri, "schema:about")
        return f"{self.label(said)}: {self.label(goal)}" if said and goal else ""

    def text(self, subject: str, curie: str) -> str:
        """Return one value of a property as text; empty if there is none."""
        values = self._objects(subject, curie)
        return next((self.value(term).text for term in self._in_language(values)), "")

    def all(self, subject: str, curie: str) -> list[Value]:
        """Return the values of a property."""
        return [self.value(term) for term in self._in_language(self._objects(subject, curie))]

    def iri(self, subject: str, curie: str) -> str:
        """Return the IRI that a property leads to; empty if there is none."""
        links = (term.value for term in self._objects(subject, curie) if isinstance(term, ox.NamedNode))
        return next(links, "")

    def subjects(self, curie: str, target: str, kind: str | None = None) -> list[str]:
        """Return the things whose property leads to `target`, of a class if `kind` says so."""
        return [
            subject
            for subject in self._by_subject
            if any(isinstance(o, ox.NamedNode) and o.value == target for o in self._objects(subject, curie))
            and (kind is None or self.is_a(subject, kind))
        ]

    def of_class(self, kind: str) -> list[str]:
        """Return all things of a class."""
        return [subject for subject in self._by_subject if self.is_a(subject, kind)]

    def is_a(self, subject: str, kind: str) -> bool:
        """Tell whether a thing is of a class."""
        return expand(kind) in self._types(subject)

    def kinds(self, subject: str | None = None) -> list[str]:
        """Return the classes of the thing, or of a part, that say something to a reader."""
        known = [iri for iri in self._types(subject or self.thing) if is_known_class(iri)]
        telling = [iri for iri in known if iri != expand("prov:Entity")]
        return [term_label(iri, self._language) for iri in telling or known]

    def statements(self, subject: str | None = None) -> list[Statement]:
        """Return everything said of a thing but its classes."""
        found = self._by_subject.get(subject or self.thing, {})
        return [
            Statement(predicate, tuple(self.value(term) for term in terms), len(terms))
            for predicate, terms in found.items()
            if predicate != f"{RDF}type"
        ]

    def links(self) -> list[Statement]:
        """Return what leads to the thing, by property; numbers of the statistics come last."""
        found: dict[str, list[Value]] = {}
        for triple in self._triples:
            leads_here = isinstance(triple.object, ox.NamedNode) and triple.object.value == self.thing
            if leads_here and triple.predicate.value not in _HIDDEN:
                found.setdefault(triple.predicate.value, []).append(self.value(triple.subject))
        return [
            Statement(predicate, tuple(values), self._cuts.get(predicate, len(values)))
            for predicate, values in sorted(found.items(), key=lambda link: link[0].startswith(_COUNTED))
        ]

    def parts(self) -> list[str]:
        """Return the IRIs of the parts that the thing's own page shows: rows of a file."""
        start = f"{self.thing}#"
        found = (subject for subject in self._by_subject if subject.startswith(start))
        return sorted(found, key=lambda iri: (int(self.text(iri, "schema:position") or 0), iri))

    def chain(self) -> list[str]:
        """Return the goals that this one goes back to and those that go back to it, by year."""
        goals = {self.thing}
        grown = True
        while grown:
            near = {
                *(value.iri for goal in goals for value in self.all(goal, "sz:carriedOverFrom") if value.iri),
                *(later for goal in goals for later in self.subjects("sz:carriedOverFrom", goal)),
            }
            grown = not near <= goals
            goals |= near
        return sorted(goals, key=lambda iri: (self.text(iri, "sz:year"), iri))

    def value(self, term: object) -> Value:
        """Return what a page shows of a term."""
        if isinstance(term, ox.NamedNode):
            return Value(self.label(term.value), term.value)
        if isinstance(term, ox.Literal):
            return Value(term.value, language=term.language)
        return Value(str(term))

    def _types(self, subject: str) -> list[str]:
        return [_text(term) for term in self._by_subject.get(subject, {}).get(f"{RDF}type", [])]

    def _objects(self, subject: str, curie: str) -> list[object]:
        return self._by_subject.get(subject, {}).get(expand(curie), [])

    def _in_language(self, terms: Iterable[object]) -> Iterator[object]:
        """Yield the terms of the reader's language; all of them if there is none."""
        found = list(terms)
        fitting = [t for t in found if isinstance(t, ox.Literal) and t.language == self._language]
        yield from fitting or found


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
