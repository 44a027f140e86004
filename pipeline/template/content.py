"""What goes into a form: for whom it is, the choices of its columns, and what is filled in already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from ontology.codelists import code_list
from ontology.errors import TemplateError
from ontology.iris import slug
from ontology.productplan import CURRENT_EDITION, product_plan
from pipeline.forms import FORM_VERSION, FormIdentity, Kind
from pipeline.intake.files import last_year
from pipeline.masterdata import Masterdata
from pipeline.masterdata.organisation import Unit
from pipeline.masterdata.plans import Rule
from pipeline.quarantine.states import WITHDRAWN
from pipeline.rawfolder import RawGoal, read_known_goals
from pipeline.validation.known import SELECTED

TITLES: Final[dict[Kind, str]] = {
    "submissions": "Anmeldung von Zielen",
    "decisions": "Entscheidungen über Ziele",
    "progress": "Sachstand der Ziele",
}
UNITS: Final = (
    "Prozent",
    "Personen",
    "Beschäftigte",
    "Kinder",
    "Familien",
    "Haushalte",
    "Veranstaltungen",
    "Kurse",
    "Beratungen",
    "Stunden",
    "Plätze",
    "Einrichtungen",
    "Projekte",
    "Stück",
    "Euro",
)


@dataclass(frozen=True)
class Choices:
    """What a column offers. Where it is `closed`, nothing else can be entered."""

    values: tuple[str, ...]
    closed: bool = False


@dataclass(frozen=True)
class FormContent:
    """A form before it is written.

    `basis` tells what goals of the year rest on and who said so; `rows` are filled in already: goal id, then
    the information columns.
    """

    identity: FormIdentity
    title: str
    choices: dict[str, Choices]
    basis: tuple[str, ...] = ()
    rows: list[tuple[str | None, ...]] = field(default_factory=list)


def form_content(
    city: Masterdata, raw: Path, *, kind: Kind, year: int, department: str | None
) -> FormContent:
    """Return what goes into a form. `department` is its key, None for decisions.

    Raises `TemplateError` for an unknown department, and for a year that no form can be made for.
    """
    _check_year(city, kind, year)
    unit = None if kind == "decisions" else _department(city, department)
    key = unit.key if unit else None
    of = f"{unit.name} · Haushaltsjahr {year}" if unit else f"Haushaltsjahr {year}"
    content = FormContent(
        FormIdentity(form_version=FORM_VERSION, kind=kind, year=year, department=key),
        f"{TITLES[kind]} · {of}",
        _CHOICES[kind](city, raw, year),
        _basis(city, year),
    )
    if kind == "submissions":
        return content
    goals = _goals(raw, year, key)
    if not goals:
        raise TemplateError(
            f"Für {of} ist kein Ziel angemeldet / no goal was handed in. "
            "Ein Formular dafür gibt es, sobald Ziele im Ordner submissions liegen / there will be one then."
        )
    content.rows.extend(_row(city, kind, goal) for goal in goals)
    return content


def _check_year(city: Masterdata, kind: Kind, year: int) -> None:
    if year > last_year():
        raise TemplateError(
            f"{year} liegt zu weit voraus; Formulare gibt es bis {last_year()} / too far ahead."
        )
    if kind == "submissions" and city.plans.for_year(year) is None:
        raise TemplateError(f"Für {year} gilt kein Plan / no plan covers {year} (plans/*.yaml).")


def _department(city: Masterdata, text: str | None) -> Unit:
    keys = [unit.key for unit in city.organisation.departments]
    there_are = f"Es gibt / there are: {', '.join(keys)}."
    if not text:
        raise TemplateError(f"Das Amt fehlt / the department is missing: --department. {there_are}")
    unit = city.organisation.department(text)
    if unit is None:
        near = get_close_matches(slug(text), keys, n=3)
        meant = f" Gemeint / meant: {', '.join(near)}?" if near else ""
        raise TemplateError(f"Das Amt {text!r} gibt es nicht / no such department.{meant} {there_are}")
    return unit


def _basis(city: Masterdata, year: int) -> tuple[str, ...]:
    """Return the plan, the guidelines (Vorgaben) and the rules of a budget year, with who set them."""
    plan = city.plans.for_year(year)
    guidelines = (g for edition in city.plans.editions for g in edition.guidelines if year in g.years)
    return (
        *([f"Plan: {plan.title}{_by(city, plan.creators)}"] if plan else []),
        *(f"Vorgabe / guideline: {guideline.text}" for guideline in guidelines),
        *(f"Regel / rule: {rule.title}{_by(city, _deciders(city, rule))}" for rule in city.plans.rules(year)),
    )


def _deciders(city: Masterdata, rule: Rule) -> list[str]:
    """Return the keys of the bodies whose decisions set a rule, each once."""
    decisions = {d.key: d for edition in city.plans.editions for d in edition.decisions}
    return list(dict.fromkeys(body for key in rule.decided_by for body in decisions[key].bodies))


def _by(city: Masterdata, keys: Iterable[str]) -> str:
    units = {unit.key: unit.name for unit in (*city.organisation.departments, *city.organisation.bodies)}
    names = ", ".join(units[key] for key in keys)
    return f" ({names})" if names else ""


def _goals(raw: Path, year: int, department: str | None) -> list[RawGoal]:
    goals = read_known_goals(raw, [year]).values()
    wanted = (g for g in goals if department in (None, g.department) and g.state != WITHDRAWN)
    return sorted(wanted, key=lambda goal: goal.id)


def _row(city: Masterdata, kind: Kind, known: RawGoal) -> tuple[str | None, ...]:
    goal = known.goal
    if kind == "progress":
        target = f"{goal.target:f}".replace(".", ",") if goal.target is not None else None
        return known.id, goal.title, goal.indicator, goal.unit, target
    unit = city.organisation.department(known.department)
    return known.id, goal.title, unit.name if unit else known.department, goal.product_group


def _for_submissions(city: Masterdata, raw: Path, year: int) -> dict[str, Choices]:
    plan = city.plans.for_year(year)
    former = read_known_goals(raw, [year - 1]).values()
    left = (g for g in former if g.state not in {*SELECTED, WITHDRAWN})
    return {
        "product_group": Choices(tuple(_product_groups(year))),
        "action_field": Choices(tuple(f.label for f in plan.action_fields) if plan else ()),
        "recommendation": Choices(tuple(r.title for r in plan.recommendations) if plan else ()),
        "unit": Choices(UNITS),
        "carried_over_from": Choices(tuple(f"{g.id} {g.goal.title or ''}".strip()[:200] for g in left)),
    }


def _for_decisions(city: Masterdata, _raw: Path, _year: int) -> dict[str, Choices]:
    return {
        "outcome": Choices(_labels("Outcomes"), closed=True),
        "body": Choices(tuple(unit.name for unit in city.organisation.bodies)),
    }


def _for_progress(_city: Masterdata, _raw: Path, _year: int) -> dict[str, Choices]:
    return {"attainment": Choices(_labels("AttainmentStates"), closed=True)}


_CHOICES: Final = {
    "submissions": _for_submissions,
    "decisions": _for_decisions,
    "progress": _for_progress,
}


def _product_groups(year: int) -> Iterable[str]:
    plan = product_plan()
    for code in plan.codes:
        is_valid = code.valid_from is None or code.valid_from <= year
        if code.edition == CURRENT_EDITION and code.level == "group" and is_valid:
            yield f"{code.code} {code.label}"


def _labels(scheme: str) -> tuple[str, ...]:
    return tuple(concept.label_de for concept in code_list(scheme).concepts)
