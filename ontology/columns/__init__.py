"""What each column of each published table means: the one place that says so.

Name, type, titles and descriptions in German and English, keys, and the triple that a cell stands for.
The tables themselves, their metadata (CSV on the Web, Data Package, Parquet, workbooks), and the pages that
show them follow from it. Columns with the name of a field of a form hold what was handed in there.

`model` says what a table is, `shared` has what several tables have; then a module for each subject.
"""

from collections.abc import Mapping
from typing import Final

from ontology.columns.codelists import CODE_LISTS
from ontology.columns.counts import STATISTICS
from ontology.columns.decisions import DECISION_BODIES, DECISIONS
from ontology.columns.goals import GOAL_LINKS, GOALS
from ontology.columns.model import SEPARATOR, Column, Kind, Meaning, Reference, Table, resolve, table_of
from ontology.columns.plan import PLAN
from ontology.columns.progress import PROGRESS

__all__ = ["SEPARATOR", "TABLES", "Column", "Kind", "Meaning", "Reference", "Table", "resolve", "table_of"]

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (GOALS, GOAL_LINKS, DECISIONS, DECISION_BODIES, PROGRESS, STATISTICS, CODE_LISTS, PLAN)
}
"""All tables by name. Those of one year have the same columns."""
