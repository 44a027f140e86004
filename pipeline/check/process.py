"""Checking in a process of its own, with bounds on time and memory: for files from strangers.

Whatever a file does to the library that reads it, only this process ends. Nothing is written to disk: the
file comes in through a pipe, the report and the marked workbook go out through one.
"""

import json
import resource
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

import anyio

from ontology.errors import ConfigurationError, UnreadableFileError
from ontology.settings import Settings
from pipeline.check.checking import check_file, shown_name, unreadable
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.findings.report import Report
from pipeline.reading.limits import Limits
from pipeline.reports.marked import marked_workbook

CANNOT_WORK: Final = 3
"""The exit code that says that it is not the file's fault."""
_COMMAND: Final = [sys.executable, "-m", "pipeline.check.process"]


@dataclass(frozen=True)
class Answer:
    """The report on a file, and the file with its cells marked (XLSX); empty where it was stopped."""

    report: Report
    marked: bytes


async def check_apart(name: str, data: bytes, settings: Settings, said: Purpose) -> Answer:
    """Return what is found in a file. One that takes too long or too much gets a report that says so.

    Raises `ConfigurationError` where nothing can be checked, since the city's master data cannot be read.
    """
    job = {"name": name, "said": asdict(said), "settings": settings.model_dump(mode="json")}
    given = json.dumps(job).encode() + b"\n" + data
    try:
        with anyio.fail_after(settings.check_seconds):
            done = await anyio.run_process(_COMMAND, input=given, check=False, stderr=None)
    except TimeoutError:
        return _stopped(name, "check-too-long", f"{settings.check_seconds:g}")
    if done.returncode == CANNOT_WORK:
        raise ConfigurationError(done.stdout.decode())
    if done.returncode != 0:
        return _stopped(name, "check-too-much-memory", "")
    head, _, marked = done.stdout.partition(b"\n")
    return Answer(Report.model_validate_json(head), marked)


def _stopped(name: str, code: str, detail: str) -> Answer:
    report = unreadable(shown_name(name), UnreadableFileError(code, detail, detail))
    return Answer(report, b"")


def _work(job: dict[str, Any], data: bytes) -> bytes:
    settings = Settings.model_validate(job["settings"])
    resource.setrlimit(resource.RLIMIT_AS, (settings.check_memory, settings.check_memory))
    report = check_file(job["name"], data, Surroundings.read(settings), Purpose(**job["said"]))
    marked = marked_workbook(data, report, Limits.of(settings), settings.base_iri)
    return report.model_dump_json().encode() + b"\n" + marked


def main() -> None:
    """Do the job that standard input holds."""
    job = json.loads(sys.stdin.buffer.readline())
    try:
        sys.stdout.buffer.write(_work(job, sys.stdin.buffer.read()))
    except ConfigurationError as error:
        sys.stdout.buffer.write(str(error).encode())
        sys.exit(CANNOT_WORK)


if __name__ == "__main__":
    main()
