"""What each goal and each decision of a release says: read from the sorted quads, without holding them.

A goal says more than its own triples: its indicator, the values of that, and the reports on its progress
are things of their own in the graph, and part of the goal here. Where it stands in its file is no part of
it: a row that moves is no news.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from ontology.namespaces import expand
from pipeline.exports.graphs import QUADS

WITHDRAWN: Final = "w"
"""Ends the digest of a goal that is no longer handed in."""

_THINGS: Final = frozenset({b"goal", b"decision"})
_PARTS: Final = frozenset({b"indicator", b"observation", b"progress"})
"""Kinds of IRIs whose next segment is the goal that they are part of."""
_ROW: Final = f"<{expand('prov:hadPrimarySource')}>".encode()
_INVALIDATED: Final = f"<{expand('prov:invalidatedAtTime')}>".encode()
_MODULUS: Final = 1 << 128


@dataclass(slots=True)
class _Found:
    """What was found of a thing: the sum of its subjects' digests, and where in the file their lines are."""

    total: int = 0
    is_there: bool = False
    is_withdrawn: bool = False
    runs: list[tuple[int, int]] = field(default_factory=list)


class Things:
    """The goals and decisions of a release that is being made, by the paths of their IRIs."""

    def __init__(self, folder: Path, base: str) -> None:
        """Read the quads in `folder` once. Digests and places are kept, some hundred bytes a thing."""
        self._path = folder / QUADS
        self._base = base.encode()
        self._found = {path: found for path, found in self._scan().items() if found.is_there}

    def digests(self) -> dict[str, str]:
        """Return the digest of what each thing says, which ends in `WITHDRAWN` where it is."""
        return {
            path.decode(): f"{found.total:032x}{WITHDRAWN if found.is_withdrawn else ''}"
            for path, found in self._found.items()
        }

    def lines(self, path: str) -> list[bytes]:
        """Return the triples of a thing and its parts as lines of N-Triples, sorted."""
        found: list[bytes] = []
        with self._path.open("rb") as file:
            for start, size in self._found[path.encode()].runs:
                file.seek(start)
                found += _triples(file.read(size).splitlines(keepends=True))
        return sorted(found)

    def _scan(self) -> dict[bytes, _Found]:
        found: dict[bytes, _Found] = {}
        for path, start, quads in self._subjects():
            owner = _owner(path)
            if owner is None:
                continue
            triples = _triples(quads)
            thing = found.setdefault(owner, _Found())
            thing.total = (thing.total + _number(b"".join(triples))) % _MODULUS
            thing.runs.append((start, sum(map(len, quads))))
            if owner == path:
                thing.is_there = True
                thing.is_withdrawn = any(_predicate(triple) == _INVALIDATED for triple in triples)
        return found

    def _subjects(self) -> Iterator[tuple[bytes, int, list[bytes]]]:
        """Yield the path of the IRI, the place and the lines of each of our subjects."""
        beginning = b"<" + self._base
        place = 0
        with self._path.open("rb") as file:
            for subject, lines in groupby(file, _subject):
                quads = list(lines)
                if subject.startswith(beginning):
                    yield subject[len(beginning) : -1], place, quads
                place += sum(map(len, quads))


def owner_of(path: str) -> str | None:
    """Return the path of the thing that something is part of, or is; None for what is in no event."""
    owner = _owner(path.encode())
    return None if owner is None else owner.decode()


def _owner(path: bytes) -> bytes | None:
    kind, _, rest = path.removeprefix(b"id/").partition(b"/")
    if not path.startswith(b"id/") or b"#" in path:
        return None
    if kind in _THINGS:
        return path
    return b"id/goal/" + rest.partition(b"/")[0] if kind in _PARTS else None


def _triples(quads: Iterable[bytes]) -> list[bytes]:
    """Return the triples of sorted quads in order, each once, and none that tells a row."""
    triples = dict.fromkeys(quad[: quad.rindex(b" <")] + b" .\n" for quad in quads)
    return [triple for triple in triples if _predicate(triple) != _ROW]


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def _predicate(line: bytes) -> bytes:
    return line.split(b" ", 2)[1]


def _number(triples: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(triples, digest_size=16).digest(), "big")
