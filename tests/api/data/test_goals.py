"""`/api/goals`: filters, order, pages and formats, over HTTP."""

import csv
import io
import json
import re
from pathlib import Path
from typing import get_args

import httpx
import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.data.goals import TABLE, GoalsQuery
from api.data.parameters import AttainmentNotation, StateNotation
from ontology.codelists import code_list
from ontology.contract import MANIFEST
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import GOAL, GOALS, RELEASE, switch, write_release
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

EVERYTHING = [str(goal["id"]) for goal in GOALS]
FILTERS = {
    "": EVERYTHING,
    "year_from=2015": ["2015-kulturamt-01"],
    "year_to=2014": EVERYTHING[:4],
    "year_from=2014&year_to=2014": EVERYTHING[:4],
    "year_from=2016": [],
    "product_area=11": ["2014-kulturamt-01", "2014-kulturamt-02"],
    "product_group=11.14": ["2014-kulturamt-01", "2014-kulturamt-02"],
    "product_group=11.14.08": ["2014-kulturamt-01"],
    "product_group=26.30": ["2014-kulturamt-03", "2014-kulturamt-04"],
    "department=kulturamt": EVERYTHING,
    "department=bauamt": [],
    "action_field=sprache": ["2014-kulturamt-01"],
    "action_field=sprach": [],
    "state=selected": ["2014-kulturamt-01", "2014-kulturamt-02", "2015-kulturamt-01"],
    "state=carried-over": ["2015-kulturamt-01"],
    "state=not-selected": ["2014-kulturamt-03", "2014-kulturamt-04"],
    "attainment=attained": ["2014-kulturamt-01"],
    "attainment=not-reported": EVERYTHING[1:],
    "text=ziel+ERFUNDENES": EVERYTHING[:4],
    "text=%C3%A4rger": ["2014-kulturamt-03"],
    "text=.*": [],
    "text=%20": EVERYTHING,
    "state=selected&product_area=11&text=zwei": ["2014-kulturamt-02"],
    "sort=-year": ["2015-kulturamt-01", *EVERYTHING[:4]],
    "sort=-id": EVERYTHING[::-1],
    "sort=product_group": [*(EVERYTHING[at] for at in (1, 0, 2, 3, 4))],
    "sort=-target_year": EVERYTHING,
    "sort=state": [*(EVERYTHING[at] for at in (0, 1, 2, 3, 4))],
    "sort=-state": [*(EVERYTHING[at] for at in (4, 2, 3, 0, 1))],
    "sort=attainment": EVERYTHING,
    "sort=-attainment": EVERYTHING,
    "sort=action_field": EVERYTHING,
    "sort=-action_field": EVERYTHING,
}


def ids(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [goal["id"] for goal in response.json()["goals"]]


@pytest.mark.parametrize("asked", FILTERS)
async def test_goals_are_filtered_and_sorted(client: httpx.AsyncClient, asked: str) -> None:
    response = await client.get(f"/api/goals?{asked}")
    assert ids(response) == FILTERS[asked]
    assert response.json()["total"] == int(response.headers["X-Total-Count"]) == len(FILTERS[asked])


async def test_a_goal_has_its_columns_and_its_iri(client: httpx.AsyncClient) -> None:
    goal = (await client.get("/api/goals?limit=1")).json()["goals"][0]
    assert goal["iri"] == GOAL
    assert (goal["target"], goal["year"], goal["note"]) == (12.5, 2014, None)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
async def test_links_lead_through_all_pages_and_back(client: httpx.AsyncClient, limit: int) -> None:
    response = await client.get(f"/api/goals?sort=-id&limit={limit}")
    seen = [ids(response)]
    while "next" in response.links:
        assert response.links["next"]["url"] == response.json()["next"]
        response = await client.get(response.links["next"]["url"])
        seen.append(ids(response))
    assert [goal for page in seen for goal in page] == EVERYTHING[::-1]
    back = [ids(response)]
    while "prev" in response.links:
        response = await client.get(response.links["prev"]["url"])
        back.insert(0, ids(response))
    assert back == seen
    assert ids(await client.get(response.links["first"]["url"])) == seen[0]


async def test_pages_stay_in_their_release(serving: Serving, tmp_path: Path) -> None:
    write_release(tmp_path)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        first = await client.get("/api/goals?limit=2")
        newer = "20160101T000000.000000Z-bbbbbbbb"
        write_release(tmp_path, newer)
        switch(tmp_path, newer)
        second = await client.get(first.links["next"]["url"])
        assert second.json()["release"] == RELEASE
        assert (await client.get("/api/goals")).json()["release"] == newer


async def test_csv_is_the_table_and_harmless_in_a_spreadsheet(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/goals", headers={"Accept": "text/csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [row["id"] for row in rows] == EVERYTHING
    told = (await client.get("/api/goals")).json()["goals"]
    assert [row["iri"] for row in rows] == [goal["iri"] for goal in told]
    assert list(rows[0]) == list(told[0])
    assert rows[0]["title"] == "'=Erfundenes Ziel eins <b>"
    assert rows[0]["target"] == "12.5"
    assert rows[1]["target"] == ""


async def test_json_ld_says_what_the_graph_says(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/goals?format=jsonld&year_to=2014&limit=1")
    assert response.headers["Content-Type"] == "application/ld+json"
    triples = {quad.triple for quad in ox.parse(response.content, ox.RdfFormat.JSON_LD)}
    assert {triple.subject for triple in triples} == {ox.NamedNode(GOAL)}
    query = f"CONSTRUCT {{ <{GOAL}> ?p ?o }} WHERE {{ <{GOAL}> ?p ?o }}"
    graph = await client.get("/sparql", params={"query": query}, headers={"Accept": "application/n-triples"})
    assert triples == {quad.triple for quad in ox.parse(graph.content, ox.RdfFormat.N_TRIPLES)}


async def test_json_ld_of_no_goals_is_an_empty_graph(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/goals?format=jsonld&year_from=2016")
    assert response.status_code == 200
    assert list(ox.parse(response.content, ox.RdfFormat.JSON_LD)) == []


@pytest.mark.parametrize(
    ("address", "repeated"),
    [
        ("/api/goals?department=kulturamt&department=rmi", "department"),
        ("/api/goals?format=csv&format=json", "format"),
        ("/api/statistics?year_from=2014&year_from=2015", "year_from"),
        ("/queries/goals-by-year?year=2014&year=2015", "year"),
        ("/queries/goals-by-year?year=&year=2015", "year"),
    ],
)
async def test_no_value_is_dropped_without_a_word(
    client: httpx.AsyncClient, address: str, repeated: str
) -> None:
    for folder in ("", f"/releases/{RELEASE}"):
        response = await client.get(folder + address)
        assert_problem(response, 400, "parameter-repeated")
        assert response.json()["parameter"] == repeated
        assert repeated in response.json()["detail"]


BAD = {
    "month=1": "month",
    "year_from=x": "year_from",
    "year_from=99999": "year_from",
    "product_group=11": "product_group",
    "state=chosen": "state",
    "sort=note": "sort",
    "limit=0": "limit",
    "limit=1001": "limit",
    "format=xlsx": "format",
}


@pytest.mark.parametrize("asked", BAD)
async def test_a_bad_parameter_is_named(client: httpx.AsyncClient, asked: str) -> None:
    response = await client.get(f"/api/goals?{asked}")
    assert_problem(response, 422, "invalid-request")
    assert [error["parameter"] for error in response.json()["errors"]] == [BAD[asked]]


async def test_a_cursor_of_another_question_is_refused(client: httpx.AsyncClient) -> None:
    link = (await client.get("/api/goals?limit=2")).links["next"]["url"]
    assert_problem(await client.get(f"{link}&sort=-id"), 400, "parameter-invalid")
    assert_problem(await client.get("/api/goals?cursor=x"), 400, "parameter-invalid")


async def test_what_is_known_is_not_sent_again(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/api/goals?limit=2")).headers["ETag"]
    assert (await client.get("/api/goals?limit=2", headers={"If-None-Match": tag})).status_code == 304
    assert (await client.get("/api/goals?limit=3", headers={"If-None-Match": tag})).status_code == 200
    fixed = await client.get(f"/releases/{RELEASE}/api/goals")
    assert "immutable" in fixed.headers["Cache-Control"]


async def test_an_unwanted_format_is_told(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/goals", headers={"Accept": "text/turtle"})
    assert_problem(response, 406, "not-acceptable")


async def test_a_release_without_the_table_says_so(serving: Serving, tmp_path: Path) -> None:
    manifest = write_release(tmp_path) / MANIFEST
    content = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(content | {"outputs": content["outputs"][:1]}))
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        assert_problem(await client.get("/api/goals"), 404, "not-found")


async def test_a_table_of_an_earlier_release_says_what_it_lacks(serving: Serving, tmp_path: Path) -> None:
    table = write_release(tmp_path) / TABLE
    pl.read_parquet(table).drop("product_area", "note").write_parquet(table)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        assert ids(await client.get("/api/goals?department=kulturamt")) == EVERYTHING
        for asked, column in (("product_area=11", "product_area"), ("text=Ziel", "note")):
            problem = await client.get(f"/api/goals?{asked}")
            assert_problem(problem, 400, "parameter-invalid")
            assert column in problem.json()["detail"]


def test_parameters_have_the_words_of_the_code_lists() -> None:
    for scheme, words in (("SelectionStates", StateNotation), ("AttainmentStates", AttainmentNotation)):
        assert set(get_args(words)) == {concept.notation for concept in code_list(scheme).concepts}


async def test_the_description_has_every_parameter_with_words(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]["/api/goals"]["get"]
    parameters = {parameter["name"]: parameter for parameter in described["parameters"]}
    assert parameters.keys() == GoalsQuery.model_fields.keys()
    assert all(parameter.get("description") for parameter in parameters.values())
    assert "example" in described["responses"]["200"]["content"]["application/json"]


@given(st.text(max_size=40))
def test_no_cursor_leads_astray(cursor: str) -> None:
    query = GoalsQuery(cursor=cursor)
    if re.fullmatch(rf"[0-9]{{1,9}}-{query.digest()}", cursor):
        assert query.offset() >= 0
    else:
        with pytest.raises(ValueError, match="another question"):
            query.offset()
