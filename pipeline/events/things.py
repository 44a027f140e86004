"""What each goal and each decision of a release says: read from the sorted quads, without holding them.

A goal says more than its own triples: its indicator, the values of that, and the reports on its progress
are things of their own in the graph, and part of the goal here. Where it stands in its file is no part of
it: a row that moves is no news.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    """What was found of a thing: a sum of digests, and where in the file its lines are."""

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
        with self._path.open("rb") as file:
            quads: list[bytes] = []
            for start, size in self._found[path.encode()].runs:
                file.seek(start)
                quads += file.read(size).splitlines(keepends=True)
        return sorted({_triple(quad) for quad in quads if not _is_place(quad)})

    def _scan(self) -> dict[bytes, _Found]:
        found: dict[bytes, _Found] = {}
        former = b""
        for subject, start, quad in self._own_quads():
            owner = _owner(subject)
            triple = _triple(quad)
            if owner is None or triple == former or _is_place(quad):  # the same in two graphs counts once
                continue
            former = triple
            thing = found.setdefault(owner, _Found())
            thing.total = (thing.total + _number(triple)) % _MODULUS
            if owner == subject:
                thing.is_there = True
                thing.is_withdrawn |= quad.split(b" ", 2)[1] == _INVALIDATED
            _extend(thing.runs, start, len(quad))
        return found

    def _own_quads(self) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield the path of the subject, the place and the line of each quad about one of our things."""
        beginning = b"<" + self._base
        place = 0
        with self._path.open("rb") as file:
            for quad in file:
                if quad.startswith(beginning):
                    yield quad[len(beginning) : quad.index(b"> ")], place, quad
                place += len(quad)


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


def _triple(quad: bytes) -> bytes:
    return quad[: quad.rindex(b" <")] + b" .\n"


def _is_place(quad: bytes) -> bool:
    return quad.split(b" ", 2)[1] == _ROW


def _number(triple: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(triple, digest_size=16).digest(), "big")


def _extend(runs: list[tuple[int, int]], start: int, size: int) -> None:
    """Add a line to the runs of lines; those that follow one another are one run."""
    if runs and runs[-1][0] + runs[-1][1] == start:
        runs[-1] = (runs[-1][0], runs[-1][1] + size)
    else:
        runs.append((start, size))
