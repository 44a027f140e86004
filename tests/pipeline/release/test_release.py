import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from ontology.catalogue import CATALOG
from ontology.contract import (
    MANIFEST,
    RELEASES,
    STORE,
    Manifest,
    OutputFile,
    current_release,
    read_manifest,
)
from ontology.errors import NoReleaseError, ReleaseError
from pipeline.refresh import Refresh
from pipeline.release.build import Published
from pipeline.release.catalogue import current_id, damaged_releases, list_releases, roll_back
from pipeline.release.folder import DATED
from pipeline.release.lock import publishing
from tests.city import SampleCity, decision, goal
from tests.first import first_release


def run(city: SampleCity) -> Published:
    return Refresh(city.settings).run()


def test_the_same_input_gives_no_new_release(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    assert run(city).is_new
    assert not run(city).is_new
    assert len(list_releases(city.published)) == 1


def test_the_same_input_gives_the_same_bytes_in_another_place(city: SampleCity, tmp_path: Path) -> None:
    other = SampleCity(tmp_path / "other")
    for where in (other, city):
        where.submit(2014, "kulturamt", goal(1), goal(2, target_group="Kinder; Eltern"))
        where.submit(2014, "bauamt", goal(1, title="=HYPERLINK(1)"))
        where.decide(2014, decision("2014-kulturamt-01"))
    first, second = run(city).manifest, run(other).manifest
    assert undated(first) == undated(second)
    assert first.content_sha256 == second.content_sha256


def undated(manifest: Manifest) -> list[OutputFile]:
    """Return the files but for those that tell dates."""
    return [output for output in manifest.outputs if not output.path.startswith(DATED)]


def test_the_manifest_tells_the_truth_about_every_file(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    manifest = run(city).manifest
    release = current_release(city.published)
    assert manifest == read_manifest(release)
    named = {output.path for output in manifest.outputs}
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert named == {path for path in there if not path.startswith((STORE, MANIFEST))}
    for output in manifest.outputs:
        data = (release / output.path).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (output.bytes, output.sha256)
    assert manifest.code_version.startswith("0.")
    assert {item.path for item in manifest.inputs} >= {"organisation.yaml", "submissions/2014/kulturamt.csv"}


def test_store_and_dumps_hold_the_same_with_a_graph_for_each_submission(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    manifest = run(city).manifest
    release = current_release(city.published)
    store = pyoxigraph.Store.read_only(str(release / STORE))
    trig = gzip.decompress((release / "dump/stadtziele.trig.gz").read_bytes())
    base = city.settings.base_iri
    more = {pyoxigraph.NamedNode(f"{base}{name}") for name in ("catalog", "catalog/quality")}
    catalogue = {quad for quad in store if quad.graph_name in more}
    assert {quad.graph_name for quad in catalogue} == more
    assert set(pyoxigraph.parse(trig, pyoxigraph.RdfFormat.TRIG)) == set(store) - catalogue
    lines = gzip.decompress((release / "dump/stadtziele.nt.gz").read_bytes()).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == manifest.triples
    for suffix in ("ttl", "jsonld"):
        dump = gzip.decompress((release / f"dump/stadtziele.{suffix}.gz").read_bytes())
        form = pyoxigraph.RdfFormat.from_extension(suffix)
        assert sorted(f"{quad.triple} .".encode() for quad in pyoxigraph.parse(dump, form)) == lines
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)}
    assert graphs >= {f"{base}id/submission/2014/kulturamt", f"{base}id/decision-list/2014"}
    assert len(graphs) == manifest.graphs
    assert not any(isinstance(q.subject, pyoxigraph.BlankNode) for q in store)


def test_formulas_are_disarmed_in_csv(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, title='=HYPERLINK("http://x")'))
    run(city)
    text = (current_release(city.published) / "csv/goals-2014.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text


def test_going_back_and_forth(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    first = read_manifest(first_release(city))
    city.submit(2014, "kulturamt", goal(1, title="Neu gefasst"), goal(3))
    city.decide(2014, decision("2014-kulturamt-03"))
    second = run(city).manifest
    assert roll_back(city.published).id == first.id
    assert current_id(city.published) == first.id
    assert roll_back(city.published, second.id[:20]).id == second.id
    assert [m.id for m in list_releases(city.published)] == [second.id, first.id]


def test_going_back_to_what_is_not_there_is_refused(city: SampleCity) -> None:
    with pytest.raises(NoReleaseError):
        roll_back(city.published)
    city.submit(2014, "kulturamt", goal(1))
    first_release(city)
    with pytest.raises(ReleaseError, match="first"):
        roll_back(city.published)
    with pytest.raises(ReleaseError, match="no release 'nix'"):
        roll_back(city.published, "nix")


@pytest.mark.parametrize("path", [CATALOG, "dump/stadtziele.nt.gz", "events/newest.tsv.gz", MANIFEST])
def test_a_damaged_release_is_told_with_the_remedy_that_helps(city: SampleCity, path: str) -> None:
    """Its memory is not replaced by an older one unasked, in which dates would go back."""
    city.submit(2014, "kulturamt", goal(1))
    first = first_release(city)
    city.submit(2014, "kulturamt", goal(1, title="Neu gefasst"))
    damaged = city.published / RELEASES / run(city).manifest.id
    (damaged / path).write_bytes((damaged / path).read_bytes()[:-9])
    city.submit(2014, "kulturamt", goal(1, title="Noch einmal gefasst"))
    for _ in range(2):
        with pytest.raises(ReleaseError, match=rf"{path} .*backup.*rollback.*move its folder away"):
            run(city)
        assert list((city.published / RELEASES).glob(".*")) == []
        if current_id(city.published) == damaged.name:
            assert roll_back(city.published).id == first.name
    assert damaged_releases(city.published) == ([damaged.name] if path == MANIFEST else [])
    shutil.rmtree(damaged)
    assert run(city).is_new


def test_one_run_publishes_at_a_time(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    with publishing(city.published), pytest.raises(ReleaseError, match="Another run"):
        run(city)
    assert run(city).is_new


def test_what_a_killed_run_left_behind_is_removed(city: SampleCity) -> None:
    leftover = city.published / RELEASES / ".unfinished-1" / "dump"
    leftover.mkdir(parents=True)
    city.submit(2014, "kulturamt", goal(1))
    run(city)
    assert not leftover.exists()
    assert len(list(leftover.parent.parent.iterdir())) == 1


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from pathlib import Path
from ontology.settings import Settings
from pipeline.refresh import Refresh
Refresh(Settings(raw=Path(sys.argv[2]), published=Path(sys.argv[3]))).run()
"""


@pytest.mark.parametrize("limit", [2_000, 20_000, 60_000, 300_000])
def test_a_disk_that_fills_up_leaves_the_last_release_whole(city: SampleCity, limit: int) -> None:
    """A limit on the size of files stands for the full disk: writing fails in the middle."""
    city.submit(2014, "kulturamt", goal(1))
    before = read_manifest(first_release(city))
    city.submit(2014, "kulturamt", *(goal(number) for number in range(1, 30)))
    limited = [sys.executable, "-c", LIMITED, str(limit), str(city.raw), str(city.published)]
    failed = subprocess.run(limited, capture_output=True, check=False, timeout=60, env=os.environ)
    assert failed.returncode != 0
    assert current_id(city.published) == before.id
    assert read_manifest(current_release(city.published)) == before
    store = pyoxigraph.Store.read_only(str(current_release(city.published) / STORE))
    assert len(store) > 0
    del store
    assert run(city).is_new
    leftovers = [path for path in (city.published / RELEASES).iterdir() if path.name.startswith(".")]
    assert leftovers == []
