"""Gathers what the page of a dataset shows.

A dataset on its way out has its files in an earlier release, its home: preview and numbers come from there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import anyio

from api.charts import Chart, NumbersChart, numbers_chart, years_chart
from api.data.statistics import Number, StatisticsQuery, find_numbers
from api.landing.preview import Preview, read_preview
from api.links import release_folder
from api.releases import Release
from api.saved_queries import ChartOf
from api.state import House
from api.tables import Cell, Table
from api.texts import Language, term_label
from ontology.catalogue import Dataset, Distribution
from ontology.columns import TABLES
from ontology.contract import CSVW_SUFFIX, YearCounts
from ontology.errors import ReleaseError
from ontology.namespaces import SZ

_TABLES: Final = ("xlsx", "csv", "parquet")
"""Suffixes of files with the rows of the table, in the order in which most people want them."""
_READING: Final = anyio.CapacityLimiter(2)
"""Tables that are read at a time; the others wait."""


@dataclass(frozen=True)
class File:
    """A file as the page lists it: where it is, below which folder of addresses, and how many rows it has."""

    item: Distribution
    path: str | None
    rows: int | None


@dataclass(frozen=True)
class Bars:
    """A chart of numbers, and the same in words."""

    chart: NumbersChart
    words: str


@dataclass(frozen=True)
class Years:
    """A chart of the goals of several years, and their numbers."""

    chart: Chart
    counts: tuple[YearCounts, ...]


@dataclass(frozen=True)
class Landing:
    """What a page shows of a dataset beside what the catalogue says.

    `metadata` is the path of what CSV on the Web says of its table.
    """

    files: tuple[File, ...]
    metadata: str | None
    preview: Preview | None
    bars: Bars | None
    years: Years | None


async def gather(
    house: House, release: Release, dataset: Dataset, folder: str, language: Language
) -> Landing:
    """Return what the page of a dataset shows; `folder` is that of a fixed release, or empty.

    What is no longer there is left out.
    """
    home = _home(house, release, dataset)
    if home is None:
        return Landing(tuple(_files(dataset, None)), None, None, None, None)
    return Landing(
        files=tuple(_files(dataset, folder)),
        metadata=_metadata(home, dataset, folder),
        preview=await _preview(home, dataset),
        bars=await _bars(house, home, dataset, language),
        years=_years(home, dataset),
    )


def _home(house: House, release: Release, dataset: Dataset) -> Release | None:
    """Return the release that has the files of a dataset, None if it is no longer there."""
    named = next((item.release for item in dataset.distributions if item.release), None)
    try:
        return house.releases.by_id(named) if named else release
    except ReleaseError:
        return None


def _files(dataset: Dataset, folder: str | None) -> Iterable[File]:
    for item in in_order(dataset):
        place = release_folder(item.release) if item.release else folder
        path = None if folder is None else f"{place}/datasets/{item.path}"
        yield File(item, path, dataset.rows if item.suffix in _TABLES else None)


def _metadata(home: Release, dataset: Dataset, folder: str) -> str | None:
    table = dataset.distribution("csv")
    if table is None or home.output(table.path + CSVW_SUFFIX) is None:
        return None
    return f"{release_folder(table.release) if table.release else folder}/datasets/{table.path}{CSVW_SUFFIX}"


def in_order(dataset: Dataset) -> list[Distribution]:
    """Return the files of a dataset, those first that a spreadsheet program opens."""
    tables = [item for suffix in _TABLES if (item := dataset.distribution(suffix))]
    return [*tables, *(item for item in dataset.distributions if item not in tables)]


async def _preview(home: Release, dataset: Dataset) -> Preview | None:
    for suffix in ("parquet", "csv"):
        item = dataset.distribution(suffix)
        if item is not None:
            read = partial(read_preview, home.folder / item.path, TABLES.get(dataset.table or ""))
            return await anyio.to_thread.run_sync(read, limiter=_READING)
    return None


def _years(home: Release, dataset: Dataset) -> Years | None:
    if dataset.kind not in {"all", "statistics"}:
        return None
    counts = tuple(sorted(home.manifest.counts, key=lambda counts: counts.year))
    return Years(years_chart(counts), counts) if counts else None


async def _bars(house: House, home: Release, dataset: Dataset, language: Language) -> Bars | None:
    if dataset.kind not in {"goals", "progress"}:
        return None
    query = StatisticsQuery(by="overall", year_from=dataset.year, year_to=dataset.year)
    numbers = await find_numbers(house.own, home, query)
    return _chart([(_called(number, dataset, language), number.goals) for number in numbers])


def _called(number: Number, dataset: Dataset, language: Language) -> str:
    """Return what a number is counted under: the selection state of goals, or their attainment."""
    name = f"state-{number.state}" if dataset.kind == "goals" else f"attainment-{number.attainment}"
    return term_label(SZ + name, language)


def _chart(counted: Sequence[tuple[str, int]]) -> Bars | None:
    sums: dict[str, int] = {}
    for label, goals in counted:
        sums[label] = sums.get(label, 0) + goals
    rows = tuple({"label": Cell(label), "goals": Cell(str(goals))} for label, goals in sums.items())
    chart = numbers_chart(Table(("label", "goals"), rows), ChartOf(("label",), ("goals",)))
    words = "; ".join(f"{label}: {goals}" for label, goals in sums.items())
    return Bars(chart, words) if chart else None
