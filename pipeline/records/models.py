"""The records, and the lists they come in: one list for each file that was handed in.

A record may be incomplete: what has to be there is judged by the shapes, not here. What could not be
read at all is None, and a finding says so.
"""

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ontology.iris import goal_id


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(_Model):
    """What all records have: the row they came from, as a spreadsheet counts.

    `cells` are the cells as they stand in the file, for findings; they are not published.
    """

    row: int
    cells: dict[str, str] = Field(default_factory=dict, repr=False)


class Goal(Record):
    """A goal (Ziel) as a department handed it in."""

    number: int | None = None
    product_group: str | None = None
    no_product_group_reason: str | None = None
    title: str | None = None
    description: str | None = None
    action_field: tuple[str, ...] = ()
    recommendation: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    indicator: str | None = None
    unit: str | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None
    carried_over_from: str | None = None
    note: str | None = None


class Decision(Record):
    """What bodies (Gremien) decided about a goal."""

    goal: str | None = None
    outcome: str | None = None
    body: tuple[str, ...] = ()
    date: datetime.date | None = None
    paper: str | None = None
    reason: str | None = None


class Progress(Record):
    """What became of a goal (Sachstand)."""

    goal: str | None = None
    actual: Decimal | None = None
    attainment: str | None = None
    percent: Decimal | None = None
    as_of: datetime.date | None = None
    note: str | None = None


class ColumnPlace(_Model):
    """Where a field stands in the file: column letter (None in JSON) and header."""

    letter: str | None
    header: str


class _RecordList(_Model):
    """What all lists have: file, hash, size in bytes, sheet and columns; `source` is its URL."""

    path: str
    year: int
    sha256: str
    bytes: int
    source: str | None = None
    sheet: str | None = None
    columns: dict[str, ColumnPlace] = Field(default_factory=dict)


class Submission(_RecordList):
    """The goals that a department handed in for a budget year (Anmeldung)."""

    kind: Literal["submissions"] = "submissions"
    department: str
    records: tuple[Goal, ...]

    def goal_id(self, goal: Goal) -> str | None:
        """Return the id of one of the goals, or None where it has no usable number."""
        if goal.number is None or goal.number < 1:
            return None
        return goal_id(self.year, self.department, goal.number)


class DecisionList(_RecordList):
    """What bodies decided about the goals of a budget year (Entscheidungsliste)."""

    kind: Literal["decisions"] = "decisions"
    department: None = None
    records: tuple[Decision, ...]


class ProgressList(_RecordList):
    """What a department reports on its goals (Sachstandsbericht)."""

    kind: Literal["progress"] = "progress"
    department: str
    records: tuple[Progress, ...]


class Version(_Model):
    """A former version of a file: what it was, since when and by what (SHA-256) it is superseded."""

    path: str
    sha256: str
    bytes: int
    superseded_at: datetime.datetime
    superseded_by: str


ChangeKind = Literal["added", "changed", "withdrawn", "restored"]
"""What a new version of a file can do to a goal; notations of the code list `sz:ChangeKinds`."""


class GoalChange(_Model):
    """What a new version of a submission changed about a goal; `fields` before and after, as text.

    `former` and `newer` are the SHA-256 of the two versions. A goal that is taken up again is compared
    with what it said when it was withdrawn.
    """

    goal: str
    at: datetime.datetime
    former: str
    newer: str
    what: ChangeKind
    fields: dict[str, tuple[str | None, str | None]] = Field(default_factory=dict)


class WithdrawnGoal(_Model):
    """A goal that was published and is no longer handed in; `sha256` is the version it last stood in."""

    goal: Goal
    sha256: str
    at: datetime.datetime


class FileHistory(_Model):
    """What became of the file of a kind, year and department, oldest first."""

    kind: Literal["submissions", "decisions", "progress"]
    year: int
    department: str | None
    versions: tuple[Version, ...] = ()
    changes: tuple[GoalChange, ...] = ()
    withdrawn: tuple[WithdrawnGoal, ...] = ()

    def goal_id(self, item: WithdrawnGoal) -> str:
        """Return the id of a withdrawn goal."""
        return goal_id(self.year, self.department or "", item.goal.number or 0)


RecordList = Annotated[Submission | DecisionList | ProgressList, Field(discriminator="kind")]
