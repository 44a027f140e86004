"""A department's mistake and its correction, with the real commands and a running server."""

import pytest

from tests.city import SampleCity, decision, goal
from tests.journeys.house import environment, serving, stadtziele

pytestmark = pytest.mark.journey

COUNT = "SELECT (COUNT(?g) AS ?n) WHERE { ?g a <https://w3id.org/stadtziele/ns#Goal> }"
TITLES = (
    "SELECT ?t WHERE { ?g a <https://w3id.org/stadtziele/ns#Goal> ; <http://purl.org/dc/terms/title> ?t }"
)


def test_break_publish_see_the_cell_mend_publish_see_the_number(city: SampleCity) -> None:
    env = environment(city.raw, city.published)
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.submit(2014, "bauamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02"))
    assert "Veröffentlicht / published" in stadtziele(env, "publish")
    assert "Nichts hat sich geändert / nothing changed" in stadtziele(env, "publish")
    with serving(env) as server:
        assert server.select(COUNT) == [{"n": "3"}]

        city.submit(2014, "bauamt", goal(1, title="Neuer Wortlaut"), goal(2, title=""))
        city.submit(2015, "bauamt", goal(1))
        report = stadtziele(env, "publish")
        assert "submissions/2014/bauamt.csv C3" in report
        assert "Der Wortlaut des Ziels fehlt." in report
        assert "Beschreiben Sie das Ziel in einem Satz." in report
        assert server.select(COUNT) == [{"n": "4"}]  # 2015 is there, 2014's last good file stays
        assert {"t": "Neuer Wortlaut"} not in server.select(TITLES)

        city.submit(2014, "bauamt", goal(1, title="Neuer Wortlaut"), goal(2, title="Nachgetragen"))
        city.decide(
            2014, decision("2014-kulturamt-01", reason="Weil [es] passt"), decision("2014-kulturamt-02")
        )
        stadtziele(env, "publish")
        assert server.select(COUNT) == [{"n": "5"}]
        assert {"t": "Neuer Wortlaut"} in server.select(TITLES)

        stadtziele(env, "rollback")
        assert server.select(COUNT) == [{"n": "4"}]
    difference = stadtziele(env, "diff", "current", _newest(env))
    assert "+ 2014-bauamt-02" in difference
    assert "Neuer Wortlaut" in difference
    assert "~ Entscheidung / decision 2014-kulturamt-01/" in difference
    assert "reason: – → Weil [es] passt" in difference


def _newest(env: dict[str, str]) -> str:
    lines = stadtziele(env, "releases").splitlines()
    return next(word for line in lines for word in line.split() if word.startswith("20") and "T" in word)


def test_messages_instead_of_tracebacks(city: SampleCity) -> None:
    env = environment(city.raw, city.published)
    assert "publish" in stadtziele(env, "rollback", fails=True)
    assert "no release 'x'" in stadtziele(env, "diff", "x", "y", fails=True)
    odd = stadtziele(env, "template", "--year", "2015", "--department", "[/red]", "x.xlsx", fails=True)
    assert "[/red]" in odd
    city.write("organisation.yaml", b"city: {")
    assert "organisation.yaml" in stadtziele(env, "publish", fails=True)
    broken = environment(city.raw, city.published, port="viele")
    assert "STADTZIELE_PORT" in stadtziele(broken, "serve", fails=True)
