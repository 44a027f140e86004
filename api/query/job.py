"""What goes to a query worker and what comes back: a line of JSON each way, then the result."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Outcome = Literal["done", "malformed", "too_large", "failed"]


@dataclass(frozen=True)
class Term:
    """An RDF term as plain text; a literal has a datatype, an IRI has none."""

    value: str
    datatype: str | None = None


@dataclass(frozen=True)
class Job:
    """A query over the store of one release.

    `results` and `graph` are the media types for SELECT/ASK and CONSTRUCT/DESCRIBE. The default
    graph is the union of all graphs unless the query (`own_dataset`) or the request
    (`default_graphs`, `named_graphs`) names graphs. `substitutions` bind variables to values.
    """

    store: str
    query: str
    results: str = "application/sparql-results+json"
    graph: str = "application/n-triples"
    own_dataset: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    substitutions: Mapping[str, Term] = field(default_factory=dict)
    seconds: float = 10.0
    result_bytes: int = 256_000_000

    def to_line(self) -> bytes:
        """Return the job as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Job":
        """Return the job that `to_line` wrote."""
        values: dict[str, Any] = json.loads(line)
        terms = {name: Term(**term) for name, term in values.pop("substitutions").items()}
        return cls(substitutions=terms, **values)


@dataclass(frozen=True)
class Reply:
    """How a job ended. `body` is the serialised result of a job that is `done`."""

    outcome: Outcome
    media_type: str = ""
    message: str = ""
    body: bytes = b""

    def header(self) -> bytes:
        """Return everything but the body as one line of JSON."""
        values = {
            "outcome": self.outcome,
            "media_type": self.media_type,
            "message": self.message,
            "length": len(self.body),
        }
        return json.dumps(values).encode() + b"\n"
