"""Building a release of settled years: data files, store, manifest, switch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ontology.catalogue import CATALOG_GRAPH, Catalogue
from ontology.contract import (
    MANIFEST,
    RELEASES,
    STORE,
    InputFile,
    Manifest,
    OutputFile,
    current_release,
    read_manifest,
)
from ontology.errors import NoReleaseError, ReleaseError
from ontology.events import FOLDER as EVENTS
from ontology.shapes import shapes_version
from pipeline.catalogue.check import Result, gate
from pipeline.catalogue.write import write_catalogue
from pipeline.code import code_version
from pipeline.events.compare import Now
from pipeline.events.log import former_log, write_events
from pipeline.exports.csvw import write_metadata
from pipeline.exports.datapackage import write_data_package
from pipeline.exports.forms import write_forms
from pipeline.exports.graphs import QUADS, write_dumps, write_quads
from pipeline.exports.parts import write_parts
from pipeline.exports.records import write_findings, write_histories, write_records
from pipeline.exports.stratml import write_stratml
from pipeline.exports.tables import tables, write_tables
from pipeline.exports.twins import write_twins
from pipeline.exports.workbooks import write_workbooks
from pipeline.findings.models import Finding
from pipeline.masterdata import Masterdata
from pipeline.progress import Reporter, silent
from pipeline.quality.write import TRIPLES as QUALITY
from pipeline.quality.write import write_quality
from pipeline.quarantine.models import CheckedYear
from pipeline.release.folder import complete, content_digest, data_files, switch, unfinished
from pipeline.release.gone import write_gone
from pipeline.release.lock import publishing
from pipeline.release.store import write_store
from pipeline.statistics.counting import count_goals

DERIVED: Final = (f"{EVENTS}/", "catalog/quality.")
"""Files made from all the others, once it is clear that they make a new release."""


@dataclass(frozen=True)
class Published:
    """What publishing came out with: the manifest in force, and whether it is a new release.

    `warnings` is what may be better in the catalogue of a new release.
    """

    manifest: Manifest
    is_new: bool
    findings: tuple[Finding, ...]
    catalogue: Catalogue
    warnings: tuple[Result, ...] = ()


def publish(
    published: Path,
    *,
    city: Masterdata,
    years: Sequence[CheckedYear],
    inputs: Sequence[InputFile] = (),
    findings: Sequence[Finding] = (),
    report: Reporter = silent,
    now: datetime | None = None,
) -> Published:
    """Build a release of `years` and switch to it, unless neither inputs nor data changed.

    `inputs` and `findings` are those that belong to no year (master data, unexpected files); `now` is the
    time of the release, by default that of the clock. Raises `ReleaseError`, with the current release
    untouched, if anything goes wrong.
    """
    now = now or datetime.now(UTC)
    all_findings = (*findings, *(finding for year in years for finding in year.findings))
    with publishing(published):
        before = _current(published)
        try:
            with unfinished(published) as folder:
                report("export", "data files")
                last = published / RELEASES / before.id if before else None
                triples, rows = write_data(folder, city, years, all_findings)
                report("catalogue", "DCAT-AP.de")
                catalogue = write_catalogue(
                    folder,
                    city,
                    years=[year.year for year in years],
                    rows=rows,
                    files=data_files(folder),
                    before=last,
                    now=now.replace(microsecond=0),
                )
                write_gone(folder, city.iris.base, last)
                outputs = data_files(folder)
                report("events", "LDES")
                former = former_log(published, city.iris.base)
                state = Now(folder, city.iris.base, catalogue)
                versions = state.versions(former.newest())
                same_inputs = before is not None and before.inputs == _inputs(years, inputs)
                if before and same_inputs and not versions and _without_derived(before.outputs) == outputs:
                    return Published(before, is_new=False, findings=all_findings, catalogue=catalogue)
                report("catalogue-check", "SHACL")
                warnings = gate(folder / CATALOG_GRAPH)
                write_quality(folder, city.iris, warnings)
                release_id = _id(outputs, now)
                write_events(folder, city.iris, state, versions, former, release_id=release_id, at=now)
                outputs = data_files(folder)
                report("store", "Oxigraph")
                graphs = write_store(folder / STORE, folder / QUADS, _more_graphs(folder, city.iris.base))
                (folder / QUADS).unlink()
                manifest = _manifest(release_id, city, years, inputs, outputs, triples, graphs, before, now)
                _write_manifest(folder, manifest)
                report("switch", manifest.id)
                complete(folder, published, manifest.id)
                switch(published, manifest.id)
        except OSError as error:
            raise ReleaseError(
                f"The release could not be written: {error}. What was published before stays. "
                "Check free space and rights of the folder, then publish again."
            ) from error
    return Published(manifest, is_new=True, findings=all_findings, catalogue=catalogue, warnings=warnings)


def _current(published: Path) -> Manifest | None:
    try:
        return read_manifest(current_release(published))
    except NoReleaseError:
        return None


def write_data(
    folder: Path, city: Masterdata, years: Sequence[CheckedYear], findings: Sequence[Finding]
) -> tuple[int, dict[str, int]]:
    """Write everything but catalogue, store and manifest; return the number of triples, and rows by table."""
    write_quads(folder, city, years)
    triples = write_dumps(folder)
    write_parts(folder, city.iris)
    found = tables(city, years, count_goals(city, years))
    write_tables(folder, city, found)
    write_metadata(folder, city, found)
    write_workbooks(folder, city, found)
    write_forms(folder, years)
    write_stratml(folder, city, years)
    write_records(folder, years)
    write_histories(folder, years)
    write_findings(folder, findings)
    write_data_package(folder, city, found, data_files(folder))
    write_twins(folder)
    return triples, {name: len(rows) for name, rows in found.items()}


def _id(outputs: tuple[OutputFile, ...], created: datetime) -> str:
    """Return the id of a release by its time and by its data files but for those that tell dates."""
    return f"{created:%Y%m%dT%H%M%S}.{created.microsecond:06d}Z-{content_digest(outputs)[:8]}"


def _without_derived(outputs: tuple[OutputFile, ...]) -> tuple[OutputFile, ...]:
    return tuple(output for output in outputs if not output.path.startswith(DERIVED))


def _more_graphs(folder: Path, base: str) -> dict[str, Path]:
    """Return the graphs that the store has beyond the dumps: their names and files."""
    return {f"{base}catalog": folder / CATALOG_GRAPH, f"{base}catalog/quality": folder / QUALITY}


def _manifest(
    release_id: str,
    city: Masterdata,
    years: Sequence[CheckedYear],
    inputs: Sequence[InputFile],
    outputs: tuple[OutputFile, ...],
    triples: int,
    graphs: int,
    before: Manifest | None,
    created: datetime,
) -> Manifest:
    return Manifest(
        id=release_id,
        created=created,
        base_iri=city.iris.base,
        city=city.organisation.city.name,
        notice=city.organisation.notice,
        code_version=code_version(),
        shapes_version=shapes_version(),
        content_sha256=content_digest(outputs),
        previous=before.id if before else None,
        triples=triples,
        graphs=graphs,
        counts=tuple(year.counts for year in years),
        inputs=_inputs(years, inputs),
        outputs=outputs,
    )


def _inputs(years: Sequence[CheckedYear], others: Sequence[InputFile]) -> tuple[InputFile, ...]:
    return (*others, *(item for year in years for item in year.inputs))


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    text = manifest.model_dump_json(indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
