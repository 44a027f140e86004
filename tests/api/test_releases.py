import logging
from pathlib import Path

import pytest

from api.releases import KEPT, Releases
from ontology.contract import MANIFEST
from ontology.errors import NoReleaseError, ReleaseError, UnknownReleaseError
from tests.api.releases import CSV, RELEASE, switch, write_release


def test_a_new_release_is_followed_at_once(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    with pytest.raises(NoReleaseError):
        releases.current()
    for name in ("a", "b"):
        write_release(tmp_path, name)
        switch(tmp_path, name)
        assert releases.current().id == name
    assert releases.current() is releases.current()


def test_the_last_good_release_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_release(tmp_path, "good")
    switch(tmp_path, "good")
    releases = Releases(tmp_path)
    good = releases.current()
    broken = write_release(tmp_path, "broken")
    (broken / MANIFEST).write_text("{")
    switch(tmp_path, "broken")
    with caplog.at_level(logging.WARNING):
        assert releases.current() is good
    assert "stays in force" in caplog.text
    with pytest.raises(ReleaseError):
        Releases(tmp_path).current()


def test_only_a_few_are_kept_in_memory(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = write_release(tmp_path, "r-0")
    text = (first / MANIFEST).read_text()
    for number in range(KEPT + 2):
        folder = first.with_name(f"r-{number}")
        folder.mkdir(exist_ok=True)
        (folder / MANIFEST).write_text(text)
        switch(tmp_path, folder.name)
        assert releases.current().id == folder.name
    assert len(releases._known) == KEPT


def test_releases_by_id(published: Path) -> None:
    releases = Releases(published)
    found = releases.by_id(RELEASE)
    assert found is not None
    assert found.id == RELEASE
    for name in ("..", ".", "a/b", "", "nothing", "\0"):
        with pytest.raises(UnknownReleaseError):
            releases.by_id(name)


@pytest.mark.parametrize("damage", [b"", b"id,title\r\n", b"id,title\r\n2014-kulturamt-01,Zeil\r\n", None])
def test_a_file_is_read_as_it_was_published_or_not_at_all(tmp_path: Path, damage: bytes | None) -> None:
    path = write_release(tmp_path) / "csv/goals-2014.csv"
    switch(tmp_path)
    release = Releases(tmp_path).current()
    assert release.read("csv/goals-2014.csv") == CSV
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    with pytest.raises(ReleaseError, match=r"csv/goals-2014\.csv"):
        release.read("csv/goals-2014.csv")


def test_what_the_manifest_does_not_name_is_not_read(published: Path) -> None:
    with pytest.raises(ReleaseError, match="manifest"):
        Releases(published).by_id(RELEASE).read("secret.txt")
