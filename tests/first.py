"""Releases that several tests begin with, each published once in a session: publishing takes a second."""

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path

from ontology.contract import CURRENT, RELEASES, current_release
from pipeline.refresh import Refresh
from tests.city import SampleCity

_made: dict[str, Path] = {}
"""Folders with `published` and `work` as publishing left them, by what was handed in and published before."""


def first_release(city: SampleCity) -> Path:
    """Publish what is handed in, for the first time, and return the folder of the release."""
    assert not (city.published / CURRENT).exists()
    return known_release(city)


def known_release(city: SampleCity) -> Path:
    """Publish what is handed in, and return the folder of the release.

    If another test published the same after the same releases, this is a copy, of its own. Not for tests
    that change how publishing works, or how it is set.
    """
    assert city.settings == SampleCity.settings_of(city.raw.parent)
    key = _digest(city)
    if key not in _made:
        Refresh(city.settings).run()
        _made[key] = Path(tempfile.mkdtemp(prefix="stadtziele-known-"))
        atexit.register(shutil.rmtree, _made[key], ignore_errors=True)
        _copy(city.raw.parent, _made[key])
    else:
        _copy(_made[key], city.raw.parent)
    return current_release(city.published)


def _copy(source: Path, target: Path) -> None:
    for name in ("published", "work"):
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(source / name, target / name, symlinks=True)


def _digest(city: SampleCity) -> str:
    """Return a digest of the files in the raw folder, and of the releases there are."""
    digest = hashlib.sha256()
    for file in sorted(path for path in city.raw.rglob("*") if path.is_file()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(city.raw)}\0{content}\n".encode())
    releases = sorted(path.name for path in (city.published / RELEASES).glob("*"))
    digest.update("\n".join([*releases, (city.published / CURRENT).resolve().name]).encode())
    return digest.hexdigest()
