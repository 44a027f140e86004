"""The quality of the catalogue as a page: the score that data.europa.eu would give, and what is missing.

Measured when the release was made; here it is only shown.
"""

from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.catalogue import find_catalogue
from api.parameters import LANGUAGE, refuse_unknown
from api.problems import not_found
from api.releases import Release
from api.state import InHouse, InRelease
from api.texts import Language
from ontology.iris import Iris
from ontology.quality import (
    DIMENSION_NAMES,
    DIMENSIONS,
    METRICS,
    MOST,
    Quality,
    most_points,
    rating,
    read_quality,
)

router = APIRouter(tags=["catalogue"], dependencies=[Depends(refuse_unknown(LANGUAGE))])

RATINGS: Final = {
    "excellent": ("ausgezeichnet", "excellent"),
    "good": ("gut", "good"),
    "sufficient": ("ausreichend", "sufficient"),
    "bad": ("schlecht", "bad"),
}
MOST_NAMED: Final = 5
"""So many distributions are named where something is missing."""


@router.get("/quality", response_class=Response)
async def quality(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show the score of the catalogue by dimension, metric and dataset (Metadata Quality Assessment)."""
    found = _quality(release)
    language = house.pages.language(request)
    return house.pages.render(
        request,
        "quality.html",
        quality=found,
        titles=_titles(release, language),
        dimensions=[(name, DIMENSION_NAMES[name], most_points(name)) for name in DIMENSIONS],
        metrics=METRICS,
        most=MOST,
        rating=RATINGS[rating(found.points("best"))],
        points=lambda value: _points(value, language),
        shown=MOST_NAMED,
    )


def _quality(release: Release) -> Quality:
    """Return what was measured, which is read once. Raises `ProblemError` where nothing was."""
    if "quality" not in release.memo:
        release.memo["quality"] = read_quality(release.folder)
    found: Quality | None = release.memo["quality"]
    if found is None:
        raise not_found(f"The quality of the catalogue was not measured for release {release.id}.")
    return found


def _titles(release: Release, language: Language) -> dict[str, str]:
    """Return what the datasets are called, by their IRIs."""
    catalogue, iris = find_catalogue(release), Iris(release.base)
    datasets = catalogue.datasets if catalogue else ()
    return {iris.dataset(dataset.key): getattr(dataset.title, language) for dataset in datasets}


def _points(points: float, language: Language) -> str:
    """Return points with at most two decimals, which are cut and not rounded: nothing less looks full."""
    text = f"{int(points * 100 + 1e-6) / 100:g}"
    return text if language == "en" else text.replace(".", ",")
