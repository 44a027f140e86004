import json

import pytest

from ontology.contract import YearCounts, current_release
from ontology.errors import ConfigurationError
from pipeline.refresh import Refresh
from pipeline.release.build import Published
from tests.city import SampleCity, decision, goal


def run(city: SampleCity) -> Published:
    return Refresh(city.settings).run()


def counts(outcome: Published, year: int) -> YearCounts:
    return next(c for c in outcome.manifest.counts if c.year == year)


def statuses(outcome: Published) -> dict[str, str]:
    return {i.path: i.status for i in outcome.manifest.inputs if i.kind != "master-data"}


def published_titles(city: SampleCity, name: str) -> list[str]:
    path = current_release(city.published) / "records" / "submissions" / f"{name}.json"
    return [record["title"] for record in json.loads(path.read_text())["records"]]


def test_a_file_with_a_violation_is_held_back_whole_and_no_other(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2, title=""), goal(3))
    city.submit(2014, "bauamt", goal(1), goal(2))
    city.decide(2014, decision("2014-bauamt-01"), decision("2014-kulturamt-01"))
    outcome = run(city)
    assert statuses(outcome)["submissions/2014/kulturamt.csv"] == "held_back"
    assert counts(outcome, 2014) == YearCounts(
        year=2014, submitted=5, selected=1, held_back=3, released=2, product_groups=1
    )
    (blocking,) = (f for f in outcome.findings if f.blocks)
    assert blocking.place() == "submissions/2014/kulturamt.csv C3"


def test_a_file_with_warnings_only_is_published(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, indicator="", unit="", target=""))
    assert statuses(run(city)) == {"submissions/2014/kulturamt.csv": "released"}


def test_a_worse_correction_leaves_the_last_good_one_published(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Gut"))
    first = run(city)
    city.submit(2014, "kulturamt", goal(1, title="Besser"), goal(2, title=""))
    second = run(city)
    path = "submissions/2014/kulturamt.csv"
    assert statuses(second) == {path: "last_good_released"}
    assert published_titles(city, "2014/kulturamt") == ["Gut"]
    assert counts(second, 2014).submitted == 2
    assert counts(second, 2014).held_back == 1
    (kept,) = (f for f in second.findings if f.code == "last-good-kept")
    (before,) = (i for i in first.manifest.inputs if i.path == path)
    assert str(before.sha256) in kept.message_de
    assert run(city).is_new is False
    city.submit(2014, "kulturamt", goal(1, title="Besser"), goal(2))
    assert statuses(run(city)) == {path: "released"}
    assert published_titles(city, "2014/kulturamt") == ["Besser", "Erfundenes Ziel 2"]


def test_an_unreadable_correction_leaves_the_last_good_one_published(city: SampleCity) -> None:
    path = city.submit(2014, "kulturamt", goal(1, title="Gut"))
    run(city)
    path.write_bytes(b"\0\0\0")
    outcome = run(city)
    assert statuses(outcome) == {"submissions/2014/kulturamt.csv": "last_good_released"}
    assert "file-unreadable" in {f.code for f in outcome.findings}
    assert published_titles(city, "2014/kulturamt") == ["Gut"]


def test_a_file_that_vanished_stays_published_and_is_reported(city: SampleCity) -> None:
    path = city.submit(2014, "kulturamt", goal(1, title="Gut"))
    run(city)
    path.unlink()
    outcome = run(city)
    assert published_titles(city, "2014/kulturamt") == ["Gut"]
    assert {f.code for f in outcome.findings} >= {"file-missing"}
    assert run(city).is_new is False


def test_two_files_for_the_same_department_are_both_refused(city: SampleCity) -> None:
    path = city.submit(2014, "kulturamt", goal(1, title="Gut"))
    run(city)
    city.write("submissions/2014/kulturamt.json", json.dumps([goal(1, title="Anders")]).encode())
    outcome = run(city)
    assert [f.code for f in outcome.findings].count("file-twice") == 2
    assert published_titles(city, "2014/kulturamt") == ["Gut"]
    assert counts(outcome, 2014).released == 1
    path.unlink()
    run(city)
    assert published_titles(city, "2014/kulturamt") == ["Anders"]


def test_a_goal_held_back_the_year_before_does_not_block_who_carries_it_over(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2, title=""))
    city.submit(2015, "kulturamt", goal(1, carried_over_from="2014-kulturamt-01"))
    outcome = run(city)
    assert statuses(outcome)["submissions/2015/kulturamt.csv"] == "released"
    assert "carry-over-origin-held-back" in {f.code for f in outcome.findings}


def test_files_in_unexpected_places_are_reported_and_nothing_else_suffers(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    for path in ("submissions/2014/notiz.txt", "submissions/1950/kulturamt.csv", "irgendwo.csv"):
        city.write(path, b"x")
    for ignored in (".DS_Store", "submissions/2014/~$kulturamt.xlsx", "README.md"):
        city.write(ignored, b"x")
    outcome = run(city)
    unexpected = [f.file for f in outcome.findings if f.code == "file-unexpected"]
    assert unexpected == ["irgendwo.csv", "submissions/1950/kulturamt.csv", "submissions/2014/notiz.txt"]
    assert counts(outcome, 2014).released == 1


def test_everything_that_was_taken_in_stays_in_the_archive(city: SampleCity) -> None:
    path = city.submit(2014, "kulturamt", goal(1, title="Erste Fassung"))
    former = path.read_bytes()
    run(city)
    city.submit(2014, "kulturamt", goal(1, title="Zweite Fassung"))
    run(city)
    archive = city.settings.work_folder / "archive"
    assert former in {file.read_bytes() for file in archive.rglob("*") if file.is_file()}
    log = (city.settings.work_folder / "intake.jsonl").read_text().splitlines()
    logged = [json.loads(line)["path"] for line in log]
    assert logged.count("submissions/2014/kulturamt.csv") == 2


def test_odd_values_never_stop_the_run(city: SampleCity) -> None:
    """Huge and tiny numbers, years, names and markup: published or held back with a finding."""
    city.submit(2014, "kulturamt", goal(1, target="9" * 40))
    city.submit(2014, "bauamt", goal(1, target="0,123456789012", target_year="16"))
    city.submit(
        2014,
        "klinikum",
        goal(1, target="0,123456789012", title='<b>"\\ {} \u200f🙂', target_group="???; <x>"),
    )
    city.write("submissions/2014/\udcff.csv", b"x")
    outcome = run(city)
    assert statuses(outcome) == {
        "submissions/2014/kulturamt.csv": "held_back",
        "submissions/2014/bauamt.csv": "held_back",
        "submissions/2014/klinikum.csv": "released",
    }
    assert {f.code for f in outcome.findings if f.blocks} == {"cell-not-a-number", "cell-not-a-year"}
    assert "submissions/2014/?.csv" in {f.file for f in outcome.findings}
    assert published_titles(city, "2014/klinikum") == ['<b>"\\ {} 🙂']


def test_a_twin_that_cannot_be_read_refuses_both(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Gut"))
    run(city)
    city.submit(2014, "kulturamt", goal(1, title="Neu"))
    city.write("submissions/2014/Kulturamt.xlsx", b"\0" * (city.settings.file_bytes + 1))
    outcome = run(city)
    assert set(statuses(outcome).values()) == {"last_good_released"}
    assert published_titles(city, "2014/kulturamt") == ["Gut"]


def test_a_linked_folder_is_read_and_a_dead_link_is_reported(city: SampleCity) -> None:
    path = city.submit(2014, "kulturamt", goal(1))
    share = path.parent.rename(city.raw.parent / "share")
    path.parent.symlink_to(share)
    (city.raw / "decisions").mkdir()
    (city.raw / "decisions" / "2014.csv").symlink_to("nowhere.csv")
    outcome = run(city)
    assert statuses(outcome)["submissions/2014/kulturamt.csv"] == "released"
    assert ("file-unreadable", "decisions/2014.csv") in {(f.code, f.file) for f in outcome.findings}


def test_published_years_are_not_taken_back_by_a_setting(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    run(city)
    later = city.settings.model_copy(update={"first_year": 2015})
    with pytest.raises(ConfigurationError, match="STADTZIELE_FIRST_YEAR"):
        Refresh(later).run()


def test_a_new_version_that_is_held_back_too_is_recorded(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title=""))
    before = run(city).manifest
    city.submit(2014, "kulturamt", goal(1, title="", note="noch einmal"))
    after = run(city).manifest
    assert after.content_sha256 == before.content_sha256
    assert after.inputs != before.inputs
