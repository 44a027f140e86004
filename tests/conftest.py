import gc
from pathlib import Path

import hypothesis
import pytest

from tests.city import SampleCity

hypothesis.settings.register_profile("shared", deadline=None)  # machines are shared and noisy
hypothesis.settings.load_profile("shared")


def pytest_collection_finish() -> None:
    """Leave out of garbage collection what was imported: looking through it takes a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def city(tmp_path: Path) -> SampleCity:
    """A small invented city with master data and no forms yet."""
    return SampleCity(tmp_path)
