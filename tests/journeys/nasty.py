"""The page of the nastiest queries known, each with what has to become of it.

What becomes of a query is a kind of problem, or `ANSWERED`. A query that needs more than there is may
end at its time, at its memory or at the size of its result, whichever comes first on the machine.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

ANSWERED: Final = "answered"
STATUS: Final = {
    ANSWERED: 200,
    "query-malformed": 400,
    "query-unanswerable": 400,
    "query-missing": 400,
    "query-repeated": 400,
    "not-utf-8": 400,
    "too-many-parameters": 400,
    "content-type-missing": 400,
    "query-refused": 403,
    "not-found": 404,
    "not-acceptable": 406,
    "query-too-long": 413,
    "content-type-unsupported": 415,
    "result-too-large": 422,
    "too-many-requests": 429,
    "busy": 503,
    "query-stopped": 503,
    "query-broken": 503,
}
"""Everything that may become of a query, with its status."""

TRAP: Final = "http://trap.example/"
"""Stands for the address that nobody must ever ask."""
BYTES: Final = 65_536
"""The longest text of a query."""

_LONG: Final = 4_096
_OK: Final = frozenset({ANSWERED})
_MALFORMED: Final = frozenset({"query-malformed"})
_REFUSED: Final = frozenset({"query-refused"})
_TOO_LONG: Final = frozenset({"query-too-long"})
_AT_A_LIMIT: Final = frozenset({"query-stopped", "query-broken", "result-too-large"})
_DEEP: Final = frozenset({"query-broken", "query-stopped"})
_OK_OR_LIMIT: Final = _OK | _AT_A_LIMIT


@dataclass(frozen=True)
class Nasty:
    """A text, and what may become of it."""

    name: str
    text: str
    kinds: frozenset[str]

    @property
    def is_heavy(self) -> bool:
        """Tell whether it may keep a worker busy until the end of its time, or is long to read."""
        return bool(self.kinds & _AT_A_LIMIT) or len(self.text) > _LONG


@dataclass(frozen=True)
class Oddity:
    """A request that is odd by itself: what follows `/sparql`, and a body if it is a POST."""

    name: str
    kinds: frozenset[str]
    address: str = ""
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


def product(count: int) -> str:
    """Return triple patterns that have nothing in common: each one multiplies the rows."""
    return " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(count))


def nested(opening: str, closing: str, depth: int, inmost: str = "") -> str:
    """Return brackets within brackets."""
    return opening * depth + inmost + closing * depth


def filled(text: str, length: int = BYTES) -> str:
    """Return a query made longer by a comment, up to a length in bytes."""
    return f"{text} #".ljust(length, ".")


def grown(first: str, step: str, times: int) -> str:
    """Return a query that makes a string longer again and again; `step` tells how, of `{}`."""
    binds = " ".join(f"BIND ({step.format(f'?v{n}')} AS ?v{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?v{times}) AS ?n) {{ BIND ('{first}' AS ?v0) {binds} }}"


PREFIX: Final = "PREFIX : <http://x.example/> "
ANY_PATH: Final = "(:p|!:p)"

_PRODUCTS: Final = {
    "three patterns, counted": f"SELECT (COUNT(*) AS ?n) {{ {product(3)} }}",
    "five patterns, all rows": f"SELECT * {{ {product(5)} }}",
    "no row after a long search": f"ASK {{ {product(3)} FILTER(STRLEN(CONCAT(STR(?o0), STR(?o2))) < 0) }}",
    "distinct rows": f"SELECT DISTINCT ?o0 ?o1 ?o2 {{ {product(3)} }} LIMIT 1000000000",
    "sorted": f"SELECT * {{ {product(3)} }} ORDER BY ?o2 DESC(?o1)",
    "grouped by everything": f"SELECT ?o0 ?o1 ?o2 (COUNT(*) AS ?n) {{ {product(3)} }} GROUP BY ?o0 ?o1 ?o2",
    "concatenated": f"SELECT (GROUP_CONCAT(?o0; separator='{'x' * 10_000}') AS ?all) {{ {product(2)} }}",
    "not exists of a product": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS "
    f"{{ {product(2)} FILTER(?o0 = ?f && ?p1 = ?c) }} }}",
    "products of VALUES": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(900)))} }}" for n in range(6))
    + " }",
    "describe everything": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "construct a product": f"CONSTRUCT WHERE {{ {product(3)} }}",
    "a path of thirty steps": f"{PREFIX}SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join(['(!:p|^!:p)'] * 30)} ?b }}",
    "any path, three times": f"{PREFIX}SELECT (COUNT(*) AS ?n) "
    f"{{ ?a {ANY_PATH}* ?b . ?c {ANY_PATH}* ?d . ?e {ANY_PATH}* ?f }}",
    "stars within stars": f"{PREFIX}SELECT (COUNT(*) AS ?n) "
    f"{{ ?a (((({ANY_PATH}*)+/{ANY_PATH}*)+/(^:p|^!:p)*)+)* ?b }}",
    "patterns taken from the data": f"SELECT * {{ {product(3)} FILTER REGEX(STR(?o0), STR(?o1)) }}",
    "repetitions of repetitions": "SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), '"
    + nested("(", "{1,10}){1,10}", 10, "x")
    + "') }",
    "a string that doubles": grown("x", "CONCAT({0}, {0})", 40),
    "a string that grows tenfold": grown("x" * 10, "REPLACE({0}, 'x', 'xxxxxxxxxx')", 20),
}
_DEPTHS: Final = {
    "braces": "ASK " + nested("{", "}", 10_000),
    "braces that never close": "ASK " + "{" * 60_000,
    "brackets": "SELECT (" + nested("(", ")", 20_000, "1") + " AS ?x) {}",
    "brackets of IRIs": "ASK {" + "<" * 60_000 + "}",
    "not": "SELECT (" + "!" * 60_000 + "true AS ?x) {}",
    "sums": "SELECT (" + "1+" * 30_000 + "1 AS ?x) {}",
    "OPTIONAL": "ASK " + nested("{OPTIONAL", "}", 6_000, "{}"),
    "UNION": "ASK {" + "{}UNION" * 9_000 + "{}}",
    "EXISTS": "ASK {" + nested("FILTER EXISTS{", "}", 4_000) + "}",
    "subselects": "ASK " + nested("{SELECT*", "}", 7_000, "{}"),
    "lists": "ASK {" + nested("(", ")", 30_000, "1") + " ?p ?o}",
    "blank nodes": "ASK {" + nested("[?p ", "]", 12_000, "1") + " ?p ?o}",
    "paths": PREFIX + "ASK {?a " + nested("(", ")*", 20_000, ":p") + " ?b}",
    "IF": "SELECT (" + nested("IF(1,", ",1)", 6_000, "1") + " AS ?x) {}",
    "brackets of a pattern": "SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), '"
    + nested("(", ")", 30_000)
    + "') }",
}
_EITHER_WAY: Final = {
    "a pattern that backtracks": f"SELECT * {{ ?s ?p ?o FILTER REGEX('{'a' * 5_000}!', '^(a+)+$') }}",
    "describe each thing": "DESCRIBE ?s { ?s ?p ?o }",
    "thousands of columns": "SELECT " + " ".join(f"?v{n}" for n in range(9_000)) + " { ?s ?p ?o } LIMIT 9",
    "triples in triples": "ASK {" + nested("<<( ?s ?p ", " )>>", 3_000, "?o") + " ?p ?o}",
    "thousands of filters": "ASK {?s ?p ?o " + "FILTER(?o=1)" * 5_000 + "}",
    "a list of ten thousand": f"ASK {{ ?s ?p ?o FILTER(?o IN ({','.join(map(str, range(10_000)))})) }}",
    "the same triple again and again": "ASK {" + "?a ?b ?c." * 6_500 + "}",
}
_MALFORMED_TEXTS: Final = {
    **{f"{BYTES} times {piece}": piece * BYTES for piece in ".[{(<'?:#@\\"},
    "an odd number of quotes": '"' * (BYTES - 1),
    "a string without an end": "SELECT ('abc {}",
    "a long string without an end": 'SELECT ("""abc" {}',
    "an IRI without an end": "ASK { ?s ?p <http://x }",
    "a surrogate as an escape": "SELECT ('a\\uD800b' AS ?x) {}",
    "no character as an escape": "SELECT ('a\\U00110000b' AS ?x) {}",
    "a mark of order": "\N{ZERO WIDTH NO-BREAK SPACE}ASK {}",
    "marks of direction": "ASK {} \N{RIGHT-TO-LEFT OVERRIDE}{} KSA",
    "zeros between keywords": "ASK\0{\0}",
    "a limit below zero": "SELECT * { ?s ?p ?o } LIMIT -1",
    "thousands of minus signs": "SELECT (" + "-" * 60_000 + "1 AS ?x) {}",
    "FROM": f"ASK FROM <{TRAP}> {{ ?s ?p ?o }}",
    "FROM NAMED": f"ASK from named <{TRAP}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "FROM by a prefix": f"PREFIX t: <{TRAP}> ASK FROM t:x {{ ?s ?p ?o }}",
    "FROM by a base": f"BASE <{TRAP}> ASK FROM <x> {{ ?s ?p ?o }}",
    "FROM by an escape": f"ASK FROM <{TRAP.replace('h', chr(92) + 'u0068', 1)}> {{ ?s ?p ?o }}",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "two queries": "ASK {} ; ASK {}",
    "a query with an update behind it": "ASK {} ; DROP ALL",
    "lines of another protocol": "ASK {}\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\n\r\n",
}
_SERVICES: Final = {
    "plain": "SELECT * { SERVICE <TRAP> { ?s ?p ?o } }",
    "in small letters": "SELECT * { service <TRAP> { ?s ?p ?o } }",
    "in mixed letters, silent": "SELECT * { SeRvIcE sIlEnT <TRAP> { ?s ?p ?o } }",
    "without a gap": "SELECT * { SERVICESILENT<TRAP>{ ?s ?p ?o } }",
    "of a variable": "SELECT * { VALUES ?x { <TRAP> } service?x{ ?s ?p ?o } }",
    "of a name": "PREFIX t: <TRAP> SELECT * { SERVICE t:x { ?s ?p ?o } }",
    "glued to a name": "PREFIX t: <TRAP> SELECT * { SERVICEt:x{ ?s ?p ?o } }",
    "glued to a name with an accent": "PREFIX t: <TRAP> SELECT * { SERVICEt:x\u0301{ ?s ?p ?o } }",
    "glued to a name with a joiner": "PREFIX t: <TRAP> SELECT * { SERVICEt:x.\u200d{ ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE <TRAP> { ?s ?p ?o } }",
    "glued to a boolean": "SELECT * { ?s ?p trueSERVICE<TRAP>{ ?s ?p ?o } }",
    "with an escaped letter": "SELECT * { \\u0053ERVICE <TRAP> { ?s ?p ?o } }",
    "all escaped": "SELECT * { " + "".join(f"\\U{ord(c):08X}" for c in "SERVICE") + " <TRAP> { ?s ?p ?o } }",
    "behind an escaped quote": "SELECT ('a\\u0022' AS ?x) { SERVICE <TRAP> { ?s ?p ?o } }",
    "behind a comment that is a string": "# '\nSELECT * { SERVICE <TRAP> { ?s ?p ?o } } # '",
    "behind a comparison": "SELECT * { ?s ?p ?o FILTER(?o < 1) SERVICE <TRAP> { ?a ?b ?c } }",
    "in a subselect": "ASK { { SELECT * { GRAPH ?g { OPTIONAL { SERVICE <TRAP> { ?s ?p ?o } } } } } }",
    "in EXISTS": "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <TRAP> { ?s ?p ?o } } }",
    "by CONSTRUCT": "CONSTRUCT { ?s ?p ?o } { SERVICE <TRAP> { ?s ?p ?o } }",
    "by DESCRIBE": "DESCRIBE ?s { SERVICE <TRAP> { ?s ?p ?o } }",
    "for thousands of rows": "SELECT * { ?a ?b ?c . ?d ?e ?f SERVICE SILENT <TRAP> { ?s ?p ?o } }",
}
_UPDATES: Final = {
    "insert data": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "insert": "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "delete data": "DELETE DATA { <a:a> <a:b> <a:c> }",
    "delete where": "prefix a: <a:> delete where { ?s ?p ?o }",
    "with": "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "load": f"LOAD <{TRAP}>",
    "load a file, silently": "# ASK {}\nLoAd SiLeNt <file:///etc/passwd> INTO GRAPH <a:g>",
    "clear": "Clear All",
    "drop": "DROP SILENT DEFAULT",
    "create": "CREATE GRAPH <a:g>",
    "copy": "COPY <a:g> TO DEFAULT",
    "move": "MOVE <a:g> TO DEFAULT",
    "add": "ADD <a:g> TO DEFAULT",
    "an update with a query behind it": "DROP ALL ; SELECT * { ?s ?p ?o }",
}
_INNOCENT: Final = {
    "SERVICE in a comment": f"ASK {{}} # SERVICE <{TRAP}> {{}}",
    "SERVICE in a string": f"SELECT ('SERVICE <{TRAP}> {{}}' AS ?x) {{}}",
    "SERVICE in a long string": f"SELECT ('''it's a SERVICE <{TRAP}>''' AS ?x) {{}}",
    "SERVICE in names": "PREFIX ex: <http://x/> ASK { ?service ex:service <http://x/#SERVICE> }",
    "an update in a string": "SELECT ('; DROP ALL' AS ?x) {}",
    "a graph that is a file": "SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }",
    "a graph that is an address": f"SELECT * {{ GRAPH <{TRAP}> {{ ?s ?p ?o }} }}",
    "another value each time": "SELECT (NOW() AS ?a) (RAND() AS ?b) (UUID() AS ?c) (STRUUID() AS ?d) {}",
    "as long as it may be": filled("ASK {}"),
    "lines and lines": "ASK {}".ljust(BYTES, "\n"),
    "a zero in a string": "SELECT ('a\0b' AS ?x) ('a\\u0000b' AS ?y) {}",
    "a response in a string": "SELECT ('a\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nSet-Cookie: a=b' AS ?x) {}",
    "a line of a log in a string": 'SELECT (\'\\n{"event": "forged"}\' AS ?x) {}',
    "marks of direction in a string": "SELECT ('\N{RIGHT-TO-LEFT OVERRIDE}abc' AS ?x) {}",
    "a limit of many digits": "SELECT * { ?s ?p ?o } LIMIT " + "9" * 60_000 + " OFFSET 9999",
    "numbers that overflow": "SELECT (9223372036854775807 + 1 AS ?x) (1/0 AS ?y) "
    "(SUBSTR('abc', 9223372036854775807) AS ?z) {}",
    "a pattern that is none": "SELECT (REGEX('a', '((((') AS ?x) {}",
    "a number of many digits": "SELECT (1." + "1" * 60_000 + " AS ?x) {}",
    "thousands of prefixes": "\n".join(f"PREFIX p{n}: <a:{n}>" for n in range(2_500)) + " ASK {}",
}


def _named(group: str, texts: dict[str, str], kinds: frozenset[str]) -> list[Nasty]:
    return [
        Nasty(f"{group}: {name}", text.replace("<TRAP>", f"<{TRAP}>"), kinds) for name, text in texts.items()
    ]


QUERIES: Final = (
    *_named("product", _PRODUCTS, _AT_A_LIMIT),
    *_named("depth", _DEPTHS, _DEEP),
    *_named("large", _EITHER_WAY, _OK_OR_LIMIT),
    *_named("malformed", _MALFORMED_TEXTS, _MALFORMED),
    *_named("service", _SERVICES, _REFUSED),
    *_named("update", _UPDATES, _REFUSED),
    *_named("innocent", _INNOCENT, _OK),
    Nasty("a byte too long", filled("ASK {}", BYTES + 1), _TOO_LONG),
    Nasty("too long in bytes only", "ASK {} #" + "ä" * (BYTES // 2), _TOO_LONG),
    Nasty("a function of a stranger", f"SELECT (<{TRAP}>(1) AS ?x) {{}}", frozenset({"query-unanswerable"})),
)
"""Texts of queries, for every way to send one."""

_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_QUERY: Final = {"Content-Type": "application/sparql-query"}
_UPDATE: Final = {"Content-Type": "application/sparql-update"}
_ASK: Final = "query=ASK%20%7B%7D"


def _kinds(kind: str) -> frozenset[str]:
    return frozenset({kind})


ODDITIES: Final = (
    Oddity("an empty query", _kinds("query-missing"), "?query="),
    Oddity("a query of blanks", _kinds("query-missing"), "?query=%20%0d%0a"),
    Oddity("another parameter", _kinds("query-missing"), "?Query=ASK%7B%7D"),
    Oddity("two queries", _kinds("query-repeated"), f"?{_ASK}&{_ASK}"),
    Oddity("a query in address and body", _kinds("query-repeated"), f"?{_ASK}", b"ASK {}", _QUERY),
    Oddity("an empty form", _kinds("query-missing"), body=b"", headers=_FORM),
    Oddity("a body of no type", _kinds("content-type-missing"), body=b"ASK {}"),
    Oddity(
        "a body of another type",
        _kinds("content-type-unsupported"),
        body=b"{}",
        headers={"Content-Type": "x/y"},
    ),
    Oddity("hundreds of parameters", _kinds("too-many-parameters"), "?" + "a&" * 999 + _ASK),
    Oddity("hundreds of fields", _kinds("too-many-parameters"), body=b"a&" * 9_999, headers=_FORM),
    Oddity("a body without an end", _kinds("query-too-long"), body=b"x" * 1_000_000, headers=_QUERY),
    Oddity(
        "a form without an end", _kinds("query-too-long"), body=b"query=" + b"%20" * 400_000, headers=_FORM
    ),
    Oddity("an update as a field", _REFUSED, body=b"update=DROP+ALL", headers=_FORM),
    Oddity("an update beside a query", _REFUSED, body=f"{_ASK}&update=DROP+ALL".encode(), headers=_FORM),
    Oddity("an update in the address", _REFUSED, f"?{_ASK}&update=DROP+ALL"),
    Oddity("an update as a body", _REFUSED, body=b"DROP ALL", headers=_UPDATE),
    Oddity("a query as an update", _REFUSED, body=b"ASK {}", headers=_UPDATE),
    Oddity("bytes that are no text", _kinds("not-utf-8"), "?query=ASK%20%7B%7D%20%23%FF%FE"),
    Oddity("half a surrogate", _kinds("not-utf-8"), "?query=ASK%20%7B%7D%20%23%ED%A0%80"),
    Oddity("a longer way to write a slash", _kinds("not-utf-8"), "?query=ASK%20%7B%7D%20%23%C0%AF"),
    Oddity("a body that is no text", _kinds("not-utf-8"), body=b"ASK {} #\xff", headers=_QUERY),
    Oddity("a form that is no text", _kinds("not-utf-8"), body=b"query=ASK{}\xff", headers=_FORM),
    Oddity("zeros in the address", _MALFORMED, "?query=ASK%00%7B%7D"),
    Oddity("broken escapes", _MALFORMED, "?query=ASK%2%7Z{}"),
    Oddity("a foreign default graph", _MALFORMED, f"?{_ASK}&default-graph-uri={quote(TRAP)}"),
    Oddity("a foreign named graph", _MALFORMED, f"?{_ASK}&named-graph-uri={quote(TRAP)}"),
    Oddity("a file as a graph", _MALFORMED, f"?{_ASK}&default-graph-uri=file:///etc/passwd"),
    Oddity("no IRI as a graph", _MALFORMED, f"?{_ASK}&default-graph-uri=%3Ca%20b%00%3E"),
    Oddity("a format that is a path", _kinds("not-acceptable"), f"?{_ASK}&format=../../etc/passwd"),
    Oddity("a type nobody has", _kinds("not-acceptable"), f"?{_ASK}", headers={"Accept": "x/y;q=nan, ;;=,"}),
    Oddity("thousands of types", _OK, f"?{_ASK}", headers={"Accept": "a/b;q=0.1," * 3_000 + "*/*"}),
    Oddity("a path with lines", _kinds("not-found"), "%0d%0a%7B%22event%22:%20%22forged%22%7D"),
    Oddity("a release that is a path", _kinds("not-found"), "/../releases/..%2f..%2fetc/sparql"),
    Oddity("an id with lines", _OK, f"?{_ASK}", headers={"X-Request-ID": 'a"}\t{"event": "forged"}'}),
    Oddity("a body of zeros", _MALFORMED, body=b"\0" * 100, headers=_QUERY),
)
"""Requests that are odd whatever they ask."""

HANG_UPS: Final = (
    b"",
    b"GET /sparql?query=ASK",
    b"GET /sparql?query=ASK%20{} HTTP/1.1\r\nHost: x\r\nAccept:",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 999\r\n\r\nASK {",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n",
    b"GET /sparql?query="
    + quote(_PRODUCTS["three patterns, counted"]).encode()
    + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query="
    + quote(f"SELECT * {{ {product(2)} }} LIMIT 30000").encode()
    + b" HTTP/1.1\r\nHost: x\r\n\r\n",
)
"""What is sent by those who hang up then."""

NO_HTTP: Final = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 500,
    b"GET /sparql HTTP/nine\r\nHost: x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\0b\r\n\r\n",
)
"""What no server of HTTP can take for a request: 400 and the end of the connection."""
