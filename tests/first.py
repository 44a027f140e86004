"""First releases, each published once in a session of tests: publishing takes a second."""

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path

from ontology.contract import CURRENT, current_release
from pipeline.refresh import Refresh
from tests.city import SampleCity

_made: dict[str, Path] = {}
"""Folders with `published` and `work` as publishing left them, by what was handed in."""


def first_release(city: SampleCity) -> Path:
    """Publish what is handed in, for the first time, and return the folder of the release.

    The same forms were perhaps published by another test before: then this is a copy, of its own. Not for
    tests that change how publishing works, or how it is set.
    """
    assert city.settings == SampleCity.settings_of(city.raw.parent)
    assert not (city.published / CURRENT).exists()
    key = _digest(city.raw)
    if key in _made:
        shutil.copytree(_made[key], city.raw.parent, symlinks=True, dirs_exist_ok=True)
    else:
        Refresh(city.settings).run()
        _made[key] = _kept(city)
    return current_release(city.published)


def _kept(city: SampleCity) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="stadtziele-first-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for made in (city.published, city.settings.work_folder):
        shutil.copytree(made, folder / made.name, symlinks=True)
    return folder


def _digest(raw: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in raw.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(raw)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
