"""What search engines read of the datasets, read with a library that others wrote."""

from pathlib import Path
from typing import Any

import extruct
import httpx
import pytest

from api.landing.schemaorg import LEAST, MOST, dataset_document
from api.releases import Release
from ontology.catalogue import Text
from ontology.columns import TABLES
from ontology.contract import read_manifest
from tests.api.catalogues import FACTS, catalogue_of, dataset_of, file_of, usual_catalogue
from tests.api.releases import BASE, CSV, RELEASE, write_release
from tests.api.test_pages import BROWSER

pytestmark = pytest.mark.anyio


async def read(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    response = await client.get(address, headers=BROWSER)
    assert response.status_code == 200
    (found,) = extruct.extract(response.text, syntaxes=["json-ld"])["json-ld"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("folder", ["", f"/releases/{RELEASE}"])
async def test_a_dataset(client: httpx.AsyncClient, folder: str) -> None:
    found = await read(client, f"{folder}/doc/dataset/goals/2014?lang=en")
    iri = f"{BASE}dataset/goals/2014"
    city = {
        "@type": "GovernmentOrganization",
        "@id": f"{BASE}id/city",
        "name": "Sample City",
        "url": "https://musterstadt.example/",
    }
    measured = found.pop("variableMeasured")
    (download,) = found.pop("distribution")
    assert found == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": iri,
        "identifier": iri,
        "name": "Dataset goals 2014",
        "description": "What the departments of Sample City planned to do. Everything is invented.",
        "url": f"{BASE}doc/dataset/goals/2014",
        "license": FACTS.licence.url,
        "creator": city,
        "publisher": city,
        "creditText": "Musterstadt",
        "temporalCoverage": "2014-01-01/2014-12-31",
        "spatialCoverage": {
            "@type": "Place",
            "name": "Musterstadt",
            "geo": {"@type": "GeoCoordinates", "latitude": 48.7, "longitude": 9.3},
        },
        "keywords": ["goals", "budget plan"],
        "inLanguage": ["de", "en"],
        "isAccessibleForFree": True,
        "datePublished": "2015-01-01T00:00:00+00:00",
        "dateModified": "2015-01-01T00:00:00+00:00",
        "version": "2015-01-01T00:00:00+00:00",
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{BASE}catalog",
            "name": "Goals of Sample City",
            "url": f"{BASE}catalog",
        },
    }
    assert download["@type"] == "DataDownload"
    assert download["contentUrl"] == f"{BASE}datasets/csv/goals-2014.csv"
    assert download["encodingFormat"] == "text/csv"
    assert download["contentSize"] == f"{len(CSV)} B"
    content = await client.get(download["contentUrl"].removeprefix(BASE[:-1]))
    assert content.headers["etag"] == f'"{download["sha256"]}"'
    assert [item["propertyID"] for item in measured] == [column.name for column in TABLES["goals"].columns]
    assert all(item["name"] and item["description"] for item in measured)


async def test_the_catalogue_names_its_datasets(client: httpx.AsyncClient) -> None:
    found = await read(client, "/catalog")
    assert found["@type"] == "DataCatalog"
    assert found["name"] == "Ziele der Musterstadt"
    assert {dataset["url"] for dataset in found["dataset"]} == {
        f"{BASE}doc/dataset/{key}" for key in ("all", "goals/2014", "plan", "statistics")
    }
    assert LEAST <= len(found["description"]) <= MOST


@pytest.mark.parametrize("length", [1, LEAST - 1, LEAST, MOST, MOST + 1, 3 * MOST])
def test_a_description_is_as_long_as_search_engines_want_it(tmp_path: Path, length: int) -> None:
    folder = write_release(tmp_path)
    release = Release(folder, read_manifest(folder))
    text = Text(de="ü" * length, en="ü" * length)
    dataset = dataset_of("all").model_copy(update={"description": text})
    document = dataset_document(release, catalogue_of(dataset), dataset, (), "de")
    assert LEAST <= len(document["description"]) <= MOST
    assert document["description"].startswith("ü" * min(length, MOST - 1))
    assert "variableMeasured" not in document


def test_files_of_former_releases_and_packed_ones(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    release = Release(folder, read_manifest(folder))
    file = file_of(folder, "csv/goals-2014.csv", release="x-1", packed=True)
    dataset = dataset_of("all", file)
    (download,) = dataset_document(release, usual_catalogue(folder), dataset, (), "en")["distribution"]
    assert download["contentUrl"] == f"{BASE}releases/x-1/datasets/csv/goals-2014.csv"
    assert download["encodingFormat"] == ["application/gzip", "text/csv"]
    without = FACTS.model_copy(update={"place": FACTS.place.model_copy(update={"latitude": None})})
    document = dataset_document(release, catalogue_of(dataset, facts=without), dataset, (), "en")
    assert document["spatialCoverage"] == {"@type": "Place", "name": "Musterstadt"}
