"""`stadtziele template`: a form to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import TemplateError
from ontology.settings import load_settings
from pipeline.atomic import write_atomically
from pipeline.cli.options import FormKind, Raw, kind_option
from pipeline.cli.output import console
from pipeline.masterdata import read_masterdata
from pipeline.template.content import form_content
from pipeline.template.workbook import form_workbook


def template(
    out: Annotated[Path, typer.Argument(help="Datei / file (.xlsx)")],
    *,
    year: Annotated[int, typer.Option(help="Haushaltsjahr / budget year")],
    department: Annotated[
        str | None, typer.Option(help="Schlüssel des Amts / key of the department; nicht bei Entscheidungen")
    ] = None,
    kind: FormKind = "submissions",
    force: Annotated[bool, typer.Option("--force", help="überschreiben / overwrite")] = False,
    raw: Raw = None,
) -> None:
    """Ein Formular schreiben: Ziele, Entscheidungen oder Sachstand / write a form to fill in."""
    settings = load_settings(raw=raw)
    _check_target(out, force=force)
    city = read_masterdata(settings.raw, settings.base_iri)
    content = form_content(
        city, settings.raw, kind=kind_option(kind) or "submissions", year=year, department=department
    )
    write_atomically(out, form_workbook(content))
    filled = f", {len(content.rows)} Ziele vorausgefüllt / goals filled in" if content.rows else ""
    console.print(f"{content.title}{filled} → {out}", highlight=False, markup=False, soft_wrap=True)


def _check_target(out: Path, *, force: bool) -> None:
    if out.suffix.lower() != ".xlsx":
        raise TemplateError(f"{out}: Formulare sind XLSX / forms are XLSX. Die Datei muss auf .xlsx enden.")
    if not out.parent.is_dir():
        raise TemplateError(f"{out.parent}: Diesen Ordner gibt es nicht / there is no such folder.")
    if out.is_dir():
        raise TemplateError(f"{out} ist ein Ordner / is a folder. Bitte eine Datei nennen / name a file.")
    if out.exists() and not force:
        raise TemplateError(f"{out} gibt es schon / exists already; --force überschreibt / overwrites.")
