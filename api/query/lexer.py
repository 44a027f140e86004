"""Reads the text of a query as Oxigraph does, token by token.

Only as deep as the guard needs: what is a comment, a string or an IRI, and what stands outside of
them. Three things differ from a lexer that only follows the grammar's longest match:

- Oxigraph does not ask for a boundary behind a keyword: ``SERVICEex:a {`` and ``1SERVICE`` are
  SERVICE clauses. So a name keeps its prefix and its local part apart, and the guard looks inside.
- ``<`` behind a value in parentheses may be "less than" as well as the start of an IRI:
  ``FILTER(?a<?b)SERVICE#>`` hides a keyword from whoever takes the longest match. Where the two
  readings could drift apart the token is `AMBIGUOUS`.
- No pattern looks twice at the same text, so that 64 kB of dots cannot keep the server busy. So words with
  dots and hyphens between them are found in one go (a prefix may look so) and taken apart afterwards.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
"""The words that say what is asked for."""


class Kind(StrEnum):
    """What a token is."""

    COMMENT = "comment"
    STRING = "string"
    IRI = "iri"
    AMBIGUOUS = "ambiguous"
    UNCLOSED = "unclosed"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    OTHER = "other"


class Token(NamedTuple):
    """A piece of the text, and where it starts."""

    kind: Kind
    text: str
    start: int

    @property
    def word(self) -> str:
        """Return a bare word in capitals, anything else as the empty text."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    @property
    def prefix(self) -> str:
        """Return what stands before the first colon."""
        return self.text.partition(":")[0]

    @property
    def local(self) -> str:
        """Return what stands behind the first colon."""
        return self.text.partition(":")[2]


_UNICODE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_BEYOND: Final = r"\x80-\U0010FFFF"
r"""Names may hold characters that ``\w`` has not, as accents that combine. All beyond ASCII is taken for a
part of the name: where Oxigraph does not, the query is malformed."""
_RUN: Final = rf"[^\W\d_](?:[\w{_BEYOND}-]|\.++(?=[\w{_BEYOND}-]))*+"
_NUMBER: Final = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LOCAL: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_TOKEN: Final = re.compile(
    rf"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>'''(?:(?:''?)?(?:[^'\\]|\\.))*''' | \"\"\"(?:(?:""?)?(?:[^"\\]|\\.))*\"\"\"
               | '(?:[^'\\\n\r]|\\[^\n\r])*' | "(?:[^"\\\n\r]|\\[^\n\r])*")
    | (?P<unclosed>['"])
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_UNICODE})*>)
    | (?P<variable>[?$][\w{_BEYOND}]+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
    | (?P<blank>_:\w(?:[\w.{_BEYOND}-]*[\w{_BEYOND}-])?)
    | (?P<run>{_RUN}(?!:))
    | (?P<name>(?:{_RUN})?+
                :(?:(?:[\w:{_BEYOND}]|{_LOCAL})
                    (?:(?:[\w.:{_BEYOND}-]|{_LOCAL})*(?:[\w:{_BEYOND}-]|{_LOCAL}))?)?)
    | (?P<number>{_NUMBER})
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE: Final = re.compile(rf"(?P<word>[^\W\d][\w{_BEYOND}]*)|(?P<number>{_NUMBER})|(?P<other>\S)")
"""What a run of words is made of."""
_KINDS: Final[dict[str | None, Kind]] = {kind.value: kind for kind in Kind}
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_VALUES: Final = frozenset(
    {Kind.STRING, Kind.IRI, Kind.VARIABLE, Kind.LANGUAGE, Kind.BLANK, Kind.NAME, Kind.NUMBER, Kind.WORD}
)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments among them; nothing behind a string that is not closed."""
    inside: list[str] = []
    after_value = False
    for found in _matches(text):
        kind = _KINDS[found.lastgroup]
        token = Token(kind, found.group(), found.start())
        if kind is Kind.IRI and after_value and inside[-1:] == ["("] and _may_hide_code(token.text):
            token = Token(Kind.AMBIGUOUS, token.text, token.start)
        yield token
        if kind is Kind.UNCLOSED:
            return
        if kind is Kind.OTHER:
            _follow_brackets(inside, token.text)
        if kind is not Kind.COMMENT:
            after_value = kind in _VALUES or token.text == ")"


def place(text: str, start: int) -> tuple[int, int]:
    """Return line and column of a place in a text, counted from 1."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens as they are found; a run of words in its pieces."""
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "run":
            yield from _PIECE.finditer(text, *found.span())
        else:
            yield found


def _follow_brackets(inside: list[str], text: str) -> None:
    if text in "([{":
        inside.append(text)
    elif inside[-1:] == [_CLOSING.get(text, "")]:
        inside.pop()


def _may_hide_code(iri: str) -> bool:
    """Tell whether reading `<` as "less than" would put what follows into a comment or string.

    ``<scheme://`` cannot be read so: no expression goes on with two slashes behind a prefix.
    """
    return bool({"'", "#"} & set(iri)) and not _ABSOLUTE.match(iri)


def decode_escapes(text: str) -> str:
    r"""Return `text` with ``\uXXXX`` and ``\UXXXXXXXX`` replaced (SPARQL 1.1, 19.2)."""
    return re.sub(_UNICODE, _character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found.group()[2:], 16)
    is_character = number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if is_character else "\N{REPLACEMENT CHARACTER}"
