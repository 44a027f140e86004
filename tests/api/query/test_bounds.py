"""Limiting rows by the text: the engine has to read it as it was meant."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.query.bounds import bounded

STORE = ox.Store()
STORE.extend(
    ox.Quad(ox.NamedNode("http://x/s"), ox.NamedNode(f"http://x/p{n % 3}"), ox.Literal(n)) for n in range(30)
)
STORE.add(ox.Quad(ox.NamedNode("http://x/s"), ox.NamedNode("http://x/limit"), ox.Literal("LIMIT 1 }")))


def rows(text: str) -> list[str]:
    return [str(row) for row in STORE.query(text)]  # type: ignore[union-attr]


def limited(text: str, most: int) -> str:
    return bounded(text, most)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * WHERE { ?s ?p ?o } # LIMIT 1",
        "SELECT * { ?s ?p ?o } LIMIT 20",
        "SELECT * { ?s ?p ?o } limit 3",
        "SELECT * { ?s ?p ?o } LIMIT " + "0" * 5_000 + "4",
        "SELECT * { ?s ?p ?o } OFFSET 2 LIMIT 20",
        "SELECT * { ?s ?p ?o } LIMIT 20 OFFSET 2",
        "SELECT * { ?s ?p ?o } ORDER BY DESC(?o) ?p",
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o HAVING (COUNT(*) > 0) ORDER BY ?o",
        "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 7 } }",
        "SELECT * { ?s ?p ?o } VALUES ?p { <http://x/p1> <http://x/p2> }",
        "SELECT * { ?s ?p ?o } LIMIT 9 VALUES (?p) { (<http://x/p1>) (<http://x/p2>) }",
        "SELECT * { VALUES ?p { <http://x/limit> } ?s ?p 'LIMIT 1 }' }",
        "PREFIX limit: <http://x/> SELECT * { ?limit limit:limit ?values }",
        "SELECT (1 AS ?one) {}",
        "PREFIX lim.it: <http://x/> SELECT ?o { ?s lim.it:p1 ?o } LIMIT 6",
    ],
)
def test_every_form_is_limited(text: str) -> None:
    whole = rows(text)
    for most in (1, 5, 1_000):
        found = rows(limited(text, most))
        assert len(found) == min(most, len(whole))
        if "VALUES" not in text:
            assert found == whole[:most]


def test_a_text_without_anything_outside_of_brackets_is_limited_all_the_same() -> None:
    assert limited("(SELECT", 5) == "(SELECT\nLIMIT 5\n"


BRICKS = st.sampled_from(
    [
        "?s ?p ?o",
        "# LIMIT 2\n",
        "'LIMIT 3'",
        "BIND(1 AS ?a)",
        "{ SELECT ?s { ?s ?p ?o } LIMIT 4 }",
        "FILTER(1 < 2)",
    ]
)
ENDS = st.sampled_from(
    [
        "",
        "LIMIT 6",
        "OFFSET 1",
        "LIMIT 6 OFFSET 1",
        "OFFSET 1 LIMIT 6",
        "ORDER BY ?o",
        "#LIMIT 2",
        "VALUES ?s {<http://x/s>}",
    ]
)


@given(st.lists(BRICKS, max_size=4), ENDS, st.integers(1, 10))
def test_no_query_that_can_be_read_gives_more(bricks: list[str], end: str, most: int) -> None:
    text = f"SELECT * {{ {' '.join(bricks)} }} {end}"
    try:
        whole = rows(text)
    except SyntaxError:
        return
    assert len(rows(limited(text, most))) == min(most, len(whole))
