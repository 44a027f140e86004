"""How commands speak to people: a table of years, findings, progress."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ontology.contract import Manifest
from pipeline.findings.models import Finding
from pipeline.progress import Reporter

console: Final = Console()
errors: Final = Console(stderr=True)
MOST_FINDINGS: Final = 50
STAGES: Final = {
    "fetch": "Abrufen / fetching",
    "intake": "Aufnehmen / taking in",
    "read": "Lesen / reading",
    "check": "Prüfen / checking",
    "export": "Schreiben / writing",
    "catalogue": "Katalog / catalogue",
    "events": "Ereignisse / events",
    "catalogue-check": "Katalog prüfen / checking the catalogue",
    "store": "Abfragespeicher / query store",
    "switch": "Umschalten / switching to",
}


@contextmanager
def progress() -> Iterator[Reporter]:
    """Show what is being done: a moving line in a terminal, a line a stage elsewhere."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    ) as bar:
        task = bar.add_task("…", total=None)
        seen: set[str] = set()

        def report(stage: str, item: str) -> None:
            words = STAGES.get(stage, stage)
            bar.update(task, description=f"{words}: {escape(item)}")
            if stage not in seen and not errors.is_terminal:
                errors.print(f"{words} …", highlight=False)
            seen.add(stage)

        yield report


def table_of_years(manifest: Manifest) -> Table:
    """Return the years of a release: submitted, selected, held back, released."""
    table = Table(title=f"{manifest.city} · {manifest.id}")
    table.add_column("Jahr\nyear")
    for words in (
        "angemeldet\nsubmitted",
        "ausgewählt\nselected",
        "Gruppen\ngroups",
        "zurückgehalten\nheld back",
        "veröffentlicht\nreleased",
    ):
        table.add_column(words, justify="right", no_wrap=True)
    for year in manifest.counts:
        held_back = f"[bold red]{year.held_back}[/]" if year.held_back else "0"
        numbers = (year.submitted, year.selected, year.product_groups)
        table.add_row(str(year.year), *map(str, numbers), held_back, str(year.released))
    return table


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the violations with cell and remedy, and how many warnings there are."""
    violations = [finding for finding in findings if finding.blocks]
    for finding in violations[:MOST_FINDINGS]:
        value = f" [dim]({escape(finding.value)})[/]" if finding.value else ""
        header = f" {escape(finding.header)}" if finding.header else ""
        console.print(
            f"[bold red]✗[/] [bold]{escape(finding.place())}[/]{header}{value}\n"
            f"  {escape(finding.message_de)} → {escape(finding.hint_de)}\n"
            f"  [dim]{escape(finding.message_en)} → {escape(finding.hint_en)}[/]",
            highlight=False,
            soft_wrap=True,
        )
    if len(violations) > MOST_FINDINGS:
        console.print(f"… {len(violations) - MOST_FINDINGS} weitere / more: findings.json")
    warnings = len(findings) - len(violations)
    if warnings:
        console.print(f"[yellow]![/] {warnings} Hinweise / warnings: findings.json", highlight=False)
