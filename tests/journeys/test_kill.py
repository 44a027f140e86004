"""`kill -9` of the publisher at random moments: the server answers correctly throughout."""

import random
import subprocess
import time

import pytest

from ontology.contract import RELEASES, current_release, read_manifest
from tests.city import SampleCity, goal
from tests.journeys.harvesters import Ckan
from tests.journeys.house import COMMAND, Server, environment, serving, stadtziele

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


def test_killed_at_random_moments(city: SampleCity) -> None:
    env = environment(city.raw, city.published, client_requests=0)
    submit(city, 0)
    start = time.monotonic()
    stadtziele(env, "publish")
    usual = time.monotonic() - start
    chance = random.Random(2014)
    published = {0}
    with serving(env) as server:
        portal = Ckan(server.client)
        for version in range(1, KILLS + 1):
            submit(city, version)
            process = subprocess.Popen(
                [COMMAND, "publish"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            end = time.monotonic() + chance.uniform(0.3, 1.0) * usual
            while time.monotonic() < end and process.poll() is None:
                published.add(assert_whole(server))
            process.kill()
            process.wait(timeout=20)
            assert assert_whole(server) in {version, max(published)}
            report = portal.run("/catalog")
            assert (report.error, report.deleted) == (None, set())
        submit(city, KILLS + 1)
        stadtziele(env, "publish")
        assert assert_whole(server) == KILLS + 1
    read_manifest(current_release(city.published))
    assert not list((city.published / RELEASES).glob(".unfinished-*"))
