from pathlib import Path

import pytest

from tests.city import SampleCity


@pytest.fixture
def city(tmp_path: Path) -> SampleCity:
    """A small invented city with master data and no forms yet."""
    return SampleCity(tmp_path)
