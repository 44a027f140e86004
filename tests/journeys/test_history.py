"""What became of a goal that was corrected, withdrawn and taken up again, as the public sees it."""

import pytest

from tests.city import SampleCity, decision, goal
from tests.journeys.house import environment, serving, stadtziele

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
    env = environment(city.raw, city.published)
    first, second = goal(1, title="Beschäftigte schulen"), goal(2, title="Sprachkurse anbieten")
    reworded = goal(2, title="Mehr Sprachkurse anbieten")
    city.decide(2014, decision("2014-kulturamt-02"))
    city.submit(2014, "kulturamt", first, second)
    stadtziele(env, "publish")
    with serving(env) as server:
        address = "/doc/goal/2014-kulturamt-02.html"
        assert "Was sich geändert hat" not in server.get(address).text

        city.submit(2014, "kulturamt", first, reworded)
        stadtziele(env, "publish")
        page = server.get(address).text
        assert "Was sich geändert hat" in page
        assert "Sprachkurse anbieten" in page
        (change,) = server.select(CHANGES)
        assert change["kind"].endswith("change-changed")
        assert (change["before"], change["after"]) == ("Sprachkurse anbieten", "Mehr Sprachkurse anbieten")
        assert len(change["hash"]) == 64

        city.submit(2014, "kulturamt", first)
        assert "Nichts hat sich" not in stadtziele(env, "publish")
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
        stadtziele(env, "publish")
        kinds = [row["kind"].rpartition("-")[2] for row in server.select(CHANGES)]
        assert kinds == ["changed", "withdrawn", "restored"]
        assert "selected" in server.select(STATE)[0]["state"]
        assert "Dieses Ziel ist zurückgezogen" not in server.get(address).text
        assert "Nichts hat sich geändert" in stadtziele(env, "publish")
