"""`stadtziele check`: what is wrong with files before they are handed in."""

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from ontology.errors import ConfigurationError
from ontology.settings import load_settings
from pipeline.check.checking import Checked, check_path
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.cli.options import FormKind, PublishedFolder, Raw, kind_option
from pipeline.cli.output import console, errors, progress
from pipeline.findings.report import Status
from pipeline.reports.html import report_html
from pipeline.reports.marked import marked_workbook
from pipeline.reports.text import print_report

EXIT_CODES: Final[dict[Status, int]] = {
    "accepted": 0,
    "accepted_with_warnings": 0,
    "held_back": 1,
    "unreadable": 2,
}


class Format(StrEnum):
    """How the report is given."""

    text = "text"
    json = "json"
    html = "html"
    xlsx = "xlsx"


def check(
    files: Annotated[list[str], typer.Argument(help="Dateien / files")],
    *,
    output_format: Annotated[
        Format, typer.Option("--format", help="text, json, html, xlsx: die Datei mit markierten Zellen")
    ] = Format.text,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Datei für den Bericht / file for the report"),
    ] = None,
    kind: FormKind = None,
    year: Annotated[int | None, typer.Option(help="Haushaltsjahr, falls die Datei es nicht sagt")] = None,
    department: Annotated[str | None, typer.Option(help="Amt, falls die Datei es nicht sagt")] = None,
    raw: Raw = None,
    published: PublishedFolder = None,
) -> None:
    """Dateien prüfen, ohne etwas zu veröffentlichen / check files without publishing anything.

    Ergebnis (exit code): 0 angenommen, auch mit Hinweisen; 1 zurückgehalten; 2 nicht lesbar.
    """
    settings = load_settings(raw=raw, published=published)
    around = Surroundings.read(settings)
    said = Purpose(kind_option(kind), year, department)
    with progress() as report:
        checked: list[tuple[Checked, bytes]] = []
        for file in files:
            report("check", file)
            checked.append(check_path(Path(file), around, said))
    show = _OUTPUTS[output_format]
    show(checked, settings.base_iri, output)
    raise typer.Exit(max(EXIT_CODES[done.report.status] for done, _ in checked))


Outputs = list[tuple[Checked, bytes]]


def _text(checked: Outputs, base: str, output: Path | None) -> None:
    if output is None:
        for done, _ in checked:
            print_report(done.report, console, base)
        return
    with output.open("w", encoding="utf-8") as file:
        from rich.console import Console

        plain = Console(file=file, width=100)
        for done, _ in checked:
            print_report(done.report, plain, base)


def _json(checked: Outputs, base: str, output: Path | None) -> None:
    """Give one object for one file, an array of them for several."""
    documents = [done.report.document(base) for done, _ in checked]
    content = documents[0] if len(documents) == 1 else documents
    _write(json.dumps(content, ensure_ascii=False, indent=1) + "\n", output)


def _html(checked: Outputs, base: str, output: Path | None) -> None:
    _write(report_html([done.report for done, _ in checked], base), output)


def _xlsx(checked: Outputs, base: str, output: Path | None) -> None:
    """Write each file with its cells marked beside where the command runs, or to `output`."""
    if output is not None and len(checked) > 1 and not output.is_dir():
        raise ConfigurationError(
            f"{output}: Für mehrere Dateien muss --output ein Ordner sein / must be a folder."
        )
    for done, data in checked:
        name = f"{Path(done.report.file).stem}-geprueft.xlsx"
        target = Path(name) if output is None else output / name if output.is_dir() else output
        target.write_bytes(marked_workbook(data, done.report, done.grids, base))
        errors.print(f"→ {target}", highlight=False, markup=False, soft_wrap=True)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        output.write_text(text, encoding="utf-8")


_OUTPUTS: Final[dict[Format, Callable[[Outputs, str, Path | None], None]]] = {
    Format.text: _text,
    Format.json: _json,
    Format.html: _html,
    Format.xlsx: _xlsx,
}
