"""JSON documents in the folder of a release, read as what they are meant to be."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from ontology.errors import ReleaseError

T = TypeVar("T")


def read_document(path: Path, kind: type[T]) -> T | None:
    """Return the document in a file of a release, None if the release has none.

    Raises `ReleaseError` if it cannot be read.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise damaged(path, error) from error
    return parse_document(content, kind, path)


def parse_document(content: bytes, kind: type[T], path: Path) -> T:
    """Return the document that was read from a file of a release. Raises `ReleaseError` if it is none."""
    try:
        return TypeAdapter(kind).validate_json(content)
    except ValidationError as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> ReleaseError:
    """Return the error about a file of a release that is not as it was published, with the remedy."""
    return ReleaseError(
        f"{path} cannot be read ({error.__class__.__name__}); the release is damaged. Restore its folder "
        "from a backup. If there is none: go back if it is the current one (`stadtziele rollback`), move its "
        "folder away, and publish again."
    )
