"""What changed between two releases, goal by goal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.exports.records import read_last_good
from pipeline.quarantine.states import selection_states
from pipeline.records.models import DecisionList, Submission

STATE = "selection_state"


@dataclass(frozen=True)
class ChangedGoal:
    """A goal that both releases have, and the fields that differ: before and after."""

    id: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class ReleaseDiff:
    """Goals by id: only in the later release, in both but different, only in the earlier one."""

    added: tuple[str, ...]
    changed: tuple[ChangedGoal, ...]
    withdrawn: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether no goal differs."""
        return not (self.added or self.changed or self.withdrawn)


def diff_releases(before: Path, after: Path) -> ReleaseDiff:
    """Return what changed from one release folder to another. Raises `ReleaseError`."""
    old, new = _goals(before), _goals(after)
    changed = (_changed(goal, old[goal], new[goal]) for goal in sorted(old.keys() & new.keys()))
    return ReleaseDiff(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(goal for goal in changed if goal.fields),
        withdrawn=tuple(sorted(old.keys() - new.keys())),
    )


def _goals(release: Path) -> dict[str, dict[str, Any]]:
    """Return what each goal says, without where it stands in its file."""
    lists = read_last_good(release).values()
    goals: dict[str, dict[str, Any]] = {}
    for records in lists:
        if isinstance(records, Submission):
            for goal in records.records:
                goals[records.goal_id(goal) or ""] = goal.model_dump(exclude={"row", "cells"})
    states = selection_states(goals, [r for r in lists if isinstance(r, DecisionList)])
    for goal_id, state in states.items():
        goals[goal_id][STATE] = state
    return goals


def _changed(goal: str, old: dict[str, Any], new: dict[str, Any]) -> ChangedGoal:
    names = [name for name in new if old.get(name) != new[name]]
    return ChangedGoal(goal, {name: (old.get(name), new[name]) for name in names})
