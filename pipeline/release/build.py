"""Building a release of settled years: data files, store, manifest, switch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ontology.catalogue import CATALOG_GRAPH, Catalogue
from ontology.contract import (
    GONE,
    MANIFEST,
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
from pipeline.catalogue.check import Result
from pipeline.catalogue.gate import gate
from pipeline.catalogue.write import write_catalogue
from pipeline.code import code_version
from pipeline.events.compare import Now, Version
from pipeline.events.log import Former, former_log, write_events
from pipeline.exports.graphs import N_TRIPLES, QUADS
from pipeline.exports.twins import CATALOGUE, write_twins
from pipeline.findings.models import Finding
from pipeline.masterdata import Masterdata
from pipeline.progress import Reporter, silent
from pipeline.quality.write import TRIPLES as QUALITY
from pipeline.quality.write import write_quality
from pipeline.quarantine.models import CheckedYear
from pipeline.release.data import write_data
from pipeline.release.folder import (
    assert_intact,
    complete,
    content_digest,
    data_files,
    newest_release,
    switch,
    unfinished,
)
from pipeline.release.gone import write_gone
from pipeline.release.lock import publishing
from pipeline.release.store import write_store

MEMORY: Final = ("catalog/catalog.", N_TRIPLES, GONE, f"{EVENTS}/")
"""Files of earlier releases that a new one is compared with, by how their paths begin."""
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


@dataclass(frozen=True)
class _Source:
    """What a release is made of, and when."""

    city: Masterdata
    years: Sequence[CheckedYear]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    now: datetime


@dataclass(frozen=True)
class _Draft:
    """A release in the making: all of its files but for those that only a new release has.

    `state` is what its things say now, `versions` those that differ from the `former` log.
    """

    folder: Path
    triples: int
    catalogue: Catalogue
    outputs: tuple[OutputFile, ...]
    former: Former
    state: Now
    versions: list[Version]

    def is_news(self, before: Manifest, inputs: tuple[InputFile, ...]) -> bool:
        """Tell whether anything differs from the release before."""
        known = tuple(item for item in before.outputs if not item.path.startswith(DERIVED))
        return bool(self.versions) or before.inputs != inputs or known != self.outputs


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
    source = _Source(
        city,
        years,
        inputs=(*inputs, *(item for year in years for item in year.inputs)),
        findings=(*findings, *(finding for year in years for finding in year.findings)),
        now=now or datetime.now(UTC),
    )
    with publishing(published), _disk_troubles_told(), unfinished(published) as folder:
        before = _current(published)
        draft = _draft(folder, published, source, report)
        if before and not draft.is_news(before, source.inputs):
            return Published(before, is_new=False, findings=source.findings, catalogue=draft.catalogue)
        manifest, warnings = _finished(draft, source, before, report)
        report("switch", manifest.id)
        complete(folder, published, manifest.id)
        switch(published, manifest.id)
    return Published(
        manifest, is_new=True, findings=source.findings, catalogue=draft.catalogue, warnings=warnings
    )


def _current(published: Path) -> Manifest | None:
    try:
        return read_manifest(current_release(published))
    except NoReleaseError:
        return None


@contextmanager
def _disk_troubles_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"The release could not be written: {error}. What was published before stays. "
            "Check free space and rights of the folder, then publish again."
        ) from error


def _draft(folder: Path, published: Path, source: _Source, report: Reporter) -> _Draft:
    city = source.city
    last, former = _memory(published, city.iris.base)
    report("export", "data files")
    triples, rows = write_data(folder, city, source.years, source.findings)
    report("catalogue", "DCAT-AP.de")
    catalogue = write_catalogue(
        folder,
        city,
        years=[year.year for year in source.years],
        rows=rows,
        files=data_files(folder),
        before=last,
        now=source.now.replace(microsecond=0),
    )
    write_twins(folder, CATALOGUE)
    write_gone(folder, city.iris.base, last)
    outputs = data_files(folder)
    report("events", "LDES")
    state = Now(folder, city.iris.base, catalogue)
    versions = state.versions(former.newest())
    return _Draft(folder, triples, catalogue, outputs, former, state, versions)


def _memory(published: Path, base: str) -> tuple[Path | None, Former]:
    """Return the release made last, and the longest log: what a new release is compared with.

    Raises `ReleaseError` if either is damaged: dates would go back, and what is gone would be forgotten.
    """
    last, former = newest_release(published), former_log(published, base)
    for release in {folder for folder in (last, former.folder) if folder}:
        assert_intact(release, MEMORY)
    return last, former


def _finished(
    draft: _Draft, source: _Source, before: Manifest | None, report: Reporter
) -> tuple[Manifest, tuple[Result, ...]]:
    """Judge the catalogue and write the rest of a release; return its manifest and what may be better."""
    folder, iris = draft.folder, source.city.iris
    report("catalogue-check", "SHACL")
    warnings = gate(folder / CATALOG_GRAPH)
    write_quality(folder, iris, warnings)
    name = _id(draft.outputs, source.now)
    write_events(folder, iris, draft.state, draft.versions, draft.former, release_id=name, at=source.now)
    outputs = data_files(folder)
    report("store", "Oxigraph")
    graphs = write_store(folder / STORE, folder / QUADS, _more_graphs(folder, iris.base))
    (folder / QUADS).unlink()
    manifest = Manifest(
        id=name,
        created=source.now,
        base_iri=iris.base,
        city=source.city.organisation.city.name,
        notice=source.city.organisation.notice,
        code_version=code_version(),
        shapes_version=shapes_version(),
        content_sha256=content_digest(outputs),
        previous=before.id if before else None,
        triples=draft.triples,
        graphs=graphs,
        counts=tuple(year.counts for year in source.years),
        inputs=source.inputs,
        outputs=outputs,
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return manifest, warnings


def _id(outputs: tuple[OutputFile, ...], created: datetime) -> str:
    """Return the id of a release by its time and by its data files but for those that tell dates."""
    return f"{created:%Y%m%dT%H%M%S}.{created.microsecond:06d}Z-{content_digest(outputs)[:8]}"


def _more_graphs(folder: Path, base: str) -> dict[str, Path]:
    """Return the graphs that the store has beyond the dumps: their names and files."""
    return {f"{base}catalog": folder / CATALOG_GRAPH, f"{base}catalog/quality": folder / QUALITY}
