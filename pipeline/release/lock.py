"""One publisher at a time. The lock goes with the process, so a killed run leaves none behind."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ontology.errors import ReleaseError

LOCK: Final = ".lock"


@contextmanager
def publishing(published: Path) -> Iterator[None]:
    """Hold the lock of a folder of releases; raises `ReleaseError` if another run holds it."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(
                f"Another run is publishing to {published}. Try again when it has ended."
            ) from error
        yield
