"""The one shape of every error: `application/problem+json` (RFC 9457).

Browsers get the same content as a page. Nothing of the inside is shown: an unexpected error is
logged with its trace and told without.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from api.links import folder_of, whole_data_link
from api.logs import REQUEST_ID
from api.middleware import OPEN_TO_ALL, SECURITY
from api.negotiation import prefers_html
from api.query.errors import FailedQueryError, OverLimitError
from api.state import house_of
from ontology.errors import ReleaseError, UnknownReleaseError

MEDIA_TYPE: Final = "application/problem+json"
KINDS: Final = "https://w3id.org/stadtziele/problems#"
DESCRIBED: Final[dict[str, Any]] = {
    "description": "A problem (RFC 9457); what it is says `type`, how to go on `detail` and `Retry-After`",
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "instance", "request_id"],
                "properties": {
                    "type": {"type": "string", "format": "uri-reference"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string", "format": "uri-reference"},
                    "request_id": {"type": "string"},
                    "limit": {
                        "type": "object",
                        "description": "The limit that was reached, and the setting of this server for it",
                        "properties": {"setting": {"type": "string"}, "value": {"type": "number"}},
                    },
                },
            }
        }
    },
}
"""How the interface's description tells of every error."""

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")

log = logging.getLogger(__name__)


@dataclass
class ProblemError(Exception):
    """A problem to answer with. `kind` is a stable key, `members` further members of the object."""

    status: int
    detail: str
    kind: str = "about:blank"
    title: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, instance: str) -> dict[str, Any]:
        """Return the problem object for a request to the path `instance`."""
        return {
            "type": self.kind if ":" in self.kind else KINDS + self.kind,
            "title": self.title or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.members,
        }


def not_found(detail: str) -> ProblemError:
    """Return the problem for something that is not there."""
    return ProblemError(404, detail, "not-found")


def not_acceptable(offered: tuple[str, ...]) -> ProblemError:
    """Return the problem for a client that wants none of the offered media types."""
    return ProblemError(
        406,
        f"None of the accepted formats can be given. Available: {', '.join(offered)}.",
        "not-acceptable",
        members={"available": list(offered)},
        headers={"Vary": "Accept"},
    )


def add_handlers(app: FastAPI) -> None:
    """Answer every error of `app` in the one shape."""
    app.add_exception_handler(ProblemError, _handle)
    app.add_exception_handler(FailedQueryError, _handle)
    app.add_exception_handler(ReleaseError, _handle)
    app.add_exception_handler(HTTPException, _handle)
    app.add_exception_handler(RequestValidationError, _handle)
    app.add_exception_handler(Exception, _handle)


async def _handle(request: Request, error: Exception) -> Response:
    problem = _problem(request, error)
    if request.method == "OPTIONS" and problem.status == 405:
        return Response(status_code=204, headers=dict(problem.headers))
    document = {**problem.document(request.url.path), "request_id": request.scope[REQUEST_ID]}
    headers = {"Cache-Control": "no-store", **_outermost(request, problem), **problem.headers}
    if prefers_html(request.headers.get("accept")):
        return house_of(request).pages.render(
            request, "error.html", status=problem.status, headers=headers, problem=document
        )
    return JSONResponse(document, problem.status, headers=headers, media_type=MEDIA_TYPE)


def _outermost(request: Request, problem: ProblemError) -> Mapping[str, str]:
    """Return what an unexpected error brings along, as it is answered outside of all middleware."""
    if problem.status != 500:
        return {}
    return {**SECURITY, **OPEN_TO_ALL, "X-Request-ID": request.scope[REQUEST_ID]}


def _problem(request: Request, error: Exception) -> ProblemError:
    match error:
        case ProblemError():
            return error
        case FailedQueryError():
            return _of_query(request, error)
        case UnknownReleaseError():
            return not_found(str(error))
        case ReleaseError():
            return _no_release(error)
        case RequestValidationError():
            return _of_validation(error)
        case HTTPException():
            return _of_http(request, error)
        case _:
            log.error("Unexpected error", exc_info=error)
            return ProblemError(500, "Something went wrong here. It has been logged.", "internal-error")


def _of_query(request: Request, error: FailedQueryError) -> ProblemError:
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    if isinstance(error, OverLimitError):
        headers["Link"] = whole_data_link(folder_of(request.path_params))
    return ProblemError(error.status, error.detail, error.kind, error.title, error.members, headers)


def _no_release(error: ReleaseError) -> ProblemError:
    log.warning("No release: %s", error)
    return ProblemError(
        503,
        "No release can be served at the moment. Try again in a minute.",
        "no-release",
        headers={"Retry-After": "60"},
    )


def _of_validation(error: RequestValidationError) -> ProblemError:
    errors = [
        {"parameter": ".".join(map(str, e["loc"][1:])), "in": str(e["loc"][0]), "message": str(e["msg"])}
        for e in error.errors()
    ]
    places = "; ".join(f"{e['parameter']}: {e['message']}" for e in errors)
    return ProblemError(
        422, f"The request is not valid: {places}.", "invalid-request", members={"errors": errors}
    )


def _of_http(request: Request, error: HTTPException) -> ProblemError:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request))
        return ProblemError(
            405, f"{request.method} is not possible here; {headers['Allow']} are.", headers=headers
        )
    if error.status_code == 404:
        return not_found("There is nothing at this address.")
    return ProblemError(error.status_code, str(error.detail), headers=headers)


def _allowed(request: Request) -> list[str]:
    """Return the methods that some route has for the path of a request."""
    found = [
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]
    return [*found, *(["HEAD"] if "GET" in found else []), "OPTIONS"]
