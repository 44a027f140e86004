"""The host that a client asked: where addresses in answers lead, whatever host the IRIs of the data name."""

import pyoxigraph as ox
from starlette.requests import Request

from api.problems import ProblemError


def host_of(request: Request) -> str:
    """Return the beginning of all addresses on the host that was asked, ending in a slash.

    Raises `ProblemError` (400) where what the client calls the host cannot stand in an IRI.
    """
    try:
        return ox.NamedNode(str(request.base_url)).value
    except ValueError as error:
        raise ProblemError(400, "The host of the request is none.", "bad-host") from error
