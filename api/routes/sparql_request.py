"""Reading a request of the SPARQL 1.1 Protocol, with every case that it spells out."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import parse_qs

from fastapi import Request
from starlette.requests import ClientDisconnect

from api.problems import ProblemError
from api.query.errors import ClientGoneError, Limit, RefusedQueryError, TooLongQueryError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_PROTOCOL: Final = ("query", "default-graph-uri", "named-graph-uri", "update")
_UTF_8: Final = {"utf-8", "utf8", "us-ascii", "ascii"}
_PARAMETER_BYTES: Final = 16_384
_FIELDS: Final = 200

_Fields = Mapping[str, list[str]]


@dataclass(frozen=True)
class SparqlRequest:
    """A query and the graphs that the request, not the query, names for it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None


def read_get(query_string: str, query_bytes: int) -> SparqlRequest:
    """Return what a GET asks for. Raises `ProblemError` or `FailedQueryError`."""
    return _request(_parse(query_string.encode()), query_bytes)


async def read_post(request: Request, query_bytes: int) -> SparqlRequest:
    """Return what a POST asks for: a form, or a query as the body and the rest in the address."""
    media_type = _media_type(request)
    body = await _body(request, query_bytes)
    fields = _parse(request.url.query.encode())
    if media_type == FORM:
        return _request(_with_form(fields, _parse(body)), query_bytes)
    if "query" in fields:
        raise ProblemError(400, "There is a query in the address and one in the body.", "query-repeated")
    return _request({**fields, "query": [_text(body)]}, query_bytes)


def _with_form(address: _Fields, form: _Fields) -> _Fields:
    """Return what a form and its address ask for together: of the protocol, all has to be in the form."""
    misplaced = next((name for name in _PROTOCOL if name in address), None)
    if misplaced is not None:
        raise ProblemError(
            400,
            f"The parameter “{misplaced}” is in the address of a form. It belongs into the form.",
            "parameter-misplaced",
            members={"parameter": misplaced},
        )
    return {**form, "format": [*address.get("format", []), *form.get("format", [])]}


def _media_type(request: Request) -> str:
    """Return the type of the body, which has to be a form or a query."""
    content_type = request.headers.get("content-type")
    if not content_type:
        raise ProblemError(400, f"Content-Type is missing; use {FORM} or {QUERY}.", "content-type-missing")
    told = Message()
    told["content-type"] = content_type
    media_type, charset = told.get_content_type(), told.get_content_charset("utf-8")
    if media_type == UPDATE:
        raise RefusedQueryError("This is an update. This endpoint is read-only.")
    if media_type not in {FORM, QUERY}:
        raise ProblemError(
            415,
            f"A body of this type cannot be read; use {FORM} or {QUERY}.",
            "content-type-unsupported",
            headers={"Accept-Post": f"{FORM}, {QUERY}"},
        )
    if charset not in _UTF_8:
        raise ProblemError(
            415, "Only UTF-8 can be read; the body is said to be in another charset.", "charset-unsupported"
        )
    return media_type


async def _body(request: Request, query_bytes: int) -> bytes:
    """Return the body: the longest query there may be, with every character encoded, and parameters."""
    body, most = bytearray(), 3 * query_bytes + _PARAMETER_BYTES
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise TooLongQueryError(
                    f"The body is longer than {most:,} bytes.", Limit("query_bytes", query_bytes)
                )
    except ClientDisconnect as error:
        raise ClientGoneError("The client hung up before its query was here.") from error
    return bytes(body)


def _parse(encoded: bytes) -> _Fields:
    try:
        return parse_qs(encoded.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except UnicodeDecodeError as error:
        raise ProblemError(400, "The request is not UTF-8.", "not-utf-8") from error
    except ValueError as error:
        raise ProblemError(400, f"More than {_FIELDS} parameters.", "too-many-parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProblemError(400, "The query is not UTF-8.", "not-utf-8") from error


def _request(fields: _Fields, query_bytes: int) -> SparqlRequest:
    if "update" in fields:
        raise RefusedQueryError("“update” is an update. This endpoint is read-only.")
    queries = fields.get("query", [])
    if not queries or not queries[0].strip():
        raise ProblemError(400, "The parameter “query” is missing.", "query-missing")
    if len(queries) > 1:
        raise ProblemError(400, "The parameter “query” is given more than once.", "query-repeated")
    formats = fields.get("format", [])
    if len(formats) > 1:
        raise ProblemError(400, "The parameter “format” is given more than once.", "parameter-repeated")
    if len(queries[0].encode(errors="replace")) > query_bytes:
        raise TooLongQueryError(
            f"The query is longer than {query_bytes:,} bytes.", Limit("query_bytes", query_bytes)
        )
    return SparqlRequest(
        queries[0],
        tuple(fields.get("default-graph-uri", [])),
        tuple(fields.get("named-graph-uri", [])),
        formats[0] or None if formats else None,
    )
