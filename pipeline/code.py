"""Which code made something: the version and a fingerprint of the source files."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import ontology

_ROOMS = (Path(ontology.__file__).parent, Path(__file__).parent)


@cache
def code_version() -> str:
    """Return version and fingerprint of `ontology` and `pipeline`, e.g. ``0.1.0+3f2a9c01b4de``."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted(p for p in room.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(path.relative_to(room.parent).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{version('stadtziele')}+{digest.hexdigest()[:12]}"
