"""Metadata: what a person reads of each step in Dagster's web interface."""

from collections.abc import Sequence

import dagster as dg

from pipeline.catalogue.check import Result
from pipeline.findings.models import Finding
from pipeline.intake.files import Intake
from pipeline.quarantine.models import CheckedYear
from pipeline.refresh import ReadYear
from pipeline.release.build import Published

Metadata = dict[str, dg.MetadataValue]
MOST_FINDINGS = 100


def of_intake(intake: Intake) -> Metadata:
    """Return what was taken in for a budget year."""
    lines = [
        f"| {file.path} | {file.bytes} | `{file.sha256[:12]}` | {file.source or 'data/raw'} |"
        for file in intake.files
    ]
    table = ["| Datei | Bytes | SHA-256 | Quelle |", "|---|---|---|---|", *lines]
    return {
        "files": dg.MetadataValue.int(len(intake.files)),
        "bytes": dg.MetadataValue.int(sum(file.bytes for file in intake.files)),
        "list": dg.MetadataValue.md("\n".join(table)),
        **of_findings(intake.findings),
    }


def of_read(read: ReadYear) -> Metadata:
    """Return how many records were read for a budget year."""
    records = [file.records for file in read.files if file.records is not None]
    findings = [finding for file in read.files for finding in file.findings]
    return {
        "records": dg.MetadataValue.int(sum(len(r.records) for r in records)),
        "unreadable_files": dg.MetadataValue.int(len(read.files) - len(records)),
        **of_findings(findings),
    }


def of_checked(year: CheckedYear) -> Metadata:
    """Return what is released of a budget year and what is held back."""
    held_back = [f"- {item.path}" for item in year.inputs if item.status != "released"]
    return {
        "submitted": dg.MetadataValue.int(year.counts.submitted),
        "selected": dg.MetadataValue.int(year.counts.selected),
        "held_back": dg.MetadataValue.int(year.counts.held_back),
        "released": dg.MetadataValue.int(year.counts.released),
        "held_back_files": dg.MetadataValue.md("\n".join(held_back) or "–"),
        **of_findings(year.findings),
    }


def of_release(outcome: Published, base_url: str) -> Metadata:
    """Return what was published, with links to where it is served."""
    manifest = outcome.manifest
    lines = [
        f"| {c.year} | {c.submitted} | {c.selected} | {c.held_back} | {c.released} |" for c in manifest.counts
    ]
    head = ["| Jahr | angemeldet | ausgewählt | zurückgehalten | veröffentlicht |", "|---|---|---|---|---|"]
    return {
        "release": dg.MetadataValue.text(manifest.id),
        "is_new": dg.MetadataValue.bool(outcome.is_new),
        "triples": dg.MetadataValue.int(manifest.triples),
        "graphs": dg.MetadataValue.int(manifest.graphs),
        "years": dg.MetadataValue.md("\n".join([*head, *lines])),
        "front_page": dg.MetadataValue.url(base_url),
        "sparql": dg.MetadataValue.url(f"{base_url}sparql"),
        **of_findings(outcome.findings),
    }


def of_catalogue(outcome: Published, base_url: str) -> Metadata:
    """Return what the catalogue says: its datasets, and what became of them in this release."""
    datasets = outcome.catalogue.datasets
    lines = [
        f"| {_cell(item.key)} | {item.status} | {item.modified:%Y-%m-%d %H:%M} | {len(item.distributions)} "
        f"| {sum(file.bytes for file in item.distributions)} |"
        for item in datasets
    ]
    head = ["| Datensatz | Status | geändert | Dateien | Bytes |", "|---|---|---|---|---|"]
    changed = [
        f"- {item.key}: {item.changes[-1].kind}"
        for item in datasets
        if outcome.is_new and item.changes and item.changes[-1].at == outcome.catalogue.modified
    ]
    files = [file for item in datasets for file in item.distributions]
    return {
        "datasets": dg.MetadataValue.int(len(datasets)),
        "distributions": dg.MetadataValue.int(len(files)),
        "bytes": dg.MetadataValue.int(sum(file.bytes for file in files)),
        "list": dg.MetadataValue.md("\n".join([*head, *lines])),
        "changed": dg.MetadataValue.md("\n".join(changed) or "–"),
        "catalogue": dg.MetadataValue.url(f"{base_url}catalog"),
        **of_judgement(outcome),
    }


def of_judgement(outcome: Published) -> Metadata:
    """Return what may be better in a new catalogue; one that did not change was judged when it was made."""
    if outcome.is_new:
        return of_results(outcome.warnings)
    return {"catalogue_results": dg.MetadataValue.text("unverändert / unchanged")}


def of_results(results: Sequence[Result]) -> Metadata:
    """Return what may be better in a catalogue, as count and table."""
    lines = [
        f"| {_cell(result.rule)} | {_cell(result.where)} | {_cell(result.message_de)} |"
        for result in results[:MOST_FINDINGS]
    ]
    table = ["| Regel | Wo | Was |", "|---|---|---|", *lines]
    return {
        "catalogue_warnings": dg.MetadataValue.int(len(results)),
        "catalogue_results": dg.MetadataValue.md("\n".join(table) if results else "–"),
    }


def of_findings(findings: Sequence[Finding]) -> Metadata:
    """Return findings as counts and a table; what the table leaves out is said below it."""
    lines = [
        f"| {_cell(f.place())} | {_cell(f.header)} | {_cell(f.value)} | {_cell(f.message_de)} "
        f"| {_cell(f.hint_de)} |"
        for f in findings[:MOST_FINDINGS]
    ]
    table = ["| Stelle | Spalte | Wert | Befund | Abhilfe |", "|---|---|---|---|---|", *lines]
    if len(findings) > MOST_FINDINGS:
        table.append(f"\n… und {len(findings) - MOST_FINDINGS} weitere in findings.json")
    violations = sum(finding.blocks for finding in findings)
    return {
        "violations": dg.MetadataValue.int(violations),
        "warnings": dg.MetadataValue.int(len(findings) - violations),
        "findings": dg.MetadataValue.md("\n".join(table) if findings else "–"),
    }


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")[:200]
