"""What a release looks like on disk: the only contract between pipeline and API.

::

    published/
    ├── current -> releases/<id>        switched atomically
    └── releases/<id>/
        ├── manifest.json               `Manifest`
        ├── dump/stadtziele.nt.gz       every triple, sorted; as .ttl.gz and .jsonld.gz too
        ├── dump/stadtziele.trig.gz     the same by named graph, one for each submission
        ├── datapackage.json            all data files as a Data Package (Frictionless)
        ├── csv/<table>[-<year>].csv    goals, decisions, progress, of a year or all; statistics,
        │                               plan, code-lists; with …csv-metadata.json beside each (CSV on the Web)
        ├── csv/exact/<name>.csv        tables with formulas as they are, for CSVW processors only
        ├── xlsx/<table>[-<year>].xlsx  the same for spreadsheet programs
        ├── parquet/<table>.parquet     the same over all years; goals by year too
        ├── rdf/<dataset>.(nt|ttl|jsonld)  the graphs of each dataset
        ├── stratml/goals-<year>.stratml.xml  each budget year as plan or report in StratML
        ├── catalog/catalog.(ttl|…)     the catalogue in DCAT-AP.de, and as catalog.json with its history
        ├── catalog/quality.(ttl|…)     its quality score in DQV, and as quality.json
        ├── events/…                    versions of goals, decisions and datasets; see `ontology.events`
        ├── forms/<kind>/…              each list as the form it came from, to be handed in again
        ├── records/<kind>/…            the records as they were accepted, with their places
        ├── history/<kind>/…            former versions of files, what they changed, withdrawn goals
        ├── gone.json                   things of earlier releases: path of the IRI to the last that had it
        ├── findings.json               what was found, and what was held back
        └── store/                      the Oxigraph store, read-only

Larger texts in `csv/`, `rdf/` and `catalog/catalog.*` have a compressed twin beside them (`x.csv.gz`).
Everything but `manifest.json` and `store/` is a data file. The same input gives the same bytes, but for
those in `catalog/` and `events/`, which tell when something changed. The store holds the catalogue as a
graph, the dumps do not: it tells their size.
"""

from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from ontology.catalogue import Line
from ontology.documents import damaged, read_document
from ontology.errors import NoReleaseError

CURRENT: Final = "current"
RELEASES: Final = "releases"
MANIFEST: Final = "manifest.json"
STORE: Final = "store"
FINDINGS: Final = "findings.json"
GONE: Final = "gone.json"
DATA_PACKAGE: Final = "datapackage.json"
CSVW_SUFFIX: Final = "-metadata.json"
"""Ends the name of the file beside a CSV file that says what is in it (CSV on the Web)."""
CSVW_TYPE: Final = "application/csvm+json"
WHOLE: Final = "all"
"""The name of the dataset of everything; its graph is the description in VoID."""

InputStatus = Literal["released", "last_good_released", "held_back"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InputFile(_Model):
    """A file that went into a release.

    `status`: `released`; `last_good_released` (it is held back or missing, and what was released
    before stays); `held_back` (nothing of it is released). `released_sha256` is the file whose
    content is released; it differs from `sha256` where the last good one stays.
    """

    path: str
    kind: str
    year: int | None
    department: str | None
    sha256: str | None
    bytes: int | None
    status: InputStatus
    released_sha256: str | None
    source: str | None = None
    violations: int = 0
    warnings: int = 0


class OutputFile(_Model):
    """A data file of a release."""

    path: str
    media_type: str
    bytes: int
    sha256: str


class YearCounts(_Model):
    """Goals of a budget year: submitted = held back + released; selected are among the released."""

    year: int
    submitted: int
    selected: int
    held_back: int
    released: int
    product_groups: int


class Notice(_Model):
    """What has to be said wherever the data is shown, such as that texts are invented."""

    de: Line
    en: Line


class Manifest(_Model):
    """What a release is made of. `content_sha256` covers all outputs but those that tell dates."""

    id: str
    created: datetime
    base_iri: str
    city: str
    notice: Notice | None
    code_version: str
    shapes_version: str
    content_sha256: str
    previous: str | None
    triples: int
    graphs: int
    counts: tuple[YearCounts, ...]
    inputs: tuple[InputFile, ...]
    outputs: tuple[OutputFile, ...]


def current_release(published: Path) -> Path:
    """Return the folder of the current release, with the link resolved.

    Raises `NoReleaseError` where nothing is published.
    """
    link = published / CURRENT
    try:
        return link.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise NoReleaseError(
            f"Nothing is published in {published}. Run `stadtziele publish` first."
        ) from error


def read_manifest(release: Path) -> Manifest:
    """Return the manifest of a release folder; raises `ReleaseError` if it cannot be read."""
    path = release / MANIFEST
    manifest = read_document(path, Manifest)
    if manifest is None:
        raise damaged(path, FileNotFoundError())
    return manifest


def read_gone(release: Path) -> dict[str, str]:
    """Return what earlier releases had and a release has not: path of the IRI to id of the last that had it.

    Empty where the release has no such file. Raises `ReleaseError` if it cannot be read.
    """
    return read_document(release / GONE, dict[str, str]) or {}
