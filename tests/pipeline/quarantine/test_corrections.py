"""A file that takes the place of a former one: what is found, what is kept, what stays the same."""

import gzip
import json
from datetime import datetime, tzinfo
from typing import Any

import pytest

from api.data.differences import compare_releases
from pipeline.refresh import Refresh
from pipeline.release.build import Published
from pipeline.release.catalogue import find_release, list_releases
from tests.city import SampleCity, decision, goal, progress
from tests.first import first_release, known_release

FILE = "submissions/2014/kulturamt.csv"
FIRST, SECOND, THIRD = (
    goal(1, title="Beschäftigte schulen"),
    goal(2, title="Sprachkurse anbieten"),
    goal(3, title="Beratung ausbauen"),
)


def run(city: SampleCity) -> Published:
    return Refresh(city.settings).run()


def found(outcome: Published) -> list[tuple[str, int | None, bool]]:
    return [(f.code, f.row, f.blocks) for f in outcome.findings if f.file == FILE]


def history(city: SampleCity) -> dict[str, Any]:
    path = city.published / "current" / "history" / "submissions" / "2014" / "kulturamt.json"
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def triples(city: SampleCity) -> list[str]:
    with gzip.open(city.published / "current" / "dump" / "stadtziele.nt.gz", "rt") as file:
        return file.readlines()


def state_of(city: SampleCity, goal_id: str) -> str:
    line = next(
        t for t in triples(city) if f"/goal/{goal_id}> <https://w3id.org/stadtziele/ns#selectionState" in t
    )
    return line.split("#state-")[1].split(">")[0]


@pytest.fixture
def published(city: SampleCity) -> SampleCity:
    city.submit(2014, "kulturamt", FIRST, SECOND, THIRD)
    city.decide(2014, decision("2014-kulturamt-02"))
    first_release(city)
    return city


@pytest.fixture
def withdrawn(published: SampleCity) -> SampleCity:
    """Return the city after the second goal was withdrawn."""
    published.submit(2014, "kulturamt", FIRST, THIRD)
    known_release(published)
    return published


def test_a_first_publication_has_no_history(published: SampleCity) -> None:
    assert not (published.published / "current" / "history").exists()


def test_a_removed_row_is_a_withdrawn_goal_and_its_iri_stays(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, THIRD)
    outcome = run(published)
    assert ("goal-withdrawn", None, False) in found(outcome)
    assert state_of(published, "2014-kulturamt-02") == "withdrawn"
    about = [t for t in triples(published) if "/goal/2014-kulturamt-02> " in t.partition(" ")[0] + " "]
    assert any("Sprachkurse anbieten" in t for t in about)
    assert any("invalidatedAtTime" in t for t in about)
    assert any("isPartOf> " in t and "/version/" in t for t in about)
    counts = next(c for c in outcome.manifest.counts if c.year == 2014)
    assert (counts.submitted, counts.released, counts.selected) == (3, 3, 0)
    table = (published.published / "current" / "csv" / "goals-2014.csv").read_text()
    assert "zurückgezogen" in next(line for line in table.splitlines() if "Sprachkurse" in line)


def test_the_same_input_has_the_same_findings_and_makes_no_new_release(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, goal(3, title="Etwas völlig anderes"))
    first = run(published)
    assert {code for code, _, _ in found(first)} == {"goal-withdrawn", "goal-replaced"}
    again = run(published)
    assert not again.is_new
    assert found(again) == found(first)


def test_the_former_version_stays_in_the_record(published: SampleCity) -> None:
    former = next(i for i in run(published).manifest.inputs if i.path == FILE).sha256
    published.submit(
        2014, "kulturamt", goal(1, title="Alle Beschäftigten schulen", target="60"), SECOND, THIRD
    )
    newer = next(i for i in run(published).manifest.inputs if i.path == FILE).sha256
    kept = history(published)
    (version,) = kept["versions"]
    assert (version["sha256"], version["superseded_by"]) == (former, newer)
    assert version["superseded_at"]
    (change,) = kept["changes"]
    assert (change["goal"], change["what"]) == ("2014-kulturamt-01", "changed")
    assert change["fields"] == {
        "title": ["Beschäftigte schulen", "Alle Beschäftigten schulen"],
        "target": ["50", "60"],
    }
    text = "".join(triples(published))
    assert f'"{former}"' in text
    assert "wasRevisionOf" in text
    assert "/change/2014-kulturamt-01/1#target>" in text


def test_a_goal_that_comes_back_is_taken_up_again(withdrawn: SampleCity) -> None:
    withdrawn.submit(2014, "kulturamt", FIRST, SECOND, THIRD)
    outcome = run(withdrawn)
    assert found(outcome) == []
    assert state_of(withdrawn, "2014-kulturamt-02") == "selected"
    whats = [change["what"] for change in history(withdrawn)["changes"]]
    assert whats == ["withdrawn", "restored"]
    assert history(withdrawn)["withdrawn"] == []
    assert not run(withdrawn).is_new
    releases = [manifest.id for manifest in list_releases(withdrawn.published)]
    newest, middle = (find_release(withdrawn.published, name) for name in releases[:2])
    there, back = compare_releases(middle, newest), compare_releases(newest, middle)
    assert [goal.id for goal in there.restored.items] == ["2014-kulturamt-02"]
    assert [goal.id for goal in back.withdrawn.items] == ["2014-kulturamt-02"]
    assert {part.total for part in (there.added, there.changed, back.added, back.changed)} == {0}


def test_decisions_about_a_withdrawn_goal_still_lead_to_it(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, THIRD)
    outcome = run(published)
    assert [f.code for f in outcome.findings if f.file == "decisions/2014.csv"] == []
    published.submit(2015, "bauamt", goal(1, carried_over_from="2014-kulturamt-02"))
    codes = {f.code for f in run(published).findings if f.file == "submissions/2015/bauamt.csv"}
    assert codes == {"carry-over-was-selected"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # the first row was deleted and the others renumbered
        ([goal(1, title="Sprachkurse anbieten"), goal(2, title="Beratung ausbauen")], [2, 3]),
        # two rows changed places
        ([FIRST, goal(2, title="Beratung ausbauen"), goal(3, title="Sprachkurse anbieten")], [3, 4]),
        # a row was put in before the others
        (
            [
                goal(1, title="Ein neues Ziel"),
                *(goal(n + 1, title=row["title"]) for n, row in enumerate((FIRST, SECOND, THIRD), start=1)),
            ],
            [3, 4, 5],
        ),
    ],
)
def test_renumbered_rows_are_held_back_with_their_cells(
    published: SampleCity, rows: list[dict[str, object]], expected: list[int]
) -> None:
    published.submit(2014, "kulturamt", *rows)
    outcome = run(published)
    assert [row for code, row, _ in found(outcome) if code == "goal-renumbered"] == expected
    assert state_of(published, "2014-kulturamt-02") == "selected"
    assert not run(published).is_new


def test_the_number_of_a_withdrawn_goal_is_not_given_again(withdrawn: SampleCity) -> None:
    withdrawn.submit(2014, "kulturamt", FIRST, goal(2, title="Etwas völlig anderes"), THIRD)
    assert ("goal-number-reused", 3, True) in found(run(withdrawn))


def test_duplicate_numbers_are_found_beside_corrections(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, SECOND, THIRD, goal(3, title="Noch ein Ziel"))
    codes = [(code, row) for code, row, blocks in found(run(published)) if blocks]
    assert codes == [("goal-number-repeated", 4), ("goal-number-repeated", 5)]


def test_new_words_for_the_same_goal_are_no_finding(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", goal(1, title="Mehr Beschäftigte schulen"), SECOND, THIRD)
    assert found(run(published)) == []


def test_a_version_that_is_held_back_changes_nothing(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, goal(3, title=""))
    run(published)
    assert not (published.published / "current" / "history").exists()
    assert state_of(published, "2014-kulturamt-02") == "selected"


def test_there_and_back_keeps_both_versions(published: SampleCity) -> None:
    original = (published.raw / FILE).read_bytes()
    for target in ("60", "70"):
        published.submit(
            2014, "kulturamt", goal(1, title="Beschäftigte schulen", target=target), SECOND, THIRD
        )
        run(published)
    published.write(FILE, original)
    run(published)
    assert len(history(published)["versions"]) == 3
    assert not run(published).is_new


def test_lists_of_decisions_and_progress_keep_their_versions_too(published: SampleCity) -> None:
    published.report(2014, "kulturamt", progress("2014-kulturamt-02"))
    run(published)
    published.report(2014, "kulturamt", progress("2014-kulturamt-02", percent="40"))
    published.decide(2014, decision("2014-kulturamt-02"), decision("2014-kulturamt-01"))
    run(published)
    folder = published.published / "current" / "history"
    kept = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))
    assert kept == ["decisions/2014.json", "progress/2014/kulturamt.json"]
    assert not run(published).is_new


def test_a_withdrawn_goal_stays_withdrawn_in_later_releases(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", FIRST, THIRD)
    withdrawn = run(published)
    published.submit(2014, "kulturamt", FIRST, THIRD, goal(4, title="Viertes"))
    run(published)
    assert state_of(published, "2014-kulturamt-02") == "withdrawn"
    assert withdrawn.is_new


def test_what_is_taken_up_again_with_other_content_says_what_changed(withdrawn: SampleCity) -> None:
    withdrawn.submit(2014, "kulturamt", FIRST, goal(2, title="Sprachkurse anbieten", target="99"), THIRD)
    run(withdrawn)
    assert [(c["what"], c["fields"]) for c in history(withdrawn)["changes"]] == [
        ("withdrawn", {}),
        ("restored", {"target": ["50", "99"]}),
    ]


def test_a_withdrawn_goal_comes_back_under_its_own_number_only(withdrawn: SampleCity) -> None:
    withdrawn.submit(2014, "kulturamt", FIRST, THIRD, goal(4, title="Sprachkurse anbieten"))
    assert ("goal-renumbered", 4, True) in found(run(withdrawn))
    assert state_of(withdrawn, "2014-kulturamt-02") == "withdrawn"


@pytest.mark.parametrize(
    ("number", "code"), [("", "goal-number-missing"), ("zwei", "cell-not-a-number"), (0, "goal-renumbered")]
)
def test_a_row_without_a_usable_number_is_found_once(
    published: SampleCity, number: object, code: str
) -> None:
    published.submit(2014, "kulturamt", FIRST, goal(number, title="Sprachkurse anbieten"), THIRD)
    assert [item for item in found(run(published)) if item[1] is not None] == [(code, 3, True)]


def test_titles_in_other_scripts_are_not_all_the_same(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title="Курсы немецкого"), SECOND)
    run(city)
    city.submit(2014, "kulturamt", SECOND, goal(5, title="Совсем другое"))
    assert found(run(city)) == [("goal-withdrawn", None, False)]
    city.submit(2014, "kulturamt", SECOND, goal(6, title="Совсем другое"))
    assert ("goal-renumbered", 3, True) in found(run(city))


def test_small_words_do_not_make_two_goals_the_same(published: SampleCity) -> None:
    published.submit(2014, "kulturamt", goal(1, title="Räume für Vereine"), SECOND, THIRD)
    run(published)
    published.submit(2014, "kulturamt", goal(1, title="Fahrräder für Boten"), SECOND, THIRD)
    assert found(run(published)) == [("goal-replaced", 2, False)]


class StoppedClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "StoppedClock":
        return cls(2015, 1, 1, tzinfo=tz)


def test_two_corrections_within_a_second_are_told_apart(
    published: SampleCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.quarantine.history.datetime", StoppedClock)
    replaced = goal(1, title="Völlig andere Worte")
    published.submit(2014, "kulturamt", replaced, SECOND, THIRD)
    assert found(run(published)) == [("goal-replaced", 2, False)]
    published.submit(2014, "kulturamt", replaced, SECOND, THIRD, goal(4, title="Viertes"))
    assert found(run(published)) == []
    again = run(published)
    assert (found(again), again.is_new) == ([], False)
