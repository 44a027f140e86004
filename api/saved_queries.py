"""The questions that people ask of this data, each a file in `api/queries/`.

A file is plain SPARQL that runs anywhere; comments at its top tell the rest::

    # title@de: …                          title@en, description@de and description@en alike
    # parameter: department department ?unit     name in addresses, type, variable that is bound
    # example: department=kulturamt        values that show something
    # chart: year: submitted, selected     one bar for each number of a row, called by the first column

Types of parameters are the keys of `KINDS`. Values are bound to variables, never pasted into the query.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qsl

from api.query.job import Term
from ontology.codelists import Concept, code_list
from ontology.iris import Iris
from ontology.namespaces import expand

_HEADER: Final = re.compile(r"^# (title|description)@(de|en): (.+)$", re.MULTILINE)
_PARAMETER: Final = re.compile(r"^# parameter: (\w+) (\S+) \?(\w+)$", re.MULTILINE)
_EXAMPLE: Final = re.compile(r"^# example: (\S+)$", re.MULTILINE)
_CHART: Final = re.compile(r"^# chart: ([\w ]+): ([\w, ]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Kind:
    """A type of parameter: how values look, one of them, what they stand for, and the list they are of."""

    pattern: re.Pattern[str]
    example: str
    term: Callable[[str, Iris], Term]
    scheme: str | None = None

    @property
    def choices(self) -> list[Concept]:
        """Return the values there are, if they are of a code list."""
        return code_list(self.scheme).concepts if self.scheme else []


def _listed(scheme: str, prefix: str, example: str) -> Kind:
    notations = "|".join(re.escape(concept.notation) for concept in code_list(scheme).concepts)
    return Kind(re.compile(notations), example, lambda value, _: Term(expand(prefix + value)), scheme)


KINDS: Final[Mapping[str, Kind]] = {
    "xsd:gYear": Kind(re.compile(r"\d{4}"), "2014", lambda value, _: Term(value, expand("xsd:gYear"))),
    "department": Kind(
        re.compile(r"[a-z0-9-]{1,100}"), "kulturamt", lambda value, iris: Term(iris.department(value))
    ),
    "product-area": Kind(re.compile(r"\d\d"), "11", lambda value, _: Term(value, expand("xsd:string"))),
    "state": _listed("SelectionStates", "sz:state-", "selected"),
    "attainment": _listed("AttainmentStates", "sz:attainment-", "attained"),
}
"""The types of parameters."""


@dataclass(frozen=True)
class Parameter:
    """What may be asked for: its type (a key of `KINDS`) and the variable that it binds."""

    type: str
    variable: str

    @property
    def kind(self) -> Kind:
        """Return what the type means."""
        return KINDS[self.type]


@dataclass(frozen=True)
class ChartOf:
    """The columns that a chart shows: those that call a bar, and the numbers, a bar each."""

    labels: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class SavedQuery:
    """A question: title and description by language, parameters, values to show, a chart, and SPARQL."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    example: Mapping[str, str]
    chart: ChartOf | None
    text: str

    def bind(self, values: Mapping[str, str], base: str) -> dict[str, Term]:
        """Return the terms that values of parameters stand for; those left empty stay unbound.

        `base` is that of the release's IRIs. Raises `ValueError`, saying which, for an unknown parameter
        or a value of another type.
        """
        unknown = values.keys() - self.parameters.keys()
        if unknown:
            known = ", ".join(self.parameters) or "none"
            msg = f"There is no parameter {min(unknown)!r}; there are: {known}."
            raise ValueError(msg)
        return {
            self.parameters[name].variable: self._term(name, value, Iris(base))
            for name, value in values.items()
            if value
        }

    def _term(self, name: str, value: str, iris: Iris) -> Term:
        kind = self.parameters[name].kind
        if not kind.pattern.fullmatch(value):
            choices = ", ".join(concept.notation for concept in kind.choices)
            expected = f"one of {choices}" if choices else f"of type {self.parameters[name].type}"
            msg = f"{name} must be {expected}, for example {kind.example}."
            raise ValueError(msg)
        return kind.term(value, iris)


@cache
def saved_queries() -> dict[str, SavedQuery]:
    """Return all saved questions by name, in alphabetical order."""
    folder = files("api") / "queries"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".rq")), key=lambda e: e.name)
    parsed = (parse(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8")) for entry in found)
    return {query.name: query for query in parsed}


def parse(name: str, text: str) -> SavedQuery:
    """Return the question that a file's text holds."""
    told = {"title": dict[str, str](), "description": dict[str, str]()}
    for key, language, words in _HEADER.findall(text):
        told[key][language] = words
    example, chart = _EXAMPLE.search(text), _CHART.search(text)
    return SavedQuery(
        name=name,
        title=told["title"],
        description=told["description"],
        parameters={name: Parameter(kind, variable) for name, kind, variable in _PARAMETER.findall(text)},
        example=dict(parse_qsl(example[1])) if example else {},
        chart=ChartOf(tuple(chart[1].split()), tuple(chart[2].split(", "))) if chart else None,
        text=text,
    )
