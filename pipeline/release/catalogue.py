"""The releases that there are, and going back to one of them."""

from collections.abc import Iterator
from pathlib import Path

from ontology.contract import RELEASES, Manifest, current_release, read_manifest
from ontology.errors import NoReleaseError, ReleaseError
from pipeline.release.folder import switch
from pipeline.release.lock import publishing


def list_releases(published: Path) -> list[Manifest]:
    """Return the manifests of all releases, newest first, but for those that are damaged."""
    return [manifest for _, manifest in _folders(published) if manifest]


def damaged_releases(published: Path) -> list[str]:
    """Return the names of the folders of releases whose manifest cannot be read, newest first."""
    return [folder.name for folder, manifest in _folders(published) if manifest is None]


def _folders(published: Path) -> Iterator[tuple[Path, Manifest | None]]:
    for folder in sorted((published / RELEASES).glob("[!.]*"), reverse=True):
        try:
            yield folder, read_manifest(folder)
        except ReleaseError:
            yield folder, None


def current_id(published: Path) -> str | None:
    """Return the id of the current release, or None."""
    try:
        return current_release(published).name
    except NoReleaseError:
        return None


def find_release(published: Path, name: str) -> Path:
    """Return the folder of a release by its id or its unambiguous beginning; `current` works too.

    Raises `ReleaseError` naming the releases that there are.
    """
    if name == "current":
        return current_release(published)
    ids = [manifest.id for manifest in list_releases(published)]
    matches = [name] if name in ids else [release for release in ids if release.startswith(name)]
    if len(matches) != 1:
        known = ", ".join(ids) or "none"
        problem = "no release" if not matches else "several releases"
        raise ReleaseError(f"{problem} {name!r} in {published}; there are: {known}.")
    return published / RELEASES / matches[0]


def roll_back(published: Path, name: str | None = None) -> Manifest:
    """Make an earlier release the current one: the named one, else the one before the current.

    Where the current one is damaged, that is the newest one made before it. Raises `ReleaseError` where there
    is none to go back to.
    """
    with publishing(published):
        if name is None:
            name = _former(published)
            if name is None:
                raise ReleaseError("The current release is the first; there is none before it.")
        target = find_release(published, name)
        manifest = read_manifest(target)
        switch(published, target.name)
    return manifest


def _former(published: Path) -> str | None:
    current = current_release(published)
    try:
        return read_manifest(current).previous
    except ReleaseError:
        ids = (manifest.id for manifest in list_releases(published))  # ids begin with their time
        return next((name for name in ids if name < current.name), None)
