"""The catalogue of a release, which is read once and kept as long as the release."""

from api.releases import Release
from ontology.catalogue import CATALOG, Catalogue, Dataset
from ontology.documents import parse_document


def find_catalogue(release: Release) -> Catalogue | None:
    """Return the catalogue of a release, None if it has none.

    Raises `ReleaseError` if it is not what was published: a portal deletes what a catalogue leaves out.
    """
    if "catalogue" not in release.memo:
        release.memo["catalogue"] = _read(release) if has_catalogue(release) else None
    found: Catalogue | None = release.memo["catalogue"]
    return found


def _read(release: Release) -> Catalogue:
    return parse_document(release.read(CATALOG), Catalogue, release.folder / CATALOG)


def has_catalogue(release: Release) -> bool:
    """Tell whether a release has a catalogue, as its manifest says; releases of old have none."""
    return release.output(CATALOG) is not None


def groups(catalogue: Catalogue) -> tuple[list[Dataset], list[Dataset]]:
    """Return the datasets of budget years, the latest first, and all the others."""
    years = [dataset for dataset in catalogue.datasets if dataset.kind == "goals"]
    others = [dataset for dataset in catalogue.datasets if dataset.kind != "goals"]
    return sorted(years, key=lambda dataset: dataset.key, reverse=True), others
