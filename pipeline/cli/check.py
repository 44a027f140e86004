"""`stadtziele check`: what is wrong with files before they are handed in."""

import json
import sys
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from ontology.errors import ConfigurationError, UnreadableFileError
from ontology.settings import Settings, load_settings
from pipeline.check.checking import check_path
from pipeline.check.place import Purpose
from pipeline.check.surroundings import Surroundings
from pipeline.cli.options import FormKind, PublishedFolder, Raw, kind_option
from pipeline.cli.output import console, errors, progress
from pipeline.findings.report import Report, Status
from pipeline.intake.opening import read_whole
from pipeline.reading.limits import Limits
from pipeline.reports.html import report_html
from pipeline.reports.marked import marked_workbook
from pipeline.reports.text import print_report

WIDTH: Final = 100
"""Characters of a line in a report that is written to a file."""
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
        checked: list[Report] = []
        for file in files:
            report("check", file)
            checked.append(check_path(Path(file), around, said))
    match output_format:
        case Format.text:
            _text(checked, settings.base_iri, output)
        case Format.json:
            _json(checked, settings.base_iri, output)
        case Format.html:
            _write(report_html(checked, settings.base_iri), output)
        case Format.xlsx:
            _xlsx(dict(zip(files, checked, strict=True)), settings, output)
    raise typer.Exit(max(EXIT_CODES[done.status] for done in checked))


def _text(reports: list[Report], base: str, output: Path | None) -> None:
    if output is None:
        for report in reports:
            print_report(report, console, base)
        return
    with output.open("w", encoding="utf-8") as file:
        for report in reports:
            print_report(report, Console(file=file, width=WIDTH), base)


def _json(reports: list[Report], base: str, output: Path | None) -> None:
    """Give one object for one file, an array of them for several."""
    documents = [report.document(base) for report in reports]
    content = documents[0] if len(documents) == 1 else documents
    _write(json.dumps(content, ensure_ascii=False, indent=1) + "\n", output)


def _xlsx(reports: dict[str, Report], settings: Settings, output: Path | None) -> None:
    """Write each file with its cells marked to where the command runs, or to `output`."""
    if output is not None and len(reports) > 1 and not output.is_dir():
        raise ConfigurationError(
            f"{output}: Für mehrere Dateien muss --output ein Ordner sein / must be a folder."
        )
    written: set[Path] = set()
    for file, report in reports.items():
        target = _target(report, output, written)
        written.add(target)
        try:
            data = read_whole(Path(file), settings.file_bytes)
        except UnreadableFileError:  # the report says so
            data = b""
        target.write_bytes(marked_workbook(data, report, Limits.of(settings), settings.base_iri))
        errors.print(f"→ {target}", highlight=False, markup=False, soft_wrap=True)


def _target(report: Report, output: Path | None, written: set[Path]) -> Path:
    """Return where a marked workbook goes; two files of one name get two workbooks."""
    if output is not None and not output.is_dir():
        return output
    stem = f"{Path(report.file).stem}-geprueft"
    names = (f"{stem}{number}.xlsx" for number in chain([""], (f"-{n}" for n in count(2))))
    return next(target for name in names if (target := (output or Path()) / name) not in written)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        output.write_text(text, encoding="utf-8")
