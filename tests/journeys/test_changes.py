"""A follower of the data: what it learns of a correction, of a goal withdrawn, and of a step back."""

from pathlib import Path

import feedparser
import pyoxigraph as ox
import pytest

from ontology.namespaces import expand
from pipeline.refresh import Refresh
from tests import ldes
from tests.city import SampleCity, decision, goal
from tests.journeys.house import Server, environment, served, stadtziele

pytestmark = pytest.mark.journey

GOALS = "https://ziele.esslingen.example/id/goal/2014-kulturamt-"


class Follower:
    """A client of the stream that remembers what it has seen, and what it learnt last."""

    def __init__(self, server: Server, memory: Path) -> None:
        self._url = str(server.client.base_url.join("/ldes"))
        self._memory = memory
        self.new: set[ox.Triple] = set()
        self._known: set[str] = set()

    def goals(self) -> dict[str, str]:
        """Return what happened since the last call: number of a goal to kind.

        Seen once on a busy machine: the client told again what it had told. A member never changes, so that
        a reader passes over those it knows.
        """
        self.new = ldes.follow(self._url, self._memory)
        thing_of = dict(self._values("prov:specializationOf"))
        news = thing_of.keys() - self._known
        self._known |= news
        kinds = {
            (member, kind.removeprefix(expand("as:")))
            for member, kind in self._values("rdf:type")
            if kind.startswith(expand("as:"))
        }
        told = {(thing_of[m], kind) for m, kind in kinds if m in news and thing_of[m].startswith(GOALS)}
        assert len(dict(told)) == len(told)  # no goal twice
        return {thing.removeprefix(GOALS): kind for thing, kind in told}

    def says(self, predicate: str) -> set[str]:
        """Return the values of a property in what is new."""
        return {value for _, value in self._values(predicate)}

    def _values(self, predicate: str) -> set[tuple[str, str]]:
        return {
            (t.subject.value, t.object.value)
            for t in self.new
            if t.predicate.value == expand(predicate)
            and isinstance(t.subject, ox.NamedNode)
            and isinstance(t.object, ox.NamedNode | ox.Literal)
        }


def newest_entry(server: Server) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(server.get("/feed.atom").content)
    assert not parsed.bozo
    return parsed.entries[0]


@pytest.mark.skipif(not ldes.INSTALLED, reason="the client of event streams is not installed")
def test_a_follower_learns_exactly_what_is_new(city: SampleCity, tmp_path: Path) -> None:
    env, refresh = environment(city.raw, city.published), Refresh(city.settings)
    city.decide(2014, decision("2014-kulturamt-01"))
    city.submit(2014, "kulturamt", *(goal(number) for number in range(1, 301)))
    with served(city) as server:
        follower = Follower(server, tmp_path / "memory")
        assert len(follower.goals()) == 300
        closed = server.get("/ldes/1")
        assert "immutable" in closed.headers["Cache-Control"]
        assert follower.goals() == {}

        others = [goal(number) for number in range(3, 301)]
        city.submit(2014, "kulturamt", goal(1, title="Neuer Wortlaut", target="75"), goal(2), *others)
        refresh.run()
        assert follower.goals() == {"01": "Update"}
        assert "Neuer Wortlaut" in follower.says("dct:title")
        assert "75" in follower.says("sdmx-measure:obsValue")
        entry = newest_entry(server)
        assert entry.title == "1 Ziel geändert / 1 goal changed"
        page = server.get(
            next(link.href for link in entry.links if link.rel == "related"), Accept="text/html"
        )
        assert "Neuer Wortlaut" in page.text
        assert "<td>50</td><td>75</td>" in page.text

        city.submit(2014, "kulturamt", goal(1, title="Neuer Wortlaut", target="75"), *others)
        refresh.run()
        assert follower.goals() == {"02": "Update"}
        assert expand("sz:state-withdrawn") in follower.says("sz:selectionState")
        assert newest_entry(server).title == "1 Ziel zurückgezogen / 1 goal withdrawn"
        difference = server.get("/diff", Accept="text/html").text
        assert "Zurückgezogene Ziele" in difference
        assert "2014-kulturamt-02" in difference

        stadtziele(env, "rollback")
        assert follower.goals() == {}
        assert "Nichts hat sich" not in stadtziele(env, "publish")  # the file is published once more
        assert follower.goals() == {}  # and says what the follower knows

        again = server.get("/ldes/1")
        assert again.content == closed.content
        assert again.headers["ETag"] == closed.headers["ETag"]
