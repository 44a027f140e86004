"""The catalogue of a release as the API reads it: which datasets there are and what is said of each.

Written by `pipeline.catalogue` to `catalog/catalog.json`, beside the same in DCAT-AP.de. It also is the
memory from one release to the next: when a dataset was issued, when it changed, when it was retired.
"""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pyoxigraph import NamedNode

from ontology.documents import read_document

CATALOG: Final = "catalog/catalog.json"
CATALOG_GRAPH: Final = "catalog/catalog.nt"
"""The same as a graph, all of it."""
DATASETS: Final = "dataset/"
"""Where the paths of the IRIs of datasets begin; the key of a dataset follows."""

Kind = Literal["goals", "plan", "decisions", "progress", "code-lists", "statistics", "all"]
Status = Literal["COMPLETED", "DEPRECATED", "WITHDRAWN"]
"""Life of a dataset (EU authority table distribution-status; convention 22 of DCAT-AP.de)."""
ChangeKind = Literal["new", "data", "metadata", "deprecated", "withdrawn", "restored"]


def _without_control_characters(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]", text) or not text.strip():
        raise ValueError(
            "Ein Text ist nicht leer und hat keine Steuerzeichen. / "
            "A text is not empty and has no control characters."
        )
    return text


def _iri(text: str) -> str:
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise ValueError(
            f"„{text}“ ist keine vollständige Adresse im Web (IRI). / "
            f"“{text}” is no complete address on the web (IRI): {error}."
        ) from error


_DIGITS: Final = {"stateKey": 2, "districtKey": 5, "municipalityKey": 8, "regionalKey": 12}
"""Kinds of official keys of places (Land, Kreis, Gemeinde, Regionalschlüssel) and how long they are."""


def _geo_key(text: str) -> str:
    kind, _, digits = text.partition("/")
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) != _DIGITS.get(kind):
        forms = ", ".join(f"{name}/… ({length})" for name, length in _DIGITS.items())
        raise ValueError(
            f"„{text}“ ist kein amtlicher Schlüssel; es gibt, mit so vielen Ziffern: {forms}. / "
            f"“{text}” is no official key; there are, with so many digits: {forms}."
        )
    return text


def _keyword(text: str) -> str:
    if not re.fullmatch(r"[\w .-]{2,100}", text):
        raise ValueError(
            f"Das Schlagwort „{text}“ braucht 2 bis 100 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ oder „.“, "
            "und kein Komma, an dem Portale es trennen. / "
            f"The keyword {text!r} needs 2 to 100 letters, digits, spaces, '-', '_' or '.', and no comma: "
            "harvesters split keywords at commas and refuse other characters."
        )
    return text


Line = Annotated[str, AfterValidator(_without_control_characters)]
"""A text that can stand in every format: XML has no control characters."""

Keyword = Annotated[str, AfterValidator(_keyword)]

GeoKey = Annotated[str, AfterValidator(_geo_key)]
"""An official key of a place, with its kind: ``municipalityKey/08116019``."""

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#]"), AfterValidator(_iri)]
"""An address that can stand as an IRI in the graph (RFC 3987)."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Model):
    """A text in German and English."""

    de: Line
    en: Line


class Keywords(_Model):
    """Keywords (Schlagwörter) in German and English: no commas, which harvesters split at."""

    de: tuple[Keyword, ...]
    en: tuple[Keyword, ...]


class Contact(_Model):
    """Whom to ask (Kontakt): a name, a page or an e-mail address, and what else is public."""

    name: Line
    url: WebAddress
    email: str | None = Field(None, pattern=r"^[A-Za-z0-9.!#$&*+/=?_~'-]+@[A-Za-z0-9.-]+$")
    phone: str | None = Field(None, pattern=r"^\+[0-9-]+$")
    street: Line | None = None
    postal_code: Line | None = None
    town: Line | None = None


class Licence(_Model):
    """The licence of the data: its IRI in the list of DCAT-AP.de, its name, and where its text stands."""

    iri: str = Field(pattern=r"^http://dcat-ap\.de/def/licenses/[A-Za-z0-9./-]+$")
    label: Line
    url: WebAddress
    attribution: Line
    rights: Text


class Place(_Model):
    """What the data is about in space: keys of political geocoding of DCAT-AP.de, and the name.

    `level` is a local name such as ``municipality``; `keys` are below
    ``http://dcat-ap.de/def/politicalGeocoding/``, for example ``regionalKey/081160019019``, whose numbers
    have as many digits as the official keys of their kind.
    """

    name: Line
    level: str = Field(pattern=r"^[A-Za-z]+$")
    keys: tuple[GeoKey, ...] = Field(min_length=1)
    longitude: float | None = None
    latitude: float | None = None


class Retirement(_Model):
    """A dataset that the city no longer publishes: its key, as in its address below ``dataset/``, and why."""

    key: str = Field(pattern=r"^(goals/[0-9]{4}|plan|decisions|progress|code-lists|statistics|all)$")
    reason: Text


class Facts(_Model):
    """What the city says of itself as a publisher: `catalogue.yaml` in the raw folder.

    `contributor_id` is the IRI of the portal that delivers to GovData; `themes` are codes of the EU
    data themes; `political_geocoding_uri` tells whether the deprecated property is given too, which the
    importer of GovData reads and the strict rules warn of; `access_service_publisher` whether the service
    that a distribution leads to names its publisher, which the strict rules demand and ckanext-dcat 2.4 fails
    to pass on. `since` is the day from which on there are goals, the beginning of the series of budget years.
    Datasets that vanish, and those that are `retired`, stay for `deprecated_days` as deprecated and as long
    again as withdrawn. Retiring a dataset takes nothing out of the graph.
    """

    title: Text
    description: Text
    contact: Contact
    publisher_type: str = Field("LocalAuthority", pattern=r"^[A-Za-z()-]+$")
    contributor_id: str = Field(pattern=r"^http://dcat-ap\.de/def/contributors/[A-Za-z0-9]+$")
    place: Place
    licence: Licence
    themes: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{4}$")], ...] = Field(min_length=1)
    keywords: Keywords
    frequency: str = Field("ANNUAL", pattern=r"^[A-Z][A-Z_0-9]+$")
    since: date | None = None
    legislation: tuple[WebAddress, ...] = ()
    sources: tuple[WebAddress, ...] = ()
    political_geocoding_uri: bool = False
    access_service_publisher: bool = True
    deprecated_days: int = Field(30, ge=30)
    retired: tuple[Retirement, ...] = ()


class Distribution(_Model):
    """A file of a dataset.

    `path` is that in the release and below ``/datasets/``; `format` a code of the EU file types; `packed`
    tells that it is compressed with gzip. `release` is the id of the release that has the file, where
    that is not the one that the catalogue belongs to. `description` tells what the file is good for; it is
    None in releases that did not tell.
    """

    path: str
    title: Text
    description: Text | None = None
    format: str
    media_type: str
    packed: bool
    bytes: int
    sha256: str
    issued: datetime
    modified: datetime
    release: str | None = None

    @property
    def suffix(self) -> str:
        """Return what tells the files of a dataset apart: ``csv``, ``ttl``, ``nt.gz``."""
        return self.path.rpartition("/")[2].partition(".")[2]


class Change(_Model):
    """What became of a dataset in one release; `rows` of its table before and after, where it has one."""

    at: datetime
    kind: ChangeKind
    rows: int | None = None
    rows_before: int | None = None


class Content(_Model):
    """What is in a dataset: its subject, the time it covers, and the size of its table.

    `key` is the path of its IRI below ``dataset/``; `table` the name of its table's columns, see
    `ontology.columns`, and `rows` their number.
    """

    key: str
    kind: Kind
    year: int | None
    title: Text
    description: Text
    keywords: Keywords
    start: date
    end: date
    table: str | None
    rows: int | None


class Dataset(Content):
    """A dataset: what its page, the feed and the catalogue say of it.

    `reason` tells why it was retired, where the city says so. `digest` covers everything that is said of it
    but for the dates.
    """

    distributions: tuple[Distribution, ...]
    issued: datetime
    modified: datetime
    status: Status
    since: datetime
    reason: Text | None = None
    digest: str
    changes: tuple[Change, ...]

    def distribution(self, suffix: str) -> Distribution | None:
        """Return the distribution with a suffix, or None."""
        return next((item for item in self.distributions if item.suffix == suffix), None)


class Catalogue(_Model):
    """All datasets of a release, in the order of their keys, and what is said of their publisher."""

    publisher: Text
    homepage: str
    facts: Facts
    issued: datetime
    modified: datetime
    datasets: tuple[Dataset, ...]

    def get(self, key: str) -> Dataset | None:
        """Return a dataset by its key, or None."""
        return next((dataset for dataset in self.datasets if dataset.key == key), None)


def entry_file(key: str) -> str:
    """Return the path of the file in a release that describes one dataset, as N-Triples."""
    return f"catalog/datasets/{key.replace('/', '-')}.nt"


SHARED_FILE: Final = "catalog/shared.nt"
"""What the catalogue says of itself and of its services, as N-Triples; no dataset is named there."""


def read_catalogue(release: Path) -> Catalogue | None:
    """Return the catalogue of a release folder, None if it has none.

    Raises `ReleaseError` if it cannot be read.
    """
    return read_document(release / CATALOG, Catalogue)
