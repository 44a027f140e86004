"""What runs inside a worker process: read a job, evaluate, serialise, answer; nothing else.

Started by `api.query.pool` as ``python -m api.query.worker <memory limit>``. A query that overflows
the stack or the memory ends this process only.
"""

import json
import signal
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, BinaryIO, Final, cast

import pyoxigraph

from api.query.bounds import bounded
from api.query.job import Job, Question, Reply, Term
from api.query.output import NoXmlError, Output, TooLargeError
from api.query.rows import is_at_limit, say_in_graph, say_in_results
from api.query.sandbox import confine, silence
from ontology.jsonld import compact
from ontology.namespaces import PREFIXES

STORES: Final = 4
"""So many stores stay open: that of the current release and of others that are asked."""

GRACE_SECONDS: Final = 2.0
"""How long after its time limit a query ends its process, should nobody have killed it by then."""


def main(jobs: BinaryIO, replies: BinaryIO) -> None:
    """Say that it is ready, then answer jobs one after the other until there are no more."""
    replies.write(b"\n")
    replies.flush()
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
    """Return the reply to one job; what is too long for it then lies in the job's spool file."""
    output = Output(job)
    try:
        media_type, at_limit = _answer(job.question, output)
        reply = Reply("done", media_type, body=output.body(), size=output.size, at_limit=at_limit)
    except SyntaxError as error:
        reply = Reply("malformed", message=str(error))
    except TooLargeError:
        reply = Reply("too_large")
    except NoXmlError:
        reply = Reply("not_in_xml")
    except Exception as error:  # noqa: BLE001 -- whatever happens is told; the worker goes on
        reply = _failed(error)
    if reply.outcome == "done":
        output.close()
    else:
        output.discard()
    return reply


def _failed(error: Exception) -> Reply:
    """Return what is said of a query that could be read and did not run.

    pyoxigraph raises `RuntimeError` itself, no subclass, for what it cannot evaluate. Of anything but the
    system's errors only the type is told: the words may hold the query, which is not for the log.
    """
    if type(error) is RuntimeError:
        return Reply("unanswerable")
    told = f": {error}" if isinstance(error, OSError) else ""
    return Reply("failed", message=type(error).__name__ + told)


def _answer(question: Question, output: Output) -> tuple[str, bool]:
    """Write the result to `output`; return its media type and whether it ends at the limit on rows."""
    found = _evaluate(question)
    if isinstance(found, pyoxigraph.QueryTriples):
        return question.graph, _write_graph(found, question, output)
    results = pyoxigraph.QueryResultsFormat.from_media_type(question.results)
    output.is_xml = results == pyoxigraph.QueryResultsFormat.XML
    found.serialize(output, format=results)
    return question.results, _limit_of_rows(found, question, output)


def _limit_of_rows(found: object, question: Question, output: Output) -> bool:
    rows, media_type = question.rows, question.results
    if (
        rows is None
        or isinstance(found, pyoxigraph.QueryBoolean)
        or not is_at_limit(output, media_type, rows)
    ):
        return False
    say_in_results(output, media_type, rows)
    return True


def _evaluate(question: Question) -> Any:
    """Return what a query finds; with a limit on rows, nothing of it runs without that limit."""
    if question.rows is None:
        return _query(question, question.query)
    try:
        return _query(question, bounded(question.query, question.rows))
    except SyntaxError:
        _query(question, question.query)  # says what is wrong with the text as it was sent
        raise


def _query(question: Question, text: str) -> Any:
    terms: Any = {pyoxigraph.Variable(name): _term(term) for name, term in question.substitutions.items()}
    return _store(question.store).query(text, substitutions=terms or None, **_dataset(question))


def _dataset(question: Question) -> dict[str, Any]:
    """Return the arguments that say which graphs a query sees.

    With a union as default graph, pyoxigraph does not look at FROM; hence only one of them.
    """
    if question.default_graphs or question.named_graphs:
        return {
            "default_graph": [pyoxigraph.NamedNode(iri) for iri in question.default_graphs],
            "named_graphs": [pyoxigraph.NamedNode(iri) for iri in question.named_graphs],
        }
    return {} if question.own_dataset else {"use_default_graph_as_union": True}


def _term(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if term.datatype is None:
        return pyoxigraph.NamedNode(term.value)
    return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))


def _write_graph(triples: pyoxigraph.QueryTriples, question: Question, output: Output) -> bool:
    """Write at most as many triples as there may be rows; return whether that many were there."""
    first = _First(triples, question.rows)
    graph = pyoxigraph.RdfFormat.from_media_type(question.graph)
    if graph == pyoxigraph.RdfFormat.JSON_LD:
        document = compact(first)
        notes = {"limit": question.rows} if first.at_limit else {}  # no term of the context: no triple
        output.write(json.dumps({**document, **notes}, ensure_ascii=False).encode())
        return first.at_limit
    output.is_xml = graph == pyoxigraph.RdfFormat.RDF_XML
    prefixes = None if graph == pyoxigraph.RdfFormat.N_TRIPLES else PREFIXES
    pyoxigraph.serialize(first, cast("IO[bytes]", output), graph, prefixes=prefixes)
    if first.at_limit and question.rows is not None:
        say_in_graph(output, question.graph, question.rows)
    return first.at_limit


class _First:
    """The first `rows` of some triples; `at_limit` tells in the end whether there were more."""

    def __init__(self, triples: Iterator[pyoxigraph.Triple], rows: int | None) -> None:
        self._triples = triples
        self._rows = rows
        self.at_limit = False

    def __iter__(self) -> Iterator[pyoxigraph.Triple]:
        for count, triple in enumerate(self._triples):
            if count == self._rows:
                self.at_limit = True
                return
            yield triple


@lru_cache(maxsize=STORES)
def _store(path: str) -> pyoxigraph.Store:
    """Return the store of a release; those used last stay open."""
    return pyoxigraph.Store.read_only(path)


if __name__ == "__main__":
    confine(int(sys.argv[1]))
    silence()
    main(sys.stdin.buffer, sys.stdout.buffer)
