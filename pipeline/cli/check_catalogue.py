"""`stadtziele check-catalogue`: what portals would stumble over in a catalogue."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from ontology.catalogue import CATALOG_GRAPH
from ontology.contract import current_release
from ontology.errors import ConfigurationError, NoReleaseError, UnreadableCatalogueError
from ontology.settings import Settings, load_settings
from pipeline.catalogue.check import Result, Severity, check
from pipeline.catalogue.official import ENDINGS, Official, Source, read_official
from pipeline.catalogue.reading import read_source
from pipeline.cli.options import PublishedFolder
from pipeline.cli.output import console, errors, progress

UNREADABLE: Final = 2
_SIGNS: Final[dict[Severity, str]] = {
    "violation": "[bold red]✗[/] Verstoß\nviolation",
    "warning": "[yellow]![/] Hinweis\nwarning",
    "info": "· Angabe\ninfo",
}
_SHOWN_VALUE: Final = 100
_SHOWN_PLACES: Final = 5
_SHOWN_CONCERNS: Final = 3


class Format(StrEnum):
    """How the results are given."""

    text = "text"
    json = "json"


def check_catalogue(
    source: Annotated[
        str | None,
        typer.Argument(help="Adresse oder Datei, sonst die aktuelle Veröffentlichung / URL or file"),
    ] = None,
    *,
    shapes: Annotated[
        Path | None,
        typer.Option(
            help="Ordner mit amtlichen Shapes und Listen / folder with official shapes and lists "
            f"({', '.join(ENDINGS)})",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="text, json")] = Format.text,
    published: PublishedFolder = None,
) -> None:
    """Einen Katalog nach DCAT-AP.de prüfen / check a catalogue against DCAT-AP.de.

    Von einer Adresse werden alle Seiten gelesen (hydra:next). Ergebnis (exit code): 0 gültig, auch mit
    Hinweisen; 1 Verstöße; 2 nicht lesbar.
    """
    settings = load_settings(published=published)
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it traces each date that is none
    try:
        with progress() as report:
            name = source or _current(settings)
            report("catalogue", name)
            pages = read_source(name, settings)
            official = read_official(shapes) if shapes else None
            report("catalogue-check", name)
            results = check(pages, official)
    except (UnreadableCatalogueError, NoReleaseError, ConfigurationError) as error:
        errors.print(f"[bold red]Fehler / error:[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        raise typer.Exit(UNREADABLE) from error
    if output_format is Format.json:
        typer.echo(_document(name, results, official))
    else:
        _print(name, results, len(pages))
        if official:
            _print_official(official)
    raise typer.Exit(int(any(result.is_violation for result in results)))


def _current(settings: Settings) -> str:
    return str(current_release(settings.published) / CATALOG_GRAPH)


def _document(name: str, results: Sequence[Result], official: Official | None) -> str:
    content: dict[str, object] = {
        "catalogue": name,
        "valid": not any(result.is_violation for result in results),
        "results": [asdict(result) for result in results],
    }
    if official:
        content["shapes"] = [asdict(source) for source in official.sources]
        content["notes"] = [asdict(note) for note in official.notes]
    return json.dumps(content, ensure_ascii=False, indent=1)


def _print(name: str, results: Sequence[Result], pages: int) -> None:
    if results:
        table = Table(show_lines=True, title=escape(name), title_justify="left")
        table.add_column("")
        table.add_column("Regel / rule", overflow="fold")
        table.add_column("Wo / where", overflow="fold")
        table.add_column("Was / what", overflow="fold", ratio=1)
        for _, alike in groupby(results, key=lambda r: (r.severity, r.rule, r.message_de, r.message_en)):
            table.add_row(*_row(list(alike)))
        console.print(table)
    count = Counter(result.severity for result in results)
    infos = f" · {count['info']} Angaben / infos" if count["info"] else ""
    console.print(
        f"{pages} Seiten / pages · {count['violation']} Verstöße / violations · "
        f"{count['warning']} Hinweise / warnings{infos}",
        highlight=False,
    )


def _print_official(official: Official) -> None:
    """Tell which official files were used, and what of them was not, or not as it stands there."""
    console.print("\nAmtliche Dateien / official files", highlight=False)
    for source in official.sources:
        console.print(f"  {escape(source.file)}: {_used(source)}", highlight=False)
    for note in official.notes:
        shown = ", ".join(note.concerns[:_SHOWN_CONCERNS])
        more = " …" if len(note.concerns) > _SHOWN_CONCERNS else ""
        console.print(
            f"  {note.message_de} / {note.message_en}: {len(note.concerns)} ({escape(shown)}{more})",
            highlight=False,
        )


def _used(source: Source) -> str:
    if source.is_list:
        return "Liste / list"
    changes = f", ändert / changes {source.changes}" if source.changes else ""
    return f"{source.shapes} Shapes{changes}"


def _row(alike: Sequence[Result]) -> tuple[str, str, str, str]:
    """Return what is broken in the same way as one row: how often, the first places, what it means."""
    first = alike[0]
    times = f"\n{len(alike)}-mal / times" if len(alike) > 1 else ""
    places = [_place(result) for result in alike[:_SHOWN_PLACES]]
    if len(alike) > _SHOWN_PLACES:
        places.append(f"… +{len(alike) - _SHOWN_PLACES} (--format json)")
    said = dict.fromkeys(text for text in (first.message_de, first.message_en) if text)
    return (
        _SIGNS[first.severity],
        escape(f"{first.rule}{times}"),
        escape("\n".join(places)),
        escape("\n".join(said)),
    )


def _place(result: Result) -> str:
    if not result.value:
        return result.where
    shown = "".join(sign if sign.isprintable() else " " for sign in result.value)
    return f"{result.where}\n„{shown[:_SHOWN_VALUE]}{'…' if len(shown) > _SHOWN_VALUE else ''}“"
