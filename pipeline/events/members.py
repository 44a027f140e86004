"""Members of the log: what a thing said at a time, under an IRI of that version.

After the conventions of LDES 1.0: the version takes the place of the thing as subject,
`prov:specializationOf` leads to the thing, `prov:generatedAtTime` tells when, and a type of Activity Streams
whether it came, changed or went. What is part of a goal (indicator, values, reports) or of a dataset
(distributions, checksums, rights, contact, period) gets a name within the version, so that a page can hold
two of them, and `dct:hasPart` leads to it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from ontology.catalogue import DATASETS
from ontology.iris import Iris
from ontology.namespaces import XSD, expand
from pipeline.events.things import owner_of

Kind = Literal["Create", "Update", "Delete"]

_TYPE: Final = expand("rdf:type")
_VERSION_OF: Final = expand("prov:specializationOf")
_PART: Final = expand("dct:hasPart")
_AT: Final = expand("prov:generatedAtTime")


def member(iris: Iris, number: int, path: str, kind: Kind, at: datetime, lines: Iterable[bytes]) -> bytes:
    """Return a member as sorted N-Triples. `lines` are those of the thing with this path of its IRI."""
    node = iris.event(number)
    own = [
        f"<{node}> <{_TYPE}> <{expand(f'as:{kind}')}> .\n",
        f"<{node}> <{_VERSION_OF}> <{iris.base}{path}> .\n",
        f'<{node}> <{_AT}> "{moment(at)}"^^<{XSD}dateTime> .\n',
    ]
    named = _Names(iris.base, path, node)
    content = {named.line(line) for line in lines}
    own += [f"<{node}> <{_PART}> {part} .\n" for part in _parts(content, node)]
    return b"".join(sorted([*(line.encode() for line in own), *content]))


def _parts(content: Iterable[bytes], node: str) -> set[str]:
    """Return the subjects that are not the member itself, as terms."""
    return {line[: line.index(b" ")].decode() for line in content} - {f"<{node}>"}


def moment(at: datetime) -> str:
    """Return a time in UTC with milliseconds, the finest that all readers of the log can tell apart."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


class _Names:
    """Gives a thing and its parts the names that they have in one version."""

    def __init__(self, base: str, path: str, node: str) -> None:
        self._base = base
        self._path = path
        self._node = node

    def line(self, line: bytes) -> bytes:
        subject, predicate, rest = line.split(b" ", 2)
        value = rest.removesuffix(b" .\n")
        return b"%b %b %b .\n" % (self._term(subject), predicate, self._term(value))

    def _term(self, term: bytes) -> bytes:
        beginning = f"<{self._base}"
        if not term.startswith(beginning.encode()):
            return term
        path = term.decode().removeprefix(beginning).removesuffix(">")
        if path == self._path:
            return f"<{self._node}>".encode()
        part = self._part(path)
        return f"<{self._node}#{part}>".encode() if part else term

    def _part(self, path: str) -> str | None:
        """Return what a part of the thing is called within it; None for what is none."""
        if self._path.startswith(DATASETS):  # all that lies below its address
            inside = path.removeprefix(f"{self._path}/")
            return inside.replace("/", "-") if inside != path else None
        if owner_of(path) != self._path:
            return None
        kind, _, rest = path.removeprefix("id/").partition("/")
        return "-".join(filter(None, [kind, *rest.split("/")[1:]]))
