"""The rules of the house: which room may know which, and where Dagster may appear."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def imported_by(room: str) -> dict[Path, set[str]]:
    return {path: {name.split(".")[0] for name in imports(path)} for path in (ROOT / room).rglob("*.py")}


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("ontology", {"pipeline", "api", "dagster", "fastapi"}),
        ("api", {"pipeline", "dagster", "pyshacl"}),
    ],
)
def test_a_room_does_not_know_the_rooms_behind_it(room: str, forbidden: set[str]) -> None:
    found = imported_by(room)
    assert found
    assert {path: names & forbidden for path, names in found.items() if names & forbidden} == {}


def test_the_api_runs_without_the_pipeline() -> None:
    code = (
        "import sys; sys.modules['pipeline'] = None; sys.modules['dagster'] = None\n"
        "from api import create_app; from ontology.settings import Settings; create_app(Settings())"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_dagster_stays_in_its_room() -> None:
    known_by = {
        path.relative_to(ROOT / "pipeline").parts[0]
        for path, names in imported_by("pipeline").items()
        if "dagster" in names
    }
    assert known_by == {"orchestration"}


def test_only_the_command_line_puts_the_rooms_together() -> None:
    outside = {
        path
        for path in (ROOT / "pipeline").rglob("*.py")
        if path.relative_to(ROOT / "pipeline").parts[0] not in {"orchestration", "cli"}
        and any(name.startswith(("pipeline.orchestration", "pipeline.cli", "api")) for name in imports(path))
    }
    assert outside == set()


def test_the_work_is_done_without_importing_dagster() -> None:
    code = "import sys; import pipeline.refresh; assert 'dagster' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
