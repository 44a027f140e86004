"""Where submitted files lie in the raw folder, and what their path says of them."""

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from ontology.iris import slug
from pipeline.forms import KINDS, Kind
from pipeline.reading.sheets import READERS

MASTER_DATA: Final = ("organisation.yaml", "catalogue.yaml", "sources.yaml")
_IGNORED: Final = re.compile(r"^(\.|~\$|Thumbs\.db$|desktop\.ini$|README)", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What a path says: kind of form, budget year, and department (None for decisions)."""

    kind: Kind
    year: int
    department: str | None


def place_of(path: str) -> Place | None:
    """Return what a path below the raw folder says, or None where no form is expected.

    The department is the key in its one spelling: `Kulturamt.XLSX` is the file of `kulturamt`.
    """
    if path != printable(path):
        return None
    whole = PurePosixPath(unicodedata.normalize("NFC", path))
    parts, name = whole.parts, PurePosixPath(whole.name)
    if name.suffix.lower() not in READERS or parts[0] not in KINDS:
        return None
    kind: Kind = parts[0]
    year, department = (name.stem, None) if kind == "decisions" else (parts[-2], slug(name.stem))
    expected = 2 if kind == "decisions" else 3
    if len(parts) != expected or not re.fullmatch(r"\d{4}", year) or department == "":
        return None
    return Place(kind, int(year), department)


def is_ignored(path: str) -> bool:
    """Tell whether a path is no input: hidden files, lock files of office programs, a README."""
    return any(_IGNORED.match(part) for part in PurePosixPath(path).parts)


def is_master_data(path: str) -> bool:
    """Tell whether a path is one of the YAML files that describe the city."""
    return path in MASTER_DATA or (path.startswith("plans/") and path.endswith(".yaml"))


def list_files(raw: Path) -> list[str]:
    """Return the paths of all files below the raw folder, sorted, but for those to be ignored.

    Links are followed, since shares are often linked in; one that leads nowhere is listed, and reported
    when it cannot be read. Raises `OSError` for a folder that cannot be listed.
    """
    paths: list[str] = []
    seen: set[str] = set()
    for folder, folders, names in os.walk(raw, followlinks=True, onerror=_fail):
        seen.add(os.path.realpath(folder))
        folders[:] = [name for name in folders if os.path.realpath(Path(folder, name)) not in seen]
        paths += [Path(folder, name).relative_to(raw).as_posix() for name in names]
    return sorted(path for path in paths if not is_ignored(path))


def _fail(error: OSError) -> None:
    raise error


def printable(path: str) -> str:
    """Return a path as it can be written in a report, also if its name is not valid UTF-8."""
    return path.encode("utf-8", "replace").decode("utf-8")
