"""Things that were published before and are no longer: their addresses answer 410 instead of 404.

Goals that are not handed in any more stay in the graph, as withdrawn. This is for all the rest: a
decision taken off its list, a report, a number, a row.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from ontology.contract import GONE, read_gone
from pipeline.exports.graphs import N_TRIPLES


def write_gone(folder: Path, base: str, before: Path | None) -> None:
    """Write to a release folder what the release in the folder `before`, and those before it, had more."""
    if before is None:
        return
    vanished = _only_in_first(before / N_TRIPLES, folder / N_TRIPLES, base)
    last = {_thing(subject): before.name for subject in vanished}
    gone = read_gone(before) | last
    for subject in _subjects(folder / N_TRIPLES, base):
        gone.pop(_thing(subject), None)
    if gone:
        text = json.dumps(gone, sort_keys=True, indent=0, ensure_ascii=False)
        (folder / GONE).write_text(text + "\n", encoding="utf-8")


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
    start = f"<{base}".encode()
    last = b""
    with gzip.open(dump) as lines:
        for line in lines:
            subject = line[: line.index(b" ")]
            if subject != last and subject.startswith(start):
                yield subject[len(start) :]
            last = subject


def _thing(subject: bytes) -> str:
    """Return the path without fragment, which is a part of the thing's own page."""
    return subject.removesuffix(b">").partition(b"#")[0].decode()
