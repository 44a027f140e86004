"""The goals of a raw folder as they stand there now."""

from pathlib import Path

import pytest

from pipeline.rawfolder import read_known_goals
from tests.city import SampleCity, decision, goal, progress


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_goals_come_with_year_department_and_state(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Erstes"), goal(2), goal(3), goal(4))
    city.submit(2014, "bauamt", goal(1))
    city.decide(
        2014,
        decision("2014-kulturamt-01"),
        decision("2014-kulturamt-02", "nicht berücksichtigt"),
        decision("2014-kulturamt-03", "zurückgezogen"),
    )
    city.report(2014, "kulturamt", progress("2014-kulturamt-01"))
    before = files(city.raw)
    goals = read_known_goals(city.raw, [2014])
    assert {key: known.state for key, known in goals.items()} == {
        "2014-bauamt-01": "submitted",
        "2014-kulturamt-01": "selected",
        "2014-kulturamt-02": "not-selected",
        "2014-kulturamt-03": "withdrawn",
        "2014-kulturamt-04": "submitted",
    }
    first = goals["2014-kulturamt-01"]
    assert (first.id, first.year, first.department, first.goal.title) == (
        "2014-kulturamt-01",
        2014,
        "kulturamt",
        "Erstes",
    )
    assert files(city.raw) == before  # nothing was written


def test_only_the_years_asked_for_are_read(city: SampleCity) -> None:
    for year in (2013, 2014, 2015):
        city.submit(year, "kulturamt", goal(1))
    city.decide(2015, decision("2015-kulturamt-01"))
    assert set(read_known_goals(city.raw, [2013, 2015])) == {"2013-kulturamt-01", "2015-kulturamt-01"}
    assert read_known_goals(city.raw, []) == {}


def test_a_file_that_cannot_be_read_hides_no_other(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(None), goal(3))
    city.write("submissions/2014/bauamt.xlsx", b"\x89PNG no workbook")
    (city.raw / "submissions/2014/klinikum.csv").symlink_to(city.raw / "nowhere.csv")
    assert set(read_known_goals(city.raw, [2014])) == {"2014-kulturamt-01", "2014-kulturamt-03"}


def test_a_raw_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_known_goals(tmp_path / "nowhere", [2014])
