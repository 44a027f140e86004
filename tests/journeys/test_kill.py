"""`kill -9` of the publisher at random moments: the server answers correctly throughout."""

import multiprocessing
import random
import time

import pytest

from ontology.contract import RELEASES, current_release, read_manifest
from ontology.settings import Settings
from pipeline.refresh import Refresh
from tests.city import SampleCity, goal
from tests.journeys.harvesters import Ckan
from tests.journeys.house import Server, served

pytestmark = pytest.mark.journey

KILLS = 20
STATE = """PREFIX sz: <https://w3id.org/stadtziele/ns#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT (COUNT(?g) AS ?n) (COUNT(DISTINCT ?mark) AS ?marks) (SAMPLE(?mark) AS ?version) WHERE {
  ?g a sz:Goal ; dct:description ?mark }"""


def submit(city: SampleCity, version: int) -> None:
    """Hand in as many goals as the version has, each with its mark."""
    rows = [goal(number, description=f"Fassung {version}") for number in range(1, 10 + version)]
    city.submit(2014, "kulturamt", *rows)


def assert_whole(server: Server) -> int:
    """Return the version that is served, having checked that it is one version and complete."""
    (row,) = server.select(STATE)
    assert row["marks"] == "1"
    version = int(row["version"].split()[-1])
    assert row["n"] == str(9 + version)
    return version


def publish(settings: Settings) -> None:
    """Publish, in a process that has nothing to import any more and begins at once."""
    Refresh(settings).run()


def test_killed_at_random_moments(city: SampleCity) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["pipeline.refresh"])
    submit(city, 0)
    chance = random.Random(2014)
    published = {0}
    with served(city, client_requests=0) as server:
        portal = Ckan(server.client)
        submit(city, 1)
        start = time.monotonic()
        publish(city.settings)
        usual = time.monotonic() - start
        assert assert_whole(server) == 1
        for version in range(2, KILLS + 2):
            submit(city, version)
            process = processes.Process(target=publish, args=(city.settings,))
            process.start()
            end = time.monotonic() + chance.uniform(0.05, 1.0) * usual
            while time.monotonic() < end and process.is_alive():
                published.add(assert_whole(server))
            process.kill()
            process.join(20)
            assert assert_whole(server) in {version, max(published)}
            report = portal.run("/catalog")
            assert (report.error, report.deleted) == (None, set())
        submit(city, KILLS + 2)
        publish(city.settings)
        assert assert_whole(server) == KILLS + 2
    read_manifest(current_release(city.published))
    assert not list((city.published / RELEASES).glob(".unfinished-*"))
