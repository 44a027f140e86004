"""Limits the rows of a SELECT by its own LIMIT, the only way to make the engine stop by itself.

Only the outer LIMIT counts: it stands outside of all brackets, behind the closing brace of the WHERE
clause and before a final VALUES (SPARQL 1.1, rules 18 to 28). Should a text be so odd that the
limited one is malformed, the worker runs it as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from api.query.lexer import Kind, Token

_STEP: Final = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


def bounded(text: str, outer: Sequence[Token], rows: int) -> str:
    """Return a SELECT query that gives at most `rows` rows; `outer` are its tokens outside of brackets."""
    for token, following in zip_longest(outer, outer[1:]):
        if token.word == "LIMIT" and following and following.text.isdecimal():
            least = _least(following.text, rows)
            return text[: following.start] + str(least) + text[following.start + len(following.text) :]
    values = next((token.start for token in outer if token.word == "VALUES"), len(text))
    return f"{text[:values]}\nLIMIT {rows}\n{text[values:]}"  # the line ends a comment before it


def _least(digits: str, rows: int) -> int:
    """Return the smaller of two numbers, one of which may have more digits than Python reads."""
    significant = digits.lstrip("0")
    return rows if len(significant) > len(str(rows)) else min(int(significant or "0"), rows)


def outside_brackets(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens outside of all brackets."""
    depth = 0
    for token in found:
        step = _STEP.get(token.text, 0) if token.kind is Kind.OTHER else 0
        if depth == 0 and step == 0:
            yield token
        depth += step
