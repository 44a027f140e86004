"""Every saved question with its answer for the sample city, worked out by hand."""

import csv
import html
import io

import httpx
import pytest

from api.saved_queries import saved_queries
from tests.api.releases import BASE
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

ANSWERS: dict[str, list[dict[str, str]]] = {
    "goals-by-year": [
        {"year": "2014", "submitted": "4", "selected": "2", "productGroups": "1"},
        {"year": "2015", "submitted": "1", "selected": "1", "productGroups": "1"},
    ],
    "carry-over-chains": [
        {
            "year": "2015",
            "goal": f"{BASE}id/goal/2015-kulturamt-01",
            "earlier": f"{BASE}id/goal/2014-kulturamt-03",
            "earlierYear": "2014",
            "earlierState": "nicht berücksichtigt",
        }
    ],
    "goals-nobody-took-up": [
        {
            "year": "2014",
            "goal": f"{BASE}id/goal/2014-kulturamt-04",
            "department": "Kulturamt",
            "productGroup": "26.30",
        }
    ],
    "guideline-by-year": [
        {"year": "2016", "text": "Alle nehmen teil.", "textInEnglish": "All take part."},
        {"year": "2017", "text": "Alle nehmen teil."},
    ],
    "rule-of-five": [{"year": "2014", "minimum": "2", "selected": "2", "kept": "true"}],
    "goals-without-progress": [
        {"year": "2014", "goal": f"{BASE}id/goal/2014-kulturamt-02", "selectionState": "ausgewählt"},
        {
            "year": "2014",
            "goal": f"{BASE}id/goal/2014-kulturamt-03",
            "selectionState": "nicht berücksichtigt",
        },
        {
            "year": "2014",
            "goal": f"{BASE}id/goal/2014-kulturamt-04",
            "selectionState": "nicht berücksichtigt",
        },
        {"year": "2015", "goal": f"{BASE}id/goal/2015-kulturamt-01", "selectionState": "übernommen"},
    ],
    "sources-of-goals": [
        {"goal": f"{BASE}id/goal/2014-kulturamt-01", "file": "submissions/2014/kulturamt.csv", "row": "5"}
    ],
    "decisions-by-year": [
        {"year": "2013", "date": "2013-06-24", "bodies": "Gemeinderat", "focus": "Interkulturelle Öffnung"},
        {"year": "2014", "date": "2013-12-02", "outcome": "ausgewählt", "reason": "Dringlich."},
    ],
    "attainment-by-year": [{"year": "2014", "label": "erreicht", "goals": "1"}],
}


def rows(response: httpx.Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize("name", sorted(saved_queries()))
async def test_the_answer_is_right(client: httpx.AsyncClient, name: str) -> None:
    found = rows(await client.get(f"/queries/{name}?format=csv"))
    expected = ANSWERS[name]
    assert [{key: row[key] for key in want} for row, want in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("name", sorted(saved_queries()))
async def test_a_year_can_be_asked_for(client: httpx.AsyncClient, name: str) -> None:
    found = rows(await client.get(f"/queries/{name}", params={"format": "csv", "year": "2014"}))
    assert len(found) == len([row for row in ANSWERS[name] if row.get("year", "2014") == "2014"])


@pytest.mark.parametrize("name", sorted(saved_queries()))
async def test_it_is_a_page_and_json_too(client: httpx.AsyncClient, name: str) -> None:
    query = saved_queries()[name]
    page = await client.get(f"/queries/{name}", headers={"accept": "text/html"})
    assert query.title["de"] in page.text
    english = await client.get(f"/queries/{name}?lang=en", headers={"accept": "text/html"})
    assert query.description["en"] in html.unescape(english.text)
    assert (await client.get(f"/queries/{name}")).json()["head"]["vars"]
    assert (await client.get(f"/queries/{name}.rq")).text == query.text


async def test_the_list(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/queries", headers={"accept": "application/json"})).json()
    assert [query["name"] for query in listed] == sorted(ANSWERS)
    assert all(query["title"].keys() == query["description"].keys() == {"de", "en"} for query in listed)
    page = await client.get("/queries", headers={"accept": "text/html"})
    assert 'href="/queries/rule-of-five"' in page.text


async def test_what_cannot_be_asked(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/queries/nothing"), 404, "not-found")
    assert_problem(await client.get("/queries/goals-by-year?month=1"), 400, "parameter-invalid")
    assert_problem(await client.get("/queries/goals-by-year?year=x"), 400, "parameter-invalid")
    assert_problem(await client.get("/queries/goals-by-year?format=png"), 406, "not-acceptable")
