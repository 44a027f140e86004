"""The life of a release folder: made under a hidden name, completed, renamed, switched to.

At every moment `current` leads to a complete release. What a killed run left behind is removed by the
next one.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from ontology.contract import (
    CSVW_SUFFIX,
    CSVW_TYPE,
    CURRENT,
    DATA_PACKAGE,
    MANIFEST,
    RELEASES,
    STORE,
    OutputFile,
    read_manifest,
)
from ontology.documents import damaged
from pipeline.atomic import sync

UNFINISHED: Final = ".unfinished-"
MEDIA_TYPES: Final = {
    f".csv{CSVW_SUFFIX}": CSVW_TYPE,
    DATA_PACKAGE: "application/vnd.datapackage+json",
    ".gz": "application/gzip",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
}
DATED: Final = ("catalog/", "events/")
"""Where files say when something changed, so that the same input gives other bytes another day."""


@contextmanager
def unfinished(published: Path) -> Iterator[Path]:
    """Make a folder to build a release in; whatever is left of it at the end is removed."""
    releases = published / RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    for leftover in releases.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = releases / f"{UNFINISHED}{uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def newest_release(published: Path) -> Path | None:
    """Return the folder of the release made last, None if there is none.

    That is another than the current one after going back to an earlier release: who followed the data knows
    what was said in it.
    """
    releases = (published / RELEASES).glob("[!.]*")
    return max(releases, key=lambda folder: folder.name, default=None)  # ids begin with their time


def assert_intact(release: Path, beginnings: tuple[str, ...]) -> None:
    """Raise `ReleaseError` if a data file whose path begins so is not what the release's manifest says."""
    for output in read_manifest(release).outputs:
        if output.path.startswith(beginnings):
            try:
                found = _data_file(release, Path(output.path))
            except OSError as error:
                raise damaged(release / output.path, error) from error
            if found.sha256 != output.sha256:
                raise damaged(release / output.path, ValueError())


def data_files(folder: Path) -> tuple[OutputFile, ...]:
    """Return the data files of a release folder with size and SHA-256, sorted by path."""
    paths = sorted(
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith(".")
        and path.relative_to(folder).parts[0] not in {STORE, MANIFEST}
    )
    return tuple(_data_file(folder, path) for path in paths)


def content_digest(files: tuple[OutputFile, ...]) -> str:
    """Return one SHA-256 over paths and digests of data files but for those that tell dates."""
    text = "".join(f"{file.sha256}  {file.path}\n" for file in files if not file.path.startswith(DATED))
    return hashlib.sha256(text.encode()).hexdigest()


def complete(folder: Path, published: Path, release_id: str) -> Path:
    """Give a finished folder its name, with all of it on disk; return its path."""
    for path in (folder, *folder.rglob("*")):
        sync(path)
    release = published / RELEASES / release_id
    folder.rename(release)
    sync(release.parent)
    return release


def switch(published: Path, release_id: str) -> None:
    """Make a release the current one, in one step that no reader can see half done."""
    link = published / f".{CURRENT}.{uuid4().hex}"
    try:
        link.symlink_to(Path(RELEASES) / release_id, target_is_directory=True)
        link.replace(published / CURRENT)
    finally:
        link.unlink(missing_ok=True)
    sync(published)


def _data_file(folder: Path, path: Path) -> OutputFile:
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    media_type = next(kind for suffix, kind in MEDIA_TYPES.items() if path.name.endswith(suffix))
    size = (folder / path).stat().st_size
    return OutputFile(path=path.as_posix(), media_type=media_type, bytes=size, sha256=digest)
