"""The releases that there are, and going back to one of them."""

from pathlib import Path

from ontology.contract import RELEASES, Manifest, current_release, read_manifest
from ontology.errors import NoReleaseError, ReleaseError
from pipeline.release.folder import switch
from pipeline.release.lock import publishing


def list_releases(published: Path) -> list[Manifest]:
    """Return the manifests of all releases, newest first."""
    folders = sorted((published / RELEASES).glob("[!.]*"), reverse=True)
    return [read_manifest(folder) for folder in folders]


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

    Raises `ReleaseError` where there is none to go back to.
    """
    with publishing(published):
        if name is None:
            name = read_manifest(current_release(published)).previous
            if name is None:
                raise ReleaseError("The current release is the first; there is none before it.")
        target = find_release(published, name)
        manifest = read_manifest(target)
        switch(published, target.name)
    return manifest
