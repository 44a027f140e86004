"""The sample city as the city's page tells it: published and served for real, asked the questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import Server, environment, serving, stadtziele

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample city, published and served."""
    folder = tmp_path_factory.mktemp("esslingen")
    env = environment(ROOT / "data" / "raw", folder / "published", work=folder / "work")
    printed = stadtziele(env, "publish")
    assert "✗" not in printed
    with serving(env) as running:
        yield running


def by(rows: list[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in rows}


def test_submitted_and_selected_goals_and_product_groups_by_year(server: Server) -> None:
    years = by(server.question("goals-by-year"), "year")
    assert (years["2014"]["submitted"], years["2014"]["selected"]) == ("40", "14")
    assert years["2014"]["productGroups"] == "7"
    assert (years["2015"]["selected"], years["2015"]["productGroups"]) == ("17", "10")


def test_the_chain_of_every_carried_over_goal(server: Server) -> None:
    rows = server.question("carry-over-chains")
    assert len(rows) == 17
    assert len({row["earlier"] for row in rows}) == 17
    for row in rows:
        assert "/goal/2015-" in row["goal"]
        assert "/goal/2014-" in row["earlier"]


def test_the_nine_goals_nobody_took_up(server: Server) -> None:
    nobody = {row["goal"] for row in server.question("goals-nobody-took-up")}
    taken = {row["earlier"] for row in server.question("carry-over-chains")}
    assert len(nobody) == 9
    assert nobody.isdisjoint(taken)


def test_which_guideline_held_in_a_year(server: Server) -> None:
    rows = server.question("guideline-by-year")
    assert {row["year"] for row in rows} == {"2016", "2017"}
    assert len({row["guideline"] for row in rows}) == 1
    assert "integrierende tolerante Stadt" in rows[0]["text"]


def test_whether_the_rule_of_five_was_kept(server: Server) -> None:
    (row,) = server.question("rule-of-five")
    assert (row["year"], row["minimum"], row["selected"], row["kept"]) == ("2014", "5", "14", "true")


def test_goals_without_any_progress_report_by_department(server: Server) -> None:
    rows = server.question("goals-without-progress")
    reported = server.select(
        "SELECT DISTINCT ?g WHERE { ?r a <https://w3id.org/stadtziele/ns#ProgressReport> ; "
        "<https://schema.org/about> ?g }"
    )
    assert len(rows) == 57 - len(reported)
    assert {row["goal"] for row in rows}.isdisjoint(row["g"] for row in reported)
    assert [row["department"] for row in rows] == sorted(row["department"] for row in rows)


def test_every_source_file_and_row_a_goal_came_from(server: Server) -> None:
    rows = server.question("sources-of-goals")
    assert len(rows) == 57
    assert {Path(row["file"]).suffix for row in rows} == {".xlsx", ".csv", ".json"}
    assert all(int(row["row"]) >= 1 for row in rows)


def test_who_decided_what_and_when(server: Server) -> None:
    rows = server.question("decisions-by-year")
    dated = {row["date"] for row in rows if "date" in row}
    assert dated == {"2013-06-24"}


def test_the_readme_shows_a_query_and_its_real_answer(server: Server) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    query = readme.split("```sparql\n", 1)[1].split("```", 1)[0]
    shown = readme.split("```csv\n", 1)[1].split("```", 1)[0]
    answer = server.client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.text.replace("\r\n", "\n") == shown


def test_the_catalogue_has_all_points_of_the_european_portal(server: Server) -> None:
    env = environment(ROOT / "data" / "raw", ROOT / "data" / "published")
    printed = stadtziele(env, "quality", str(server.client.base_url))
    assert "\n405 / 405 (excellent): beste Distribution" in printed
    assert "ziele.esslingen.example/ werden bei http://127.0.0.1:" in printed


def test_invented_texts_say_so_on_every_record_and_page(server: Server) -> None:
    unmarked = server.select(
        "SELECT ?g WHERE { ?g a <https://w3id.org/stadtziele/ns#Goal> "
        "FILTER NOT EXISTS { ?g <http://purl.org/dc/terms/provenance> ?notice } }"
    )
    assert unmarked == []
    goal = server.select("SELECT ?g WHERE { ?g a <https://w3id.org/stadtziele/ns#Goal> } LIMIT 1")[0]["g"]
    path = "/doc/" + goal.split("/id/", 1)[1]
    for page in ("/", path, "/queries", "/ns"):
        answer = server.get(page, Accept="text/html")
        assert answer.status_code == 200
        assert "erfunden" in answer.text, page
