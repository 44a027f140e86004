"""When datasets were issued, when they changed, and how they leave: over several releases."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from ontology.catalogue import Catalogue, Dataset, entry_file, read_catalogue
from ontology.contract import current_release, read_gone
from ontology.errors import ConfigurationError
from pipeline.catalogue.dcat import ADMS, DCAT, DCATAP
from pipeline.refresh import Refresh
from pipeline.release.catalogue import roll_back
from tests.city import CATALOGUE, PLAN, SampleCity, decision, goal

BASE = "https://ziele.esslingen.example/"
DECISIONS = URIRef(f"{BASE}dataset/decisions")
REASON = {"de": "Steht jetzt im Ratsinformationssystem.", "en": "Now in the council's information system."}


def publish(city: SampleCity, day: int) -> Path:
    Refresh(city.settings).run(datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=day))
    return current_release(city.published)


def catalogue_of(release: Path) -> Catalogue:
    catalogue = read_catalogue(release)
    assert catalogue
    return catalogue


def dataset(release: Path, key: str) -> Dataset:
    found = catalogue_of(release).get(key)
    assert found
    return found


def days(moments: Iterable[datetime]) -> list[int]:
    return [(moment - datetime(2030, 1, 1, tzinfo=UTC)).days for moment in moments]


def retire(city: SampleCity, *keys: str) -> None:
    retired = [{"key": key, "reason": REASON} for key in keys]
    city.write_yaml("catalogue.yaml", CATALOGUE | {"retired": retired})


def test_what_comes_back_after_going_back_is_a_change(city: SampleCity) -> None:
    """Portals keep the newest date of change: one that goes back would never be read."""
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    publish(city, 0)
    city.submit(2014, "kulturamt", goal(1, title="Anders"))
    city.decide(2014)
    publish(city, 1)
    roll_back(city.published)
    city.submit(2014, "kulturamt", goal(1))
    third = publish(city, 2)
    goals = dataset(third, "goals/2014")
    assert days([goals.issued, goals.modified, catalogue_of(third).modified]) == [0, 2, 2]
    assert days(change.at for change in goals.changes) == [0, 1, 2]
    assert days([dataset(third, "plan").modified]) == [0]
    assert publish(city, 3) == third


def test_a_clock_that_was_set_back_takes_no_date_back(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    publish(city, 5)
    city.submit(2014, "kulturamt", goal(1, title="Anders"))
    assert days([dataset(publish(city, 4), "goals/2014").modified]) == [5]


def test_a_dataset_that_the_city_retires_leaves_with_its_reason(city: SampleCity) -> None:
    """Deprecated for thirty days, withdrawn for thirty, then gone; its decisions stay in the graph."""
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    publish(city, 0)
    retire(city, "decisions", "statistics")
    deprecated = publish(city, 1)
    assert dataset(deprecated, "decisions").status == "DEPRECATED"
    assert f"{BASE}id/decision/2014-kulturamt-01/" in (deprecated / "rdf/decisions.nt").read_text("utf-8")
    withdrawn = publish(city, 31)
    last = dataset(withdrawn, "decisions")
    assert last.status == "WITHDRAWN"
    assert last.reason
    assert last.reason.model_dump() == REASON
    end = publish(city, 61)
    assert catalogue_of(end).get("decisions") is None
    gone = read_gone(end)
    assert gone["dataset/decisions"] == gone["dataset/statistics"] == withdrawn.name  # the cube stays
    retire(city)
    back = dataset(publish(city, 100), "decisions")
    assert days([back.issued, back.modified]) == [0, 100]
    kinds = [change.kind for change in back.changes]
    assert kinds == ["new", "deprecated", "withdrawn", "restored"]
    assert back.reason is None


def test_what_is_withdrawn_tells_why_and_is_not_called_available(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    publish(city, 0)
    retire(city, "decisions")

    def told(release: Path) -> Graph:
        return Graph().parse(release / entry_file("decisions"), format="nt")

    assert (None, DCATAP.availability, None) in told(publish(city, 1))
    outcome = Refresh(city.settings).run(datetime(2030, 2, 1, tzinfo=UTC))
    graph = told(current_release(city.published))
    assert outcome.warnings == ()
    assert {str(text) for text in graph.objects(DECISIONS, ADMS.versionNotes)} == set(REASON.values())
    nodes = [DECISIONS, *graph.objects(DECISIONS, DCAT.distribution)]
    assert len(nodes) > 1
    assert not any((node, DCATAP.availability, None) in graph for node in nodes)


def test_a_plan_that_looks_ahead_is_news_of_the_plan_alone(city: SampleCity) -> None:
    """Periods are those of the rows: a year without any is no year that the data speaks of."""
    city.submit(2014, "kulturamt", goal(1))
    city.submit(2015, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    first = publish(city, 0)
    ahead = {"key": "vorgabe-2018", "text": "Alle nehmen teil.", "years": [2018]}
    city.write_yaml("plans/plan-2012.yaml", PLAN | {"guidelines": [*PLAN["guidelines"], ahead]})  # type: ignore[misc]  # a list
    second = publish(city, 1)
    assert {found.key for found in catalogue_of(second).datasets if found.modified.day == 2} == {
        "plan",
        "all",
    }
    for key, start, end in (
        ("plan", 2013, 2018),
        ("decisions", 2014, 2014),
        ("statistics", 2014, 2015),
        ("all", 2014, 2015),
    ):
        found = dataset(second, key)
        assert (found.start.year, found.end.year) == (start, end)
    assert dataset(first, "plan").end.year == 2016


def test_a_dataset_that_there_never_was_cannot_be_retired(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    retire(city, "goals/2051")
    with pytest.raises(ConfigurationError, match=r"retired: goals/2051: .*goals/2014"):
        publish(city, 0)
