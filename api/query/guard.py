"""Reads a query before it runs: what form it has, which graphs it names, whether it may run and be kept.

Refused are SERVICE (Oxigraph would fetch from any address), updates, graphs that are not of this release
(nothing is ever fetched), and words that SPARQL does not know. The sandbox of the workers stands behind it,
see `api.query.sandbox`.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, cast
from urllib.parse import urljoin

from api.query.errors import MalformedQueryError, RefusedQueryError
from api.query.lexer import FORMS, Kind, Token, decode_escapes, place, tokens
from api.query.words import is_known

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

UPDATES: Final = {
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "DROP",
    "CREATE",
    "ADD",
    "MOVE",
    "COPY",
    "WITH",
}
VARYING: Final = ("NOW", "RAND", "UUID", "BNODE")
"""Parts of the names of functions whose value is another one each time; a name more costs only speed."""
REMEMBERED: Final = 4_096
"""Texts up to this length are quickly read and, once read, remembered; longer ones would fill the memory."""
_FIRST: Final = FORMS | UPDATES
_SERVICE: Final = "service"
_SHOWN: Final = 60
"""Characters of a wrong word that an error repeats."""


@dataclass(frozen=True)
class Inspected:
    """What a query that may run looks like; `form` is None if its syntax is wrong before that.

    `text` is the query with every comment and every gap made one space: texts that are the same so
    mean the same. `is_fixed` tells whether the same release always gives the same answer.
    """

    form: Form | None
    graphs: tuple[str, ...]
    text: str
    is_fixed: bool

    @property
    def is_graph(self) -> bool:
        """Tell whether the result is a graph instead of a table."""
        return self.form in {"CONSTRUCT", "DESCRIBE"}


def inspect(text: str) -> Inspected:
    """Return form and named graphs of a query; what was read lately is remembered.

    Raises `RefusedQueryError` for SERVICE and updates, `MalformedQueryError` where the text can be
    read in two ways or has a word that SPARQL does not know. A text with escapes must be harmless as it
    stands and with them decoded.
    """
    return _remembered(text) if len(text) <= REMEMBERED else _inspected(text)


def _inspected(text: str) -> Inspected:
    decoded = decode_escapes(text)
    if decoded != text:
        _refuse_service(decoded, _without_comments(decoded))
    found = _without_comments(text)
    _refuse_service(text, found)
    keyword = next((token.word for token in found if token.word in _FIRST), None)
    if keyword in UPDATES:
        raise RefusedQueryError(f"{keyword} is an update. This endpoint is read-only.")
    _refuse_unknown_words(text, found)
    return Inspected(
        form=cast("Form | None", keyword),  # updates are refused
        graphs=tuple(_dataset(found)),
        text=_normalised(found),
        is_fixed=not any(_varies(token) for token in found),
    )


_remembered = lru_cache(maxsize=256)(_inspected)


def _without_comments(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind is not Kind.COMMENT]


def refuse_foreign_graphs(named: tuple[str, ...], known: Set[str]) -> None:
    """Raise `MalformedQueryError` if a query names graphs that are not of this release."""
    foreign = [iri for iri in named if iri not in known]
    if foreign:
        raise MalformedQueryError(
            f"<{foreign[0]}> is no graph of this release, and nothing is fetched. "
            "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs.",
            graphs=foreign,
        )


def _refuse_service(text: str, found: list[Token]) -> None:
    for token, following in pairwise([*found, None]):
        assert token is not None  # noqa: S101 -- for the type checker: only the last one is
        if token.kind is Kind.UNCLOSED:
            raise _malformed(text, token, "The string that starts in {place} is not closed.")
        if token.kind is Kind.AMBIGUOUS:
            raise _malformed(
                text,
                token,
                "In {place}, “<” can be read as the start of an IRI or as “less than”. "
                "Put a space behind it, or write the IRI with its scheme.",
            )
        if _asks_for_service(token, following):
            raise RefusedQueryError(
                f"SERVICE in {_told(text, token)}: this endpoint asks no other endpoints; "
                "nothing is fetched. (A name before “{” must not have the word in its prefix either.)"
            )


def _refuse_unknown_words(text: str, found: list[Token]) -> None:
    for token in found:
        if token.kind is Kind.WORD and not is_known(token.text):
            raise _malformed(
                text,
                token,
                "“{word}” in {place} is no word of SPARQL. Put spaces between words, a “?” before a "
                "variable, quotation marks around text.",
            )


def _normalised(found: list[Token]) -> str:
    """Return the tokens with one space wherever something lay between two of them."""
    pieces: list[str] = []
    end = 0
    for token in found:
        pieces += [" ", token.text] if token.start > end and pieces else [token.text]
        end = token.start + len(token.text)
    return "".join(pieces)


def _varies(token: Token) -> bool:
    """Tell whether a token could call a function that gives something else each time."""
    return token.kind in {Kind.WORD, Kind.NAME} and any(name in token.text.upper() for name in VARYING)


def _asks_for_service(token: Token, following: Token | None) -> bool:
    """Tell whether Oxigraph could read the keyword in a token: it asks for no boundary around it.

    ``service:x`` may be the keyword and the name ``:x``, but only before the group of a SERVICE clause.
    """
    match token.kind:
        case Kind.WORD:
            return _SERVICE in token.text.lower()
        case Kind.NAME:
            return _SERVICE in token.prefix.lower() and following is not None and following.text == "{"
        case _:
            return False


def _malformed(text: str, token: Token, detail: str) -> MalformedQueryError:
    """Return the error for a token, with `word` and `place` filled in to `detail`."""
    line, column = place(text, token.start)
    told = detail.format(word=token.text[:_SHOWN], place=_told(text, token))
    return MalformedQueryError(told, line=line, column=column)


def _told(text: str, token: Token) -> str:
    return "line {}, column {}".format(*place(text, token.start))


def _dataset(found: list[Token]) -> Iterator[str]:
    """Yield the IRIs of FROM and FROM NAMED."""
    base, prefixes = _prologue(found)
    for at, token in enumerate(found):
        if token.word != "FROM":
            continue
        names = found[at + 1 : at + 3]
        if names and names[0].word == "NAMED":
            names = names[1:]
        if names and names[0].kind in {Kind.IRI, Kind.NAME}:
            yield _iri(names[0], base, prefixes)


def _prologue(found: list[Token]) -> tuple[str, dict[str, str]]:
    """Return base and prefixes that a query declares."""
    base, prefixes = "", dict[str, str]()
    for at, token in enumerate(found[:-2]):
        if token.word == "BASE":
            base = _iri(found[at + 1], base, prefixes)
        elif token.word == "PREFIX":
            prefixes[found[at + 1].prefix] = _iri(found[at + 2], base, prefixes)
        elif token.word in FORMS:
            break
    return base, prefixes


def _iri(token: Token, base: str, prefixes: dict[str, str]) -> str:
    if token.kind is Kind.NAME:
        return prefixes.get(token.prefix, f"{token.prefix}:") + token.local.replace("\\", "")
    iri = decode_escapes(token.text[1:-1])
    if not base or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
        return iri
    return urljoin(base, iri) + ("#" if iri.endswith("#") else "")  # urljoin drops an empty fragment
