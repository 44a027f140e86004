"""The history of a file to graph: its former versions, what each changed, the goals that were withdrawn."""

import datetime
from collections.abc import Iterator

from ontology.codelists import code_list
from pipeline.forms import header_of
from pipeline.mapping.documents import Document, Node
from pipeline.mapping.files import IRI_KIND, without_empty
from pipeline.mapping.submissions import submission_document
from pipeline.masterdata import Masterdata
from pipeline.records.models import FileHistory, GoalChange, Submission, Version, WithdrawnGoal


def history_document(city: Masterdata, history: FileHistory, current: str) -> Document:
    """Return the graph of a history. `current` is the SHA-256 of the version that is released now."""
    mapper = _Mapper(city, history, current)
    return Document(mapper.graph, list(mapper.nodes()))


class _Mapper:
    """Maps the history of one file."""

    def __init__(self, city: Masterdata, history: FileHistory, current: str) -> None:
        self.city = city
        self.iris = city.iris
        self.history = history
        self.current = current
        kind = IRI_KIND[history.kind]
        self.file = self.iris.submission(kind, history.year, history.department)
        self.graph = self.iris.history(kind, history.year, history.department)

    def nodes(self) -> Iterator[Node]:
        yield from self._chain()
        numbers: dict[str, int] = {}
        for change in self.history.changes:
            numbers[change.goal] = numbers.get(change.goal, 0) + 1
            yield from self._change(change, numbers[change.goal])
        for item in self.history.withdrawn:
            yield from self._withdrawn(item)

    def _chain(self) -> Iterator[Node]:
        """Yield the former versions, each once, and what leads from the present one back to them.

        A version that came back has been superseded more than once: the last time counts.
        """
        last = {version.sha256: version for version in self.history.versions}
        former: str | None = None
        seen: set[str] = set()
        for version in self.history.versions:
            iri = self._version(version.sha256)
            if iri == self.file:
                continue
            if iri not in seen:
                yield from self._version_nodes(last[version.sha256], former)
            seen.add(iri)
            former = iri
        if former:
            yield {"id": self.file, "revision_of": former}

    def _version(self, sha256: str) -> str:
        """Return the IRI of a version; the present one is the file itself."""
        return self.file if sha256 == self.current else self.iris.version(self.file, sha256)

    def _version_nodes(self, version: Version, former: str | None) -> Iterator[Node]:
        iri = self._version(version.sha256)
        department = self.history.department
        yield without_empty(
            {
                "id": iri,
                "type": ["sz:Submission", "prov:Entity"],
                "file_name": version.path,
                "department": self.iris.department(department) if department else None,
                "budget_year": self.iris.budget_year(self.history.year),
                "byte_size": str(version.bytes),
                "checksum": f"{iri}#sha256",
                "invalidated_at": _moment(version.superseded_at),
                "revision_of": former,
                "replaced_by": self._version(version.superseded_by),
            }
        )
        yield {
            "id": f"{iri}#sha256",
            "type": "spdx:Checksum",
            "checksum_algorithm": "spdx:checksumAlgorithm_sha256",
            "checksum_value": version.sha256,
        }

    def _change(self, change: GoalChange, number: int) -> Iterator[Node]:
        iri = self.iris.change(change.goal, number)
        concept = code_list("ChangeKinds").find(change.what)
        german = f"{concept.label_de if concept else change.what}: {change.goal}"
        english = f"{concept.label_en if concept else change.what}: {change.goal}"
        yield {
            "id": iri,
            "type": ["sz:Change", "prov:Activity"],
            "label": german,
            "label_en": english,
            "goal": self.iris.goal(change.goal),
            "change_kind": f"sz:change-{change.what}",
            "ended_at": _moment(change.at),
            "used": self._version(change.former),
            "generated": self._version(change.newer),
        }
        for position, (alias, (before, after)) in enumerate(sorted(change.fields.items()), start=1):
            yield without_empty(
                {
                    "id": f"{iri}#{alias}",
                    "type": "sz:FieldChange",
                    "label": _header(alias),
                    "label_en": alias,
                    "number": str(position),
                    "field": alias,
                    "before": before,
                    "after": after,
                    "part_of": iri,
                }
            )

    def _withdrawn(self, item: WithdrawnGoal) -> Iterator[Node]:
        """Yield a goal as it last stood, with the version it stood in."""
        version = next(v for v in reversed(self.history.versions) if v.sha256 == item.sha256)
        last = Submission(
            path=version.path,
            year=self.history.year,
            department=self.history.department or "",
            sha256=version.sha256,
            bytes=version.bytes,
            records=(item.goal,),
        )
        goal = self.iris.goal(self.history.goal_id(item))
        for record in submission_document(self.city, last).records:
            for node in record.nodes:
                moved = {
                    key: _moved(value, self.file, self._version(item.sha256)) for key, value in node.items()
                }
                yield moved | ({"invalidated_at": _moment(item.at)} if node["id"] == goal else {})


def _moved(value: object, old: str, new: str) -> object:
    """Return a value in which what lies in one file lies in another."""
    if isinstance(value, str) and (value == old or value.startswith(f"{old}#")):
        return new + value.removeprefix(old)
    return value


def _header(alias: str) -> str:
    return (
        "Grund für fehlende Produktgruppe"
        if alias == "no_product_group_reason"
        else header_of("submissions", alias)
    )


def _moment(value: datetime.datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")
