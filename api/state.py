"""What the routes of one application share, and how they get at it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from api.pages import Pages
from api.query.service import QueryService
from api.releases import Release, Releases
from ontology.settings import Settings


@dataclass(frozen=True)
class House:
    """Everything that lives as long as the application.

    Queries of the public and our own run in separate workers: whoever keeps the former busy does not
    keep anybody from reading the pages.
    """

    settings: Settings
    releases: Releases
    public: QueryService
    own: QueryService
    pages: Pages


def house(request: Request) -> House:
    """Return what the application of a request shares."""
    return cast("House", request.app.state.house)


def current_release(request: Request) -> Release:
    """Return the release in force. Raises `NoReleaseError` (answered with 503) where there is none."""
    return house(request).releases.current()


InHouse = Annotated[House, Depends(house)]
InRelease = Annotated[Release, Depends(current_release)]
