"""`stadtziele releases`, `rollback` and `diff`: what was published when, and what changed."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.data.comparing import ChangedEntry, Entry, Part
from api.data.differences import Differences, ListDifferences, compare_releases
from ontology.contract import Manifest
from ontology.settings import load_settings
from pipeline.cli.options import PublishedFolder
from pipeline.cli.output import console, table_of_years
from pipeline.release.catalogue import current_id, damaged_releases, find_release, list_releases, roll_back


def releases(
    published: PublishedFolder = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="für Programme / for programs")] = False,
) -> None:
    """Alle Veröffentlichungen, die neueste zuerst / all releases, newest first."""
    folder = load_settings(published=published).published
    found, current = list_releases(folder), current_id(folder)
    if as_json:
        content = [_summary(manifest) | {"current": manifest.id == current} for manifest in found]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
        return
    table = Table("", "Veröffentlichung / release", "Ziele / goals", "Tripel / triples")
    for manifest in found:
        goals = sum(year.released for year in manifest.counts)
        mark = "→" if manifest.id == current else ""
        table.add_row(mark, manifest.id, str(goals), str(manifest.triples))
    console.print(table)
    for name in damaged_releases(folder):
        console.print(f"[bold red]✗[/] beschädigt / damaged: {escape(name)}", highlight=False)


def rollback(
    release: Annotated[str | None, typer.Argument(help="sonst die vorige / else the former")] = None,
    published: PublishedFolder = None,
) -> None:
    """Zu einer früheren Veröffentlichung zurückkehren / go back to an earlier release."""
    manifest = roll_back(load_settings(published=published).published, release)
    console.print(table_of_years(manifest))
    console.print(f"Aktuell ist / current is {manifest.id}.", highlight=False)


def diff(
    before: Annotated[str, typer.Argument(help="Kennung oder ihr Anfang / id or its beginning")],
    after: Annotated[str, typer.Argument(help="ebenso; „current“ geht auch / likewise")] = "current",
    published: PublishedFolder = None,
) -> None:
    """Was sich an Zielen, Entscheidungen und Sachständen geändert hat / what changed, row by row."""
    folder = load_settings(published=published).published
    _print_diff(compare_releases(find_release(folder, before), find_release(folder, after)))


def _print_diff(found: Differences) -> None:
    _print_entries("[green]+[/]", "", (*found.added.items, *found.restored.items))
    _print_changes("", found.changed)
    _print_entries("[red]-[/]", "", found.withdrawn.items)
    if not found.has_goals:
        console.print("Kein Ziel hat sich geändert / no goal changed.")
    _print_list("Entscheidung / decision ", found.decisions)
    _print_list("Sachstand / progress ", found.progress)


def _print_list(words: str, found: ListDifferences) -> None:
    _print_entries("[green]+[/]", words, found.added.items)
    _print_changes(words, found.changed)
    _print_entries("[red]-[/]", words, found.removed.items)


def _print_entries(mark: str, words: str, entries: Sequence[Entry]) -> None:
    for entry in entries:
        console.print(f"{mark} {words}{entry.id}", highlight=False)


def _print_changes(words: str, part: Part[ChangedEntry]) -> None:
    for changed in part.items:
        console.print(f"[yellow]~[/] {words}{changed.id}", highlight=False)
        for field in changed.fields:
            old, new = (escape(text or "–") for text in (field.before, field.after))
            console.print(f"    {field.field}: {old} → {new}", highlight=False)


def _summary(manifest: Manifest) -> dict[str, object]:
    fields = {"id", "created", "previous", "content_sha256", "triples", "counts"}
    return manifest.model_dump(mode="json", include=fields)
