"""`dagster dev` as the city runs it: the web interface shows the house, the sensor publishes by itself."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ontology.contract import current_release, read_manifest
from ontology.errors import NoReleaseError
from tests.city import SampleCity, goal
from tests.journeys.house import environment

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parent.parent.parent
SHOWN = """{ assetNodes { assetKey { path } isPartitioned }
  repositoriesOrError { ... on RepositoryConnection { nodes {
    jobs { name } schedules { name } sensors { name } } } } }"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(what: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = what()
        except (httpx.HTTPError, NoReleaseError):
            found = None
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s in vain")


def released(city: SampleCity, goals: int) -> bool:
    counts = read_manifest(current_release(city.published)).counts
    return sum(year.released for year in counts) == goals


def test_the_interface_shows_the_house_and_the_sensor_publishes(city: SampleCity, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(ROOT / "dagster.yaml", home)
    city.submit(2014, "kulturamt", goal(1))
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "dagster"),
        "dev",
        "--port",
        str(port),
        "--host",
        "127.0.0.1",
    ]
    env = environment(city.raw, city.published) | {"DAGSTER_HOME": str(home)}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        try:
            url = f"http://127.0.0.1:{port}/graphql"
            shown = wait_for(
                lambda: httpx.post(url, json={"query": SHOWN}, trust_env=False, timeout=30).json()["data"], 90
            )
            assets = {node["assetKey"]["path"][0]: node["isPartitioned"] for node in shown["assetNodes"]}
            assert assets == {
                "taken_in": True,
                "records": True,
                "checked": True,
                "release": False,
                "catalogue": False,
            }
            (repository,) = shown["repositoriesOrError"]["nodes"]
            assert "refresh" in {job["name"] for job in repository["jobs"]}
            assert {schedule["name"] for schedule in repository["schedules"]} == {"nightly"}
            assert {sensor["name"] for sensor in repository["sensors"]} == {"new_or_corrected_files"}
            wait_for(lambda: released(city, 1), 120)
            city.submit(2014, "kulturamt", goal(1), goal(2))
            wait_for(lambda: released(city, 2), 120)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=10)
