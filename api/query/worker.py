"""What runs inside a worker process: read a job, evaluate, serialise, answer; nothing else.

Started by `api.query.pool` as ``python -m api.query.worker <memory limit>``. A query that overflows
the stack or the memory ends this process only.
"""

import io
import json
import signal
import sys
from functools import lru_cache
from typing import Any, BinaryIO

import pyoxigraph

from api.jsonld import compact
from api.query.job import Job, Reply, Term
from api.query.sandbox import confine
from ontology.namespaces import PREFIXES

GRACE_SECONDS = 2.0
"""How long after its time limit a query ends its process, should nobody have killed it by then."""


class _TooLargeError(Exception):
    """More bytes are written than the job allows."""


class _BoundedBuffer(io.BytesIO):
    """Collects bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            raise _TooLargeError
        return super().write(data)


def main(jobs: BinaryIO, replies: BinaryIO) -> None:
    """Answer jobs one after the other until there are no more."""
    for line in jobs:
        job = Job.from_line(line)
        # The default action of this signal ends the process, even in the midst of native code.
        signal.setitimer(signal.ITIMER_REAL, job.seconds + GRACE_SECONDS)
        reply = run(job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        replies.write(reply.header())
        replies.write(reply.body)
        replies.flush()


def run(job: Job) -> Reply:
    """Return the reply to one job."""
    buffer = _BoundedBuffer(job.result_bytes)
    try:
        media_type = _evaluate(job, buffer)
    except SyntaxError as error:
        return Reply("malformed", message=str(error))
    except _TooLargeError:
        return Reply("too_large")
    except Exception as error:  # noqa: BLE001 -- whatever happens is told; the worker goes on
        return Reply("failed", message=f"{type(error).__name__}: {error}")
    return Reply("done", media_type=media_type, body=buffer.getvalue())


def _evaluate(job: Job, buffer: BinaryIO) -> str:
    """Write the serialised result of a job to `buffer`; return its media type."""
    substitutions: Any = {pyoxigraph.Variable(name): _term(term) for name, term in job.substitutions.items()}
    found = _store(job.store).query(job.query, substitutions=substitutions or None, **_dataset(job))
    if isinstance(found, pyoxigraph.QueryTriples):
        _write_graph(found, job.graph, buffer)
        return job.graph
    results = pyoxigraph.QueryResultsFormat.from_media_type(job.results)
    found.serialize(buffer, format=results)
    return job.results


def _dataset(job: Job) -> dict[str, Any]:
    """Return the arguments that say which graphs a query sees.

    With a union as default graph, pyoxigraph does not look at FROM; hence only one of them.
    """
    if job.default_graphs or job.named_graphs:
        return {
            "default_graph": [pyoxigraph.NamedNode(iri) for iri in job.default_graphs],
            "named_graphs": [pyoxigraph.NamedNode(iri) for iri in job.named_graphs],
        }
    return {} if job.own_dataset else {"use_default_graph_as_union": True}


def _term(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if term.datatype is None:
        return pyoxigraph.NamedNode(term.value)
    return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))


def _write_graph(triples: pyoxigraph.QueryTriples, media_type: str, buffer: BinaryIO) -> None:
    graph = pyoxigraph.RdfFormat.from_media_type(media_type)
    if graph == pyoxigraph.RdfFormat.JSON_LD:
        text = io.TextIOWrapper(buffer, encoding="utf-8", write_through=True)
        json.dump(compact(triples), text, ensure_ascii=False)
        text.detach()
        return
    prefixes = None if graph == pyoxigraph.RdfFormat.N_TRIPLES else PREFIXES
    pyoxigraph.serialize(triples, buffer, graph, prefixes=prefixes)


@lru_cache(maxsize=2)
def _store(path: str) -> pyoxigraph.Store:
    """Return the store of a release; the current and the one before stay open."""
    return pyoxigraph.Store.read_only(path)


if __name__ == "__main__":
    confine(int(sys.argv[1]))
    main(sys.stdin.buffer, sys.stdout.buffer)
