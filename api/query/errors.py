"""Every way in which a query can fail, each with the HTTP status that says so.

::

    QueryError                      ontology.errors
    └── FailedQueryError            has `status`, `kind` and `title`
        ├── RefusedQueryError       403  SERVICE, updates: nothing is fetched, nothing is changed
        ├── MalformedQueryError     400  syntax error, unknown graph, ambiguous text
        ├── TooLongQueryError       413  the text is over its limit
        ├── StoppedQueryError       503  ran into its time limit
        ├── BusyError               503  too many queries are waiting
        ├── TooManyError            429  too many queries of this client
        ├── BrokenQueryError        503  ended the process it ran in
        ├── LargeResultError        503  the result is over its limit
        └── ClientGoneError         499  nobody waits for the answer any more
"""

import math
from typing import ClassVar

from ontology.errors import QueryError


class FailedQueryError(QueryError):
    """A query that failed. `kind` is a stable key, `members` go into the problem as they are."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "query-failed"
    title: ClassVar[str] = "Query failed"
    retry_after: int | None = None

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members


class RefusedQueryError(FailedQueryError):
    """The query asks for what this endpoint never does."""

    status = 403
    kind = "query-refused"
    title = "Query refused"


class MalformedQueryError(FailedQueryError):
    """The query cannot be understood; `line` and `column` tell where, counted from 1."""

    kind = "query-malformed"
    title = "Query malformed"


class TooLongQueryError(FailedQueryError):
    """The text of the query is over `STADTZIELE_QUERY_BYTES`."""

    status = 413
    kind = "query-too-long"
    title = "Query too long"


class StoppedQueryError(FailedQueryError):
    """The query ran longer than `STADTZIELE_QUERY_SECONDS` and was stopped."""

    status = 503
    kind = "query-stopped"
    title = "Query stopped"
    retry_after = 60


class BusyError(FailedQueryError):
    """All workers are busy and enough queries are waiting."""

    status = 503
    kind = "busy"
    title = "Too many queries"
    retry_after = 5


class TooManyError(FailedQueryError):
    """One client asks too much: over `STADTZIELE_CLIENT_REQUESTS`, or more than its part of the queue.

    After `seconds` it may go on.
    """

    status = 429
    kind = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, seconds: float) -> None:
        super().__init__(detail)
        self.retry_after = math.ceil(seconds)


class BrokenQueryError(FailedQueryError):
    """The query ended the process it ran in: too deeply nested, or too much memory."""

    status = 503
    kind = "query-broken"
    title = "Query could not be run"
    retry_after = 60


class LargeResultError(FailedQueryError):
    """The result is over `STADTZIELE_RESULT_BYTES`; nothing of it is sent."""

    status = 503
    kind = "result-too-large"
    title = "Result too large"
    retry_after = 60


class ClientGoneError(FailedQueryError):
    """The client hung up. Nobody reads this answer; logs and metrics tell of it."""

    status = 499
    kind = "client-gone"
    title = "Client closed request"
