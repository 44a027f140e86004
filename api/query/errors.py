"""Every way in which a query can fail, each with the HTTP status that says so.

::

    QueryError                      ontology.errors
    └── FailedQueryError            has `status`, `kind` and `title`
        ├── RefusedQueryError       403  SERVICE, updates: nothing is fetched, nothing is changed
        ├── MalformedQueryError     400  syntax error, unknown graph, ambiguous text
        ├── UnanswerableQueryError  400  can be read, but not evaluated
        ├── NotInXmlError           406  the result has a character that XML has not
        ├── OverLimitError          names the limit and its setting
        │   ├── TooLongQueryError   413  the text is over its limit
        │   ├── LargeResultError    422  the result is over its limit
        │   ├── TooManyError        429  too much by this client
        │   ├── StoppedQueryError   503  ran into its time limit
        │   ├── BusyError           503  too many queries are waiting
        │   └── BrokenQueryError    503  ended the process it ran in
        ├── FaultError              503  something of ours does not work; the log says what
        └── ClientGoneError         499  nobody waits for the answer any more

Whoever can come again with success is told when (`retry_after`): every 503 and 429 says so.
"""

import math
from dataclasses import dataclass
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


class UnanswerableQueryError(FailedQueryError):
    """The query can be read but not evaluated: it asks for something that does not exist here."""

    kind = "query-unanswerable"
    title = "Query cannot be evaluated"


class NotInXmlError(FailedQueryError):
    """The result has a character that no document in XML may hold; every other format can give it."""

    status = 406
    kind = "not-in-xml"
    title = "Result cannot be written in XML"


@dataclass(frozen=True)
class Limit:
    """A limit that was reached: the field of `ontology.settings.Settings` that sets it, and its value."""

    field: str
    value: float

    @property
    def setting(self) -> str:
        """Return the name of the setting as it stands in the environment."""
        return f"STADTZIELE_{self.field.upper()}"


class OverLimitError(FailedQueryError):
    """A limit was reached. Its problem names it and its setting, and leads to the whole data."""

    def __init__(self, detail: str, limit: Limit) -> None:
        super().__init__(detail, limit={"setting": limit.setting, "value": limit.value})


class TooLongQueryError(OverLimitError):
    """The text of the query is over `STADTZIELE_QUERY_BYTES`."""

    status = 413
    kind = "query-too-long"
    title = "Query too long"


class StoppedQueryError(OverLimitError):
    """The query ran longer than `STADTZIELE_QUERY_SECONDS` and was stopped."""

    status = 503
    kind = "query-stopped"
    title = "Query stopped"
    retry_after = 60


class BusyError(OverLimitError):
    """All workers are busy and enough queries are waiting, or enough large results are being sent."""

    status = 503
    kind = "busy"
    title = "Too many queries"
    retry_after = 5


class TooManyError(OverLimitError):
    """One client asks too much: too many requests, or more than its part of the queue or of the spool.

    After `seconds` it may go on.
    """

    status = 429
    kind = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, limit: Limit, *, seconds: float) -> None:
        super().__init__(detail, limit)
        self.retry_after = math.ceil(seconds)


class BrokenQueryError(OverLimitError):
    """The query ended the process it ran in: too deeply nested, or over `STADTZIELE_QUERY_MEMORY`."""

    status = 503
    kind = "query-broken"
    title = "Query could not be run"
    retry_after = 60


class LargeResultError(OverLimitError):
    """The result is over `STADTZIELE_RESULT_BYTES`; nothing of it is sent; later it is no smaller."""

    status = 422
    kind = "result-too-large"
    title = "Result too large"


class FaultError(FailedQueryError):
    """Something of ours does not work. What, is for the log alone."""

    status = 503
    kind = "query-fault"
    title = "Query could not be run"
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(
            "The query could not be run. The fault is ours and has been logged. Try again later."
        )


class ClientGoneError(FailedQueryError):
    """The client hung up. Nobody reads this answer; logs and metrics tell of it."""

    status = 499
    kind = "client-gone"
    title = "Client closed request"
