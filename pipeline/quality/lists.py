"""The lists that the metrics go by, each with its source."""

import re
from typing import Final

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"

FILE_TYPE: Final = re.compile(rf"{re.escape(AUTHORITY)}file-type/[A-Z0-9_]+")
"""A format of the EU authority table file-type (http://publications.europa.eu/resource/authority/file-type)."""
MEDIA_TYPE: Final = re.compile(
    r"https?://www\.iana\.org/assignments/media-types/"
    r"(application|audio|font|image|message|model|multipart|text|video)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
)
"""A media type as an address of IANA's registry (https://www.iana.org/assignments/media-types)."""


def _file_types(codes: str) -> frozenset[str]:
    return frozenset(f"{AUTHORITY}file-type/{code}" for code in codes.split())


NON_PROPRIETARY: Final = _file_types(
    "BMP CSV DBF ETSI_XML GEOJSON GPKG GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG "
    "RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP"
)
"""Formats that belong to nobody. Source: `edp-non-proprietary-format.rdf`
(https://gitlab.com/european-data-portal/edp-vocabularies), as copied by mjanez/ckan-mqa."""

MACHINE_READABLE: Final = _file_types(
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE "
    "RDF_XML RSS SHP XLS XLSX XML"
)
"""Formats that programs read. Source: `edp-machine-readable-format.rdf` of the same place. (The copy in
ckan-mqa names nearly every format, PDF included; this is the original's narrower list.)"""

ACCESS_RIGHTS: Final = frozenset(
    f"{AUTHORITY}access-right/{code}"
    for code in ("CONFIDENTIAL", "NON_PUBLIC", "NORMAL", "PUBLIC", "RESTRICTED", "SENSITIVE")
)
"""The EU authority table access-right (http://publications.europa.eu/resource/authority/access-right)."""

EU_LICENCE: Final = re.compile(rf"{re.escape(AUTHORITY)}licence/[A-Z0-9_]+")
"""A licence of the EU authority table (http://publications.europa.eu/resource/authority/licence)."""
GERMAN_LICENCES: Final = frozenset(
    f"http://dcat-ap.de/def/licenses/{name}"
    for name in (
        "apache",
        "bsd",
        "cc-by",
        "cc-by-de/3.0",
        "cc-by-nc",
        "cc-by-nc-de/3.0",
        "cc-by-nc/4.0",
        "cc-by-nd",
        "cc-by-nd/3.0",
        "cc-by-nd/4.0",
        "cc-by-sa",
        "cc-by-sa-de/3.0",
        "cc-by-sa/4.0",
        "cc-by/4.0",
        "cc-zero",
        "ccpdm/1.0",
        "dl-by-de/1.0",
        "dl-by-de/2.0",
        "dl-by-nc-de/1.0",
        "dl-zero-de/2.0",
        "geoNutz/20131001",
        "geonutz/20130319",
        "gfdl",
        "gpl/3.0",
        "mozilla",
        "odbl",
        "odby",
        "odcpddl",
        "officialWork",
        "other-closed",
        "other-commercial",
        "other-freeware",
        "other-open",
        "other-opensource",
    )
)
"""The list of DCAT-AP.de (https://www.dcat-ap.de/def/licenses/). That data.europa.eu knows these
addresses too is taken from the European Data Portal's list of known licences; what speaks against it is in
`docs/quality.md`."""


def is_known_licence(iri: str) -> bool:
    """Tell whether a licence counts as known."""
    return iri in GERMAN_LICENCES or EU_LICENCE.fullmatch(iri) is not None
