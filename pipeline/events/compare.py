"""What is different now from the newest versions in the log, thing by thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.catalogue import DATASETS, Catalogue, Dataset, entry_file
from pipeline.events.members import Kind
from pipeline.events.things import WITHDRAWN, Things

GOAL: Final = "id/goal/"
DECISION: Final = "id/decision/"
"""How the paths of the things' IRIs begin."""


@dataclass(frozen=True)
class Version:
    """A new version of a thing: the path of its IRI, what happened to it, and whether it is withdrawn."""

    path: str
    kind: Kind
    is_withdrawn: bool = False

    @property
    def is_loss(self) -> bool:
        """Tell whether this is the end of the thing, or of its being handed in."""
        return self.kind == "Delete" or self.is_withdrawn


class Now:
    """What the things of a release that is being made say: goals, decisions, and datasets."""

    def __init__(self, folder: Path, base: str, catalogue: Catalogue) -> None:
        """Read the quads and the catalogue in `folder`."""
        self._folder = folder
        self._base = base
        self._things = Things(folder, base)
        self._datasets = {DATASETS + dataset.key: dataset for dataset in catalogue.datasets}
        datasets = {path: dataset.digest for path, dataset in self._datasets.items()}
        self.digests: dict[str, str] = self._things.digests() | datasets

    def lines(self, path: str) -> list[bytes]:
        """Return the triples of a thing as sorted N-Triples; none of one that is not there any more."""
        if path not in self.digests:
            return []
        dataset = self._datasets.get(path)
        if dataset is None:
            return self._things.lines(path)
        own = tuple(f"<{self._base}{path}{end}".encode() for end in ("> ", "/"))
        with (self._folder / entry_file(dataset.key)).open("rb") as file:
            return sorted(line for line in file if line.startswith(own))

    def versions(self, newest: Mapping[str, str]) -> list[Version]:
        """Return what is new, different or gone since the `newest` versions, by path."""
        found = [Version(path, "Delete") for path in newest.keys() - self.digests.keys()]
        for path, digest in self.digests.items():
            if newest.get(path) != digest:
                kind: Kind = "Update" if path in newest else "Create"
                found.append(Version(path, kind, path.startswith(GOAL) and digest.endswith(WITHDRAWN)))
        return sorted(found, key=lambda version: version.path)

    def dataset(self, path: str) -> Dataset | None:
        """Return the dataset with this path of its IRI, or None."""
        return self._datasets.get(path)
