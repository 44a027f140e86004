import csv
from decimal import Decimal

import polars as pl

from ontology.contract import current_release
from pipeline.exports.rows import SCHEMAS
from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress


def test_csv_and_parquet_say_the_same(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(2, target="12,5"), goal(1, target_group="A; B"))
    city.submit(2015, "kulturamt", goal(1, carried_over_from="2014-kulturamt-02"))
    city.decide(2014, decision("2014-kulturamt-01", date="01.02.2014"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", percent="40"))
    Refresh(city.settings).run()
    release = current_release(city.published)
    with (release / "csv" / "goals-2014.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["2014-kulturamt-01", "2014-kulturamt-02"]
    assert rows[0]["target_group"] == "A; B"
    assert rows[0]["selection_state"] == "ausgewählt"
    assert rows[0]["product_group_label"] == "Zentrale Funktionen"
    assert rows[0]["notice"] == "Alles ist erfunden."
    assert rows[1]["row"] == "2"
    table = pl.read_parquet(release / "parquet" / "goals.parquet")
    assert table.columns == list(SCHEMAS["goals"]) == list(rows[0])
    assert table["id"].to_list() == ["2014-kulturamt-01", "2014-kulturamt-02", "2015-kulturamt-01"]
    assert table["target"].to_list()[1] == Decimal("12.5")
    assert pl.read_parquet(release / "parquet" / "progress.parquet")["attainment"].to_list() == ["in Arbeit"]
    with (release / "csv" / "decisions-2014.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["date"] == "2014-02-01"
