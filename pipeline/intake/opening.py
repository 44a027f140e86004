"""Reading a file that somebody else may be writing at this moment."""

import os
from pathlib import Path

from ontology.errors import UnreadableFileError


def read_whole(file: Path, limit: int) -> bytes:
    """Return the content of a file of at most `limit` bytes.

    Raises `UnreadableFileError` for one that is larger, that changes while it is read, or that cannot be
    opened.
    """
    try:
        with file.open("rb") as opened:
            before = os.fstat(opened.fileno())
            data = opened.read(limit + 1)
            after = os.fstat(opened.fileno())
    except OSError as error:
        raise UnreadableFileError("file-unreadable", *_why_closed(error)) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise UnreadableFileError("file-being-written", "", "")
    if len(data) > limit:
        size = f"{limit / 1_000_000:g} MB"
        raise UnreadableFileError("file-too-large", f"über {size}", f"over {size}")
    return data


def _why_closed(error: OSError) -> tuple[str, str]:
    """Return in German and English why a file cannot be opened."""
    match error:
        case FileNotFoundError():
            return "es gibt sie nicht", "there is none"
        case IsADirectoryError():
            return "es ist ein Ordner", "it is a folder"
        case PermissionError():
            return "es fehlt das Recht, sie zu lesen", "there is no right to read it"
        case _:
            return error.strerror or str(error), error.strerror or str(error)
