"""What earlier releases had and a release has not."""

from api.releases import Release
from ontology.contract import read_gone


def last_release_of(release: Release, path: str) -> str | None:
    """Return the id of the last release that had a thing by the path of its IRI, None if none is known."""
    if "gone" not in release.memo:
        release.memo["gone"] = read_gone(release.folder)
    gone: dict[str, str] = release.memo["gone"]
    return gone.get(path)
