"""Settling a budget year: judging each of its files and deciding what is released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ontology.contract import InputFile, InputStatus, YearCounts
from pipeline.findings.models import Finding
from pipeline.forms import KINDS, SubmittedFile
from pipeline.intake.files import Intake
from pipeline.intake.places import place_of
from pipeline.masterdata import Masterdata
from pipeline.progress import Reporter, silent
from pipeline.quarantine.corrections import compare
from pipeline.quarantine.history import continued
from pipeline.quarantine.models import CheckedYear, FileKey, Histories, LastGood, key_of
from pipeline.quarantine.states import SUBMITTED, WITHDRAWN, selection_states
from pipeline.records.lists import ReadFile, holds_back
from pipeline.records.models import DecisionList, FileHistory, RecordList, Submission
from pipeline.validation.comparisons import compare_rows
from pipeline.validation.judge import judge, judge_year
from pipeline.validation.known import HELD_BACK, SELECTED, KnownGoal, KnownGoals
from pipeline.validation.memory import Memory
from pipeline.validation.suggestions import with_suggestions


@dataclass
class _Candidate:
    """A file as it was taken in and read, on its way to being released or held back."""

    path: str
    key: FileKey
    taken_in: SubmittedFile | None
    records: RecordList | None
    findings: list[Finding]

    @property
    def blocked(self) -> bool:
        return holds_back(self.records, self.findings)


@dataclass
class _Year:
    """What has been settled of a year so far."""

    year: int
    city: Masterdata
    last_good: LastGood
    histories: Histories
    known: KnownGoals
    memory: Memory
    report: Reporter
    released: list[RecordList] = field(default_factory=list)
    kept_histories: list[FileHistory] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def settle(self, candidate: _Candidate) -> None:
        """Judge a file; release it, or keep the last good one, or hold it back."""
        self.report("check", candidate.path)
        if candidate.records is not None:
            candidate.findings += compare_rows(self.city, candidate.records)
            candidate.findings += self._compare(candidate)
            candidate.findings += judge(
                self.city,
                candidate.records,
                known=self.known,
                read_findings=tuple(candidate.findings),
                memory=self.memory,
            )
            candidate.findings = with_suggestions(
                candidate.findings, self.city, candidate.records, self.known
            )
        last_good = self.last_good.get(candidate.key)
        if not candidate.blocked:
            self._release(candidate, candidate.records, "released")
        elif last_good is not None:
            candidate.findings.append(Finding.of("last-good-kept", candidate.path, detail=last_good.sha256))
            self._release(candidate, last_good, "last_good_released")
        else:
            self._release(candidate, None, "held_back")

    def _compare(self, candidate: _Candidate) -> list[Finding]:
        """Return what a new version of a submission changes about the published goals."""
        before = self.last_good.get(candidate.key)
        if not isinstance(candidate.records, Submission) or not isinstance(before, Submission | None):
            return []
        return compare(candidate.records, before, self.histories.get(candidate.key))

    def keep_missing(self, key: FileKey, last_good: RecordList) -> None:
        """Keep what was released of a file that is no longer there."""
        findings = [Finding.of("file-missing", last_good.path)]
        candidate = _Candidate(last_good.path, key, None, None, findings)
        self._release(candidate, last_good, "last_good_released")

    def _release(self, candidate: _Candidate, records: RecordList | None, status: InputStatus) -> None:
        taken_in = candidate.taken_in
        if records is not None and candidate.key not in map(key_of, self.released):
            self.released.append(_published(records))
            self._continue_history(candidate.key, records)
        self.findings += sorted(candidate.findings, key=lambda f: (f.row or 0, f.column or ""))
        self.inputs.append(
            InputFile(
                path=candidate.path,
                kind=candidate.key.kind,
                year=candidate.key.year,
                department=candidate.key.department,
                sha256=taken_in.sha256 if taken_in else None,
                bytes=taken_in.bytes if taken_in else None,
                status=status,
                released_sha256=records.sha256 if records else None,
                source=taken_in.source if taken_in else None,
                violations=sum(finding.blocks for finding in candidate.findings),
                warnings=sum(not finding.blocks for finding in candidate.findings),
            )
        )
        self._know(candidate.records, HELD_BACK)
        self._know(records, SUBMITTED)

    def _continue_history(self, key: FileKey, records: RecordList) -> None:
        history = continued(self.histories.get(key), self.last_good.get(key), _published(records))
        if history is not None:
            self.kept_histories.append(history)
            for item in history.withdrawn:
                self.known[history.goal_id(item)] = KnownGoal(year=self.year, state=WITHDRAWN)

    def _know(self, records: RecordList | None, state: str) -> None:
        if isinstance(records, Submission):
            for goal_id in _goal_ids(records):
                self.known[goal_id] = KnownGoal(year=self.year, state=state)

    def decide(self) -> dict[str, str]:
        """Derive the selection states from the decisions released so far; return them."""
        goals = [g for r in self.released if isinstance(r, Submission) for g in _goal_ids(r)]
        lists = [r for r in self.released if isinstance(r, DecisionList)]
        states = selection_states(goals, lists)
        states |= {h.goal_id(item): WITHDRAWN for h in self.kept_histories for item in h.withdrawn}
        for goal_id, state in states.items():
            self.known[goal_id] = KnownGoal(year=self.year, state=state)
        return states


def settle_year(
    year: int,
    *,
    city: Masterdata,
    intake: Intake,
    files: Sequence[ReadFile],
    known: KnownGoals,
    last_good: LastGood,
    histories: Histories,
    memory: Memory,
    report: Reporter = silent,
) -> CheckedYear:
    """Return what is released of a budget year.

    `known` are the goals of earlier years, `last_good` and `histories` what the current release has.
    Goals are settled before the decisions about them, and these before the progress reports.
    """
    settling = _Year(year, city, last_good, histories, dict(known), memory, report)
    candidates = _candidates(year, intake, files)
    keys = {candidate.key for candidate in candidates}
    states: dict[str, str] = {}
    for kind in KINDS:
        for candidate in candidates:
            if candidate.key.kind == kind:
                settling.settle(candidate)
        for key, records in sorted(last_good.items(), key=str):
            if key.kind == kind and key.year == year and key not in keys:
                settling.keep_missing(key, records)
        if kind == "decisions":
            states = settling.decide()
    files_settled = {candidate.path for candidate in candidates}
    settling.findings += [f for f in intake.findings if f.file not in files_settled]
    settling.findings += _year_findings(settling)
    return CheckedYear(
        year=year,
        released=tuple(settling.released),
        inputs=tuple(settling.inputs),
        findings=tuple(settling.findings),
        counts=_counts(settling, states),
        states=states,
        histories=tuple(settling.kept_histories),
        known=settling.known,
    )


def _candidates(year: int, intake: Intake, files: Iterable[ReadFile]) -> list[_Candidate]:
    """Return one candidate for each form; several files for the same form are all refused."""
    read = {file.path: file for file in files}
    taken_in = {file.path: file for file in intake.files}
    paths = sorted({*taken_in, *(f.file for f in intake.findings if f.blocks)})
    candidates = []
    for path in paths:
        place = taken_in.get(path) or place_of(path)
        if place is None or place.year != year:
            continue
        file = read.get(path)
        found = [finding for finding in intake.findings if finding.file == path]
        candidates.append(
            _Candidate(
                path,
                FileKey(place.kind, place.year, place.department),
                taken_in.get(path),
                file.records if file else None,
                [*found, *(file.findings if file else ())],
            )
        )
    return candidates


def _year_findings(settling: _Year) -> list[Finding]:
    return [
        Finding.of(result.code, f"decisions/{settling.year}", value=result.value)
        for result in judge_year(settling.city, settling.year, settling.known, settling.memory)
    ]


def _counts(settling: _Year, states: dict[str, str]) -> YearCounts:
    known = {g: k for g, k in settling.known.items() if k.year == settling.year}
    groups = {
        goal.product_group[:5]
        for records in settling.released
        if isinstance(records, Submission)
        for goal in records.records
        if goal.product_group and states.get(records.goal_id(goal) or "") in SELECTED
    }
    return YearCounts(
        year=settling.year,
        submitted=len(known),
        selected=sum(state in SELECTED for state in states.values()),
        held_back=len(known) - len(states),
        released=len(states),
        product_groups=len(groups),
    )


def _goal_ids(submission: Submission) -> Iterable[str]:
    ids = (submission.goal_id(goal) for goal in submission.records)
    return [goal_id for goal_id in ids if goal_id]


def _published(records: RecordList) -> RecordList:
    """Return records without the cells as they stood in the file: those are for findings only."""
    bare = tuple(record.model_copy(update={"cells": {}}) for record in records.records)
    return records.model_copy(update={"records": bare})
