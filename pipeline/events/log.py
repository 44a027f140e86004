"""Continues the log of events in a release that is being made.

The log goes on from the longest one that was ever published, which is not always that of the release in
force: who goes back to an earlier release and publishes again has had readers who know what came after it.
For them, whatever was taken back is one more version. So nothing that was once in the log ever leaves it.

Times of members never go backwards, and no two pages share one: each page of a release is a millisecond
later than the one before, so that the bounds of pages in the stream are exact.
"""

import gzip
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from ontology.catalogue import DATASETS, Catalogue, read_catalogue
from ontology.events import (
    FOLDER,
    LOG,
    NEWEST,
    DatasetChange,
    DatasetChangeKind,
    Log,
    Page,
    ReleaseChanges,
    longest_log,
)
from ontology.iris import Iris
from pipeline.events.compare import DECISION, GOAL, Now, Version
from pipeline.events.members import member

PAGE_MEMBERS: Final = 250
"""Members on a page; one that has so many is closed."""
MOST_RELEASES: Final = 1_000
"""So many releases are remembered in the log, the newest ones."""
_LEVEL: Final = 6
_TICK: Final = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Former:
    """The log so far, and the release that has it; without a release, the empty log."""

    log: Log
    folder: Path | None

    @property
    def id(self) -> str | None:
        """Return the id of the release."""
        return self.folder.name if self.folder else None

    def newest(self) -> dict[str, str]:
        """Return the digests of the newest versions, by the paths of their IRIs."""
        if self.folder is None:
            return {}
        newest: dict[str, str] = {}
        with gzip.open(self.folder / NEWEST, "rt", encoding="utf-8") as file:
            for line in file:
                path, _, digest = line.rstrip("\n").partition("\t")
                newest[path] = digest
        return newest


def former_log(published: Path, base: str) -> Former:
    """Return the longest log that was published below a base of IRIs. Raises `ReleaseError`."""
    found = longest_log(published, base)
    return Former(found[1], found[0]) if found else Former(Log(base=base, pages=(), releases=()), None)


def write_events(
    folder: Path,
    iris: Iris,
    now: Now,
    versions: Sequence[Version],
    former: Former,
    *,
    release_id: str,
    at: datetime,
) -> Log:
    """Write the log of the release `release_id`, made `at` a time: the former log and `versions`."""
    (folder / FOLDER).mkdir()
    start = at.replace(microsecond=0)
    pages = list(former.log.pages)
    if pages:
        start = max(start, pages[-1].until + _TICK)
    left = iter(versions)
    for page, numbers in _filled(former.log, len(versions), start):
        added = b"".join(
            member(iris, number, version.path, version.kind, page.until, now.lines(version.path))
            for number, version in zip(numbers, left, strict=False)  # numbers first: it ends with them
        )
        _write_page(folder, page, added, former)
        pages[page.number - 1 :] = [page]
    _take_over(folder, former)
    changes = _summary(versions, now, former, release_id, at)
    log = Log(base=iris.base, pages=tuple(pages), releases=(*former.log.releases, changes)[-MOST_RELEASES:])
    (folder / LOG).write_text(log.model_dump_json(indent=1) + "\n", encoding="utf-8")
    _write_newest(folder, now.digests)
    return log


def _filled(log: Log, count: int, at: datetime) -> Iterator[tuple[Page, range]]:
    """Yield the pages that `count` more members go to, as they are then, and the numbers of those members."""
    open_page = log.pages[-1] if log.pages and not log.pages[-1].closed else None
    number, following = len(log.pages) + (open_page is None), log.members + 1
    end = following + count
    while following < end:
        first = open_page.first if open_page else following
        stop = min(end, first + PAGE_MEMBERS)
        since = open_page.since if open_page else at
        is_full = stop - first == PAGE_MEMBERS
        page = Page(number=number, first=first, last=stop - 1, since=since, until=at, closed=is_full)
        yield page, range(following, stop)
        open_page, number, following, at = None, number + 1, stop, at + _TICK


def _write_page(folder: Path, page: Page, added: bytes, former: Former) -> None:
    """Write a page that is new, or was open and gets more members."""
    known = b""
    if former.folder and page.number <= len(former.log.pages):
        known = gzip.decompress((former.folder / page.path).read_bytes())
    (folder / page.path).write_bytes(gzip.compress(known + added, _LEVEL, mtime=0))


def _take_over(folder: Path, former: Former) -> None:
    """Take over the pages that nothing was added to: one file on disk for all releases, if possible."""
    for page in former.log.pages:
        target = folder / page.path
        if former.folder and not target.exists():
            try:
                os.link(former.folder / page.path, target)
            except OSError:  # another file system, or one without links
                shutil.copyfile(former.folder / page.path, target)


def _write_newest(folder: Path, digests: Mapping[str, str]) -> None:
    text = "".join(f"{path}\t{digest}\n" for path, digest in sorted(digests.items()))
    (folder / NEWEST).write_bytes(gzip.compress(text.encode(), _LEVEL, mtime=0))


def _summary(
    versions: Sequence[Version], now: Now, former: Former, release_id: str, at: datetime
) -> ReleaseChanges:
    goals = [version for version in versions if version.path.startswith(GOAL)]
    decisions = [version.kind for version in versions if version.path.startswith(DECISION)]
    known = read_catalogue(former.folder) if former.folder else None
    return ReleaseChanges(
        id=release_id,
        at=at.astimezone(UTC),
        before=former.id,
        added=sum(goal.kind == "Create" and not goal.is_loss for goal in goals),
        changed=sum(goal.kind == "Update" and not goal.is_loss for goal in goals),
        withdrawn=sum(goal.is_loss for goal in goals),
        decisions=len(decisions),
        new_decisions=decisions.count("Create"),
        gone_decisions=decisions.count("Delete"),
        datasets=tuple(
            _dataset_change(version, now, known) for version in versions if version.path.startswith(DATASETS)
        ),
    )


def _dataset_change(version: Version, now: Now, known: Catalogue | None) -> DatasetChange:
    key = version.path.removeprefix(DATASETS)
    before = known.get(key) if known else None
    present = now.dataset(version.path)
    described = present or before
    if described is None:  # in the log, and in neither catalogue
        raise KeyError(key)
    kind: DatasetChangeKind = "new" if version.kind == "Create" else "changed"
    if present is None:
        kind = "dropped"
    elif present.status == "DEPRECATED":
        kind = "deprecated"
    elif present.status == "WITHDRAWN":
        kind = "withdrawn"
    return DatasetChange(
        key=key,
        title=described.title,
        kind=kind,
        rows=present.rows if present else None,
        rows_before=before.rows if before else None,
    )
