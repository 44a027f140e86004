from pathlib import Path

import hypothesis
import pytest

from tests.city import SampleCity

hypothesis.settings.register_profile("shared", deadline=None)  # machines are shared and noisy
hypothesis.settings.load_profile("shared")


@pytest.fixture
def city(tmp_path: Path) -> SampleCity:
    """A small invented city with master data and no forms yet."""
    return SampleCity(tmp_path)
