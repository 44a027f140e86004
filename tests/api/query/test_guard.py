"""What the guard lets pass, what it refuses, and that Oxigraph finds no SERVICE that the guard missed."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.query import guard
from api.query.errors import FailedQueryError, MalformedQueryError, RefusedQueryError
from api.query.guard import inspect, refuse_foreign_graphs

INNOCENT = [
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
    "SELECT ('SERVICE <x> {}' AS ?x) {}",
    'SELECT ("SERVICE <x> {}" AS ?x) {}',
    "SELECT ('''it's a SERVICE ''' AS ?x) {}",
    'SELECT ("""a "SERVICE" """ AS ?x) {}',
    "SELECT ('a\\'SERVICE' AS ?x) {}",
    "SELECT * { ?s <http://x/service> ?o }",
    "SELECT * { ?s <http://x/#service> ?o }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:service ?o }",
    "PREFIX service: <http://x/> SELECT * { ?s service:a service:b FILTER(?s != service:x) }",
    "PREFIX myservice: <http://x/> SELECT * { ?s myservice:a/myservice:b* ?o }",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    "SELECT * { _:service ?p ?o }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { ?s ?p ?o FILTER(?o<3&&?o>1) }",
    "SELECT * { VALUES (?a ?b) { (1 <http://x/#a>) } }",
    "SELECT * { ?s (<http://x/#a>|<b#c>) ?o }",
    "PREFIX a.b-c: <http://x/> SELECT * { ?s a.b-c:d ?o }",
    "PREFIX a\u0300b: <http://x/> SELECT * { ?s a\u0300b:c ?o\u0300x . _:a\u0300b ?p ?o }",
    "SELECT (true-1 AS ?x) (sha256('a') AS ?y) { ?s a ?o.?o a ?s }",
    "SELECT ('x'@en--ltr AS ?x) (LANGDIR('x'@en--ltr) AS ?y) { ?s ?p ?o LATERAL { ?o ?p ?s } }",
]
REFUSED = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://x/> { ?s ?p ?o } }",
    "SELECT * { service?x{} }",
    "SELECT * { SERVICESILENT<http://x/>{ ?s ?p ?o } }",
    "PREFIX SERVICEex: <http://x/> SELECT * { SERVICEex:a{ ?s ?p ?o } }",
    "PREFIX service: <http://x/> SELECT * { service:a { ?s ?p ?o } }",
    "PREFIX : <http://x/> SELECT * { SeRvIcE:a # {\n{ ?s ?p ?o } }",
    "PREFIX SERVICEex: <http://x/> SELECT * { SERVICEex:a\u0300{ ?s ?p ?o } }",
    "PREFIX SERVICEex: <http://x/> SELECT * { SERVICEex:\u20a0{ ?s ?p ?o } }",
    "PREFIX SERVICEex: <http://x/> SELECT * { SERVICEex:a.\u200d { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
    "SELECT * { \\u0053ERVICE <http://x/> {} }",
    "SELECT * { \\U00000053ERVICE <http://x/> {} }",
    "SELECT ('a\\u0022' AS ?x) { SERVICE <x> {} }",
    "SELECT * { ?s ?p 'a\\u0027' . SERVICE <x> {} } # '",
    "SELECT * { ?s ?p ?o FILTER(?o < 1) SERVICE <http://x/> {} }",
    "SELECT * { { SELECT * { GRAPH ?g { SERVICE ?x { ?s ?p ?o } } } } }",
    "# '\nSELECT * { SERVICE <x> {} } # '",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_the_word_alone_is_innocent(text: str) -> None:
    assert inspect(text).form == "SELECT"
    if "<b#c>" not in text:
        ox.Store().query(text)


@pytest.mark.parametrize("text", REFUSED)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(RefusedQueryError, match="nothing is fetched"):
        inspect(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FILTER(?o<?p)SERVICE#>\n<http://x/>{} }",
        "SELECT * { ?s ?p ?o FILTER(?o<?p&&'>'='') SERVICE <http://x/> {} FILTER(''='') }",
    ],
)
def test_less_than_does_not_hide_service(text: str) -> None:
    with pytest.raises(FailedQueryError):
        inspect(text)


def test_a_string_that_is_not_closed_is_told() -> None:
    with pytest.raises(MalformedQueryError, match="line 2, column 9 "):
        inspect("SELECT * {\n  ?s ?p 'open }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "PREFIX x: <y> delete where { ?s ?p ?o }",
        "LOAD <http://x/>",
        "Clear All",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(RefusedQueryError, match="read-only"):
        inspect(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX select: <x> ASK {}", "ASK"),
        ("# SELECT\nconstruct where { ?s ?p ?o }", "CONSTRUCT"),
        ("BASE <http://x/> DESCRIBE <y>", "DESCRIBE"),
        ("{ ?s ?p ?o }", None),
    ],
)
def test_the_form_is_found(text: str, form: str | None) -> None:
    assert inspect(text).form == form


GLUED = {
    "SELECTDISTINCT ?s { ?s a ?o }": (1, 1),
    "ASKFROM <https://nope.example/> { ?s ?p ?o }": (1, 1),
    "SELECT * FROMNAMED <https://nope.example/> { ?s ?p ?o }": (1, 10),
    "CONSTRUCTWHERE { ?s ?p ?o }": (1, 1),
    "SELECT * { ?s ?p ?o }\nLIMIT5": (2, 1),
    "SELECT * { ?s ?p ?o . OPTIONALGRAPH ?g { ?s ?p ?o } }": (1, 23),
    "SELECT * { ?s A ?o }": (1, 15),
    "SELECT * { ?s ?p ?o } ; DROP ALL": (1, 25),
    "SELECT * { ?s ?p a.b }": (1, 20),
    "nonsense": (1, 1),
}


@pytest.mark.parametrize("text", GLUED)
def test_a_word_that_sparql_does_not_know_is_told_with_its_place(text: str) -> None:
    with pytest.raises(MalformedQueryError, match="no word of SPARQL") as caught:
        inspect(text)
    assert (caught.value.members["line"], caught.value.members["column"]) == GLUED[text]


def test_a_character_that_is_none_names_no_graph() -> None:
    named = inspect("SELECT * FROM <http://x/\\uD800> {}").graphs
    assert named == ("http://x/\N{REPLACEMENT CHARACTER}",)


def test_graphs_are_found_under_prefixes_with_dots() -> None:
    assert inspect("PREFIX a.b: <http://x/> ASK FROM a.b:c {}").graphs == ("http://x/c",)


def test_named_graphs_are_found_and_resolved() -> None:
    text = """BASE <http://x/a/> PREFIX g: <http://g/> PREFIX r: <r#>
    SELECT ?from FROM <b> FROM NAMED g:c\\-d from named r:e { ?s g:from 'FROM <no>' }"""
    assert inspect(text).graphs == ("http://x/a/b", "http://g/c-d", "http://x/a/r#e")


def test_foreign_graphs_are_refused() -> None:
    refuse_foreign_graphs(("http://a",), {"http://a"})
    with pytest.raises(MalformedQueryError, match="nothing is fetched"):
        refuse_foreign_graphs(("http://a", "http://b"), {"http://a"})


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a..",
        "a.-",
        "é.",
        "'''a",
        "<",
        "<a",
        "\\u",
        "ex:.",
        "'\\",
        "(",
        "a-",
        '"""\\',
        "ex:%",
        "''",
        "\\u0027",
        "?",
    ],
)
def test_no_text_keeps_the_guard_busy(piece: str) -> None:
    text = piece * (65_536 // len(piece))
    started = time.perf_counter()
    with contextlib.suppress(FailedQueryError):
        inspect(text)
    assert time.perf_counter() - started < 5


class Listener:
    """Counts who connects."""

    def __init__(self) -> None:
        self.calls = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._server.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """A store in which every sort of value occurs, so that patterns before SERVICE match."""
    store = ox.Store()
    literals = [ox.Literal(0), ox.Literal(1), ox.Literal(3), ox.Literal(True), ox.Literal("x")]
    values: list[ox.Literal | ox.NamedNode] = [*literals, ox.NamedNode("http://x/p")]
    for value in values:
        store.add(ox.Quad(ox.NamedNode("http://x/s"), ox.NamedNode("http://x/p"), value))
    return store


PIECES = [
    "SERVICE",
    "service",
    "SILENT",
    " ",
    " ",
    "\n",
    "<URL>",
    "u:a",
    "u:",
    "?o",
    "?p",
    "{?a ?b ?c}",
    "{",
    "}",
    "(",
    ")",
    "FILTER",
    "FILTER(?o",
    "<",
    ">",
    "<?p",
    "<u:a",
    "'",
    '"',
    "&&",
    "||",
    "=",
    "1",
    "true",
    "'x'",
    "'>'",
    ".",
    ";",
    ",",
    "\\",
    "\\u0027",
    "\\u0022",
    "\\u0053ERVICE",
    "@en",
    "^^",
    "_:b",
    "[",
    "]",
    "!",
    "-",
    "VALUES ?v",
    "'''",
    "#",
    "#>",
]
NOT_A_QUERY = (SyntaxError, OSError, RuntimeError, ValueError)


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=14),
    end=st.sampled_from(["", "'", '"', ")", "#", "\n", "') }#"]),
)
@settings(max_examples=300, deadline=None)
def test_oxigraph_never_calls_out_for_what_the_guard_lets_pass(
    listener: Listener, store: ox.Store, pieces: list[str], end: str
) -> None:
    between = "".join(pieces).replace("URL", listener.address)
    service = f"SERVICE <{listener.address}> {{?x ?y ?z}}"
    query = f"PREFIX u: <{listener.address}> ASK {{ ?s ?p ?o {between} {service} {end} }}"
    with contextlib.suppress(FailedQueryError):
        inspect(query)
        before = listener.calls
        with contextlib.suppress(*NOT_A_QUERY):
            bool(store.query(query))
        assert listener.calls == before, query


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    with contextlib.suppress(FailedQueryError):
        inspect(text)


def test_long_texts_do_not_fill_the_memory() -> None:
    """What a long text is made of takes hundreds of times its length: it is not remembered."""
    before = guard._remembered.cache_info().currsize
    for number in range(3):
        inspect(f"ASK {{}} # {number} {'.' * guard.REMEMBERED}")
    assert guard._remembered.cache_info().currsize == before
