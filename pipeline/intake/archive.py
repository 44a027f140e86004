"""The archive: a copy of every file that was ever taken in, by its SHA-256, and a log of when.

All later steps read from here, so that a file that is being written at this moment is seen once and
the same in all of them, and nothing that was handed in is ever lost.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipeline.atomic import write_atomically

LOG: Final = "intake.jsonl"


class Archive:
    """The archive in the work folder."""

    def __init__(self, work: Path) -> None:
        self.folder = work / "archive"
        self.log = work / LOG
        self._logged = _read_log(self.log)

    def keep(self, path: str, data: bytes, source: str | None) -> str:
        """Keep a file and return its SHA-256; log it where path and content are new together."""
        digest = hashlib.sha256(data).hexdigest()
        copy = self._copy(digest)
        if not copy.exists():
            write_atomically(copy, data)
        if (path, digest) not in self._logged:
            entry = {
                "taken_in": datetime.now(UTC).isoformat(timespec="seconds"),
                "path": path,
                "sha256": digest,
                "bytes": len(data),
                "source": source,
            }
            self.log.parent.mkdir(parents=True, exist_ok=True)
            with self.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._logged.add((path, digest))
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of a file that was kept."""
        return self._copy(digest).read_bytes()

    def _copy(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _read_log(log: Path) -> set[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    if not log.exists():
        return seen
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            seen.add((entry["path"], entry["sha256"]))
        except (ValueError, KeyError):  # the last line of a run that was killed
            continue
    return seen
