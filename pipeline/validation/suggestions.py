"""What was probably meant: the nearest known word for a value that nothing knows."""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final

from ontology.codelists import code_list
from ontology.iris import slug
from ontology.productplan import CURRENT_EDITION, product_plan
from pipeline.findings.models import Finding
from pipeline.masterdata import Masterdata
from pipeline.masterdata.organisation import Unit
from pipeline.masterdata.plans import ActionField
from pipeline.records.models import RecordList
from pipeline.records.parsing import split_list
from pipeline.validation.known import KnownGoals

MOST_SUGGESTIONS: Final = 200
"""Values of a file that the nearest word is looked for: with as many, the cause is another."""
MOST_CANDIDATES: Final = 2_000
LEAST_LIKENESS: Final = 0.7


def with_suggestions(
    findings: Sequence[Finding], city: Masterdata, records: RecordList | None, known: KnownGoals
) -> list[Finding]:
    """Return findings with what was probably meant in the hints of those about unknown words."""
    if records is None:
        return list(findings)
    words = _Words(city, records, known)
    nearest: dict[tuple[str, str], str | None] = {}
    for finding in findings:
        key = finding.code, finding.value or ""
        if key[0] in words.of and key not in nearest and len(nearest) < MOST_SUGGESTIONS:
            nearest[key] = _nearest(key[1], words.of[key[0]])
    return [finding.suggesting(nearest.get((finding.code, finding.value or ""))) for finding in findings]


class _Words:
    """The words that are known, by the code of the finding that says that one is not."""

    def __init__(self, city: Masterdata, records: RecordList, known: KnownGoals) -> None:
        plan = city.plans.for_year(records.year)
        organisation = city.organisation
        goals = cache(lambda: _near_year(known, records.year))
        self.of: dict[str, Callable[[], Iterable[str]]] = {
            "goal-action-field-unknown": lambda: (
                [w for f in plan.action_fields for w in (f.label, *f.also)] if plan else ()
            ),
            "goal-recommendation-unknown": lambda: [r.key for r in plan.recommendations] if plan else (),
            "goal-product-area-unknown": _product_groups,
            "goal-product-group-unknown": _product_groups,
            "cell-not-a-product-group": _product_groups,
            "decision-outcome-unknown": lambda: _labels("Outcomes"),
            "progress-attainment-unknown": lambda: _labels("AttainmentStates"),
            "decision-body-unknown": lambda: _spellings(organisation.bodies),
            "decision-goal-unknown": goals,
            "progress-goal-unknown": goals,
            "carry-over-origin-unknown": goals,
            "cell-not-a-goal-id": goals,
        }


def _nearest(value: str, words: Callable[[], Iterable[str]]) -> str | None:
    """Return the word that one of the parts of a cell is most like, but for those that are words."""
    by_spelling = {slug(word): word for word in words()}
    for part in split_list(value):
        spelling = slug(part[:200])
        if spelling not in by_spelling:
            close = get_close_matches(spelling, by_spelling, n=1, cutoff=LEAST_LIKENESS)
            if close:
                return by_spelling[close[0]]
    return None


def _near_year(known: KnownGoals, year: int) -> list[str]:
    """Return the ids of known goals, those of this and the former year first."""
    ids = sorted(known, key=lambda goal: (abs(known[goal].year - year), goal))
    return ids[:MOST_CANDIDATES]


@cache
def _product_groups() -> list[str]:
    return [c.code for c in product_plan().codes if c.level == "group" and c.edition == CURRENT_EDITION]


def _spellings(named: Iterable[ActionField | Unit]) -> list[str]:
    """Return all ways to write what has a label or a name."""
    words = [(item.label if isinstance(item, ActionField) else item.name, *item.also) for item in named]
    return [word for same in words for word in same]


def _labels(scheme: str) -> list[str]:
    return [concept.label_de for concept in code_list(scheme).concepts]
