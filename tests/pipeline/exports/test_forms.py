"""What is released as a form can be handed in again, and nothing is lost or changed."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.forms import form_csv
from pipeline.forms import Kind, SubmittedFile
from pipeline.intake.places import place_of
from pipeline.records.lists import read_file
from pipeline.records.models import (
    Decision,
    DecisionList,
    Goal,
    Progress,
    ProgressList,
    RecordList,
    Submission,
)
from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress

LIST = {"year": 2014, "sha256": "0" * 64, "bytes": 1}


def cells(text: str) -> bool:
    """Tell whether a text is one that reading would give: nothing to strip, clean or refuse."""
    return text == text.strip() and text != "" and not text.startswith("#")


characters = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(
    [" ", "\n", ";", ",", '"', "'", "="]
)
texts = (
    st.text(characters, min_size=1, max_size=40)
    .map(lambda text: __import__("unicodedata").normalize("NFC", text))
    .filter(cells)
)
parts = texts.map(lambda text: text.replace(";", ",").strip()).filter(cells)
several = st.lists(parts, max_size=3).map(tuple)
numbers = st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False)
maybe = st.none()
goals = st.builds(
    Goal,
    row=st.just(0),
    number=st.integers(1, 999),
    product_group=st.sampled_from(["11.14", "11.10", "11.14.08", "11.14-002"]),
    title=texts,
    description=maybe | texts,
    action_field=several,
    recommendation=several,
    target_group=several,
    indicator=maybe | texts,
    unit=maybe | texts,
    baseline=maybe | numbers,
    target=maybe | numbers,
    target_year=maybe | st.integers(1900, 2199),
    carried_over_from=maybe | st.just("2013-kulturamt-03"),
    note=maybe | texts,
)
decisions = st.builds(
    Decision,
    row=st.just(0),
    goal=st.just("2014-kulturamt-01"),
    outcome=texts,
    body=several,
    date=maybe | st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 1, 1)),
    paper=maybe | texts,
    reason=maybe | texts,
)
reports = st.builds(
    Progress,
    row=st.just(0),
    goal=st.just("2014-kulturamt-01"),
    actual=maybe | numbers,
    attainment=texts,
    percent=maybe | numbers,
    as_of=maybe | st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 1, 1)),
    note=maybe | texts,
)


def read_again(records: RecordList, kind: Kind) -> list[dict[str, object]]:
    data = form_csv(records)
    path = "decisions/2014.csv" if kind == "decisions" else f"{kind}/2014/kulturamt.csv"
    file = SubmittedFile(
        path=path, kind=kind, year=2014, department=records.department, sha256="0" * 64, bytes=len(data)
    )
    read = read_file(file, data)
    assert read.records is not None, read.findings
    return [record.model_dump(exclude={"row", "cells"}) for record in read.records.records]


def written(records: RecordList) -> list[dict[str, object]]:
    return [record.model_dump(exclude={"row", "cells"}) for record in records.records]


@given(st.lists(goals, min_size=1, max_size=4))
def test_goals_come_back_as_they_were(rows: list[Goal]) -> None:
    records = Submission(
        path="submissions/2014/kulturamt.csv", department="kulturamt", records=tuple(rows), **LIST
    )
    assert read_again(records, "submissions") == written(records)


@given(st.lists(decisions, min_size=1, max_size=4))
def test_decisions_come_back_as_they_were(rows: list[Decision]) -> None:
    records = DecisionList(path="decisions/2014.csv", records=tuple(rows), **LIST)
    assert read_again(records, "decisions") == written(records)


@given(st.lists(reports, min_size=1, max_size=4))
def test_progress_comes_back_as_it_was(rows: list[Progress]) -> None:
    records = ProgressList(
        path="progress/2014/kulturamt.csv", department="kulturamt", records=tuple(rows), **LIST
    )
    assert read_again(records, "progress") == written(records)


def test_a_goal_without_product_group_keeps_its_reason() -> None:
    row = Goal(
        row=2, number=1, title="Ein Ziel", no_product_group_reason="Eigenbetrieb", target=Decimal("1.234")
    )
    records = Submission(path="submissions/2014/x.csv", department="x", records=(row,), **LIST)
    (again,) = read_again(records, "submissions")
    assert again["no_product_group_reason"] == "Eigenbetrieb"
    assert again["target"] == Decimal("1.234")


def test_the_released_forms_handed_in_again_change_nothing_that_is_said(city: SampleCity) -> None:
    city.submit(
        2014,
        "kulturamt",
        goal(1, title="=1+1 ist zwei", target="1.234,5"),
        goal(2, product_group="keine: so"),
    )
    city.submit(2014, "bauamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-bauamt-01"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", percent="40", actual="3,25"))
    first = Refresh(city.settings).run()
    release = city.published / "current"
    forms = {
        path.relative_to(release / "forms").as_posix(): path for path in (release / "forms").rglob("*.csv")
    }
    assert sorted(forms) == [
        "decisions/2014.csv",
        "progress/2014/kulturamt.csv",
        "submissions/2014/bauamt.csv",
        "submissions/2014/kulturamt.csv",
    ]
    before = {
        path: (release / path).read_bytes() for path in ("csv/goals-2014.csv", "csv/decisions-2014.csv")
    }
    for path, form in forms.items():
        assert place_of(path)
        city.write(path, form.read_bytes())
    again = Refresh(city.settings).run()
    assert not [finding for finding in again.findings if finding.blocks]
    assert again.manifest.counts == first.manifest.counts
    assert {path: (city.published / "current" / path).read_bytes() for path in before} == before
