"""Judging a catalogue: by our own rules (`ontology.shapes.catalogue`), and by official shapes at hand.

A harvester reads each page of a catalogue by itself, so that each is judged by itself; what has to be the
only one of its kind is looked for over all pages. No inference, and a shapes graph of its own for each run,
since pyshacl writes into it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, SH
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node

from ontology.errors import ConfigurationError
from ontology.namespaces import shorten
from ontology.shapes import is_violation
from ontology.shapes.catalogue import NAMESPACE, PAGE, WHOLE, catalogue_rules, shapes, vocabularies
from pipeline.catalogue.official import Official

Severity = Literal["violation", "warning", "info"]
_ORDER: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
_SEVERITIES: Final[dict[Node | None, Severity]] = {SH.Violation: "violation", SH.Warning: "warning"}
_CLASSES: Final = frozenset({DCAT.Catalog, DCAT.Dataset, DCTERMS.PeriodOfTime})
"""Focus of rules that are asked once for a whole class; their value says where it is."""


@dataclass(frozen=True)
class Result:
    """One thing that is wrong: which rule, where (an IRI), with which value, said in German and English.

    `rule` is the code of one of ours, or the name of an official shape. A severity of its own makers, as
    the dashboard of GovData has them, counts as info.
    """

    severity: Severity
    rule: str
    where: str
    value: str
    message_de: str
    message_en: str

    @property
    def is_violation(self) -> bool:
        """Tell whether a catalogue with this must not be published."""
        return is_violation(self.severity)


def check(pages: Sequence[Graph], official: Official | None = None) -> list[Result]:
    """Return what is wrong with a catalogue of some pages, violations first, each thing once."""
    known = vocabularies()
    found = {result for page in pages for result in _ours(page + known, PAGE)}
    whole = pages[0] if len(pages) == 1 else _union(pages)
    found.update(_ours(whole, WHOLE))
    if official:
        lists = known + official.vocabularies
        found.update(_theirs(whole + lists, official.shapes, whole.all_nodes()))
    return sorted(found, key=lambda r: (_ORDER.index(r.severity), r.rule, r.where, r.value))


def _union(pages: Iterable[Graph]) -> Graph:
    whole = Graph()
    for page in pages:
        whole += page
    return whole


def _ours(data: Graph, parts: Sequence[str]) -> Iterator[Result]:
    rules = catalogue_rules()
    for report, node in _validated(data, shapes(*parts)):
        code = str(report.value(node, SH.sourceShape)).removeprefix(NAMESPACE)
        rule = rules[code]
        focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
        if focus in _CLASSES and value is not None:
            focus, value = value, None
        yield Result(rule.severity, code, str(focus), _shown(value, focus), rule.message_de, rule.message_en)


def _theirs(data: Graph, theirs: Graph, ours: set[Node]) -> Iterator[Result]:
    """Yield what official shapes say of our nodes, and nothing of the other values of lists."""
    copy = Graph()
    copy += theirs
    try:
        found = list(_validated(data, copy))
    except ReportableRuntimeError as error:
        raise ConfigurationError(
            f"Mit diesen Shapes geht es nicht / these shapes cannot be used: {error}"
        ) from error
    for report, node in found:
        focus, severity = report.value(node, SH.focusNode), report.value(node, SH.resultSeverity)
        if focus not in ours:
            continue
        texts = _messages(report, node)
        yield Result(
            _SEVERITIES.get(severity, "info"),
            _name(report, node),
            str(focus),
            _shown(report.value(node, SH.value), focus),
            texts.get("de") or next(iter(texts.values()), ""),
            texts.get("en") or next(iter(texts.values()), ""),
        )


def _validated(data: Graph, theirs: Graph) -> Iterator[tuple[Graph, Node]]:
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=theirs,
        inference="none",
        advanced=False,
        allow_warnings=True,
        allow_infos=True,
        meta_shacl=False,
        do_owl_imports=False,
    )
    for outer in report.objects(None, SH.result):
        yield report, outer


def _messages(report: Graph, node: Node) -> dict[str, str]:
    """Return what a result says, by language; a text without one counts as German and English."""
    said = report.objects(node, SH.resultMessage)
    texts = sorted(text for text in said if isinstance(text, RdfLiteral))
    return {text.language or language: str(text) for text in texts for language in ("de", "en")}


def _name(report: Graph, node: Node) -> str:
    """Return the name of the shape that was broken, else the property and the kind of constraint."""
    shape = report.value(node, SH.sourceShape)
    path = report.value(node, SH.resultPath)
    kind = str(report.value(node, SH.sourceConstraintComponent)).rpartition("#")[2]
    said = [shorten(path)] if isinstance(path, URIRef) else []
    if isinstance(shape, URIRef):
        said.insert(0, shape.rpartition("/")[2].rpartition("#")[2] or shape)
    return " ".join([*said, kind.removesuffix("ConstraintComponent")])


def _shown(value: Node | None, focus: Node | None) -> str:
    return "" if value is None or value == focus else str(value)
