"""Follows what is published: `current` is looked up for each request, which costs microseconds.

A request keeps the release that it began with. A switch in between changes nothing for it: the
folder of the former release stays where it is.
"""

import hashlib
import logging
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ontology.contract import MANIFEST, RELEASES, STORE, Manifest, OutputFile, current_release, read_manifest
from ontology.errors import NoReleaseError, ReleaseError, UnknownReleaseError
from ontology.events import Log, longest_log

KEPT: Final = 4
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Release:
    """A release that is served. `memo` keeps what is worked out once for each release."""

    folder: Path
    manifest: Manifest
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Return the id, which is also the name of the folder."""
        return self.folder.name

    @property
    def store(self) -> str:
        """Return the path of the Oxigraph store."""
        return str(self.folder / STORE)

    @property
    def base(self) -> str:
        """Return the base of the IRIs, ending in a slash."""
        return self.manifest.base_iri

    def output(self, path: str) -> OutputFile | None:
        """Return what the manifest says about a data file, or None if it does not name it."""
        return next((output for output in self.manifest.outputs if output.path == path), None)

    def read(self, path: str) -> bytes:
        """Return the content of a data file that fits in memory easily.

        Raises `ReleaseError` if it cannot be read or is not what the manifest says, to the last byte.
        """
        output = self.output(path)
        try:
            content = (self.folder / path).read_bytes()
        except OSError as error:
            raise ReleaseError(f"{path} of the release {self.id} cannot be read.") from error
        if output is None or hashlib.sha256(content).hexdigest() != output.sha256:
            raise ReleaseError(f"{path} of the release {self.id} is not what its manifest says.")
        return content


class Releases:
    """The releases of one folder; the manifest of each is read once."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._known: dict[Path, Release] = {}
        self._latest: Release | None = None
        self._log: tuple[tuple[str, int], Release, Log] | None = None

    def current(self) -> Release:
        """Return the release that `current` leads to.

        If it cannot be read, the one served before stays. Raises `NoReleaseError` or `ReleaseError`
        where nothing can be served.
        """
        try:
            self._latest = self._open(current_release(self._published))
        except ReleaseError as error:
            if self._latest is None or not self._latest.folder.is_dir():
                raise
            log.warning("Release %s stays in force: %s", self._latest.id, error)
        return self._latest

    def by_id(self, release_id: str) -> Release:
        """Return the release with this id. Raises `UnknownReleaseError`."""
        if not self.has(release_id):
            raise UnknownReleaseError(f"There is no release {release_id!r}.")
        return self._open((self._published / RELEASES / release_id).resolve())

    def longest_log(self) -> tuple[Release, Log]:
        """Return the longest log of events, and the release that has it.

        It is looked for again once a release comes or goes. Raises `NoReleaseError` where there is none.
        """
        base = self.current().base
        seen = (base, (self._published / RELEASES).stat().st_mtime_ns)
        if self._log is None or self._log[0] != seen:
            found = longest_log(self._published, base)
            if found is None:
                raise NoReleaseError("No release has a log of events. Publish again.")
            self._log = (seen, self._open(found[0].resolve()), found[1])
        return self._log[1], self._log[2]

    def has(self, release_id: str) -> bool:
        """Tell whether there is a release with this id."""
        folder = self._published / RELEASES / release_id
        return _ID.fullmatch(release_id) is not None and (folder / MANIFEST).is_file()

    def _open(self, folder: Path) -> Release:
        if folder not in self._known:
            self._known[folder] = Release(folder, read_manifest(folder))
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        return self._known[folder]
