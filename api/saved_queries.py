"""The questions that people ask of this data, each a file in `api/queries/`.

A file is plain SPARQL that runs anywhere; comments at its top give title and description in German
and English and the variables that may be bound (``# parameter: year xsd:gYear``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from api.query.job import Term
from ontology.namespaces import expand

_HEADER: Final = re.compile(r"^# (title|description)@(de|en): (.+)$", re.MULTILINE)
_PARAMETER: Final = re.compile(r"^# parameter: (\w+) (\S+)$", re.MULTILINE)
_PATTERNS: Final = {"xsd:gYear": re.compile(r"-?\d{4,9}")}


@dataclass(frozen=True)
class SavedQuery:
    """A question: title and description by language, parameters with their datatypes, and SPARQL."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: Mapping[str, str]
    text: str

    def bind(self, values: Mapping[str, str]) -> dict[str, Term]:
        """Return the terms that values of parameters stand for; those left empty stay unbound.

        Raises `ValueError`, saying which, for an unknown parameter or a value of another type.
        """
        unknown = values.keys() - self.parameters.keys()
        if unknown:
            known = ", ".join(self.parameters) or "none"
            msg = f"There is no parameter {min(unknown)!r}; there are: {known}."
            raise ValueError(msg)
        return {name: self._term(name, value) for name, value in values.items() if value}

    def _term(self, name: str, value: str) -> Term:
        datatype = self.parameters[name]
        if not _PATTERNS[datatype].fullmatch(value):
            msg = f"{name} must be of type {datatype}, for example 2014."
            raise ValueError(msg)
        return Term(value, expand(datatype))


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
    return SavedQuery(name, told["title"], told["description"], dict(_PARAMETER.findall(text)), text)
