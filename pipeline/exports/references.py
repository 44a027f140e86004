"""Which foreign keys hold in the tables of a release.

A decision may be about a goal that is held back. So what is said of the tables names only the foreign keys
that every row keeps, and a validator finds nothing wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ontology.columns import TABLES, Reference, table_of

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def references_of(name: str, tables: Tables) -> Iterator[Reference]:
    """Yield the foreign keys of a table that hold, into the tables of the same year where they hold there."""
    table = table_of(name)
    year = name.removeprefix(table)
    for reference in TABLES[table].references:
        for target in dict.fromkeys((reference.table + year, reference.table)):
            if target in tables and _holds(tables[name], tables[target], reference):
                yield Reference(reference.column, target, reference.target)
                break


def _holds(
    rows: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]], reference: Reference
) -> bool:
    known = {row[reference.target] for row in targets}
    named = {row[reference.column] for row in rows} - {None}
    return len(known) == len(targets) and named <= known
