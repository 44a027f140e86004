"""Which datasets a release has, what they are called and which files they are made of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ontology.catalogue import Content, Keywords, Kind, Text
from ontology.contract import OutputFile
from pipeline.catalogue.texts import KEYWORDS, TEXTS
from pipeline.masterdata import Masterdata

_TABLES: Final[Mapping[Kind, str]] = {
    "goals": "goals",
    "plan": "plan",
    "decisions": "decisions",
    "progress": "progress",
    "code-lists": "code-lists",
    "statistics": "statistics",
    "all": "goals",
}
_HANDED_IN: Final = ("goals", "decisions", "progress")
"""The tables that have parts by year; what is made of all of them covers the years of all."""
_PLACES: Final = (
    ("csv", "csv"),
    ("parquet", "parquet"),
    ("xlsx", "xlsx"),
    ("rdf", "ttl"),
    ("rdf", "jsonld"),
    ("rdf", "nt"),
    ("stratml", "stratml.xml"),
)
"""Folder and suffix of the files that a dataset may have, the one that most people want first."""
_WHOLE: Final = (
    *(f"dump/stadtziele.{suffix}" for suffix in ("nt.gz", "ttl.gz", "jsonld.gz", "trig.gz")),
    "csv/goals.csv",
    "parquet/goals.parquet",
)


class Made(Content):
    """A dataset as one release makes it, before anything is known of earlier ones."""

    files: tuple[OutputFile, ...]


def contents(
    city: Masterdata, years: Sequence[int], rows: Mapping[str, int], files: Sequence[OutputFile]
) -> Iterator[Made]:
    """Yield the datasets of a release; one without rows is left out.

    `years` are the budget years it covers, `rows` the sizes of its tables by name, `files` its data files.
    """
    by_path = {file.path: file for file in files}
    for year in years:
        if rows.get(f"goals-{year}"):
            yield _made(
                city, "goals", (year, year), rows.get(f"goals-{year}"), _files(f"goals-{year}", by_path), year
            )
    for kind in TEXTS:
        size = rows.get(_TABLES.get(kind, ""))
        is_empty = kind in _TABLES and not size
        if kind != "goals" and not is_empty:
            found = _pick(_WHOLE, by_path) if kind == "all" else _files(kind, by_path)
            spoken_of = _years(city, kind, rows) or set(years)
            yield _made(city, kind, (min(spoken_of), max(spoken_of)), size, found)


def _years(city: Masterdata, kind: Kind, rows: Mapping[str, int]) -> set[int]:
    """Return the years that a dataset speaks of: those with rows, those that plans and decisions name.

    A plan that looks ahead is news of the plans, and of nothing else.
    """
    if kind == "plan":
        return {year for plan in city.plans.editions for year in plan.years()}
    tables = (kind,) if kind in _HANDED_IN else _HANDED_IN
    parts = (name.rpartition("-") for name, size in rows.items() if size)
    return {int(year) for table, _, year in parts if table in tables and year.isdecimal()}


def suffix_of(path: str) -> str:
    """Return what tells the files of a dataset apart: ``csv``, ``ttl``, ``nt.gz``."""
    return Path(path).name.partition(".")[2]


def _made(
    city: Masterdata,
    kind: Kind,
    years: tuple[int, int],
    rows: int | None,
    files: tuple[OutputFile, ...],
    year: int | None = None,
) -> Made:
    title, description = TEXTS[kind]
    facts = city.facts.keywords
    return Made(
        key=f"goals/{year}" if year else kind,
        kind=kind,
        year=year,
        title=_filled(title, year),
        description=_with_notice(city, _filled(description, year)),
        keywords=Keywords(
            de=_distinct(*facts.de, *KEYWORDS[kind].de), en=_distinct(*facts.en, *KEYWORDS[kind].en)
        ),
        start=date(years[0], 1, 1),
        end=date(years[1], 12, 31),
        table=_TABLES.get(kind),
        rows=rows,
        files=files,
    )


def _filled(text: Text, year: int | None) -> Text:
    return Text(de=text.de.format(year=year), en=text.en.format(year=year))


def _with_notice(city: Masterdata, text: Text) -> Text:
    """Return a description with what has to be said wherever the data is shown."""
    notice = city.organisation.notice
    return Text(de=f"{text.de} {notice.de}", en=f"{text.en} {notice.en}") if notice else text


def _distinct(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _files(name: str, by_path: Mapping[str, OutputFile]) -> tuple[OutputFile, ...]:
    """Return the files of a dataset: those with its name and one of the known suffixes."""
    return _pick(tuple(f"{folder}/{name}.{suffix}" for folder, suffix in _PLACES), by_path)


def _pick(paths: tuple[str, ...], by_path: Mapping[str, OutputFile]) -> tuple[OutputFile, ...]:
    return tuple(by_path[path] for path in paths if path in by_path)
