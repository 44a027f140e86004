"""What goes to a query worker and what comes back: a line of JSON each way, then the result."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Outcome = Literal["done", "malformed", "unanswerable", "too_large", "not_in_xml", "failed"]


@dataclass(frozen=True)
class Term:
    """An RDF term as plain text; a literal has a datatype, an IRI has none."""

    value: str
    datatype: str | None = None


@dataclass(frozen=True)
class Question:
    """What is asked of the store of one release, and in which format: all that an answer depends on.

    `results` and `graph` are the media types for SELECT/ASK and CONSTRUCT/DESCRIBE. The default
    graph is the union of all graphs unless the query (`own_dataset`) or the request
    (`default_graphs`, `named_graphs`) names graphs. `substitutions` bind variables to values.
    The result ends at `rows` rows or triples, and says so if there may be more; one of more than
    `result_bytes` is none.
    `same_as` is a text that is the same for queries that differ only in how they are set.
    """

    store: str
    query: str
    same_as: str | None = None
    results: str = "application/sparql-results+json"
    graph: str = "application/n-triples"
    own_dataset: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    substitutions: Mapping[str, Term] = field(default_factory=dict)
    rows: int | None = None
    result_bytes: int | None = None


@dataclass(frozen=True)
class Job:
    """A question with what a worker may spend on it.

    `seconds` of time, `result_bytes` of result; what is longer than `inline_bytes` goes to the file
    `spool`, which must not be there yet, instead of through the pipe.
    """

    question: Question
    seconds: float
    result_bytes: int
    inline_bytes: int
    spool: str

    def to_line(self) -> bytes:
        """Return the job as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Job":
        """Return the job that `to_line` wrote."""
        values: dict[str, Any] = json.loads(line)
        asked = values.pop("question")
        terms = {name: Term(**term) for name, term in asked.pop("substitutions").items()}
        return cls(question=Question(substitutions=terms, **asked), **values)


@dataclass(frozen=True)
class Reply:
    """How a job ended.

    `message` says what is wrong: with the query if it is `malformed`, with us if it is `failed`. `body` is
    the serialised result of a job that is `done`, unless it lies in the job's spool file. `size` counts its
    bytes; `at_limit` says that it ends where the limit on rows is.
    """

    outcome: Outcome
    media_type: str = ""
    message: str = ""
    body: bytes = b""
    size: int = 0
    at_limit: bool = False

    def header(self) -> bytes:
        """Return everything but the body as one line of JSON."""
        values = {**asdict(self), "body": len(self.body)}
        return json.dumps(values).encode() + b"\n"
