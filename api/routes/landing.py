"""Landing pages: the HTML of a dataset, of the series of budget years, and of the catalogue.

The routes are those of things (`api.routes.entities`) and of the catalogue (`api.routes.catalog`); here is
what they show to people.
"""

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.caching import caching, tag_of
from api.catalogue import find_catalogue, groups
from api.entities.description import Describer
from api.entities.facts import Facts
from api.entities.gone import last_release_of
from api.landing import schemaorg, texts
from api.landing.citing import citations
from api.landing.examples import example_of, interface_of
from api.landing.page import gather, in_order
from api.landing.signposting import signposts
from api.links import release_folder
from api.pages import VARY, language_of, within
from api.query.formats import GRAPHS
from api.releases import Release
from api.state import House
from api.texts import Language
from ontology.catalogue import Catalogue, Dataset, Text
from ontology.columns import TABLES
from ontology.contract import WHOLE
from ontology.errors import ReleaseError
from ontology.events import LOG
from ontology.iris import Iris

_DATASETS: Final = "dataset/"
SERIES: Final = "goals"
"""The path of the series of all budget years below ``dataset/``; the keys of its datasets begin with it."""
FEED: Final = "/feed.atom"
DIFFERENCES: Final = "/diff"


@dataclass(frozen=True)
class Found:
    """A dataset of a catalogue. `gone` tells that `release` is not the one asked but the last that had it."""

    release: Release
    catalogue: Catalogue
    dataset: Dataset
    gone: bool = False


async def landing_page(
    request: Request, house: House, release: Release, name: str, headers: dict[str, str]
) -> Response | None:
    """Return the page of a dataset or of the series by the path of its document; None if it is neither.

    What a former release had last is shown as it was, with the status 410.
    """
    key = name.removeprefix(_DATASETS)
    if key == name:
        return None
    if found := _find(house, release, key):
        return await _dataset_page(request, house, found, headers)
    catalogue = find_catalogue(release)
    years = groups(catalogue)[0] if catalogue and key == SERIES else []
    if not catalogue or not years:
        return None
    return house.pages.render(
        request, "series.html", headers=headers, catalogue=catalogue, years=years, formats=GRAPHS, name=name
    )


def catalogue_page(
    request: Request, house: House, release: Release, catalogue: Catalogue, links: list[str]
) -> Response:
    """Return the page of the catalogue; `links` are those to its other formats."""
    language = language_of(request)
    headers = {
        "Vary": VARY,
        "Link": ", ".join(links),
        **caching(request, release, tag_of(release.id, "catalogue", language)),
    }
    return house.pages.render(
        request,
        "catalog.html",
        headers=headers,
        catalogue=catalogue,
        groups=groups(catalogue),
        descriptions={d.key: _without_notice(release, d.description) for d in catalogue.datasets},
        files={d.key: in_order(d) for d in catalogue.datasets},
        base=f"{release.base}{within(request)[1:]}/" if within(request) else release.base,
        document=schemaorg.catalogue_document(release, catalogue, language),
        formats=GRAPHS,
        news=_news(release),
    )


def _find(house: House, release: Release, key: str) -> Found | None:
    """Return a dataset by its key, from the release or from the last one that had it."""
    if found := _in_catalogue(release, key):
        return found
    former = last_release_of(release, f"{_DATASETS}{key}")
    try:
        known = _in_catalogue(house.releases.by_id(former), key) if former else None
    except ReleaseError:
        return None
    return Found(known.release, known.catalogue, known.dataset, gone=True) if known else None


def _in_catalogue(release: Release, key: str) -> Found | None:
    catalogue = find_catalogue(release)
    dataset = catalogue.get(key) if catalogue else None
    return Found(release, catalogue, dataset) if catalogue and dataset else None


async def _dataset_page(request: Request, house: House, found: Found, headers: dict[str, str]) -> Response:
    release, catalogue, dataset = found.release, found.catalogue, found.dataset
    language, folder = language_of(request), within(request)
    name = f"{_DATASETS}{dataset.key}"
    if found.gone:
        folder, told = release_folder(release.id), _as_gone(headers, release, name)
    else:
        links = (headers["Link"], signposts(release, catalogue, dataset, GRAPHS, folder))
        told = headers | {"Link": ", ".join(links)}
    shown = await gather(house, release, dataset, folder, language)
    table = TABLES.get(dataset.table or "")
    columns = table.columns if table else ()
    return house.pages.render(
        request,
        "dataset.html",
        status=410 if found.gone else 200,
        headers=told,
        name=name,
        iri=Iris(release.base).dataset(dataset.key),
        former=release if found.gone else None,
        catalogue=catalogue,
        dataset=dataset,
        shown=shown,
        columns=columns,
        description=_without_notice(release, dataset.description),
        texts=texts,
        citations=citations(release, catalogue, dataset, language),
        example=example_of(dataset, release.base),
        interface=interface_of(dataset),
        document=schemaorg.dataset_document(release, catalogue, dataset, columns, language),
        facts=await _void(house, release, language) if dataset.key == WHOLE else None,
        formats=GRAPHS,
        news=_news(release),
    )


def _as_gone(headers: dict[str, str], last: Release, name: str) -> dict[str, str]:
    """Return the headers of a page that there is no more: nobody need ask whether it changed."""
    kept = {key: value for key, value in headers.items() if key not in {"ETag", "Last-Modified"}}
    predecessor = f'<{release_folder(last.id)}/doc/{name}>; rel="predecessor-version"'
    return kept | {"Link": f"{headers['Link']}, {predecessor}"}


async def _void(house: House, release: Release, language: Language) -> Facts | None:
    """Return what the description of the whole in VoID says."""
    iri = Iris(release.base).dataset(WHOLE)
    found = await Describer(house.own, release).describe(iri, f"{release.base}doc/{_DATASETS}{WHOLE}")
    return Facts(found, language) if found else None


def _without_notice(release: Release, text: Text) -> Text:
    """Return a description without the notice, which stands on every page."""
    notice = release.manifest.notice
    if notice is None:
        return text
    return Text(de=text.de.removesuffix(notice.de).strip(), en=text.en.removesuffix(notice.en).strip())


def _news(release: Release) -> tuple[str, ...]:
    """Return where it is told what changed: a feed if there is a log of events, and the diff."""
    feed = FEED if release.output(LOG) else None
    return tuple(filter(None, (feed, DIFFERENCES if release.manifest.previous else None)))
