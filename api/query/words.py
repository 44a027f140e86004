"""The words that may stand bare in a query: all others make it malformed.

Oxigraph asks for no boundary behind a keyword, so it reads ``SELECTDISTINCT`` as two words where every
other reader finds one that it does not know. Where each word is one of these, all read the same.
"""

from typing import Final

_KEYWORDS: Final = """
    BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT WHERE DESCRIBE ASK FROM NAMED GROUP BY HAVING ORDER ASC
    DESC LIMIT OFFSET VALUES OPTIONAL GRAPH SERVICE SILENT BIND UNDEF MINUS UNION FILTER NOT IN EXISTS
    SEPARATOR TRUE FALSE
"""
_FUNCTIONS: Final = """
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE
    TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK
    ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
"""
_BEYOND: Final = """
    VERSION LATERAL ADJUST TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE HASLANG HASLANGDIR LANGDIR STRLANGDIR
"""
"""Of SPARQL 1.2 and the community's drafts: Oxigraph knows them, and none reaches out of the store."""

WORDS: Final = frozenset((_KEYWORDS + _FUNCTIONS + _BEYOND).split())
"""In capitals. SPARQL 1.1, rules 1 to 134; the case of all but `a` does not matter (19.8)."""


def is_known(word: str) -> bool:
    """Tell whether a bare word can stand in a query."""
    return word == "a" or word.upper() in WORDS
