"""What all submitted files have in common: the file and its rows as PROV entities."""

from typing import Any

from ontology.contract import Notice
from ontology.iris import Iris
from pipeline.mapping.documents import Node
from pipeline.masterdata import Masterdata
from pipeline.records.models import DecisionList, ProgressList, Submission

IRI_KIND = {"submissions": "submission", "decisions": "decision-list", "progress": "progress-list"}


def file_iri(iris: Iris, records: Submission | DecisionList | ProgressList) -> str:
    """Return the IRI of a submitted file, which also names its graph."""
    return iris.submission(IRI_KIND[records.kind], records.year, records.department)


def file_nodes(city: Masterdata, records: Submission | DecisionList | ProgressList) -> list[Node]:
    """Return the nodes that describe a submitted file: name, size, SHA-256, department, year."""
    name = file_iri(city.iris, records)
    department = records.department
    return [
        {
            "id": name,
            "type": ["sz:Submission", "prov:Entity"],
            "file_name": records.path,
            "department": city.iris.department(department) if department else None,
            "budget_year": city.iris.budget_year(records.year),
            "byte_size": str(records.bytes),
            "checksum": f"{name}#sha256",
            "source": records.source,
        },
        {
            "id": f"{name}#sha256",
            "type": "spdx:Checksum",
            "checksum_algorithm": "spdx:checksumAlgorithm_sha256",
            "checksum_value": records.sha256,
        },
    ]


def row_node(iris: Iris, name: str, sheet: str | None, row: int) -> Node:
    """Return the node of a row of a submitted file."""
    place = f"Blatt {sheet}, Zeile {row}" if sheet else f"Zeile {row}"
    return {
        "id": iris.row(name, row),
        "type": "prov:Entity",
        "number": str(row),
        "rdfs:label": {"@value": place, "@language": "de"},
        "part_of": name,
    }


def notice_of(city: Masterdata) -> str | None:
    """Return the IRI of the notice that goes with each record, or None."""
    notice: Notice | None = city.organisation.notice
    return city.iris.notice() if notice else None


def without_empty(node: dict[str, Any]) -> Node:
    """Return a node without its empty values."""
    return {key: value for key, value in node.items() if value not in (None, [], ())}
