"""Compressed twins of the larger text files: `x.csv.gz` beside `x.csv`, for those who read gzip.

Made once for each release, so that nobody compresses when a file is asked for.
"""

import gzip
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

TWIN: Final = ".gz"
LEAST: Final = 1024
"""Bytes; a smaller file gains nothing."""
DATA: Final = ("csv/*.csv", "csv/exact/*.csv", "csv/*.json", "rdf/*", "*.json")
CATALOGUE: Final = ("catalog/catalog.*",)
"""Where files are that get a twin: patterns below the folder of a release."""
_PIECE: Final = 1 << 20
_AT_A_TIME: Final = 2


def write_twins(folder: Path, places: Iterable[str] = DATA) -> None:
    """Write the twins of the files in `folder`. The same file gives the same twin: no name, no time."""
    paths = [path for place in places for path in sorted(folder.glob(place))]
    large = [path for path in paths if path.suffix != TWIN and path.stat().st_size > LEAST]
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(_write_twin, large))


def _write_twin(path: Path) -> None:
    with (
        path.open("rb") as plain,
        path.with_name(path.name + TWIN).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, _PIECE)
