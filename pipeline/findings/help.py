"""The help page of a finding: what it means, how to mend it, and what its column holds."""

from dataclasses import dataclass
from typing import Final

from ontology.shapes import Rule, is_violation
from pipeline.forms import FIELDS, KINDS, Field, Kind

ANYTHING_DE: Final = "…"
_PART_OF_KIND: Final[dict[str, Kind]] = {
    "goal": "submissions",
    "indicator": "submissions",
    "carry-over": "submissions",
    "decision": "decisions",
    "progress": "progress",
}


@dataclass(frozen=True)
class HelpPage:
    """What the page of a finding shows; texts in German and English."""

    rule: Rule
    kind: Kind | None
    field: Field | None

    @property
    def blocks(self) -> bool:
        """Tell whether the finding holds a file back."""
        return is_violation(self.rule.severity)

    def text(self, german: str) -> str:
        """Return a text of the rule with its braces filled."""
        return german.replace("{detail}", ANYTHING_DE)


def help_page(rule: Rule) -> HelpPage:
    """Return the help page of a rule. A rule about content names the column of one form."""
    kind = next((k for start, k in _PART_OF_KIND.items() if rule.code.startswith(start)), None)
    field = None
    if rule.field is not None:
        kinds = (kind,) if kind else KINDS
        field = next((f for k in kinds for f in FIELDS[k] if f.alias == rule.field), None)
    return HelpPage(rule, kind, field)
