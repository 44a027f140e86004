"""Limits the rows of a SELECT by its own LIMIT, the only way to make the engine stop by itself.

Only the outer LIMIT counts: it stands outside of all brackets, behind the closing brace of the WHERE
clause and before a final VALUES (SPARQL 1.1, rules 18 to 28). A worker does this to every query that has a
limit on rows, so that nobody who asks can forget it.
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from api.query.lexer import FORMS, Kind, Token, tokens

_STEP: Final = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


def bounded(text: str, rows: int) -> str:
    """Return a query that gives at most `rows` rows if it is a SELECT; any other is returned as it is."""
    found = [token for token in tokens(text) if token.kind is not Kind.COMMENT]
    if next((token.word for token in found if token.word in FORMS), None) != "SELECT":
        return text
    outer = list(_outside_brackets(found))
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


def _outside_brackets(found: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens outside of all brackets."""
    depth = 0
    for token in found:
        step = _STEP.get(token.text, 0) if token.kind is Kind.OTHER else 0
        if depth == 0 and step == 0:
            yield token
        depth += step
