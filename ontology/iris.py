"""The IRIs of a city's things, minted in one place.

Every IRI is `<base>id/<kind>/<name>`; its path is its path on the server. Product groups carry
the edition of the product plan, action fields and recommendations that of the municipal plan:
codes and labels are used again with another meaning.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

GERMAN_LETTERS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": " und "}
)


def slug(text: str) -> str:
    """Return `text` as an IRI segment: lower-case ASCII letters, digits and single hyphens.

    German letters are spelt out (``Öffnung`` becomes ``oeffnung``). Empty if nothing is left.
    """
    spelt = unicodedata.normalize("NFC", text).translate(GERMAN_LETTERS)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def goal_id(year: int, department: str, number: int) -> str:
    """Return the id of a goal, for example ``2014-kulturamt-03``; it never changes."""
    return f"{year}-{department}-{number:02d}"


def department_of(goal: str) -> str:
    """Return the key of the department in the id of a goal: ``kulturamt`` of ``2014-kulturamt-03``."""
    return goal.partition("-")[2].rpartition("-")[0]


@dataclass(frozen=True)
class Iris:
    """Mints the IRIs below one base IRI, for example ``https://ziele.esslingen.example/``."""

    base: str

    def _id(self, *segments: object) -> str:
        return f"{self.base}id/" + "/".join(str(segment) for segment in segments)

    def city(self) -> str:
        """Return the IRI of the city itself."""
        return self._id("city")

    def notice(self) -> str:
        """Return the IRI of the notice that goes with every record, such as "invented texts"."""
        return self._id("notice")

    def goal(self, goal: str) -> str:
        """Return the IRI of a goal (Ziel) by its id."""
        return self._id("goal", goal)

    def indicator(self, goal: str) -> str:
        """Return the IRI of the indicator (Kennzahl) of a goal."""
        return self._id("indicator", goal)

    def observation(self, goal: str, kind: str, period: str) -> str:
        """Return the IRI of one value of a goal's indicator, e.g. kind ``target``, period 2016."""
        return self._id("observation", goal, kind, period)

    def target_group(self, label: str) -> str:
        """Return the IRI of a target group (Zielgruppe) by its label."""
        return self._id("target-group", slug(label) or hashlib.sha256(label.encode()).hexdigest()[:12])

    def budget_year(self, year: int) -> str:
        """Return the IRI of a budget year (Haushaltsjahr)."""
        return self._id("budget-year", year)

    def product_plan(self, edition: str) -> str:
        """Return the IRI of an edition of the product plan (Produktplan), a concept scheme."""
        return self._id("product-plan", edition)

    def product_level(self, edition: str, level: str) -> str:
        """Return the IRI of a level of the product plan: area, group or product."""
        return self._id("product-plan", edition, level)

    def product_group(self, edition: str, code: str) -> str:
        """Return the IRI of a product area, group or product by edition and code."""
        return self._id("product-group", edition, code)

    def department(self, key: str) -> str:
        """Return the IRI of a department (Amt, Referat, Eigenbetrieb)."""
        return self._id("department", key)

    def body(self, key: str) -> str:
        """Return the IRI of a body (Gremium) that proposes or decides."""
        return self._id("body", key)

    def organisation_change(self, key: str) -> str:
        """Return the IRI of a change of the organisation: a renaming or a merger."""
        return self._id("organisation-change", key)

    def plan(self, key: str, part: str | None = None) -> str:
        """Return the IRI of an edition of the municipal plan, or of one of its parts."""
        return self._id("plan", key, part) if part else self._id("plan", key)

    def action_fields(self, plan: str) -> str:
        """Return the IRI of the scheme of action fields (Handlungsfelder) of a plan edition."""
        return self._id("action-field", plan)

    def action_field(self, plan: str, key: str) -> str:
        """Return the IRI of an action field of a plan edition."""
        return self._id("action-field", plan, key)

    def recommendation(self, plan: str, key: str) -> str:
        """Return the IRI of a recommendation (Handlungsempfehlung) of a plan edition."""
        return self._id("recommendation", plan, key)

    def guideline(self, key: str) -> str:
        """Return the IRI of a guideline (Vorgabe)."""
        return self._id("guideline", key)

    def rule(self, key: str) -> str:
        """Return the IRI of a rule that a decision set for a budget year."""
        return self._id("rule", key)

    def decision(self, *segments: str) -> str:
        """Return the IRI of a decision: by its key, or by goal id and what was decided by whom."""
        return self._id("decision", *segments)

    def progress(self, goal: str, year: int, as_of: str) -> str:
        """Return the IRI of a progress report of a goal: the year of its list, the date it holds for."""
        return self._id("progress", goal, year, as_of)

    def submission(self, kind: str, year: int, name: str | None = None) -> str:
        """Return the IRI of a file that was handed in, which is also the name of its graph.

        `kind` is ``submission``, ``decision-list`` or ``progress-list``.
        """
        return self._id(kind, year, name) if name else self._id(kind, year)

    def row(self, submission: str, row: int) -> str:
        """Return the IRI of a row of a file that was handed in (RFC 7111 fragment)."""
        return f"{submission}#row={row}"

    def version(self, submission: str, sha256: str) -> str:
        """Return the IRI of a former version of a file that was handed in."""
        return f"{submission}/version/{sha256[:12]}"

    def history(self, kind: str, year: int, name: str | None = None) -> str:
        """Return the name of the graph with the history of a file; `kind` as for `submission`."""
        return self._id("history", kind, year, name) if name else self._id("history", kind, year)

    def change(self, goal: str, number: int) -> str:
        """Return the IRI of a change of a goal; `number` counts the changes of this goal from 1."""
        return self._id("change", goal, number)

    def status(self, year: int) -> str:
        """Return the name of the graph that holds the selection states of a year's goals."""
        return self._id("status", year)

    def graph(self, name: str) -> str:
        """Return the name of a graph of master data: ``organisation`` or ``plans``."""
        return self._id("graph", name)

    def count(self, breakdown: str, *segments: object) -> str:
        """Return the IRI of a slice of the statistics, or of one number in it."""
        return self._id("count", breakdown, *segments)

    def metric(self, name: str) -> str:
        """Return the IRI of a metric that the quality of the catalogue is measured with."""
        return self._id("quality-metric", name)

    def quality_dimension(self, name: str) -> str:
        """Return the IRI of a dimension of quality, which has several metrics."""
        return self._id("quality-dimension", name)

    def dataset(self, name: str) -> str:
        """Return the IRI of a dataset."""
        return f"{self.base}dataset/{name}"

    def event(self, number: int) -> str:
        """Return the IRI of a member of the log of events: a version of a thing, numbered from 1."""
        return f"{self.base}event/{number}"
