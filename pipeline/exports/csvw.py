"""What the CSV files hold, for programs: CSV on the Web (W3C Recommendations of 2015).

Beside each `x.csv` lies `x.csv-metadata.json`: types, keys, titles, and how each row becomes triples. A
processor in minimal mode makes triples of it that are in the dump too; `ontology.columns` says which.
Columns that stand for no triple are suppressed. A table that another one refers to is in the same group,
suppressed as well. So is the file for people where the triples are made of the exact one (`exports.exact`).
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ontology.catalogue import Text
from ontology.columns import SEPARATOR, TABLES, Column, Kind, Meaning, Reference, Table, resolve, table_of
from ontology.contract import CSVW_SUFFIX
from pipeline.exports.exact import EXACT, has_formulas
from pipeline.exports.references import Tables, references_of
from pipeline.masterdata import Masterdata

Json = dict[str, Any]

_DATATYPES: Final[dict[Kind, str | dict[str, str]]] = {
    "text": "string",
    "list": "string",
    "whole": "integer",
    "year": "gYear",
    "decimal": "decimal",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}
_DIALECT: Final[Json] = {
    "encoding": "utf-8",
    "delimiter": ",",
    "lineTerminators": ["\r\n"],
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "trim": False,
}
_SILENT: Final[Json] = {"suppressOutput": True}
DISARMED: Final = Text(
    de="Texte, die ein Tabellenprogramm als Formel ausführen würde (am Anfang =, +, -, @, Tabulator oder "
    "Wagenrücklauf), haben in der CSV-Datei einen Apostroph davor. Ohne ihn stehen sie in der gleichnamigen "
    "Datei im Ordner exact, aus der die Tripel entstehen; sie ist nicht für Tabellenprogramme.",
    en="Texts that a spreadsheet would run as a formula (beginning with =, +, -, @, tab or carriage return) "
    "have an apostrophe before them in the CSV file. Without it they stand in the file of the same name in "
    "the folder exact, of which the triples are made; it is not for spreadsheets.",
)


def write_metadata(folder: Path, city: Masterdata, tables: Tables) -> None:
    """Write `csv/<name>.csv-metadata.json` below `folder` for each table."""
    for name in tables:
        text = json.dumps(metadata(city, name, tables), ensure_ascii=False, indent=1) + "\n"
        (folder / "csv" / f"{name}.csv{CSVW_SUFFIX}").write_text(text, encoding="utf-8")


def metadata(city: Masterdata, name: str, tables: Tables) -> Json:
    """Return what is said of a table, of its links, and of the tables that these refer to."""
    table = table_of(name)
    links = f"{TABLES[table].links}{name.removeprefix(table)}"
    described = [name, links] if links in tables else [name]
    references = {each: list(_references(each, tables)) for each in described}
    targets = {reference.table for found in references.values() for reference in found}
    group = [_table(city, each, references[each]) for each in described]
    group += [_table(city, target, []) | _SILENT for target in sorted(targets - set(described))]
    group = [part for each in group for part in _with_exact(each, tables)]
    head = {"@context": "http://www.w3.org/ns/csvw", "dialect": _DIALECT}
    return head | (group[0] if len(group) == 1 else {"tables": group})


def _with_exact(table: Json, tables: Tables) -> Iterator[Json]:
    """Yield what is said of a file, and before it of the exact one, where there is one to make triples of."""
    name = table["url"].removesuffix(".csv")
    if "suppressOutput" in table or not has_formulas(tables[name]):
        yield table
    else:
        yield table | {"url": f"{EXACT}/{table['url']}"}
        yield table | _SILENT


def _references(name: str, tables: Tables) -> Iterator[Reference]:
    """Yield the foreign keys without empty cells: validators disagree about whether there may be any."""
    for reference in references_of(name, tables):
        if all(row[reference.column] is not None for row in tables[name]):
            yield reference


def _table(city: Masterdata, name: str, references: Sequence[Reference]) -> Json:
    table = TABLES[table_of(name)]
    notice = city.organisation.notice
    comments = [DISARMED, *([Text(de=notice.de, en=notice.en)] if notice else [])]
    licence = city.facts.licence
    return {
        "url": f"{name}.csv",
        "dc:title": _texts(table.title),
        "dc:description": _texts(table.description),
        "dc:license": {"@id": licence.iri},
        "dc:rights": _texts(licence.rights),
        "dc:publisher": {"@id": city.iris.city()},
        "dc:source": [{"@id": source} for source in city.facts.sources],
        "rdfs:comment": [text for comment in comments for text in _texts(comment)],
        "tableSchema": _schema(table, city.iris.base, references),
    }


def _schema(table: Table, base: str, references: Sequence[Reference]) -> Json:
    columns = [_column(column, base) for column in table.columns]
    columns += _constants(table.constants, base)
    schema: Json = {"aboutUrl": resolve(table.about, base), "columns": columns}
    schema["primaryKey"] = list(table.key)
    if references:
        schema["foreignKeys"] = [
            {
                "columnReference": [reference.column],
                "reference": {
                    "resource": f"{reference.table}.csv",
                    "columnReference": [reference.target],
                },
            }
            for reference in references
        ]
    return schema


def _column(column: Column, base: str) -> Json:
    described: Json = {
        "name": column.name,
        "titles": {"und": column.name, "de": column.title.de, "en": column.title.en},
        "dc:description": _texts(column.description),
        "datatype": _DATATYPES[column.kind],
    }
    if column.required:
        described["required"] = True
    if column.kind == "list":
        described["separator"] = SEPARATOR
    return described | (_meaning(column.meaning, base) if column.meaning else {"suppressOutput": True})


def _meaning(meaning: Meaning, base: str) -> Json:
    found = {
        "aboutUrl": resolve(meaning.about, base) if meaning.about else None,
        "propertyUrl": resolve(meaning.property, base),
        "valueUrl": resolve(meaning.value, base) if meaning.value else None,
        "lang": meaning.language,
    }
    return {name: value for name, value in found.items() if value}


def _constants(constants: Sequence[Meaning], base: str) -> Iterator[Json]:
    for number, meaning in enumerate(constants, start=1):
        yield {"name": f"constant_{number}", "virtual": True} | _meaning(meaning, base)


def _texts(text: Text) -> list[Json]:
    return [{"@value": text.de, "@language": "de"}, {"@value": text.en, "@language": "en"}]
