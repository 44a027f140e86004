"""Judging a submitted file: its graph, the facts around it, the shapes, the cells to mend."""

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from ontology.codelists import code_list
from ontology.namespaces import SZ
from pipeline.findings.collecting import Collector
from pipeline.findings.models import Finding
from pipeline.mapping.decisions import decision_document
from pipeline.mapping.documents import Document, Node, RecordNodes
from pipeline.mapping.progress import progress_document
from pipeline.mapping.submissions import submission_document
from pipeline.masterdata import Masterdata
from pipeline.records.models import DecisionList, ProgressList, Submission
from pipeline.validation.context import (
    concept_facts,
    organisation_facts,
    plan_facts,
    product_facts,
    year_facts,
)
from pipeline.validation.known import KnownGoals, known_goal_nodes
from pipeline.validation.memory import Memory, Result, key_of
from pipeline.validation.patterns import Pattern, pattern_of
from pipeline.validation.shacl import judge_nodes, judge_patterns, seen
from pipeline.validation.tracing import Tracer

AT_A_TIME: Final = 250
"""Patterns judged in one run of pyshacl."""
PARTS: Final = {"submissions": "goal", "decisions": "decision", "progress": "progress"}

AnyList = Submission | DecisionList | ProgressList


def judge(
    city: Masterdata,
    records: AnyList,
    *,
    known: KnownGoals,
    read_findings: tuple[Finding, ...],
    memory: Memory,
) -> list[Finding]:
    """Return what the shapes find wrong with a submitted file, each with its cell.

    `read_findings` are those of reading the file; what follows from them is not found again.
    """
    judging = _Judging(city, records, known, memory)
    tracer = Tracer(records, [f for f in read_findings if f.blocks])
    found = Collector(records.path)
    for group, results in judging.outcomes():
        found.add(tracer.findings(group, results))
    return sorted(found.findings, key=lambda f: (f.row or 0, f.column or "", f.code))


def document_of(city: Masterdata, records: AnyList) -> Document:
    """Return the graph of a submitted file."""
    match records:
        case Submission():
            return submission_document(city, records)
        case DecisionList():
            return decision_document(city, records)
        case ProgressList():
            return progress_document(city, records)


def judge_year(city: Masterdata, year: int, known: KnownGoals, memory: Memory) -> tuple[Result, ...]:
    """Return what the rules that decisions set for a budget year find wrong with it."""
    rules = city.plans.rules(year)
    if not rules:
        return ()
    nodes: list[Node] = [
        {
            "id": city.iris.rule(rule.key),
            "type": "sz:Rule",
            "budget_year": city.iris.budget_year(year),
            "minimum_goals": str(rule.minimum_goals),
        }
        for rule in rules
    ]
    goals = [goal for goal, facts in known.items() if facts.year == year]
    return judge_nodes([*nodes, *known_goal_nodes(city.iris, known, goals)], ("year",), memory)


@dataclass(frozen=True)
class _Group:
    """The records about one thing, by their position in the file, and the key of their pattern."""

    positions: tuple[int, ...]
    key: str


class _Judging:
    """Judges the records of one file, pattern by pattern."""

    def __init__(self, city: Masterdata, records: AnyList, known: KnownGoals, memory: Memory) -> None:
        self.city = city
        self.records = records
        self.known = known
        self.memory = memory
        self.parts = (PARTS[records.kind],)
        self.facts = _facts(city, records, known)
        self.facts_text = json.dumps(self.facts, ensure_ascii=False)
        self.departments = frozenset(city.iris.department(u.key) for u in city.organisation.departments)
        self.mapped = document_of(city, records).records

    def outcomes(self) -> Iterator[tuple[list[RecordNodes], list[Result]]]:
        """Yield records with what is wrong with them; nothing where nothing is.

        Several rows about the same thing (a number given twice) are judged one by one, so that what is wrong
        in one is not laid to the others; and together, for what is wrong with all of them only together.
        """
        together = [self._group(positions) for positions in self._together()]
        singles = {
            position: self._group((position,))
            for group in together
            if len(group.positions) > 1
            for position in group.positions
        }
        self._judge_unknown([*together, *singles.values()])
        for group in together:
            alone = [singles[p] for p in group.positions] if len(group.positions) > 1 else []
            for single in alone:
                yield from self._outcome(single, frozenset())
            known = {result.code for single in alone for result in self._results(single)}
            yield from self._outcome(group, known)

    def _outcome(self, group: _Group, known: Set[str]) -> Iterator[tuple[list[RecordNodes], list[Result]]]:
        """Yield the records of a group with its results, but for those of the codes in `known`."""
        results = [result for result in self._results(group) if result.code not in known]
        if results:
            names = self._pattern(group.positions).names
            yield self._nodes(group.positions), [result.named(names) for result in results]

    def _results(self, group: _Group) -> tuple[Result, ...]:
        return self.memory.recall(group.key) or ()

    def _together(self) -> Iterable[tuple[int, ...]]:
        """Return the positions of the records that are about the same thing."""
        by_focus: dict[str, tuple[int, ...]] = {}
        for position, record in enumerate(self.mapped):
            by_focus[record.focus] = (*by_focus.get(record.focus, ()), position)
        return by_focus.values()

    def _nodes(self, positions: tuple[int, ...]) -> list[RecordNodes]:
        return [self.mapped[position] for position in positions]

    def _group(self, positions: tuple[int, ...]) -> _Group:
        pattern = self._pattern(positions)
        return _Group(positions, key_of(self.facts_text + pattern.text, self.parts))

    def _pattern(self, positions: tuple[int, ...]) -> Pattern:
        """Return the pattern of a group, with what is known of the goals and departments it names."""
        nodes = [node for record in self._nodes(positions) for node in record.nodes]
        goals = _goals_named(self.city, nodes)
        known = known_goal_nodes(self.city.iris, self.known, goals)
        departments = list(dict.fromkeys(n["department"] for n in (*nodes, *known) if "department" in n))
        listed: list[Node] = [{"id": iri, "label": "x"} for iri in departments if iri in self.departments]
        named = [*map(self.city.iris.goal, goals), *departments]
        codes = {getattr(self.records.records[p], "product_group", None) for p in positions}
        facts = product_facts(self.city.iris, filter(None, codes), self.records.year)
        return pattern_of([*nodes, *known, *listed], named, facts, seen(self.parts))

    def _judge_unknown(self, groups: list[_Group]) -> None:
        unknown = {group.key: group for group in groups if self.memory.recall(group.key) is None}
        waiting = list(unknown.values())
        for start in range(0, len(waiting), AT_A_TIME):
            portion = waiting[start : start + AT_A_TIME]
            texts = [self._pattern(group.positions).text for group in portion]
            for group, outcome in zip(portion, judge_patterns(texts, self.facts, self.parts), strict=True):
                self.memory.remember(group.key, outcome)


def _facts(city: Masterdata, records: AnyList, known: KnownGoals) -> list[Node]:
    facts = organisation_facts(city)
    match records:
        case Submission():
            facts += plan_facts(city, records.year)
            facts += year_facts(city.iris, sorted({goal.year for goal in known.values()}))
        case DecisionList():
            facts += _concepts("Outcomes")
            facts += year_facts(city.iris, (records.year - 1, records.year))
        case ProgressList():
            facts += _concepts("AttainmentStates")
            facts += year_facts(city.iris, (records.year,))
    return facts


def _goals_named(city: Masterdata, nodes: list[Node]) -> list[str]:
    """Return the ids of the goals that nodes refer to, each once, in their order."""
    start = city.iris.goal("")
    named = (node.get(key) for node in nodes for key in ("goal", "carried_over_from"))
    return list(dict.fromkeys(iri.removeprefix(start) for iri in named if isinstance(iri, str)))


def _concepts(scheme: str) -> list[Node]:
    return concept_facts((c.iri for c in code_list(scheme).concepts), SZ + scheme)
