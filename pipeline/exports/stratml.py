"""A budget year as a plan or report in StratML Part 2 (ISO 17469-2), for tools that read performance plans.

Action fields are its goals, the goals of departments its objectives; `docs/stratml.md` has the whole mapping
and what the format cannot hold. The schema fixes the order of all elements, identifiers are names (xsd:ID)
that occur once in a file, and an indicator always has a dimension and a unit.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, NamedTuple
from xml.etree import ElementTree as ET

from ontology.codelists import label_of
from ontology.productplan import product_plan
from pipeline.catalogue.texts import TEXTS
from pipeline.masterdata import Masterdata
from pipeline.masterdata.plans import ActionField, Plan
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import DecisionList, Goal, Progress, ProgressList, Submission

FOLDER: Final = "stratml"
SUFFIX: Final = "stratml.xml"
NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"

NO_FIELD: Final = "Ohne Handlungsfeld"
NO_NAME: Final = "Kennzahl ohne Bezeichnung"
NO_UNIT: Final = "ohne Einheit"
LOSS: Final = (
    "StratML kann nicht alles halten, was veröffentlicht ist. Es fehlen: die Entscheidungen der Gremien mit "
    "Datum und Begründung, die Herkunft aus Datei und Zeile, frühere Fassungen. Nur als Text stehen hier: "
    "Produktgruppe, Stand der Auswahl, Handlungsempfehlung, weitere Handlungsfelder, die Übernahme aus einem "
    "früheren Jahr (als Beziehung nur an einer Kennzahl). Alles Übrige steht unter der Adresse in Source.\n"
    "StratML cannot hold all that is published. Missing are: the decisions of bodies with date and reason, "
    "the file and row that a goal came from, former versions. As text only: product group, selection state, "
    "recommendation, further action fields, what was carried over (a relationship only at an indicator). "
    "Everything is at the address in Source."
)

_FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, escaped or not (section 2.2)."""


class _Entry(NamedTuple):
    """A goal with what the file says of it beside its record."""

    id: str
    department: str
    goal: Goal
    state: str | None
    reports: tuple[Progress, ...]


def write_stratml(folder: Path, city: Masterdata, years: Sequence[CheckedYear]) -> None:
    """Write `stratml/goals-<year>.stratml.xml` below `folder` for each budget year that has goals."""
    reports = _reports(years)
    for year in years:
        entries = sorted(_entries(year, reports), key=lambda entry: entry.id)
        if entries:
            path = folder / FOLDER / f"goals-{year.year}.{SUFFIX}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_Document(city, year, entries).xml())


def xml_text(text: str) -> str:
    """Return a text as XML 1.0 can hold it: lines end in LF, control characters are pictures (U+2400…)."""
    return _FORBIDDEN.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


def _reports(years: Iterable[CheckedYear]) -> dict[str, list[Progress]]:
    """Return what any year's lists report on each goal, oldest first; what has no date comes before."""
    found: dict[str, list[Progress]] = defaultdict(list)
    for records in (records for year in years for records in year.released):
        if isinstance(records, ProgressList):
            for report in records.records:
                found[report.goal or ""].append(report)
    for reports in found.values():
        reports.sort(key=lambda report: report.as_of or datetime.date.min)
    return found


def _entries(year: CheckedYear, reports: Mapping[str, list[Progress]]) -> Iterator[_Entry]:
    """Yield the goals of a year, withdrawn ones included."""
    for records in year.released:
        if isinstance(records, Submission):
            for goal in records.records:
                if goal_id := records.goal_id(goal):
                    yield _entry(year, goal_id, records.department, goal, reports)
    for history in year.histories:
        for item in history.withdrawn:
            yield _entry(year, history.goal_id(item), history.department or "", item.goal, reports)


def _entry(
    year: CheckedYear, goal_id: str, department: str, goal: Goal, reports: Mapping[str, list[Progress]]
) -> _Entry:
    return _Entry(goal_id, department, goal, year.states.get(goal_id), tuple(reports.get(goal_id, ())))


class _Document:
    """One file. Dates are those that the data tells, never today's: the same data gives the same bytes."""

    def __init__(self, city: Masterdata, year: CheckedYear, entries: Sequence[_Entry]) -> None:
        self.city = city
        self.year = year
        self.entries = entries
        self.plan: Plan | None = city.plans.for_year(year.year)

    def xml(self) -> bytes:
        """Return the file."""
        root = self._root()
        self._core(_add(root, "StrategicPlanCore"))
        self._administrative(_add(root, "AdministrativeInformation"))
        self._submitter(_add(root, "Submitter"))
        ET.indent(root)
        data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return data + b"\n"

    def _root(self) -> ET.Element:
        """Return the root. A plan is a report as soon as a department has reported on one of its goals."""
        is_report = any(entry.reports for entry in self.entries)
        kind = "Performance_Report" if is_report else "Performance_Plan"
        title, description = TEXTS["goals"]
        notice = self.city.organisation.notice
        # the namespace as an attribute: ElementTree refuses a default one beside attributes without any
        root = ET.Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": kind})
        year = self.year.year
        _add(root, "Name", f"{title.de.format(year=year)}, {self.city.organisation.city.name}")
        _add(root, "Description", _lines(description.de.format(year=year), notice.de if notice else None))
        _add(root, "OtherInformation", _lines(notice.en if notice else None, LOSS))
        return root

    def _core(self, core: ET.Element) -> None:
        self._organisation(_add(core, "Organization"))
        guidelines = [
            guideline
            for plan in self.city.plans.editions
            for guideline in plan.guidelines
            if self.year.year in guideline.years
        ]
        if guidelines:
            vision = _add(core, "Vision")
            _add(vision, "Description", "\n".join(guideline.text for guideline in guidelines))
            _add(vision, "Identifier", f"guideline-{guidelines[0].key}")
        for number, (field, entries) in enumerate(self._by_field(), 1):
            self._goal(_add(core, "Goal"), number, field, entries)

    def _organisation(self, node: ET.Element) -> None:
        _add(node, "Name", self.city.organisation.city.name)
        _add(node, "Identifier", "city")
        for key in sorted({entry.department for entry in self.entries}):
            self._department(node, key)

    def _department(self, parent: ET.Element, key: str) -> None:
        unit = self.city.organisation.department(key)
        name, iri = unit.name if unit else key, self.city.iris.department(key)
        _stakeholder(parent, name, "Organization", "Performer", "Zuständiges Amt", iri)

    def _by_field(self) -> Iterator[tuple[ActionField | None, list[_Entry]]]:
        """Yield the action fields of the plan that have goals, with these; a goal stands in its first one."""
        found: dict[str | None, list[_Entry]] = defaultdict(list)
        for entry in self.entries:
            fields = self._fields(entry.goal)
            found[fields[0].key if fields else None].append(entry)
        for field in self.plan.action_fields if self.plan else ():
            if field.key in found:
                yield field, found[field.key]
        if None in found:
            yield None, found[None]

    def _fields(self, goal: Goal) -> list[ActionField]:
        named = (self.plan.action_field(text) if self.plan else None for text in goal.action_field)
        return [field for field in named if field]

    def _goal(
        self, node: ET.Element, number: int, field: ActionField | None, entries: Sequence[_Entry]
    ) -> None:
        _add(node, "Name", field.label if field else NO_FIELD)
        if field and self.plan:
            _add(node, "Description", f"Handlungsfeld „{field.label}“ ({self.plan.title})")
            _add(node, "Identifier", f"action-field-{field.key}")
        else:
            _add(node, "Description", "Ziele, die keinem Handlungsfeld eines Plans zugeordnet sind")
            _add(node, "Identifier", "no-action-field")
        _add(node, "SequenceIndicator", str(number))
        if field and self.plan:
            _add(node, "OtherInformation", self.city.iris.action_field(self.plan.key, field.key))
        for entry in entries:
            self._objective(_add(node, "Objective"), entry)

    def _objective(self, node: ET.Element, entry: _Entry) -> None:
        goal = entry.goal
        _add(node, "Name", goal.title)
        _add(node, "Description", goal.description)
        _add(node, "Identifier", _objective_id(entry.id))
        _add(node, "SequenceIndicator", str(goal.number))
        self._department(node, entry.department)
        for group in goal.target_group:
            _stakeholder(node, group, "Generic_Group", "Beneficiary", "Zielgruppe")
        _add(node, "OtherInformation", _lines(*self._other(entry)))
        if _has_indicator(entry):
            _indicator(node, self.year.year, entry)
        if any(report.attainment or report.percent is not None for report in entry.reports):
            _attainment(node, entry)

    def _other(self, entry: _Entry) -> Iterator[str | None]:
        """Yield what StratML has no element for."""
        goal = entry.goal
        yield self.city.iris.goal(entry.id)
        yield _labelled("Stand der Auswahl", label_of("SelectionStates", entry.state))
        yield _labelled("Produktgruppe", self._product(goal))
        yield _labelled("Keine Produktgruppe", goal.no_product_group_reason)
        yield _labelled("Weitere Handlungsfelder", "; ".join(f.label for f in self._fields(goal)[1:]))
        yield _labelled("Handlungsempfehlung", "; ".join(self._recommendations(goal)))
        yield _labelled("Übernommen aus", goal.carried_over_from)
        yield _labelled("Bemerkung", goal.note)

    def _product(self, goal: Goal) -> str | None:
        place = product_plan().place(goal.product_group, self.year.year) if goal.product_group else None
        if place is None:
            return goal.product_group
        listed = product_plan().get(place.product or place.group) or product_plan().get(place.group)
        return f"{goal.product_group} {listed.label}" if listed else goal.product_group

    def _recommendations(self, goal: Goal) -> Iterator[str]:
        for text in goal.recommendation:
            found = self.plan.recommendation(text) if self.plan else None
            yield found.title if found else text

    def _administrative(self, node: ET.Element) -> None:
        year = self.year.year
        _add(node, "Identifier", f"goals-{year}")
        _add(node, "StartDate", f"{year}-01-01")
        _add(node, "EndDate", f"{year}-12-31")
        if dates := [*self._dates()]:
            _add(node, "PublicationDate", max(dates).isoformat())
        _add(node, "Source", self.city.iris.dataset(f"goals/{year}"))

    def _dates(self) -> Iterator[datetime.date]:
        """Yield the days of what the file tells: no version of it can be older than the latest of them."""
        for entry in self.entries:
            yield from (report.as_of for report in entry.reports if report.as_of)
        for records in self.year.released:
            if isinstance(records, DecisionList):
                yield from (decision.date for decision in records.records if decision.date)

    def _submitter(self, node: ET.Element) -> None:
        """Add the contact. The format knows persons only; the name of an office stands as its surname."""
        contact = self.city.facts.contact
        _add(node, "Surname", contact.name)
        _add(node, "PhoneNumber", contact.phone)
        _add(node, "EmailAddress", contact.email)


def _indicator(parent: ET.Element, year: int, entry: _Entry) -> None:
    """Add the indicator of a goal: target first, then what was measured, baseline included."""
    goal = entry.goal
    actual = [report for report in entry.reports if report.actual is not None]
    numbers = (goal.baseline, goal.target, *(report.actual for report in actual))
    is_counted = any(number is not None for number in numbers)
    node = _add(parent, "PerformanceIndicator")
    node.set("PerformanceIndicatorType", "Quantitative" if is_counted else "Qualitative")
    _add(node, "MeasurementDimension", goal.indicator or NO_NAME)
    _add(node, "UnitOfMeasurement", goal.unit or NO_UNIT)
    _add(node, "Identifier", f"indicator-{entry.id}")
    if goal.carried_over_from:
        relationship = _add(node, "Relationship")
        relationship.set("RelationshipType", "Peer_To")
        _add(relationship, "ReferentIdentifier", _objective_id(goal.carried_over_from))
        _add(relationship, "Name", "Übernommen aus")
        _add(relationship, "Description", f"Das Ziel ist übernommen aus {goal.carried_over_from}.")
    _planned(node, year, goal)
    for report in actual:
        instance = _add(node, "MeasurementInstance")
        words = _lines("Istwert", report.note)
        _result(instance, "ActualResult", (None, _day(report)), report.actual, words)


def _planned(indicator: ET.Element, year: int, goal: Goal) -> None:
    """Add what the goal itself says: the value to be reached, and the one it starts from."""
    if goal.target is None and goal.baseline is None:
        return
    instance = _add(indicator, "MeasurementInstance")
    if goal.target is not None:
        days = (f"{year}-01-01", f"{goal.target_year or year:04d}-12-31")
        _result(instance, "TargetResult", days, goal.target, "Zielwert")
    if goal.baseline is not None:
        _result(instance, "ActualResult", (None, f"{year}-01-01"), goal.baseline, "Ausgangswert")


def _attainment(parent: ET.Element, entry: _Entry) -> None:
    """Add the degree of attainment as an indicator of its own, judged instead of measured."""
    node = _add(parent, "PerformanceIndicator")
    node.set("PerformanceIndicatorType", "Qualitative")
    _add(node, "MeasurementDimension", "Zielerreichung")
    _add(node, "UnitOfMeasurement", "Grad der Zielerreichung, in Prozent wo angegeben")
    _add(node, "Identifier", f"attainment-{entry.id}")
    for report in entry.reports:
        instance = _add(node, "MeasurementInstance")
        words = label_of("AttainmentStates", report.attainment)
        _result(instance, "ActualResult", (None, _day(report)), report.percent, report.note, words)


def _result(
    parent: ET.Element,
    name: Literal["TargetResult", "ActualResult"],
    days: tuple[str | None, str | None],
    number: Decimal | None,
    description: str | None,
    descriptor: str | None = None,
) -> None:
    node = _add(parent, name)
    _add(node, "StartDate", days[0])
    _add(node, "EndDate", days[1])
    _add(node, "NumberOfUnits", f"{number:f}" if number is not None else None)
    if descriptor:
        described = _add(node, "Descriptor")
        _add(described, "DescriptorName", "Zielerreichung")
        _add(described, "DescriptorValue", descriptor)
    _add(node, "Description", description)


def _stakeholder(
    parent: ET.Element, name: str, kind: str, role: str, role_name: str, description: str | None = None
) -> None:
    node = _add(parent, "Stakeholder")
    node.set("StakeholderTypeType", kind)
    _add(node, "Name", name)
    _add(node, "Description", description)
    node = _add(node, "Role")
    _add(node, "Name", role_name)
    _add(node, "RoleType", role)


def _add(parent: ET.Element, name: str, text: str | None = "") -> ET.Element:
    """Add an element and return it; one whose text is None is not added, since all such are optional."""
    node = ET.Element(name)
    if text is not None:
        node.text = xml_text(text) or None
        parent.append(node)
    return node


def _objective_id(goal_id: str) -> str:
    """Return the identifier of a goal: an xsd:ID begins with a letter."""
    return f"goal-{goal_id}"


def _has_indicator(entry: _Entry) -> bool:
    goal = entry.goal
    said = (goal.indicator, goal.unit, goal.baseline, goal.target, *(r.actual for r in entry.reports))
    return any(value is not None for value in said)


def _day(report: Progress) -> str | None:
    return report.as_of.isoformat() if report.as_of else None


def _labelled(label: str, text: str | None) -> str | None:
    return f"{label}: {text}" if text else None


def _lines(*lines: str | None) -> str | None:
    return "\n".join(line for line in lines if line) or None
