"""Refuses a catalogue that portals would misread: each broken rule once, how often, and where to mend it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from ontology.errors import InvalidCatalogueError
from pipeline.catalogue.check import Result, check
from pipeline.catalogue.reading import read_file

_FIELDS: Final[Mapping[str, str]] = {
    "theme": "themes",
    "keyword": "keywords",
    "frequency": "frequency",
    "level": "place.level",
    "spatial": "place.keys",
    "geocoding": "place.keys",
    "place": "place",
    "licence": "licence.iri",
    "catalog-licence": "licence.iri",
    "attribution": "licence.attribution",
    "rights": "licence.rights",
    "contact": "contact",
    "contributor": "contributor_id",
    "agent-type": "publisher_type",
    "temporal": "since",
    "period": "since",
    "title": "title",
    "description": "description",
    "text": "title, description",
    "address-form": "contact.url, licence.url, sources",
    "list-value": "licence, themes",
}
"""Fields of `catalogue.yaml` that rules depend on, by how their codes begin."""


def gate(file: Path) -> tuple[Result, ...]:
    """Return what may be better in the catalogue of a release, in N-Triples, before it is switched to.

    Raises `InvalidCatalogueError` telling what fails, and where to mend it, if it must not be published.
    """
    results = check([read_file(file)])
    if broken := [result for result in results if result.is_violation]:
        raise InvalidCatalogueError(refusal(broken))
    return tuple(results)


def refusal(broken: Sequence[Result]) -> str:
    """Return what a person needs to mend a catalogue: one paragraph for each rule that is broken."""
    by_rule = groupby(sorted(broken, key=lambda result: result.rule), key=lambda result: result.rule)
    return "\n".join(
        [
            "Der Katalog bricht Regeln, auf die sich Portale verlassen. Was veröffentlicht ist, bleibt.",
            "The catalogue breaks rules that portals rely on. What was published before stays.",
            *(_told(rule, list(results)) for rule, results in by_rule),
        ]
    )


def _told(rule: str, results: Sequence[Result]) -> str:
    first = results[0]
    field = field_of(rule)
    de = f" → Berichtigen Sie in catalogue.yaml: {field}." if field else ""
    en = f" → Correct in catalogue.yaml: {field}." if field else ""
    value = f" ({first.value})" if first.value else ""
    return (
        f"\n✗ [{rule}] {len(results)}-mal / {len(results)} times, zuerst / first: {first.where}{value}\n"
        f"  {first.message_de}{de}\n  {first.message_en}{en}"
    )


def field_of(rule: str) -> str | None:
    """Return the fields of `catalogue.yaml` that a rule depends on; None if it depends on none alone."""
    fitting = [start for start in _FIELDS if rule == start or rule.startswith(f"{start}-")]
    return _FIELDS[max(fitting, key=len)] if fitting else None
