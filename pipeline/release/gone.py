"""Things that were published before and are no longer: their addresses answer 410 instead of 404.

Goals that are not handed in any more stay in the graph, as withdrawn. This is for all the rest: a
decision taken off its list, a report, a number, a row; a dataset at the end of its life, and its files.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, get_args

from ontology.catalogue import DATASETS, Kind
from ontology.contract import GONE, read_gone
from pipeline.exports.graphs import N_TRIPLES

CATALOGUE: Final = "catalog/catalog.nt"

_DESCRIBED_ANYHOW: Final = frozenset(f"{DATASETS}{kind}" for kind in get_args(Kind))
"""Datasets that the graph speaks of (statistics as a cube) even when the catalogue no longer does."""


def write_gone(folder: Path, base: str, before: Path | None) -> None:
    """Write to a release folder what the release made last, in `before`, and earlier ones had more."""
    if before is None:
        return
    vanished = _only_in_first(before / N_TRIPLES, folder / N_TRIPLES, base)
    last = {_thing(subject): before.name for subject in vanished}
    present = set(_catalogued(folder, base))
    last |= {path: before.name for path in _catalogued(before, base) if path not in present}
    gone = read_gone(before) | last
    for subject in _subjects(folder / N_TRIPLES, base):
        path = _thing(subject)
        if path not in _DESCRIBED_ANYHOW:
            gone.pop(path, None)
    for path in present:
        gone.pop(path, None)
    if gone:
        text = json.dumps(gone, sort_keys=True, indent=0, ensure_ascii=False)
        (folder / GONE).write_text(text + "\n", encoding="utf-8")


def _catalogued(release: Path, base: str) -> Iterator[str]:
    """Yield the path of each dataset in the catalogue of a release, and of what belongs to it."""
    catalogue = release / CATALOGUE
    if catalogue.exists():
        with catalogue.open("rb") as lines:
            for subject in _distinct(lines, f"{base}{DATASETS}"):
                yield DATASETS + _thing(subject)


def _only_in_first(first: Path, second: Path, base: str) -> Iterator[bytes]:
    """Yield what is a subject in the first of two sorted dumps only; neither is held in memory."""
    others = _subjects(second, base)
    other = next(others, None)
    for subject in _subjects(first, base):
        while other is not None and other < subject:
            other = next(others, None)
        if other != subject:
            yield subject


def _subjects(dump: Path, base: str) -> Iterator[bytes]:
    """Yield the path of each subject of ours in a sorted dump, in the order of the dump.

    The `>` at its end stays, since the order of the lines depends on it.
    """
    with gzip.open(dump) as lines:
        yield from _distinct(lines, base)


def _distinct(lines: Iterable[bytes], base: str) -> Iterator[bytes]:
    """Yield the end of each subject that begins with `base` in the lines of sorted N-Triples."""
    start = f"<{base}".encode()
    last = b""
    for line in lines:
        subject = line[: line.index(b" ")]
        if subject != last and subject.startswith(start):
            yield subject[len(start) :]
        last = subject


def _thing(subject: bytes) -> str:
    """Return the path without fragment, which is a part of the thing's own page."""
    return subject.removesuffix(b">").partition(b"#")[0].decode()
