"""A report in the terminal; also without colours, in a pipe, at 80 columns."""

from itertools import groupby
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from pipeline.findings.folding import Folded, fold
from pipeline.findings.report import Report, Status
from pipeline.reports.words import SEVERITY, SIGNS, STATUS, place_of, values_of

MOST_SHOWN: Final = 50
_COLOURS: Final[dict[Status, str]] = {
    "accepted": "green",
    "accepted_with_warnings": "green",
    "held_back": "red",
    "unreadable": "red",
}


def print_report(report: Report, console: Console, base: str) -> None:
    """Print a report. `base` is the address that help pages lie below."""
    german, english = STATUS[report.status]
    sign = "✓" if report.status.startswith("accepted") else "✗"
    colour = _COLOURS[report.status]
    _line(console, f"[bold {colour}]{sign} {german} / {english}[/]: [bold]{escape(report.file)}[/]")
    folded = fold(report.findings)
    shown = folded[:MOST_SHOWN]
    for sheet, group in groupby(shown, key=lambda f: f.finding.sheet):
        if sheet:
            _line(console, f"\n[bold]Blatt / sheet „{escape(sheet)}“[/]")
        for finding in group:
            _print_finding(finding, console, base)
    if len(folded) > len(shown):
        _line(console, f"\n… {len(folded) - len(shown)} weitere / more (--format json, html, xlsx)")
    _print_summary(report, console)


def _print_finding(folded: Folded, console: Console, base: str) -> None:
    finding = folded.finding
    colour = "red" if finding.blocks else "yellow"
    german, english = SEVERITY[finding.severity]
    place = " ".join(part for part in (place_of(folded), finding.header or "") if part)
    value = values_of(folded)
    head = f"[bold {colour}]{SIGNS[finding.severity]} {german} / {english}[/]"
    if place:
        head += f" [bold]{escape(place)}[/]"
    _line(console, head + (f" ({escape(value)})" if value else ""))
    help_page = f"[link={base}{finding.help}]{base}{finding.help}[/link]"
    for text in (
        f"{escape(finding.message_de)} → {escape(finding.hint_de)}",
        f"[dim]{escape(finding.message_en)} → {escape(finding.hint_en)}[/]",
        f"[dim]{help_page}[/]",
    ):
        console.print(Padding(Text.from_markup(text), (0, 0, 0, 2)), highlight=False)


def _print_summary(report: Report, console: Console) -> None:
    summary = report.summary
    words = (
        f"{summary.rows} Zeilen / rows · {summary.violations} Verstöße / violations · "
        f"{summary.warnings} Hinweise / warnings"
    )
    _line(console, f"\n{words}")
    if summary.left_out:
        _line(console, f"{summary.left_out} Befunde sind nicht aufgeführt / findings are not listed")


def _line(console: Console, markup: str) -> None:
    console.print(markup, highlight=False, soft_wrap=True)
