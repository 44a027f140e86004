"""The goals of the raw folder as they stand there now, for forms and checks; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.errors import UnreadableFileError
from pipeline.forms import SubmittedFile
from pipeline.intake.opening import read_whole
from pipeline.intake.places import Place, list_files, place_of
from pipeline.quarantine.states import selection_states
from pipeline.records.lists import read_file
from pipeline.records.models import DecisionList, Goal, RecordList, Submission

LARGEST: Final = 50_000_000
"""Bytes of a file that is looked into."""


@dataclass(frozen=True)
class RawGoal:
    """A goal as it was handed in; `state` is the notation of its selection state."""

    id: str
    year: int
    department: str
    state: str
    goal: Goal


def read_known_goals(raw: Path, years: Iterable[int]) -> dict[str, RawGoal]:
    """Return the goals of some budget years by id, with the states that the decisions give them.

    Files that cannot be read give none. Raises `OSError` for a folder that cannot be listed.
    """
    wanted = set(years)
    places = ((path, place_of(path)) for path in list_files(raw))
    lists = [
        records
        for path, place in places
        if place and place.year in wanted and place.kind != "progress"
        for records in _read(raw, path, place)
    ]
    submissions = [records for records in lists if isinstance(records, Submission)]
    goals = {
        goal_id: (submission, goal)
        for submission in submissions
        for goal in submission.records
        if (goal_id := submission.goal_id(goal))
    }
    states = selection_states(goals, [records for records in lists if isinstance(records, DecisionList)])
    return {
        goal_id: RawGoal(goal_id, submission.year, submission.department, states[goal_id], goal)
        for goal_id, (submission, goal) in goals.items()
    }


def _read(raw: Path, path: str, place: Place) -> Iterable[RecordList]:
    try:
        data = read_whole(raw / path, LARGEST)
    except UnreadableFileError:  # reported when the folder is refreshed
        return ()
    file = SubmittedFile(
        path=path,
        kind=place.kind,
        year=place.year,
        department=place.department,
        sha256="",
        bytes=len(data),
    )
    records = read_file(file, data).records
    return () if records is None else (records,)
