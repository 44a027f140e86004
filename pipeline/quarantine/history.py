"""The history of a file: its former versions, what each changed about its goals, which were withdrawn.

It is kept in the release and continued by the next one. The first version of a file has none, so that a
first publication is the same wherever it is made; a moment is only named where something was superseded.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pipeline.quarantine.models import key_of
from pipeline.records.models import (
    ChangeKind,
    FileHistory,
    Goal,
    GoalChange,
    RecordList,
    Submission,
    Version,
    WithdrawnGoal,
)


def continued(history: FileHistory | None, former: RecordList | None, now: RecordList) -> FileHistory | None:
    """Return the history of a file now that `now` is released in the place of `former`."""
    if former is None or former.sha256 == now.sha256:
        return history
    kind, year, department = key_of(now)
    history = history or FileHistory(kind=kind, year=year, department=department)
    moment = datetime.now(UTC).replace(microsecond=0)
    version = Version(
        path=former.path,
        sha256=former.sha256,
        bytes=former.bytes,
        superseded_at=moment,
        superseded_by=now.sha256,
    )
    changes: list[GoalChange] = []
    withdrawn = {item.goal.number: item for item in history.withdrawn}
    if isinstance(now, Submission) and isinstance(former, Submission):
        before, after = _by_number(former), _by_number(now)
        changes = list(_changes(version, now, before, after, withdrawn))
        for number in before.keys() - after.keys():
            withdrawn[number] = WithdrawnGoal(goal=before[number], sha256=former.sha256, at=moment)
        withdrawn = {number: item for number, item in withdrawn.items() if number not in after}
    return history.model_copy(
        update={
            "versions": (*history.versions, version),
            "changes": (*history.changes, *changes),
            "withdrawn": tuple(withdrawn[number] for number in sorted(withdrawn, key=lambda n: n or 0)),
        }
    )


def _by_number(submission: Submission) -> dict[int | None, Goal]:
    return {goal.number: goal for goal in submission.records if submission.goal_id(goal)}


def _changes(
    version: Version,
    now: Submission,
    before: dict[int | None, Goal],
    after: dict[int | None, Goal],
    withdrawn: dict[int | None, WithdrawnGoal],
) -> Iterator[GoalChange]:
    for number in sorted({*before, *after}, key=lambda n: n or 0):
        old, new = before.get(number), after.get(number)
        gone = withdrawn.get(number)
        last = old or (gone.goal if gone else None)
        fields = _differences(last, new) if last and new else {}
        what = _kind(old, new, gone, fields)
        goal = new or old
        if what and goal:
            yield GoalChange(
                goal=now.goal_id(goal) or "",
                at=version.superseded_at,
                former=version.sha256,
                newer=now.sha256,
                what=what,
                fields=fields,
            )


def _kind(
    old: Goal | None, new: Goal | None, gone: WithdrawnGoal | None, fields: Mapping[str, object]
) -> ChangeKind | None:
    """Return what became of a goal; None where nothing did. `gone` is it, if it was withdrawn before."""
    if old and new:
        return "changed" if fields else None
    if old:
        return "withdrawn"
    return "restored" if gone else "added"


def _differences(old: Goal, new: Goal) -> dict[str, tuple[str | None, str | None]]:
    """Return the fields that differ, as text: before and after."""
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in Goal.model_fields}
    return {
        name: (_text(one), _text(other))
        for name, (one, other) in pairs.items()
        if name not in {"row", "cells"} and one != other
    }


def _text(value: Any) -> str | None:
    match value:
        case None | ():
            return None
        case tuple():
            return "; ".join(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
