"""Datasets and the catalogue for search engines: schema.org `Dataset` and `DataCatalog` as JSON-LD.

After what Google's Dataset Search asks for: a name, a description of 50 to 5,000 characters, and as much
else as is known. Texts are in the language of the page; a page puts it into its HTML escaped.
"""

from collections.abc import Sequence
from typing import Any, Final

from api.landing.texts import AUDIENCE
from api.releases import Release
from api.texts import Language
from ontology.catalogue import Catalogue, Dataset, Distribution, Text
from ontology.columns import Column
from ontology.contract import RELEASES
from ontology.iris import Iris

CONTEXT: Final = "https://schema.org/"
LANGUAGES: Final = ("de", "en")
LEAST, MOST = 50, 5_000
"""How long a description may be."""


def dataset_document(
    release: Release, catalogue: Catalogue, dataset: Dataset, columns: Sequence[Column], lang: Language
) -> dict[str, Any]:
    """Return what a search engine reads of a dataset; `columns` are those of its table."""
    facts = catalogue.facts
    iri = Iris(release.base).dataset(dataset.key)
    city = _organisation(release, catalogue, lang)
    title = _in(dataset.title, lang)
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": iri,
        "identifier": iri,
        "name": title,
        "description": _fitting(_in(dataset.description, lang), _in(AUDIENCE[dataset.kind], lang)),
        "url": f"{release.base}doc/dataset/{dataset.key}",
        "license": facts.licence.url,
        "creator": city,
        "publisher": city,
        "creditText": facts.licence.attribution,
        "temporalCoverage": f"{dataset.start}/{dataset.end}",
        "spatialCoverage": _place(catalogue),
        "keywords": list(_in_words(dataset, lang)),
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "datePublished": dataset.issued.isoformat(),
        "dateModified": dataset.modified.isoformat(),
        "version": dataset.modified.isoformat(),
        "includedInDataCatalog": _catalogue(release, catalogue, lang),
        "distribution": [_download(release, item, title, lang) for item in dataset.distributions],
    }
    if columns:
        document["variableMeasured"] = [
            {
                "@type": "PropertyValue",
                "propertyID": column.name,
                "name": _in(column.title, lang),
                "description": _in(column.description, lang),
            }
            for column in columns
        ]
    return document


def catalogue_document(release: Release, catalogue: Catalogue, lang: Language) -> dict[str, Any]:
    """Return what a search engine reads of the catalogue: what it is, and which datasets it has."""
    facts = catalogue.facts
    titles = "; ".join(_in(dataset.title, lang) for dataset in catalogue.datasets)
    return {
        "@context": CONTEXT,
        **_catalogue(release, catalogue, lang),
        "description": _fitting(_in(facts.description, lang), f"{titles}."),
        "license": facts.licence.url,
        "publisher": _organisation(release, catalogue, lang),
        "spatialCoverage": _place(catalogue),
        "keywords": list(facts.keywords.en if lang == "en" else facts.keywords.de),
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "datePublished": catalogue.issued.isoformat(),
        "dateModified": catalogue.modified.isoformat(),
        "dataset": [
            {
                "@type": "Dataset",
                "@id": Iris(release.base).dataset(dataset.key),
                "name": _in(dataset.title, lang),
                "description": _fitting(_in(dataset.description, lang), _in(AUDIENCE[dataset.kind], lang)),
                "url": f"{release.base}doc/dataset/{dataset.key}",
                "license": facts.licence.url,
            }
            for dataset in catalogue.datasets
        ],
    }


def _catalogue(release: Release, catalogue: Catalogue, lang: Language) -> dict[str, Any]:
    address = f"{release.base}catalog"
    name = _in(catalogue.facts.title, lang)
    return {"@type": "DataCatalog", "@id": address, "name": name, "url": address}


def _organisation(release: Release, catalogue: Catalogue, lang: Language) -> dict[str, Any]:
    return {
        "@type": "GovernmentOrganization",
        "@id": Iris(release.base).city(),
        "name": _in(catalogue.publisher, lang),
        "url": catalogue.homepage,
    }


def _place(catalogue: Catalogue) -> dict[str, Any]:
    place = catalogue.facts.place
    found: dict[str, Any] = {"@type": "Place", "name": place.name}
    if place.latitude is not None and place.longitude is not None:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return found


def _download(release: Release, item: Distribution, title: str, lang: Language) -> dict[str, Any]:
    folder = f"{RELEASES}/{item.release}/" if item.release else ""
    return {
        "@type": "DataDownload",
        "name": f"{title}: {_in(item.title, lang)}",
        **({"description": _in(item.description, lang)} if item.description else {}),
        "contentUrl": f"{release.base}{folder}datasets/{item.path}",
        "encodingFormat": ["application/gzip", item.media_type] if item.packed else item.media_type,
        "contentSize": f"{item.bytes} B",
        "sha256": item.sha256,
        "dateModified": item.modified.isoformat(),
    }


def _in(text: Text, lang: Language) -> str:
    return text.en if lang == "en" else text.de


def _in_words(dataset: Dataset, lang: Language) -> tuple[str, ...]:
    return dataset.keywords.en if lang == "en" else dataset.keywords.de


def _fitting(text: str, more: str) -> str:
    """Return a description that is long enough, with `more` if need be, and not too long."""
    whole = text if len(text) >= LEAST else f"{text} {more}"
    return whole if len(whole) <= MOST else f"{whole[: MOST - 1]}…"
