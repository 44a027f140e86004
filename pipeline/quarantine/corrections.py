"""What a new version of a submission changes about the goals that are published already.

Numbers keep their goal: the IRI of a goal never comes to mean another one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from ontology.iris import slug
from pipeline.findings.models import Finding
from pipeline.records.models import FileHistory, Goal, Submission

Goals = Mapping[int | None, Goal]
"""Goals by number."""

FILLERS: Final = frozenset(
    {"alle", "aller", "allen", "auch", "beim", "durch", "eine", "einem", "einen", "einer", "eines", "fuer"}
    | {"ihre", "ihrer", "mehr", "nach", "nicht", "oder", "sich", "sowie", "ueber", "unter", "werden", "wird"}
)
"""Words that two titles may share without speaking of the same goal, as `slug` spells them."""


def compare(now: Submission, before: Submission | None, history: FileHistory | None) -> list[Finding]:
    """Return what the department should look at before this version takes the place of the former one.

    `before` is what is published for the same year and department, `history` what became of its file. A
    version that is published already gets the same warnings again, from its history: the same input has the
    same findings.
    """
    withdrawn = {item.goal.number: item.goal for item in history.withdrawn} if history else {}
    if before is not None and before.sha256 == now.sha256:
        comparison = _Comparison(now, _former_titles(now, history), withdrawn)
        return [*comparison.replaced(), *comparison.missing()]
    records = before.records if before else ()
    former: Goals = {goal.number: goal for goal in records if goal.number}
    comparison = _Comparison(now, former, withdrawn)
    return [*comparison.misnumbered(), *comparison.replaced(), *comparison.missing()]


def _former_titles(now: Submission, history: FileHistory | None) -> Goals:
    """Return the goals whose title the present version changed, with the title before."""
    if history is None or not history.versions:
        return {}
    versions = history.versions[-1].sha256, now.sha256
    latest = {
        change.goal: change.fields["title"][0]
        for change in history.changes
        if (change.former, change.newer) == versions and "title" in change.fields
    }
    goals = {goal.number: (goal, now.goal_id(goal) or "") for goal in now.records if goal.number}
    return {
        number: goal.model_copy(update={"title": latest[goal_id]})
        for number, (goal, goal_id) in goals.items()
        if goal_id in latest
    }


class _Comparison:
    def __init__(self, now: Submission, former: Goals, withdrawn: Goals) -> None:
        self.now = now
        self.withdrawn = withdrawn
        self.former = former
        self.present = {goal.number: goal for goal in now.records if goal.number}
        published = {**withdrawn, **former}  # a withdrawn goal keeps its number too
        titles = Counter(_title(goal) for goal in published.values())
        self.numbers = {_title(goal): n for n, goal in published.items() if titles[_title(goal)] == 1}

    def misnumbered(self) -> Iterator[Finding]:
        """Yield a finding for each row whose number belongs to another goal."""
        for goal in self.now.records:
            if goal.number is None:  # other findings say so, with the cell
                continue
            origin = self._number_that_was_left(goal)
            gone = self.withdrawn.get(goal.number)
            if origin is not None:
                yield self._finding("goal-renumbered", goal, str(origin))
            elif gone is not None and goal.number not in self.former and _title(gone) != _title(goal):
                yield self._finding("goal-number-reused", goal, gone.title or "")

    def replaced(self) -> Iterator[Finding]:
        """Yield a finding for each row that says something entirely different from before."""
        for goal in self.now.records:
            former = self.former.get(goal.number)
            if former is None or not goal.title or self._number_that_was_left(goal) is not None:
                continue
            if not _have_words_in_common(former, goal):
                yield self._finding("goal-replaced", goal, former.title or "")

    def missing(self) -> Iterator[Finding]:
        """Yield a finding for each goal that was published and that this version does not have."""
        moved = {self._number_that_was_left(goal) for goal in self.now.records}
        gone = {**self.withdrawn, **self.former}
        for number in sorted(gone.keys() - self.present.keys() - moved, key=lambda n: n or 0):
            detail = f"{number} „{gone[number].title or ''}“"
            yield Finding.of("goal-withdrawn", self.now.path, sheet=self.now.sheet, detail=detail)

    def _number_that_was_left(self, goal: Goal) -> int | None:
        """Return the number under which a goal is published, if it now stands under another one."""
        origin = self.numbers.get(_title(goal)) if goal.title else None
        if origin is None or origin == goal.number:
            return None
        still_there = self.present.get(origin)
        return None if still_there and _title(still_there) == _title(goal) else origin

    def _finding(self, code: str, goal: Goal, detail: str) -> Finding:
        column = self.now.columns.get("number")
        return Finding.of(
            code,
            self.now.path,
            sheet=self.now.sheet,
            row=goal.row,
            column=column.letter if column else None,
            header=column.header if column else None,
            value=str(goal.number),
            detail=detail,
        )


def _title(goal: Goal) -> str:
    """Return a title as it is compared; other scripts than the Latin one leave no slug."""
    title = goal.title or ""
    return slug(title) or unicodedata.normalize("NFKC", title).casefold().strip()


def _have_words_in_common(one: Goal, other: Goal) -> bool:
    words = [set(re.findall(r"[^\W\d_]{4,}|\d+", _title(goal))) - FILLERS for goal in (one, other)]
    return _title(one) == _title(other) or bool(words[0] & words[1])
