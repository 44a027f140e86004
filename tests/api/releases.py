"""Small releases built by hand, as the contract says, without the pipeline."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from ontology.catalogue import Catalogue
from ontology.contract import (
    CURRENT,
    GONE,
    MANIFEST,
    RELEASES,
    STORE,
    Manifest,
    Notice,
    OutputFile,
    YearCounts,
)
from ontology.vocabulary import ONTOLOGY_IRI, codelists_turtle, vocabulary_turtle
from tests.api.catalogues import catalogue_quads, usual_catalogue, write_catalogue

BASE = "https://stadt.example/"
GOAL = f"{BASE}id/goal/2014-kulturamt-01"
CITY = Path(__file__).parent / "city.trig"
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "year": pl.Int32,
    "department": pl.String,
    "product_group": pl.String,
    "product_area": pl.String,
    "title": pl.String,
    "description": pl.String,
    "indicator": pl.String,
    "target": pl.Decimal(28, 6),
    "target_year": pl.Int32,
    "target_group": pl.String,
    "note": pl.String,
    "action_field_key": pl.String,
    "selection_state": pl.String,
    "attainment": pl.String,
}
GOALS: list[dict[str, object]] = [
    {
        "id": "2014-kulturamt-01",
        "product_group": "11.14.08",
        "title": "=Erfundenes Ziel eins <b>",
        "description": "Eine Beschreibung.",
        "target": Decimal("12.5"),
        "target_year": 2016,
        "action_field_key": "oeffnung; sprache",
        "selection_state": "ausgewählt",
        "attainment": "erreicht",
    },
    {
        "id": "2014-kulturamt-02",
        "product_group": "11.14",
        "title": "Erfundenes Ziel zwei",
        "selection_state": "ausgewählt",
    },
    {"id": "2014-kulturamt-03", "product_group": "26.30", "title": "Erfundenes Ziel drei", "note": "ÄRGER"},
    {"id": "2014-kulturamt-04", "product_group": "26.30-002", "title": "Erfundenes Ziel vier"},
    {"id": "2015-kulturamt-01", "title": "Wieder aufgenommenes Ziel", "selection_state": "übernommen"},
]
"""The goals of the sample city as rows of the table; some have more in them than the graph says."""
CSV = b"id,title\r\n2014-kulturamt-01,Ziel\r\n"
RELEASE = "20150101T000000.000000Z-aaaaaaaa"


def write_release(
    published: Path,
    release_id: str = RELEASE,
    *,
    more: list[ox.Quad] | None = None,
    catalogue: Callable[[Path], Catalogue] | None = usual_catalogue,
    gone: Mapping[str, str] | None = None,
    city: str = "Musterstadt",
) -> Path:
    """Write a release of the sample city with `more` quads; it is not the current one yet.

    `catalogue` makes its catalogue, if it has one; `gone` is what only earlier releases had.
    """
    folder = published / RELEASES / release_id
    (folder / "csv").mkdir(parents=True)
    (folder / "csv" / "goals-2014.csv").write_bytes(CSV)
    (folder / "secret.txt").write_text("not in the manifest")
    goals = _write_goals(folder / "parquet" / "goals.parquet")
    listed = catalogue(folder) if catalogue else None
    described = catalogue_quads(BASE, listed) if listed else []
    quads = _write_store(folder / STORE, [*(more or []), *described])
    if gone:
        (folder / GONE).write_text(json.dumps(gone))
    manifest = Manifest(
        id=release_id,
        created=datetime(2015, 1, 1, tzinfo=UTC),
        base_iri=BASE,
        city=city,
        notice=Notice(de="Alles ist erfunden.", en="Everything is invented."),
        code_version="0",
        shapes_version="0",
        content_sha256="0",
        previous=None,
        triples=quads,
        graphs=8,
        counts=(
            YearCounts(year=2014, submitted=6, selected=2, held_back=2, released=4, product_groups=1),
            YearCounts(year=2015, submitted=1, selected=1, held_back=0, released=1, product_groups=1),
        ),
        inputs=(),
        outputs=(
            OutputFile(
                path="csv/goals-2014.csv",
                media_type="text/csv",
                bytes=len(CSV),
                sha256=hashlib.sha256(CSV).hexdigest(),
            ),
            OutputFile(
                path="parquet/goals.parquet",
                media_type="application/vnd.apache.parquet",
                bytes=len(goals),
                sha256=hashlib.sha256(goals).hexdigest(),
            ),
        ),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json())
    if listed:
        for path, media_type in write_catalogue(folder, BASE, listed).items():
            add_file(folder, path, (folder / path).read_bytes(), media_type)
    return folder


def switch(published: Path, release_id: str = RELEASE) -> None:
    """Make a release the current one, in one step."""
    link = published / f".{release_id}"
    link.symlink_to(Path(RELEASES) / release_id)
    link.replace(published / CURRENT)


def _write_goals(path: Path) -> bytes:
    path.parent.mkdir()
    rows = [
        {
            "year": int(str(goal["id"])[:4]),
            "department": "kulturamt",
            "product_area": str(goal["product_group"])[:2] if "product_group" in goal else None,
            "selection_state": "nicht berücksichtigt",
            **goal,
        }
        for goal in GOALS
    ]
    pl.DataFrame(rows, schema=COLUMNS).write_parquet(path)
    return path.read_bytes()


def _write_store(path: Path, more: list[ox.Quad]) -> int:
    store = ox.Store(str(path))
    store.bulk_load(path=str(CITY), format=ox.RdfFormat.TRIG)
    for text in (vocabulary_turtle(), codelists_turtle()):
        store.bulk_load(text, ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ONTOLOGY_IRI))
    store.bulk_extend(more)
    store.flush()
    return len(store)


def add_file(folder: Path, path: str, content: bytes, media_type: str) -> None:
    """Add a data file to a release that is not served yet."""
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(content)
    manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    added = OutputFile(
        path=path, media_type=media_type, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    grown = manifest.model_copy(update={"outputs": (*manifest.outputs, added)})
    (folder / MANIFEST).write_text(grown.model_dump_json())
