"""Rows of a table to records; what cannot be read becomes a finding with its cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pipeline.findings.collecting import Collector
from pipeline.findings.models import Finding
from pipeline.reading.grid import BadCell, CellValue, is_blank
from pipeline.reading.table import Row, Table
from pipeline.records.models import Decision, Goal, Progress, Record
from pipeline.records.parsing import (
    CONTROL_CHARACTERS,
    DIRECTION_MARKS,
    ERROR_VALUE,
    FORMULA,
    LONGEST_TEXT,
    clean,
    is_guessed_code,
    parse_date,
    parse_goal_id,
    parse_number,
    parse_product_code,
    parse_whole_number,
    parse_year,
    reason_for_no_group,
    split_list,
    text_of,
)

Value = TypeVar("Value")

FINDING_OF: Final[dict[Callable[[CellValue], Any], str]] = {
    parse_number: "cell-not-a-number",
    parse_whole_number: "cell-not-a-number",
    parse_year: "cell-not-a-year",
    parse_date: "cell-not-a-date",
    parse_goal_id: "cell-not-a-goal-id",
    parse_product_code: "cell-not-a-product-group",
}
"""What to report when a cell is not what the function expects."""


TOO_MANY_TO_SHOW: Final = 200
"""Characters of a cell that is too long which its record keeps."""


@dataclass
class _RowReader:
    """Reads the cells of one row, collecting findings."""

    path: str
    table: Table
    row: Row
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = {name: self._clean(name, cell) for name, cell in self.row.cells.items()}

    def read(self, name: str, parse: Callable[[CellValue], Value]) -> Value | None:
        """Return the value of a cell, or None if it is blank or, with a finding, unreadable."""
        cell = self.cells.get(name)
        if is_blank(cell):
            return None
        if isinstance(cell, BadCell):
            self._report(cell.code, name, cell)
            return None
        if isinstance(cell, str) and ERROR_VALUE.fullmatch(cell.strip()):
            self._report("cell-error-value", name, cell)
            return None
        try:
            return parse(cell)
        except (ValueError, ArithmeticError):
            self._report(FINDING_OF[parse], name, cell)
            return None

    def text(self, name: str) -> str | None:
        """Return the text of a cell, or None if it is blank."""
        self._look_for_formula(name)
        return self.read(name, text_of)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the parts of a cell that may name several things."""
        self._look_for_formula(name)
        return self.read(name, split_list) or ()

    def product_group(self) -> str | None:
        """Return the code of the product group; where a spreadsheet changed it, a warning says so."""
        code = self.read("product_group", parse_product_code)
        cell = self.cells.get("product_group")
        if code and is_guessed_code(cell):
            self._report("cell-code-restored", "product_group", cell, detail=code)
        return code

    def base(self) -> dict[str, Any]:
        """Return what every record has: row number and the cells as they stand in the file."""
        cells = {n: text_of(c) for n, c in self.cells.items() if not is_blank(c)}
        return {"row": self.row.number, "cells": cells}

    def _clean(self, name: str, cell: CellValue) -> CellValue:
        if not isinstance(cell, str) or (cell.isascii() and cell.isprintable() and len(cell) <= LONGEST_TEXT):
            return cell
        if DIRECTION_MARKS.search(cell):
            self._report("cell-direction-marks", name, cell)
        if CONTROL_CHARACTERS.search(cell):
            self._report("cell-control-characters", name, cell)
        text = clean(cell)
        if len(text) > LONGEST_TEXT:
            detail = f"{len(text):,}".replace(",", ".")
            self._report("cell-too-long", name, cell, detail=detail, detail_en=f"{len(text):,}")
            return text[:TOO_MANY_TO_SHOW]
        return text

    def _look_for_formula(self, name: str) -> None:
        cell = self.cells.get(name)
        if isinstance(cell, str) and FORMULA.match(cell.strip()):
            self._report("cell-looks-like-formula", name, cell)

    def _report(
        self, code: str, name: str, cell: CellValue, *, detail: str = "", detail_en: str | None = None
    ) -> None:
        column = self.table.columns[name]
        self.findings.append(
            Finding.of(
                code,
                self.path,
                sheet=self.table.sheet,
                row=self.row.number,
                column=column.letter,
                header=column.header,
                value=text_of(cell),
                detail=detail,
                detail_en=detail_en,
            )
        )


def goals(table: Table, path: str, found: Collector) -> tuple[Goal, ...]:
    """Return the goals of a submission; what could not be read goes to `found`."""
    return tuple(_records(table, path, found, _goal, prefilled="number"))


def decisions(table: Table, path: str, found: Collector) -> tuple[Decision, ...]:
    """Return the decisions of a list; what could not be read goes to `found`."""
    return tuple(_records(table, path, found, _decision, prefilled="goal"))


def progress(table: Table, path: str, found: Collector) -> tuple[Progress, ...]:
    """Return the progress reports of a list; what could not be read goes to `found`."""
    return tuple(_records(table, path, found, _progress, prefilled="goal"))


AnyRecord = TypeVar("AnyRecord", bound=Record)


def _records(
    table: Table,
    path: str,
    found: Collector,
    make: Callable[[_RowReader], AnyRecord],
    *,
    prefilled: str,
) -> Iterator[AnyRecord]:
    """Yield the record of each row; one in which only the prefilled column is filled was left out."""
    for row in table.rows():
        reader = _RowReader(path, table, row)
        if [name for name, cell in reader.cells.items() if not is_blank(cell)] == [prefilled]:
            found.add([_not_filled_in(table, path, row, prefilled)])
            continue
        record = make(reader)
        found.add(reader.findings)
        yield record


def _not_filled_in(table: Table, path: str, row: Row, prefilled: str) -> Finding:
    column = table.columns[prefilled]
    return Finding.of(
        "row-not-filled-in",
        path,
        sheet=table.sheet,
        row=row.number,
        column=column.letter,
        header=column.header,
        value=text_of(row.cells[prefilled]),
        detail=column.header,
    )


def _goal(reader: _RowReader) -> Goal:
    reason = reason_for_no_group(reader.cells.get("product_group"))
    return Goal(
        **reader.base(),
        number=reader.read("number", parse_whole_number),
        product_group=None if reason else reader.product_group(),
        no_product_group_reason=reason,
        title=reader.text("title"),
        description=reader.text("description"),
        action_field=reader.several("action_field"),
        recommendation=reader.several("recommendation"),
        target_group=reader.several("target_group"),
        indicator=reader.text("indicator"),
        unit=reader.text("unit"),
        baseline=reader.read("baseline", parse_number),
        target=reader.read("target", parse_number),
        target_year=reader.read("target_year", parse_year),
        carried_over_from=reader.read("carried_over_from", parse_goal_id),
        note=reader.text("note"),
    )


def _decision(reader: _RowReader) -> Decision:
    return Decision(
        **reader.base(),
        goal=reader.read("goal", parse_goal_id),
        outcome=reader.text("outcome"),
        body=reader.several("body"),
        date=reader.read("date", parse_date),
        paper=reader.text("paper"),
        reason=reader.text("reason"),
    )


def _progress(reader: _RowReader) -> Progress:
    return Progress(
        **reader.base(),
        goal=reader.read("goal", parse_goal_id),
        actual=reader.read("actual", parse_number),
        attainment=reader.text("attainment"),
        percent=reader.read("percent", parse_number),
        as_of=reader.read("as_of", parse_date),
        note=reader.text("note"),
    )
