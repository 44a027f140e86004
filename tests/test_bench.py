"""The comparison of endpoints measures what it says, on little data and with our own server only."""

import asyncio
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bench.endpoints.generated import write_release, write_triples
from bench.endpoints.load import measure, median, percentile
from bench.endpoints.questions import KINDS, RUNAWAY, questions
from bench.endpoints.report import report
from bench.endpoints.servers import Data, servers

pytestmark = pytest.mark.journey
GOALS = 8_000


def test_a_small_comparison(tmp_path: Path) -> None:
    quads = write_release(tmp_path, GOALS)
    data = Data(tmp_path, quads, write_triples(quads), patience=60)
    asked = questions(GOALS)
    with servers()["stadtziele"](data) as running:
        figures = asyncio.run(measure(running.url, asked, RUNAWAY, seconds=0.5))
        figures.memory, figures.loaded = running.memory(), running.loaded
    assert figures.failed == 0
    assert len(asked) == 12
    assert {name.partition(":")[0] for name in asked} == set(KINDS)
    assert [name for name, rows in figures.rows.items() if not rows] == []
    assert all(rate > 0 for rate in figures.rates.values())
    assert figures.beside
    assert figures.memory > 20
    text = report(GOALS, {"stadtziele": figures, "another": replace(figures), "a third": "too large"})
    assert "× 1.0 (1.0)" in text
    assert "a third: not measured, too large." in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1


def test_the_data_has_every_goal_once_in_the_cube(tmp_path: Path) -> None:
    lines = write_release(tmp_path, 100).read_text(encoding="utf-8").splitlines()
    goals = {line.split()[0] for line in lines if "ns#type> <https://w3id.org/stadtziele/ns#Goal>" in line}
    overall = [line for line in lines if "/count/overall/" in line.split()[0] and "#goalCount>" in line]
    assert len(goals) == 100
    assert sum(int(line.split('"')[1]) for line in overall) == 100


def test_percentiles() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (median(values), percentile(values, 0.99)) == (50.5, 100)
    assert math.isnan(percentile([], 0.5))
