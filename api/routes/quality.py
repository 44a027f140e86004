"""The quality of the catalogue as a page: the score that data.europa.eu would give, and what is missing.

Measured when the release was made; here it is only shown.
"""

from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.catalogue import find_catalogue
from api.negotiation import by_suffix, choose
from api.pages import within
from api.parameters import LANGUAGE, refuse_unknown
from api.problems import not_acceptable, not_found
from api.query.formats import GRAPHS, HTML
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
MEASUREMENTS: Final = "catalog/quality"
"""The path of the graph of all measurements, and of the files with them."""
OFFERS: Final = (*(offer for suffix in ("ttl", "nt") if (offer := by_suffix(suffix, GRAPHS))), HTML)
"""The formats in which a release has them, and the page."""
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


@router.get(f"/{MEASUREMENTS}", status_code=303, response_class=Response)
async def measurements(request: Request) -> Response:
    """Lead from the graph of all measurements to the file with them, or to the page."""
    offer = choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in OFFERS))
    path = "quality" if offer is HTML else f"datasets/{MEASUREMENTS}.{offer.suffix}"
    query = f"?{request.url.query}" if offer is HTML and request.url.query else ""
    return RedirectResponse(f"{within(request)}/{path}{query}", 303, headers={"Vary": "Accept"})


@router.get(f"/{MEASUREMENTS}/scoring", status_code=303, response_class=Response)
async def score(request: Request) -> Response:
    """Lead from the measurement of the whole catalogue, all points together, to where it is told."""
    return await measurements(request)


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
