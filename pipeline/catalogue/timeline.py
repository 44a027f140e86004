"""What became of the datasets since the release made last: issued, changed, retired.

`dct:modified` of a dataset changes exactly when its content or what is said of it changes, for that is
what harvesters go by. A dataset that vanishes is not dropped at once: a harvester would delete it without
a word. It stays as deprecated, with the files of the last release that had it, then as withdrawn
(convention 22 of DCAT-AP.de: at least 30 days), and only then its address answers 410.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from ontology.catalogue import Catalogue, Change, ChangeKind, Dataset, Distribution, Status, Text
from ontology.contract import OutputFile
from pipeline.catalogue.contents import Made, suffix_of
from pipeline.catalogue.formats import FORMATS

MOST_CHANGES = 100
"""So many changes of a dataset are remembered, the newest ones."""

Digest = Callable[[Dataset], str]
"""Gives the digest of everything that is said of a dataset but for the dates."""


def datasets(
    contents: Iterable[Made],
    *,
    before: Catalogue | None,
    dropped: Mapping[str, Dataset],
    reasons: Mapping[str, Text],
    last_release: str | None,
    now: datetime,
    days: int,
    digest: Digest,
) -> list[Dataset]:
    """Return all datasets in the order of their keys: those of this release, and those on their way out.

    `before` is the catalogue of the release with the id `last_release`, the one made last, which is not
    always the one in force: harvesters know what was said in it. `dropped` are datasets at the end of their
    life by key, as they were last; `reasons` tell of those that the city retired why; `days` is how long a
    dataset stays deprecated, and then withdrawn.
    """
    known = {dataset.key: dataset for dataset in before.datasets} if before else {}
    remembered = {**dropped, **known}
    current = [_current(content, remembered.get(content.key), now, digest) for content in contents]
    present = {dataset.key for dataset in current}
    gone = [
        dataset.model_copy(update={"reason": reasons.get(key)})
        for key, dataset in known.items()
        if key not in present
    ]
    retired = _retired(gone, last_release or "", now, timedelta(days=days), digest)
    return sorted([*current, *retired], key=lambda dataset: dataset.key)


def _current(content: Made, known: Dataset | None, now: datetime, digest: Digest) -> Dataset:
    former = {item.path: item for item in known.distributions} if known else {}
    made = Dataset(
        **{name: value for name, value in content if name != "files"},
        distributions=tuple(_distribution(file, former, now) for file in content.files),
        issued=known.issued if known else now,
        modified=known.modified if known else now,
        status="COMPLETED",
        since=known.since if known and known.status == "COMPLETED" else now,
        digest="",
        changes=known.changes if known else (),
    )
    made = made.model_copy(update={"digest": digest(made)})
    kind = _what_changed(made, known)
    return _changed(made, kind, now, known) if kind else made


def _distribution(file: OutputFile, former: Mapping[str, Distribution], now: datetime) -> Distribution:
    form = FORMATS[suffix_of(file.path)]
    known = former.get(file.path)
    is_same = known is not None and known.sha256 == file.sha256
    return Distribution(
        path=file.path,
        title=form.title,
        description=form.description,
        format=form.code,
        media_type=form.media_type,
        packed=form.packed,
        bytes=file.bytes,
        sha256=file.sha256,
        issued=known.issued if known else now,
        modified=known.modified if known and is_same else now,
    )


def _what_changed(made: Dataset, known: Dataset | None) -> ChangeKind | None:
    if known is None:
        return "new"
    if known.status != "COMPLETED":
        return "restored"
    if made.digest == known.digest:
        return None
    return "data" if _files(made) != _files(known) else "metadata"


def _files(dataset: Dataset) -> dict[str, str]:
    return {item.path: item.sha256 for item in dataset.distributions}


def _retired(
    gone: Iterable[Dataset], last_release: str, now: datetime, stay: timedelta, digest: Digest
) -> Iterator[Dataset]:
    for dataset in gone:
        if dataset.status == "COMPLETED":
            files = tuple(_kept_in(item, last_release) for item in dataset.distributions)
            left = dataset.model_copy(update={"distributions": files})
            yield _in_state(left, "DEPRECATED", "deprecated", now, digest)
        elif now - dataset.since < stay:
            yield _kept(dataset, now, digest)
        elif dataset.status == "DEPRECATED":
            yield _in_state(dataset, "WITHDRAWN", "withdrawn", now, digest)


def _kept(dataset: Dataset, now: datetime, digest: Digest) -> Dataset:
    """Return a dataset on its way out as it was, unless something else is said of it by now."""
    made = dataset.model_copy(update={"digest": digest(dataset)})
    return made if made == dataset else _changed(made, "metadata", now, dataset)


def _kept_in(item: Distribution, release: str) -> Distribution:
    """Return a distribution that leads to the release that still has its file."""
    return item.model_copy(update={"release": item.release or release})


def _in_state(dataset: Dataset, status: Status, kind: ChangeKind, now: datetime, digest: Digest) -> Dataset:
    made = dataset.model_copy(update={"status": status, "since": now})
    return _changed(made.model_copy(update={"digest": digest(made)}), kind, now, dataset)


def _changed(dataset: Dataset, kind: ChangeKind, now: datetime, before: Dataset | None) -> Dataset:
    change = Change(at=now, kind=kind, rows=dataset.rows, rows_before=before.rows if before else None)
    return dataset.model_copy(update={"modified": now, "changes": (*dataset.changes, change)[-MOST_CHANGES:]})
