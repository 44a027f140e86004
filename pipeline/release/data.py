"""The data files of a release: everything that is made of settled years alone."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.exports.csvw import write_metadata
from pipeline.exports.datapackage import write_data_package
from pipeline.exports.exact import write_exact
from pipeline.exports.forms import write_forms
from pipeline.exports.graphs import write_dumps, write_quads
from pipeline.exports.parts import write_parts
from pipeline.exports.records import write_findings, write_histories, write_records
from pipeline.exports.stratml import write_stratml
from pipeline.exports.tables import tables, write_tables
from pipeline.exports.twins import write_twins
from pipeline.exports.workbooks import write_workbooks
from pipeline.findings.models import Finding
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.release.folder import data_files
from pipeline.statistics.counting import count_goals


def write_data(
    folder: Path, city: Masterdata, years: Sequence[CheckedYear], findings: Sequence[Finding]
) -> tuple[int, dict[str, int]]:
    """Write everything but catalogue, store and manifest; return the number of triples, and rows by table."""
    write_quads(folder, city, years)
    triples = write_dumps(folder)
    write_parts(folder, city.iris)
    found = tables(city, years, count_goals(city, years))
    write_tables(folder, city, found)
    write_exact(folder, found)
    write_metadata(folder, city, found)
    write_workbooks(folder, city, found)
    write_forms(folder, years)
    write_stratml(folder, city, years)
    write_records(folder, years)
    write_histories(folder, years)
    write_findings(folder, findings)
    write_data_package(folder, city, found, data_files(folder))
    write_twins(folder)
    return triples, {name: len(rows) for name, rows in found.items()}
