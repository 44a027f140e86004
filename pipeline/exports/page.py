"""The page of all tables, `docs/tables.md`: `make tables` writes it anew."""

import sys
from collections.abc import Iterator
from typing import Final

from ontology.columns import TABLES, Column, Kind, Table

_HEAD: Final = """# Tables · Tabellen

What each column of each published table means (`ontology/columns/`). The same is said in every release:
beside each CSV file as CSV on the Web (`…csv-metadata.json`), for all files in `datapackage.json`, in the
Parquet files under the key `columns`, and in the workbooks. Tables of one year (`goals-2014`) have the same
columns. This page is written by `make tables`; a test keeps it true.

**Triples.** A CSVW processor in minimal mode makes triples of the columns with a property below, and of
nothing else; all of them are in the dump. A cell with several values cannot become several links in CSVW,
so these stand one by one in `goal-links` and `decision-bodies`, in the same group of tables. Not in the
tables: the types of indicators and their values, in which row of which file something stood (`file` and
`row` say so in words), former versions, the plan.

**Formulas.** Texts that a spreadsheet would run as a formula (beginning with `=`, `+`, `-`, `@`, tab or
carriage return) have an apostrophe before them in CSV. The metadata of such a table lead processors to a
second file, `csv/exact/<name>.csv`, with the texts as they are, so that the triples are those of the dump
([why so](decisions/0014-exact-tables-for-processors.md)). Parquet and workbooks have the texts as they are.

**Foreign keys** are named only where every row keeps them: a decision may be about a goal that is held
back.
"""
_KINDS: Final[dict[Kind, str]] = {
    "text": "text",
    "list": "list, `; ` between",
    "whole": "integer",
    "year": "year",
    "decimal": "decimal",
    "date": "date",
}


def tables_page() -> str:
    """Return the page as Markdown: a table of the columns of each table."""
    return "\n".join([_HEAD, *("\n".join(_section(table)) for table in TABLES.values())])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.title.de} · {table.title.en}\n"
    yield f"- {table.description.de}\n- {table.description.en}"
    constants = "".join(f", `{meaning.property}` `{meaning.value}`" for meaning in table.constants)
    yield f"- A row is about `{table.about}`{constants}"
    yield f"- Key: {', '.join(f'`{name}`' for name in table.key)}\n"
    yield "| Column | Type | Deutsch | English | Property |\n|---|---|---|---|---|"
    yield from map(_line, table.columns)
    yield ""


def _line(column: Column) -> str:
    kind = _KINDS[column.kind] + (", required" if column.required else "")
    german = f"**{column.title.de}**: {column.description.de}"
    english = f"**{column.title.en}**: {column.description.en}"
    return f"| `{column.name}` | {kind} | {german} | {english} | {_property(column)} |"


def _property(column: Column) -> str:
    if column.meaning is None:
        return ""
    return f"`{column.meaning.property}`" + (f" of `{column.meaning.about}`" if column.meaning.about else "")


if __name__ == "__main__":
    sys.stdout.write(tables_page())
