"""The kinds of files that a dataset may have: their codes in the EU's lists, and what they are good for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ontology.catalogue import Text

_TABLE: Final = Text(
    de="Eine Zeile je Eintrag, durch Kommas getrennt, in UTF-8; die Spalten erklärt die Datei daneben, deren "
    "Name auf „-metadata.json“ endet (CSV on the Web).",
    en="A line for each entry, separated by commas, in UTF-8; the columns are explained in the file beside "
    "it whose name ends in “-metadata.json” (CSV on the Web).",
)
_GRAPH: Final = Text(
    de="Alles, was der Datensatz aussagt, als verknüpfte Daten (RDF)",
    en="All that the dataset says, as linked data (RDF)",
)


@dataclass(frozen=True)
class Format:
    """A kind of file: code of the EU authority table file-type, media type, and what people are told.

    `packed` tells that the file is compressed with gzip.
    """

    code: str
    media_type: str
    title: Text
    description: Text
    packed: bool = False


def _graph(code: str, media_type: str, name: str, de: str, en: str) -> Format:
    return Format(
        code,
        media_type,
        Text(de=f"Graph ({name})", en=f"Graph ({name})"),
        Text(de=f"{_GRAPH.de}, {de}.", en=f"{_GRAPH.en}, {en}."),
    )


def _packed(form: Format) -> Format:
    title, told = form.title, form.description
    return Format(
        form.code,
        form.media_type,
        Text(
            de=f"{title.de.removesuffix(')')}, gepackt)",
            en=f"{title.en.removesuffix(')')}, packed)",
        ),
        Text(de=f"{told.de} Gepackt mit gzip.", en=f"{told.en} Packed with gzip."),
        packed=True,
    )


_TURTLE: Final = _graph(
    "RDF_TURTLE", "text/turtle", "Turtle", "auch für Menschen lesbar geschrieben", "written for people too"
)
_JSON_LD: Final = _graph(
    "JSON_LD",
    "application/ld+json",
    "JSON-LD",
    "für Programme, die JSON lesen",
    "for programs that read JSON",
)
_N_TRIPLES: Final = _graph(
    "RDF_N_TRIPLES",
    "application/n-triples",
    "N-Triples",
    "eine Aussage je Zeile",
    "one statement a line",
)
_TRIG: Final = Format(
    "RDF_TRIG",
    "application/trig",
    Text(de="Alle Graphen (TriG)", en="All graphs (TriG)"),
    Text(
        de="Alle Aussagen in ihren benannten Graphen, wie die SPARQL-Schnittstelle sie kennt.",
        en="All statements in their named graphs, as the SPARQL endpoint knows them.",
    ),
)

FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format("CSV", "text/csv", Text(de="Tabelle (CSV)", en="Table (CSV)"), _TABLE),
    "parquet": Format(
        "PARQUET",
        "application/vnd.apache.parquet",
        Text(de="Tabelle (Parquet)", en="Table (Parquet)"),
        Text(
            de="Die Tabelle für R, Python oder DuckDB, mit Typ und Beschreibung jeder Spalte.",
            en="The table for R, Python or DuckDB, with type and description of each column.",
        ),
    ),
    "xlsx": Format(
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text(de="Tabelle (Excel)", en="Table (Excel)"),
        Text(
            de="Die Tabelle für Excel oder LibreOffice; ein zweites Blatt erklärt die Spalten.",
            en="The table for Excel or LibreOffice, in German; a second sheet explains the columns.",
        ),
    ),
    "ttl": _TURTLE,
    "jsonld": _JSON_LD,
    "nt": _N_TRIPLES,
    "stratml.xml": Format(
        "XML",
        "application/xml",
        Text(de="Plan oder Bericht (StratML, XML)", en="Plan or report (StratML, XML)"),
        Text(
            de="Die Ziele als Plan oder Bericht nach ISO 17469 (StratML); was das Format nicht fassen kann, "
            "steht in den anderen Dateien.",
            en="The goals as plan or report after ISO 17469 (StratML); what the format cannot hold is in the "
            "other files.",
        ),
    ),
    "nt.gz": _packed(_N_TRIPLES),
    "ttl.gz": _packed(_TURTLE),
    "jsonld.gz": _packed(_JSON_LD),
    "trig.gz": _packed(_TRIG),
}
"""By suffix."""
