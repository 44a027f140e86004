from pathlib import Path

import pytest

from ontology.contract import MANIFEST, current_release, read_manifest
from ontology.errors import ConfigurationError, NoReleaseError, ReleaseError
from ontology.settings import Settings, load_settings


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STADTZIELE_PORT", "9000")
    assert load_settings().port == 9000
    assert load_settings(port=9001).port == 9001
    assert load_settings(port=None).port == 9000


def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STADTZIELE_BASE_IRI", "ziele.example")
    with pytest.raises(ConfigurationError, match="STADTZIELE_BASE_IRI"):
        load_settings()


def test_the_work_folder_lies_beside_the_raw_folder() -> None:
    assert Settings(raw=Path("/city/raw")).work_folder == Path("/city/work")
    assert Settings(work=Path("/elsewhere")).work_folder == Path("/elsewhere")


def test_nothing_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match="stadtziele publish"):
        current_release(tmp_path)


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{}")
    with pytest.raises(ReleaseError, match=MANIFEST):
        read_manifest(tmp_path)


@pytest.mark.parametrize("base", ["https://a b/", "http:///", "https://x/?q=/", "https://x/#/", "https://x"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(ConfigurationError, match="STADTZIELE_BASE_IRI"):
        load_settings(base_iri=base)
