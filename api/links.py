"""Addresses that many answers name: those within a certain release, and the description of the whole."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

RELEASE_ID: Final = "release_id"
"""The part of a path that names a certain release."""

VOID_PATH: Final = ".well-known/void"


def folder_of(path_params: Mapping[str, Any]) -> str:
    """Return the beginning of all addresses of the release that a path names; empty for the current."""
    named = path_params.get(RELEASE_ID)
    return release_folder(named) if named else ""


def release_folder(release_id: str) -> str:
    """Return the beginning of all addresses of a certain release."""
    return f"/releases/{quote(release_id)}"


def whole_data_link(folder: str) -> str:
    """Return the value of a `Link` header for whoever met a limit; `folder` as above."""
    return f'<{folder}/datasets/>; rel="related"; title="the whole data"'


def void_link(folder: str) -> str:
    """Return the value of a `Link` header; `folder` is that of a fixed release, or empty."""
    return f'<{folder}/{VOID_PATH}>; rel="describedby"'
