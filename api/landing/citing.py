"""How a dataset is cited: as it is today, and as it was in one release for good."""

import re
from dataclasses import dataclass
from typing import Final

from api.formatting import day
from api.links import release_folder
from api.releases import Release
from api.texts import Language
from ontology.catalogue import Catalogue, Dataset
from ontology.iris import Iris, slug

_SPECIAL: Final = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED: Final = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True)
class Citation:
    """A citation: its address, as text to copy, and as BibTeX."""

    address: str
    text: str
    bibtex: str


def citations(
    release: Release, catalogue: Catalogue, dataset: Dataset, language: Language
) -> tuple[Citation, Citation]:
    """Return how to cite a dataset as it is at any time, and as it is in this very release."""
    current = Iris(release.base).dataset(dataset.key)
    fixed = fixed_address(release, dataset.key)
    return (
        _citation(catalogue, dataset, language, current, None),
        _citation(catalogue, dataset, language, fixed, release.id),
    )


def fixed_address(release: Release, key: str) -> str:
    """Return the address of a dataset's page in a release, where it never changes."""
    return f"{release.base}{release_folder(release.id)[1:]}/doc/dataset/{key}"


def _citation(
    catalogue: Catalogue, dataset: Dataset, language: Language, address: str, version: str | None
) -> Citation:
    is_english = language == "en"
    publisher = catalogue.publisher.en if is_english else catalogue.publisher.de
    title = dataset.title.en if is_english else dataset.title.de
    licence = catalogue.facts.licence.label
    moment = day(dataset.modified, language)
    state = f"release {version}" if is_english else f"Veröffentlichung {version}"
    as_of = f"as of {moment}" if is_english else f"Stand {moment}"
    kind = "Dataset" if is_english else "Datensatz"
    told = f"{kind}, {as_of}, {state}" if version else f"{kind}, {as_of}"
    return Citation(
        address,
        f"{publisher} ({dataset.modified.year}): {title}. {told}. {address}. {licence}.",
        _bibtex(
            slug(f"{publisher} {dataset.key} {version or ''}"),
            {
                "author": f"{{{_escaped(publisher)}}}",
                "title": f"{{{_escaped(title)}}}",
                "year": str(dataset.modified.year),
                "version": _escaped(version or dataset.modified.date().isoformat()),
                "url": address,
                "note": _escaped(f"{told}. {licence}"),
            },
        ),
    )


def _bibtex(key: str, fields: dict[str, str]) -> str:
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"


def _escaped(text: str) -> str:
    """Return a text for BibTeX, where some signs are commands."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
