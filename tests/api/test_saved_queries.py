"""Every saved question with its answer for the sample city, worked out by hand."""

import csv
import html
import io
import re
from urllib.parse import parse_qsl

import httpx
import pytest

from api.charts import MOST_BARS, numbers_chart
from api.saved_queries import ChartOf, saved_queries
from api.tables import Cell, Table
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
    "goals-by-area": [
        {"year": "2014", "label": "Innere Verwaltung", "submitted": "2", "selected": "2"},
        {"year": "2014", "label": "Kultur", "submitted": "2", "selected": "0"},
        {"year": "2015", "label": "Kultur", "submitted": "1", "selected": "1"},
    ],
    "goals-by-department": [
        {"year": "2014", "label": "Kulturamt", "submitted": "4", "selected": "2"},
        {"year": "2015", "label": "Kulturamt", "submitted": "1", "selected": "1"},
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


NARROWED = {
    "goals-nobody-took-up?department=kulturamt": 1,
    "goals-nobody-took-up?department=bauamt": 0,
    "goals-by-area?area=26": 2,
    "goals-by-area?area=26&year=2015": 1,
    "goals-by-area?area=99": 0,
    "goals-without-progress?state=not-selected": 2,
    "goals-without-progress?state=selected&year=2014": 1,
    "goals-without-progress?state=selected&year=2015": 0,
    "sources-of-goals?department=kulturamt": 1,
    "sources-of-goals?department=bauamt": 0,
    "attainment-by-year?attainment=attained": 1,
    "attainment-by-year?attainment=given-up": 0,
    "goals-by-department?department=kulturamt&year=2015": 1,
}


@pytest.mark.parametrize("address", NARROWED)
async def test_parameters_narrow_the_answer(client: httpx.AsyncClient, address: str) -> None:
    found = rows(await client.get(f"/queries/{address}&format=csv"))
    assert len(found) == NARROWED[address]
    page = await client.get(f"/queries/{address}", headers={"accept": "text/html"})
    for value in dict(parse_qsl(address.partition("?")[2])).values():
        assert f'value="{value}" selected' in page.text or value in {"2014", "2015", "26", "99", "bauamt"}


@pytest.mark.parametrize("name", sorted(saved_queries()))
def test_every_question_has_an_example_and_variables_that_it_knows(name: str) -> None:
    query = saved_queries()[name]
    assert query.bind(query.example, BASE)
    for parameter in query.parameters.values():
        assert parameter.kind.pattern.fullmatch(parameter.kind.example)
        projection = query.text[query.text.index("SELECT") : query.text.index("WHERE")]
        assert f"?{parameter.variable}" in projection.replace("\n", " ").split()
    assert query.title.keys() == query.description.keys() == {"de", "en"}


CHARTS = {
    "goals-by-year": [("2014", "4"), ("", "2"), ("2015", "1"), ("", "1")],
    "attainment-by-year": [("2014 · erreicht", "1")],
    "rule-of-five": [("2014", "2"), ("", "2")],
    "goals-by-department?year=2015": [("2015 · Kulturamt", "1"), ("", "1")],
}


@pytest.mark.parametrize("address", CHARTS)
async def test_numbers_are_drawn(client: httpx.AsyncClient, address: str) -> None:
    page = (await client.get(f"/queries/{address}", headers={"accept": "text/html"})).text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert texts == [text for bar in CHARTS[address] for text in bar if text]


async def test_what_has_no_numbers_has_no_chart(client: httpx.AsyncClient) -> None:
    for address in ("sources-of-goals", "goals-by-year?year=1999"):
        page = await client.get(f"/queries/{address}", headers={"accept": "text/html"})
        assert "<svg" not in page.text


async def test_a_chart_that_nobody_could_read_is_left_out() -> None:
    rows = tuple({"year": Cell(str(year)), "n": Cell("1")} for year in range(MOST_BARS + 1))
    table = Table(("year", "n"), rows)
    assert numbers_chart(table, ChartOf(("year",), ("n",))) is None
    chart = numbers_chart(Table(("year", "n"), rows[:3]), ChartOf(("year",), ("n",)))
    assert chart is not None
    assert len({bar.width for bar in chart.bars}) == 1


async def test_the_list(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/queries", headers={"accept": "application/json"})).json()
    assert [query["name"] for query in listed] == sorted(ANSWERS)
    for query in listed:
        assert rows(await client.get(f"{query['example']}&format=csv"))
    states = next(q["parameters"]["state"] for q in listed if q["name"] == "goals-without-progress")
    assert "carried-over" in states["values"]
    assert all(query["title"].keys() == query["description"].keys() == {"de", "en"} for query in listed)
    page = await client.get("/queries", headers={"accept": "text/html"})
    assert 'href="/queries/rule-of-five"' in page.text


async def test_what_cannot_be_asked(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/queries/nothing"), 404, "not-found")
    assert_problem(await client.get("/queries/goals-by-year?month=1"), 400, "parameter-invalid")
    assert_problem(await client.get("/queries/goals-by-year?year=x"), 400, "parameter-invalid")
    wrong = await client.get("/queries/goals-without-progress?state=chosen")
    assert_problem(wrong, 400, "parameter-invalid")
    assert "not-selected" in wrong.json()["detail"]
    for value in ("a b", "x>", "../x", "Ä", "x" * 101):
        bad = await client.get("/queries/sources-of-goals", params={"department": value})
        assert_problem(bad, 400, "parameter-invalid")
    assert_problem(await client.get("/queries/goals-by-year?format=png"), 406, "not-acceptable")
