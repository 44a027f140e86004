import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.catalogue import read_catalogue
from ontology.contract import GONE, RELEASES, current_release, read_gone
from pipeline.quarantine.models import CheckedYear
from pipeline.refresh import Refresh
from pipeline.release.build import publish as publish_years
from pipeline.release.gone import _only_in_first
from tests.city import SampleCity, decision, goal, progress

REPORT = "id/progress/2014-kulturamt-01/2014/2014-12-31"


def publish(city: SampleCity) -> Path:
    Refresh(city.settings).run()
    return current_release(city.published)


def test_what_is_no_longer_published_is_remembered_until_it_comes_back(city: SampleCity) -> None:
    report = progress("2014-kulturamt-01", as_of="31.12.2014")
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"))
    city.report(2014, "kulturamt", report)
    first = publish(city)
    assert not (first / GONE).exists()
    city.report(2014, "kulturamt", progress("2014-kulturamt-02", as_of="31.12.2014"))
    second = publish(city)
    assert read_gone(second)[REPORT] == first.name
    assert not any("#" in path or "id/goal/" in path for path in read_gone(second))
    city.submit(2015, "kulturamt", goal(1))
    third = publish(city)
    assert third != second
    assert read_gone(third)[REPORT] == first.name
    assert publish(city) == third
    city.report(2014, "kulturamt", report)
    assert REPORT not in read_gone(publish(city))


NAMES = st.sets(st.text("ab/#.-", min_size=1, max_size=5))


@given(NAMES, NAMES)
def test_two_dumps_are_compared_as_two_sets(
    tmp_path_factory: pytest.TempPathFactory, first: set[str], second: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("dumps")
    for name, subjects in (("first", first), ("second", second)):
        lines = sorted(f"<x:{subject}> <p:{n}> <o:> .\n".encode() for subject in subjects for n in "12")
        (folder / name).write_bytes(gzip.compress(b"".join(lines)))
    found = list(_only_in_first(folder / "first", folder / "second", "x:"))
    assert sorted(name.decode() for name in found) == sorted(f"{name}>" for name in first - second)


def test_a_dataset_is_told_of_until_its_end_and_beyond(city: SampleCity) -> None:
    """Kept up, deprecated for thirty days, withdrawn for thirty, and then gone for good: or back again."""
    city.submit(2014, "kulturamt", goal(1))
    city.submit(2015, "kulturamt", goal(1))
    refresh = Refresh(city.settings)
    refresh.run()
    first = refresh.check(refresh.settings.first_year)
    years = [first, refresh.check(2014, first), refresh.check(2015)]

    def published(days: int, settled: list[CheckedYear]) -> Path:
        now = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=days)
        publish_years(city.published, city=refresh.city, years=settled, now=now)
        return current_release(city.published)

    def status(release: Path) -> str | None:
        catalogue = read_catalogue(release)
        assert catalogue is not None
        dataset = catalogue.get("goals/2015")
        return dataset.status if dataset else None

    assert status(published(0, years)) == "COMPLETED"
    with_files = current_release(city.published).name
    assert status(published(1, years[:2])) == "DEPRECATED"
    assert status(published(30, years[:2])) == "DEPRECATED"
    withdrawn = published(31, years[:2])
    assert status(withdrawn) == "WITHDRAWN"
    assert status(published(60, years[:2])) == "WITHDRAWN"
    last = current_release(city.published).name
    assert "dataset/goals/2015" not in read_gone(current_release(city.published))
    end = published(61, years[:2])
    assert status(end) is None
    gone = read_gone(end)
    assert gone["dataset/goals/2015"] == gone["dataset/goals/2015/csv"] == last
    catalogue = read_catalogue(city.published / RELEASES / last)
    dataset = catalogue.get("goals/2015") if catalogue else None
    assert dataset is not None
    assert {item.release for item in dataset.distributions} == {with_files}
    assert [change.kind for change in dataset.changes][-2:] == ["deprecated", "withdrawn"]
    assert read_gone(published(99, years[:2]))["dataset/goals/2015"] == last
    back = published(100, years)
    assert status(back) == "COMPLETED"
    assert not any(path.startswith("dataset/goals/2015") for path in read_gone(back))
