"""`plans/*.yaml`: the editions of the municipal plan, guidelines, rules and general decisions.

An edition has action fields (Handlungsfelder) and recommendations (Handlungsempfehlungen) of its own
and says for which budget years goals are tied to it.
"""

import datetime
from pathlib import Path
from typing import Final

from pydantic import Field, model_validator

from ontology.catalogue import WebAddress
from ontology.errors import ConfigurationError
from ontology.iris import slug
from pipeline.masterdata.organisation import KEY, Organisation
from pipeline.masterdata.yaml import Strict, read_yaml

FOLDER: Final = "plans"


class Part(Strict):
    """A part (Teil) of an edition of the plan."""

    key: str = Field(pattern=KEY)
    title: str
    title_en: str | None = None


class ActionField(Strict):
    """An action field (Handlungsfeld). `invented` marks sample data."""

    key: str = Field(pattern=KEY)
    label: str
    label_en: str | None = None
    also: tuple[str, ...] = ()
    invented: bool = False
    source: WebAddress | None = None


class Recommendation(Strict):
    """A recommendation (Handlungsempfehlung) of an edition of the plan."""

    key: str = Field(pattern=KEY)
    title: str
    action_field: str
    part: str | None = None
    invented: bool = False


class Guideline(Strict):
    """A guideline (Vorgabe): one sentence that holds for one or several budget years."""

    key: str = Field(pattern=KEY)
    text: str
    text_en: str | None = None
    years: tuple[int, ...] = Field(min_length=1)
    source: WebAddress | None = None


class GeneralDecision(Strict):
    """A decision or statement that is not about single goals.

    `bodies` are empty where the source names none. `about` are keys of plans, rules or guidelines;
    `action_fields` the focus it sets (Schwerpunkt).
    """

    key: str = Field(pattern=KEY)
    title: str
    title_en: str | None = None
    description: str | None = None
    bodies: tuple[str, ...] = ()
    date: datetime.date | None = None
    year: int | None = None
    about: tuple[str, ...] = ()
    action_fields: tuple[str, ...] = ()
    source: WebAddress | None = None


class Rule(Strict):
    """A countable rule that decisions set for a budget year, e.g. at least five goals."""

    key: str = Field(pattern=KEY)
    title: str
    title_en: str | None = None
    year: int
    minimum_goals: int = Field(ge=1)
    decided_by: tuple[str, ...] = Field(min_length=1)
    source: WebAddress | None = None


class Plan(Strict):
    """One file of the folder: an edition of the plan."""

    key: str = Field(pattern=KEY)
    title: str
    title_en: str | None = None
    description: str | None = None
    description_en: str | None = None
    issued: int | None = None
    creators: tuple[str, ...] = ()
    revision_of: str | None = None
    first_budget_year: int
    last_budget_year: int | None = None
    source: WebAddress | None = None
    parts: tuple[Part, ...] = ()
    action_fields: tuple[ActionField, ...] = Field(min_length=1)
    recommendations: tuple[Recommendation, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    decisions: tuple[GeneralDecision, ...] = ()
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Plan":
        fields = {field.key for field in self.action_fields}
        unknown = [
            f"Die Empfehlung {r.key} nennt das Handlungsfeld „{r.action_field}“, das es hier nicht gibt. / "
            f"The recommendation {r.key} names the unknown action field “{r.action_field}”."
            for r in self.recommendations
            if r.action_field not in fields
        ]
        if unknown:
            raise ValueError(unknown[0])
        return self

    def covers(self, year: int) -> bool:
        """Tell whether goals of a budget year are tied to this edition."""
        return self.first_budget_year <= year <= (self.last_budget_year or year)

    def years(self) -> set[int]:
        """Return the years that this edition speaks of: its own, and those of what belongs to it."""
        named = {self.first_budget_year, self.last_budget_year}
        named |= {year for guideline in self.guidelines for year in guideline.years}
        named |= {rule.year for rule in self.rules}
        named |= {one.year or (one.date.year if one.date else None) for one in self.decisions}
        return {year for year in named if year}

    def action_field(self, text: str) -> ActionField | None:
        """Return the action field that a key or a label in any spelling means, or None."""
        wanted = slug(text)
        return next(
            (
                field
                for field in self.action_fields
                if wanted in {field.key, slug(field.label), *map(slug, field.also)}
            ),
            None,
        )

    def recommendation(self, text: str) -> Recommendation | None:
        """Return the recommendation that a key or a title in any spelling means, or None."""
        wanted = slug(text)
        return next((r for r in self.recommendations if wanted in {r.key, slug(r.title)}), None)


class Plans(Strict):
    """All editions, by first budget year."""

    editions: tuple[Plan, ...]

    def for_year(self, year: int) -> Plan | None:
        """Return the edition that goals of a budget year are tied to, or None."""
        return next((plan for plan in reversed(self.editions) if plan.covers(year)), None)

    def rules(self, year: int) -> list[Rule]:
        """Return the rules that decisions set for a budget year."""
        return [rule for plan in self.editions for rule in plan.rules if rule.year == year]


def read_plans(raw: Path, organisation: Organisation) -> Plans:
    """Return the plans of a raw folder; raises `ConfigurationError`."""
    paths = sorted((raw / FOLDER).glob("*.yaml"))
    if not paths:
        raise ConfigurationError(
            f"{raw / FOLDER}: Hier ist kein Plan. → Beschreiben Sie jede Ausgabe in einer Datei *.yaml. / "
            "There is no plan here. → Describe each edition of the plan in a file *.yaml."
        )
    editions = [read_yaml(path, Plan) for path in paths]
    editions.sort(key=lambda plan: (plan.first_budget_year, plan.key))
    _check_references(editions, organisation)
    return Plans(editions=tuple(editions))


def _check_references(editions: list[Plan], organisation: Organisation) -> None:
    plans = {plan.key for plan in editions}
    decisions = {decision.key for plan in editions for decision in plan.decisions}
    targets = plans | {
        key
        for plan in editions
        for keys in (
            (rule.key for rule in plan.rules),
            (guideline.key for guideline in plan.guidelines),
            (part.key for part in plan.parts),
        )
        for key in keys
    }
    units = {unit.key for unit in (*organisation.bodies, *organisation.departments)}
    for plan in editions:
        fields = {field.key for field in plan.action_fields}
        named = [
            *((key, units, "creator") for key in plan.creators),
            *((plan.revision_of, plans, "revision_of") for _ in (0,) if plan.revision_of),
            *((key, decisions, f"rule {r.key}") for r in plan.rules for key in r.decided_by),
            *((key, units, f"decision {d.key}") for d in plan.decisions for key in d.bodies),
            *((key, targets, f"decision {d.key}") for d in plan.decisions for key in d.about),
            *((key, fields, f"decision {d.key}") for d in plan.decisions for key in d.action_fields),
        ]
        for key, known, place in named:
            if key not in known:
                raise ConfigurationError(
                    f"plans/{plan.key}: {place} nennt „{key}“, das es nicht gibt. → Berichtigen Sie "
                    f"den Schlüssel. / {place} names “{key}”, which is not there. → Correct the key."
                )
