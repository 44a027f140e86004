"""Goals per second of each stage, and peak memory, for one number of goals, in a process of its own."""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bench.generated import generate_city
from pipeline.catalogue.write import write_catalogue
from pipeline.exports.graphs import QUADS
from pipeline.mapping.documents import jsonld
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import RecordList
from pipeline.refresh import Refresh
from pipeline.release.data import write_data
from pipeline.release.folder import data_files
from pipeline.release.store import write_store
from pipeline.validation.judge import document_of

Outcome = TypeVar("Outcome")


def measure(goals: int) -> dict[str, float]:
    """Return the seconds of each stage for this many goals, and `peak_mb`, in one run."""
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Outcome]) -> Outcome:
        start = time.perf_counter()
        outcome = work()
        seconds[stage] = time.perf_counter() - start
        return outcome

    with tempfile.TemporaryDirectory() as folder:
        refresh = Refresh(generate_city(Path(folder), goals))
        (year,) = (y for y in refresh.years() if y == max(refresh.years()))
        city = refresh.city
        timed("take in", lambda: refresh.take_in(refresh.years()))
        read = timed("read", lambda: refresh.read(year))
        timed("map", lambda: _map(city, [file.records for file in read.files]))
        settled = timed("validate", lambda: refresh.check(year))
        out = Path(folder) / "out"
        out.mkdir()
        timed("export", lambda: _export(out, refresh, settled))
        more = {f"{city.iris.base}catalog": out / "catalog/catalog.nt"}
        timed("store", lambda: write_store(out / "store", out / QUADS, more))
    seconds["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds


def _map(city: Masterdata, lists: list[RecordList | None]) -> None:
    for records in lists:
        if records is None:
            continue
        document = document_of(city, records)
        jsonld(document.name, list(document.all_nodes()))


def _export(out: Path, refresh: Refresh, settled: CheckedYear) -> None:
    _, rows = write_data(out, refresh.city, [settled], ())
    write_catalogue(
        out,
        refresh.city,
        years=[settled.year],
        rows=rows,
        files=data_files(out),
        before=None,
        now=datetime.now(UTC),
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
