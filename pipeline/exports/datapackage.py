"""All data files of a release as a Data Package (Frictionless, version 2): `datapackage.json`.

Tables have their schema, with the keys that hold; the other files their size, SHA-256 and type. What tells
dates is left out, so that the same data gives the same package.
"""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ontology.catalogue import Text
from ontology.columns import TABLES, Column, Kind, table_of
from ontology.contract import CSVW_SUFFIX, DATA_PACKAGE, WHOLE, OutputFile
from pipeline.exports.csvw import DISARMED
from pipeline.exports.exact import EXACT
from pipeline.exports.references import Tables, references_of
from pipeline.masterdata import Masterdata

FOLDERS: Final = ("csv", "parquet", "xlsx", "rdf", "dump")
_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_TYPES: Final[dict[Kind, str]] = {
    "text": "string",
    "list": "string",
    "whole": "integer",
    "year": "year",
    "decimal": "number",
    "date": "date",
}
Json = dict[str, Any]


def write_data_package(folder: Path, city: Masterdata, tables: Tables, files: tuple[OutputFile, ...]) -> None:
    """Write the package of the data `files` of a release to its `folder`."""
    resources = [
        _resource(file, tables)
        for file in files
        if file.path.startswith(FOLDERS)
        and not file.path.endswith(CSVW_SUFFIX)
        and not file.path.startswith(f"csv/{EXACT}/")
    ]
    text = json.dumps(_package(city) | {"resources": resources}, ensure_ascii=False, indent=1) + "\n"
    (folder / DATA_PACKAGE).write_text(text, encoding="utf-8")


def _package(city: Masterdata) -> Json:
    facts, organisation = city.facts, city.organisation
    parts = [facts.description, *([_text(organisation.notice)] if organisation.notice else []), DISARMED]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "stadtziele",
        "id": city.iris.dataset(WHOLE),
        "title": facts.title.de,
        "description": "\n\n".join(["\n".join(part.de for part in parts), "\n".join(p.en for p in parts)]),
        "homepage": city.iris.base,
        "keywords": list(dict.fromkeys((*facts.keywords.de, *facts.keywords.en))),
        "licenses": [{"title": facts.licence.label, "path": facts.licence.url}],
        "sources": [{"title": source, "path": source} for source in facts.sources],
        "contributors": [
            {
                "title": organisation.city.name,
                "path": organisation.city.homepage,
                "roles": ["publisher"],
            }
        ],
    }


def _text(notice: Any) -> Text:
    return Text(de=notice.de, en=notice.en)


def _resource(file: OutputFile, tables: Tables) -> Json:
    path = PurePosixPath(file.path)
    name, _, suffix = path.name.partition(".")
    is_table = path.parts[0] == "csv"
    described: Json = {
        "name": name if is_table else f"{name}-{suffix.replace('.', '-')}",
        "path": file.path,
        "format": suffix,
        "mediatype": file.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if suffix == "xlsx":
        return described | _sheet(name)
    return described | (_table(name, tables) if is_table else {})


def _sheet(name: str) -> Json:
    """Return what a workbook holds: programs that guess it from the first rows take no text for a date."""
    shown = [column for column in TABLES[table_of(name)].columns if not column.is_key]
    fields = [{"name": column.title.de, "type": _TYPES[column.kind]} for column in shown]
    return {"type": "table", "schema": {"$schema": f"{_PROFILES}/tableschema.json", "fields": fields}}


def _table(name: str, tables: Tables) -> Json:
    table = TABLES[table_of(name)]
    return {
        "type": "table",
        "title": table.title.de,
        "description": f"{table.description.de}\n\n{table.description.en}",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": list(_fields(table.columns, table.key)),
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [reference.column],
                    "reference": {
                        "resource": "" if reference.table == name else reference.table,
                        "fields": [reference.target],
                    },
                }
                for reference in references_of(name, tables)
            ],
        },
    }


def _fields(columns: tuple[Column, ...], key: tuple[str, ...]) -> Iterator[Json]:
    for column in columns:
        constraints: Json = {"required": True} if column.required else {}
        if key == (column.name,):
            constraints["unique"] = True
        yield {
            "name": column.name,
            "type": _TYPES[column.kind],
            "title": f"{column.title.de} / {column.title.en}",
            "description": f"{column.description.de}\n\n{column.description.en}",
            **({"constraints": constraints} if constraints else {}),
        }
