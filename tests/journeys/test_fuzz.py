"""The whole HTTP interface, fuzzed from its own description by a tool that others wrote."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.city import SampleCity, decision, goal
from tests.first import first_release
from tests.journeys.house import environment, serving

pytestmark = pytest.mark.journey

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "unsupported_method",
    "allow_header_conformance",
)


def test_no_request_made_from_the_description_breaks_the_server(city: SampleCity, tmp_path: Path) -> None:
    env = environment(city.raw, city.published, client_requests=0)
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"))
    first_release(city)
    with serving(env) as server:
        done = subprocess.run(
            [
                str(Path(sys.executable).parent / "schemathesis"),
                "run",
                f"{server.client.base_url}/openapi.json".replace("//openapi", "/openapi"),
                f"--checks={','.join(CHECKS)}",
                "--phases=coverage,fuzzing",
                "--max-examples=10",
                "--seed=1",
                "--suppress-health-check=all",
                "--warnings=off",
                "--generation-database=none",
            ],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert server.client.get("/health/ready").status_code == 200
    assert done.returncode == 0, done.stdout[-6_000:]
