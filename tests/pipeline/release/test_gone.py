import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.contract import GONE, current_release, read_gone
from pipeline.refresh import Refresh
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
