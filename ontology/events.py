"""The log of events: one immutable member for each version of a goal, a decision and a dataset.

Every release has the whole log, below ``events/``: pages of members in the order in which they came about,
and `LOG`, which lists the pages and what each release changed. A page that is closed never changes again,
byte for byte. The log grows with each release and by nothing else, so of two logs the longer one goes on
where the other ends; the API shows the longest, even after going back to an earlier release.

Written by `pipeline.events`, shown as a Linked Data Event Stream and as a feed by `api`.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from ontology.catalogue import Text
from ontology.contract import RELEASES
from ontology.documents import read_document

FOLDER: Final = "events"
LOG: Final = f"{FOLDER}/log.json"
NEWEST: Final = f"{FOLDER}/newest.tsv.gz"
"""The newest version of each thing: path of its IRI and digest of what it says, sorted."""

DatasetChangeKind = Literal["new", "changed", "deprecated", "withdrawn", "dropped"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(_Model):
    """A page of the log: numbers of its first and last member, and the times of both."""

    number: int
    first: int
    last: int
    since: datetime
    until: datetime
    closed: bool

    @property
    def path(self) -> str:
        """Return the path of the page's file in a release: N-Triples, packed."""
        return page_file(self.number)


class DatasetChange(_Model):
    """What became of a dataset in a release; `rows` of its table before and after, where it has one."""

    key: str
    title: Text
    kind: DatasetChangeKind
    rows: int | None
    rows_before: int | None


class ReleaseChanges(_Model):
    """What a release changed: numbers of goals and of decisions, and the datasets.

    `before` is the release that this one was compared with; `withdrawn` are goals that are no longer handed
    in, and those that are no longer published at all. Of the `decisions`, those that are neither new nor gone
    are changed.
    """

    id: str
    at: datetime
    before: str | None
    added: int
    changed: int
    withdrawn: int
    decisions: int
    new_decisions: int = 0
    gone_decisions: int = 0
    datasets: tuple[DatasetChange, ...]


class Log(_Model):
    """The pages of the log below one base of IRIs, and the newest releases, oldest first."""

    base: str
    pages: tuple[Page, ...]
    releases: tuple[ReleaseChanges, ...]

    @property
    def members(self) -> int:
        """Return how many members there are; they are numbered from 1."""
        return self.pages[-1].last if self.pages else 0

    def page_with(self, member: int) -> Page | None:
        """Return the page that holds a member, or None."""
        return next((page for page in self.pages if page.first <= member <= page.last), None)


def page_file(number: int) -> str:
    """Return the path of a page's file in a release."""
    return f"{FOLDER}/{number:06d}.nt.gz"


def read_log(release: Path) -> Log | None:
    """Return the log of a release folder, None if it has none. Raises `ReleaseError` if it cannot be read."""
    return read_document(release / LOG, Log)


def longest_log(published: Path, base: str) -> tuple[Path, Log] | None:
    """Return the release folder with the longest log below `base`, and that log; the newest of equal ones."""
    return max(_logs(published, base), key=_length, default=None)


def _length(found: tuple[Path, Log]) -> tuple[int, str]:
    folder, log = found
    return log.members, folder.name


def _logs(published: Path, base: str) -> Iterator[tuple[Path, Log]]:
    for folder in (published / RELEASES).glob("[!.]*"):
        log = read_log(folder)
        if log and log.base == base:
            yield folder, log
