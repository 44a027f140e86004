"""The code lists as choices: notation, label and IRI of each concept.

Read from the same Turtle that is published, so that a form, a rule and a query know the same words.
"""

from dataclasses import dataclass
from functools import cache

from rdflib import Graph, Namespace
from rdflib.namespace import SKOS
from rdflib.term import Literal

from ontology.iris import slug
from ontology.namespaces import SZ
from ontology.vocabulary import codelists_turtle

_SZ = Namespace(SZ)


@dataclass(frozen=True)
class Concept:
    """An entry of a code list."""

    iri: str
    notation: str
    label_de: str
    label_en: str
    broader: str | None = None
    """The IRI of the wider concept of the same list: goals carried over are among the selected."""


class CodeList:
    """The concepts of one scheme, found by notation or by any label in any spelling."""

    def __init__(self, concepts: list[Concept], spellings: dict[str, Concept]) -> None:
        self.concepts = concepts
        self._spellings = spellings
        self._by_notation = {concept.notation: concept for concept in concepts}

    def __getitem__(self, notation: str) -> Concept:
        """Return the concept with a notation; raises `KeyError`."""
        return self._by_notation[notation]

    def within(self, concept: Concept) -> list[Concept]:
        """Return a concept and those that are part of it."""
        return [found for found in self.concepts if concept.iri in (found.iri, found.broader)]

    def find(self, text: str) -> Concept | None:
        """Return the concept that `text` names (notation or label), or None."""
        return self._spellings.get(slug(text))


@cache
def code_list(scheme: str) -> CodeList:
    """Return a code list by the local name of its scheme, for example ``Outcomes``."""
    graph = _graph()
    concepts: list[Concept] = []
    spellings: dict[str, Concept] = {}
    for node in sorted(graph.subjects(SKOS.inScheme, _SZ[scheme]), key=str):
        labels = {
            str(label.language): str(label)
            for label in graph.objects(node, SKOS.prefLabel)
            if isinstance(label, Literal)
        }
        notation = str(graph.value(node, SKOS.notation))
        broader = graph.value(node, SKOS.broader)
        concept = Concept(
            str(node), notation, labels["de"], labels["en"], str(broader) if broader is not None else None
        )
        concepts.append(concept)
        others = (str(label) for label in graph.objects(node, SKOS.altLabel))
        for spelling in (notation, *labels.values(), *others):
            spellings[slug(spelling)] = concept
    return CodeList(concepts, spellings)


@cache
def _graph() -> Graph:
    return Graph().parse(data=codelists_turtle(), format="turtle")


def label_of(scheme: str, text: str | None) -> str | None:
    """Return the German label of what a text means in a code list; the text itself where it means nothing."""
    concept = code_list(scheme).find(text) if text else None
    return concept.label_de if concept else text
