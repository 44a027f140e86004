"""What became of a goal that was corrected, withdrawn and taken up again, as the public sees it."""

import shutil

import pytest

from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress
from tests.journeys.house import environment, served, stadtziele

pytestmark = pytest.mark.journey

PREFIXES = """
PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX spdx: <http://spdx.org/rdf/terms#>
"""
CHANGES = f"""{PREFIXES}
SELECT ?kind ?before ?after ?hash WHERE {{
  ?change a sz:Change ; schema:about ?goal ; sz:changeKind ?kind ; prov:used ?version .
  FILTER (STRENDS(STR(?goal), "2014-kulturamt-02"))
  ?version spdx:checksum/spdx:checksumValue ?hash .
  OPTIONAL {{ ?field dct:isPartOf ?change ; sz:field "title" ; sz:before ?before ; sz:after ?after }}
}} ORDER BY ?change
"""
STATE = f"""{PREFIXES}
SELECT ?state WHERE {{
  ?goal a sz:Goal ; sz:selectionState ?state FILTER (STRENDS(STR(?goal), "2014-kulturamt-02"))
}}
"""


def test_the_history_of_a_goal(city: SampleCity) -> None:
    refresh = Refresh(city.settings)
    first, second = goal(1, title="Beschäftigte schulen"), goal(2, title="Sprachkurse anbieten")
    reworded = goal(2, title="Mehr Sprachkurse anbieten")
    city.decide(2014, decision("2014-kulturamt-02"))
    city.submit(2014, "kulturamt", first, second)
    with served(city) as server:
        address = "/doc/goal/2014-kulturamt-02.html"
        assert "Was sich geändert hat" not in server.get(address).text

        city.submit(2014, "kulturamt", first, reworded)
        refresh.run()
        page = server.get(address).text
        assert "Was sich geändert hat" in page
        assert "Sprachkurse anbieten" in page
        (change,) = server.select(CHANGES)
        assert change["kind"].endswith("change-changed")
        assert (change["before"], change["after"]) == ("Sprachkurse anbieten", "Mehr Sprachkurse anbieten")
        assert len(change["hash"]) == 64

        city.submit(2014, "kulturamt", first)
        assert refresh.run().is_new
        assert "withdrawn" in server.select(STATE)[0]["state"]
        gone = server.client.get(address)
        assert gone.status_code == 410
        page = gone.text
        assert "Dieses Ziel ist zurückgezogen" in page
        assert "Mehr Sprachkurse anbieten" in page  # as it last stood
        english = server.client.get(f"{address}?lang=en").text
        assert "This goal is withdrawn" in english
        as_turtle = server.client.get("/id/goal/2014-kulturamt-02", headers={"Accept": "text/turtle"})
        assert as_turtle.status_code in {303, 410}
        document = server.client.get("/doc/goal/2014-kulturamt-02.ttl")
        assert document.status_code == 410
        assert "invalidatedAtTime" in document.text

        city.submit(2014, "kulturamt", first, reworded)
        refresh.run()
        kinds = [row["kind"].rpartition("-")[2] for row in server.select(CHANGES)]
        assert kinds == ["changed", "withdrawn", "restored"]
        assert "selected" in server.select(STATE)[0]["state"]
        assert "Dieses Ziel ist zurückgezogen" not in server.get(address).text
        printed = stadtziele(environment(city.raw, city.published), "publish")
        assert "Nichts hat sich geändert" in printed


def test_a_report_taken_back_is_gone_and_says_how_it_stood(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", as_of="31.12.2014", note="Angefangen"))
    address = "/doc/progress/2014-kulturamt-01/2014/2014-12-31"
    with served(city) as server:
        release = server.get(f"{address}.ttl").headers["X-Release"]
        city.report(2014, "kulturamt", progress("2014-kulturamt-02", as_of="31.12.2014"))
        Refresh(city.settings).run()
        page = server.client.get(f"{address}.html")
        assert page.status_code == 410
        assert "Nicht mehr vorhanden" in page.text
        assert "Angefangen" in page.text
        turtle = server.client.get(f"{address}.ttl")
        assert turtle.status_code == 410
        assert "Angefangen" in turtle.text
        assert f'</releases/{release}{address}>; rel="predecessor-version"' in turtle.headers["Link"]
        assert server.client.get(f"/releases/{release}{address}.ttl").status_code == 200
        shutil.rmtree(city.published / "releases" / release)
        problem = server.client.get(f"{address}.ttl")
        assert problem.status_code == 410
        assert problem.json()["type"].endswith("#gone")
        assert server.client.get("/doc/progress/2014-kulturamt-09/2014/2014-12-31").status_code == 404
