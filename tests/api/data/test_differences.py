from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from api.data.comparing import FieldChange
from api.data.differences import DECISIONS, PROGRESS, compare_releases
from api.data.goals import TABLE
from ontology.errors import ReleaseError

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "title": pl.String,
    "target": pl.Decimal(28, 6),
    "selection_state": pl.String,
}


def release(folder: Path, *goals: tuple[str, str, str | None, str], **more: pl.DataType) -> Path:
    """Write the table of goals of a release: id, title, target and state of each."""
    rows = [(id_, title, Decimal(target) if target else None, state) for id_, title, target, state in goals]
    path = folder / TABLE
    path.parent.mkdir(parents=True)
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    table.with_columns(pl.lit(None, kind).alias(name) for name, kind in more.items()).write_parquet(path)
    return folder


def write(folder: Path, path: str, columns: list[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write some columns of a list of a release."""
    pl.DataFrame(rows, schema=columns, orient="row").write_parquet(folder / path)


def test_every_way_a_goal_can_differ(tmp_path: Path) -> None:
    here, gone = "ausgewählt", "zurückgezogen"
    before = release(
        tmp_path / "before",
        ("changed", "Alt", "12.50", here),
        ("dropped", "Fort", None, here),
        ("emptied", "Leer", "1", here),
        ("restored", "Wieder da", None, gone),
        ("same", "Gleich", "3", here),
        ("withdrawn", "Zurück", None, here),
        ("withdrawn-before", "Lange zurück", None, gone),
    )
    after = release(
        tmp_path / "after",
        ("added", "Neu", None, here),
        ("changed", "Anders", "1300", here),
        ("came-and-went", "Kurz", None, gone),
        ("emptied", "Leer", None, here),
        ("restored", "Wieder da", None, here),
        ("same", "Gleich", "3.000", here),
        ("withdrawn", "Zurück", None, gone),
        ("withdrawn-before", "Lange zurück", None, gone),
        note=pl.String(),  # a column that is new is no difference
    )
    found = compare_releases(before, after)
    assert [(goal.id, goal.title) for goal in found.added.items] == [("added", "Neu")]
    assert [goal.id for goal in found.withdrawn.items] == ["came-and-went", "dropped", "withdrawn"]
    assert [goal.id for goal in found.restored.items] == ["restored"]
    assert {goal.id: goal.fields for goal in found.changed.items} == {
        "changed": (FieldChange("title", "Alt", "Anders"), FieldChange("target", "12.5", "1300")),
        "emptied": (FieldChange("target", "1", None),),
    }
    assert found.datasets == ()
    assert not compare_releases(before, before).has_goals


def test_long_lists_say_what_they_leave_out(tmp_path: Path) -> None:
    before = release(tmp_path / "before")
    after = release(tmp_path / "after", *((f"{n:03}", "Neu", None, "ausgewählt") for n in range(9)))
    added = compare_releases(before, after, 4).added
    assert [goal.id for goal in added.items] == ["000", "001", "002", "003"]
    assert (added.total, added.left_out) == (9, 5)


def test_decisions_and_progress_are_compared_row_by_row(tmp_path: Path) -> None:
    goal = ("3", "Sprachkurse anbieten", None, "ausgewählt")
    before, after = release(tmp_path / "before", goal), release(tmp_path / "after", goal)
    decided = [
        ("1/rat-selected", "1", "ausgewählt", "Gemeinderat", "weil"),
        ("2/rat-selected", "2", "ausgewählt", "Gemeinderat", None),
        ("2/rat-selected", "2", "ausgewählt", "Gemeinderat", "zweimal"),
        ("3/rat-selected", "3", "ausgewählt", "Gemeinderat", None),
    ]
    write(before, DECISIONS.table, ["id", "goal", "outcome", "body", "reason"], decided)
    later = [
        ("1/rat-selected", "1", "ausgewählt", "Gemeinderat", "deshalb"),
        *decided[1:3],
        ("4/amt-rejected", "4", None, None, None),
    ]
    write(after, DECISIONS.table, ["id", "goal", "outcome", "body", "reason"], later)
    columns = ["goal", "year", "as_of_key", "attainment", "percent"]
    write(before, PROGRESS.table, columns, [("1", 2015, "undated", "in Arbeit", Decimal("20.0"))])
    write(
        after,
        PROGRESS.table,
        columns,
        [("1", 2015, "undated", "erreicht", Decimal(100)), ("1", 2015, "2016-01-01", "erreicht", None)],
    )
    found = compare_releases(before, after)
    assert not found.has_goals
    assert [(entry.id, entry.title) for entry in found.decisions.added.items] == [("4/amt-rejected", "")]
    assert [(entry.id, entry.title) for entry in found.decisions.removed.items] == [
        ("3/rat-selected", "Sprachkurse anbieten – ausgewählt, Gemeinderat")
    ]
    (decision,) = found.decisions.changed.items
    assert (decision.id, decision.fields) == ("1/rat-selected", (FieldChange("reason", "weil", "deshalb"),))
    (report,) = found.progress.changed.items
    assert report.id == "1/2015/undated"
    assert report.fields == (
        FieldChange("attainment", "in Arbeit", "erreicht"),
        FieldChange("percent", "20", "100"),
    )
    assert [entry.id for entry in found.progress.added.items] == ["1/2015/2016-01-01"]
    assert found.progress.total == 2
    assert compare_releases(before, before).decisions.total == 0


def test_a_list_that_only_one_release_has_is_no_difference(tmp_path: Path) -> None:
    before, after = release(tmp_path / "before"), release(tmp_path / "after")
    write(after, DECISIONS.table, ["id", "goal", "outcome", "body"], [("1/rat", "1", "ausgewählt", "Rat")])
    assert compare_releases(before, after).decisions.total == 0


def test_a_release_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no table of goals"):
        compare_releases(tmp_path, tmp_path)
