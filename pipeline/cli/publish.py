"""`stadtziele publish`: one refresh, with progress and a table at the end."""

import json

from ontology.contract import FINDINGS, current_release, read_manifest
from ontology.settings import load_settings
from pipeline.cli.options import PublishedFolder, Raw
from pipeline.cli.output import console, print_findings, progress, table_of_years
from pipeline.findings.models import Finding


def publish(raw: Raw = None, published: PublishedFolder = None) -> None:
    """Alles aufnehmen, prüfen und veröffentlichen / take in, check and publish everything."""
    # Dagster takes seconds to import, and the other commands need none of it
    from pipeline.orchestration.in_process import run_in_process

    settings = load_settings(raw=raw, published=published)
    with progress() as report:
        is_new = run_in_process(settings, report)
    release = current_release(settings.published)
    findings = json.loads((release / FINDINGS).read_text(encoding="utf-8"))
    print_findings([Finding.model_validate(finding) for finding in findings])
    console.print(table_of_years(read_manifest(release)))
    console.print("Veröffentlicht / published." if is_new else "Nichts hat sich geändert / nothing changed.")
