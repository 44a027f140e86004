"""Progress reports to graph."""

from collections.abc import Iterator

from ontology.codelists import code_list
from ontology.iris import slug
from ontology.namespaces import SZ
from pipeline.mapping.documents import Document, Mapped, Node, RecordNodes, decimal_text
from pipeline.mapping.files import file_iri, file_nodes, notice_of, row_node, without_empty
from pipeline.mapping.submissions import observation_node
from pipeline.masterdata import Masterdata
from pipeline.records.models import Progress, ProgressList

UNDATED = "undated"


def progress_document(city: Masterdata, progress: ProgressList) -> Document:
    """Return the graph of a progress list."""
    name = file_iri(city.iris, progress)
    return Document(
        name,
        file_nodes(city, progress),
        Mapped(progress.records, lambda report: _record(city, progress, name, report)),
    )


def attainment_iri(text: str) -> str:
    """Return the IRI of an attainment in any spelling; an unknown one gets an IRI no list has."""
    concept = code_list("AttainmentStates").find(text)
    return concept.iri if concept else f"{SZ}attainment-unknown-{slug(text)}"


def _record(city: Masterdata, progress: ProgressList, name: str, report: Progress) -> RecordNodes:
    iris = city.iris
    row = iris.row(name, report.row)
    focus = iris.progress(report.goal, progress.year, date_of(report)) if report.goal else row
    node = without_empty(
        {
            "id": focus,
            "type": ["sz:ProgressReport", "prov:Entity"],
            "goal": iris.goal(report.goal) if report.goal else None,
            "attainment": attainment_iri(report.attainment) if report.attainment else None,
            "percent": decimal_text(report.percent) if report.percent is not None else None,
            "as_of": report.as_of.isoformat() if report.as_of else None,
            "note": report.note,
            "department": iris.department(progress.department),
            "budget_year": iris.budget_year(progress.year),
            "notice": notice_of(city),
            "part_of": name,
            "source_row": row if report.goal else None,
        }
    )
    nodes = [node, *_actual(city, progress, report)]
    if report.goal:
        nodes.append(row_node(iris, name, progress.sheet, report.row))
    return RecordNodes(focus, report.row, nodes)


def _actual(city: Masterdata, progress: ProgressList, report: Progress) -> Iterator[Node]:
    if report.goal and report.actual is not None:
        year = report.as_of.year if report.as_of else progress.year
        yield observation_node(
            city.iris, report.goal, "actual", report.actual, year, f"{progress.year}/{date_of(report)}"
        )


def date_of(report: Progress) -> str:
    """Return the day that a report holds for as a segment of its IRI."""
    return report.as_of.isoformat() if report.as_of else UNDATED
