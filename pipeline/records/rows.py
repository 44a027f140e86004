"""Rows of a table to records; what cannot be read becomes a finding with its cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pipeline.findings.models import Finding
from pipeline.reading.grid import CellValue, is_blank
from pipeline.reading.table import Row, Table
from pipeline.records.models import Decision, Goal, Progress, Record
from pipeline.records.parsing import (
    ERROR_VALUE,
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


@dataclass
class _RowReader:
    """Reads the cells of one row, collecting findings."""

    path: str
    table: Table
    row: Row
    findings: list[Finding] = field(default_factory=list)

    def read(self, name: str, parse: Callable[[CellValue], Value]) -> Value | None:
        """Return the value of a cell, or None if it is blank or, with a finding, unreadable."""
        cell = self.row.cells.get(name)
        if is_blank(cell):
            return None
        if isinstance(cell, str) and ERROR_VALUE.fullmatch(cell.strip()):
            self._report("cell-error-value", name, cell)
            return None
        try:
            return parse(cell)
        except (ValueError, OverflowError):
            self._report(FINDING_OF[parse], name, cell)
            return None

    def text(self, name: str) -> str | None:
        """Return the text of a cell, or None if it is blank."""
        return self.read(name, text_of)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the parts of a cell that may name several things."""
        return self.read(name, split_list) or ()

    def base(self) -> dict[str, Any]:
        """Return what every record has: row number and the cells as they stand in the file."""
        cells = {n: text_of(c) for n, c in self.row.cells.items() if not is_blank(c)}
        return {"row": self.row.number, "cells": cells}

    def _report(self, code: str, name: str, cell: CellValue) -> None:
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
            )
        )


def goals(table: Table, path: str) -> tuple[tuple[Goal, ...], list[Finding]]:
    """Return the goals of a submission and what could not be read."""
    return _records(table, path, _goal)


def decisions(table: Table, path: str) -> tuple[tuple[Decision, ...], list[Finding]]:
    """Return the decisions of a list and what could not be read."""
    return _records(table, path, _decision)


def progress(table: Table, path: str) -> tuple[tuple[Progress, ...], list[Finding]]:
    """Return the progress reports of a list and what could not be read."""
    return _records(table, path, _progress)


AnyRecord = TypeVar("AnyRecord", bound=Record)


def _records(
    table: Table, path: str, make: Callable[[_RowReader], AnyRecord]
) -> tuple[tuple[AnyRecord, ...], list[Finding]]:
    records: list[AnyRecord] = []
    findings: list[Finding] = []
    for row in table.rows:
        reader = _RowReader(path, table, row)
        records.append(make(reader))
        findings += reader.findings
    return tuple(records), findings


def _goal(reader: _RowReader) -> Goal:
    reason = reason_for_no_group(reader.row.cells.get("product_group"))
    return Goal(
        **reader.base(),
        number=reader.read("number", parse_whole_number),
        product_group=None if reason else reader.read("product_group", parse_product_code),
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
