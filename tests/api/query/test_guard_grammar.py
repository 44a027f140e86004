"""The guard against the grammar of SPARQL: rdflib's parser says which queries ask another service.

Queries are built from the grammar, with the word wherever it is innocent (variables, local names, IRIs,
strings, comments) and, sometimes, as the keyword. The guard refuses exactly those.
"""

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from api.query.errors import RefusedQueryError
from api.query.guard import inspect

PROLOGUE = """PREFIX ex: <http://example.org/service#>
PREFIX : <http://example.org/>
PREFIX service: <http://example.org/s#>
PREFIX SERVICE: <http://example.org/s#>
"""
VARIABLES = st.sampled_from(["?service", "$SERVICE", "?s", "?p", "?services"])
NAMES = st.sampled_from(
    [
        "ex:service",
        ":service",
        "ex:SERVICE",
        ":a.service",
        "ex:service-1",
        "<http://example.org/service>",
        ":x",
    ]
)
NODES = NAMES | st.sampled_from(["service:a", "SERVICE:service", "service:"])
"""Names where no group follows, so that the word may stand in their prefix too."""
LITERALS = st.sampled_from(
    [
        '"service"',
        "'SERVICE <http://x> {}'",
        '"""service\n{ "x" }"""',
        "'''it's a SERVICE'''",
        '"a \\" service"',
        '"service"@en-service',
        '"1"^^ex:service',
        "42",
        "true",
    ]
)
COMMENTS = st.sampled_from([" ", "\n", "\t", " # SERVICE <http://x> {\n", "\n#service\n", " #'\"\n"])


def spelled(word: str) -> st.SearchStrategy[str]:
    """Return a keyword in any mixture of cases."""
    cases = st.lists(st.booleans(), min_size=len(word), max_size=len(word))
    return cases.map(lambda upper: "".join(c.upper() if u else c for c, u in zip(word, upper, strict=True)))


@st.composite
def gap(draw: st.DrawFn, *parts: st.SearchStrategy[str] | str) -> str:
    """Return parts with blanks and comments between them."""
    pieces = [part if isinstance(part, str) else draw(part) for part in parts]
    return "".join(piece + draw(COMMENTS) for piece in pieces)


TRIPLES = gap(VARIABLES | NODES, VARIABLES | NODES, VARIABLES | NODES | LITERALS, ".")


def grown(groups: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return patterns that hold groups."""
    return st.one_of(
        gap("{", groups, "}"),
        gap("OPTIONAL {", groups, "}"),
        gap("{", groups, "} UNION {", groups, "}"),
        gap("MINUS {", groups, "}"),
        gap("GRAPH", VARIABLES | NAMES, "{", groups, "}"),
        gap("FILTER NOT EXISTS {", groups, "}"),
        gap("FILTER (", VARIABLES, "<", LITERALS, "&&", VARIABLES, ">", LITERALS, ")"),
        gap("FILTER (", VARIABLES, "IN (", LITERALS, ",", NAMES, "))"),
        gap("VALUES", VARIABLES, "{", LITERALS, NAMES, "}"),
        gap("{ SELECT * {", groups, "} LIMIT 1 }"),
        gap(spelled("service"), VARIABLES | NAMES, "{", groups, "}"),
        gap(spelled("service"), "SILENT", VARIABLES | NAMES, "{", groups, "}"),
    )


PATTERNS = st.recursive(TRIPLES, lambda inner: grown(inner) | inner, max_leaves=3)
QUERIES = st.one_of(
    gap(PROLOGUE, "SELECT * WHERE {", PATTERNS, "}"),
    gap(PROLOGUE, "ASK {", PATTERNS, "}"),
    gap(PROLOGUE, "CONSTRUCT {", TRIPLES, "} WHERE {", PATTERNS, "}"),
    gap(PROLOGUE, "DESCRIBE", VARIABLES, "{", PATTERNS, "}"),
)


def asks_service(node: object) -> bool:
    """Tell whether a parsed query has the keyword anywhere."""
    if isinstance(node, CompValue):
        return node.name == "ServiceGraphPattern" or any(asks_service(value) for value in node.values())
    if isinstance(node, str):
        return False
    try:
        return any(asks_service(value) for value in node)  # type: ignore[attr-defined]
    except TypeError:
        return False


def refuses(query: str) -> bool:
    """Tell whether the guard refuses a query."""
    try:
        inspect(query)
    except RefusedQueryError:
        return True
    return False


@settings(max_examples=300, deadline=None)
@given(QUERIES)
def test_exactly_what_asks_service_is_refused(query: str) -> None:
    try:
        parsed = parseQuery(query)
    except RecursionError:  # rdflib's parser cannot read what is nested deeply: it has no say then
        reject()
    assert refuses(query) == asks_service(parsed)
