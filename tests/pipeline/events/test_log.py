"""The log of events over several releases: what is appended, and what never changes again."""

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.catalogue import Status, entry_file, read_catalogue
from ontology.contract import current_release
from ontology.events import Log, page_file, read_log
from ontology.iris import Iris
from ontology.namespaces import expand
from pipeline.events import log as events
from pipeline.events.compare import Now
from pipeline.exports.graphs import QUADS
from pipeline.refresh import Refresh
from pipeline.release.catalogue import list_releases, roll_back
from tests.city import SampleCity, decision, goal, progress
from tests.first import first_release

BASE = "https://ziele.esslingen.example/"
FIRST = f"{BASE}id/goal/2014-kulturamt-01"


def publish(city: SampleCity) -> Path:
    Refresh(city.settings).run()
    return current_release(city.published)


def log_of(release: Path) -> Log:
    found = read_log(release)
    assert found
    return found


def text_of(release: Path) -> str:
    pages = (gzip.decompress((release / page.path).read_bytes()) for page in log_of(release).pages)
    return b"".join(pages).decode()


class Members:
    """The members of a release's log, by number, and the triples of each and of its parts."""

    def __init__(self, release: Path) -> None:
        self.triples = [quad.triple for quad in ox.parse(text_of(release), ox.RdfFormat.N_TRIPLES)]

    def of(self, number: int | str) -> dict[str, set[str]]:
        """Return the values of a member by property."""
        subject = ox.NamedNode(f"{BASE}event/{number}")
        values: dict[str, set[str]] = {}
        for triple in self.triples:
            if triple.subject == subject:
                value = triple.object
                text = value.value if isinstance(value, ox.NamedNode | ox.Literal) else ""
                values.setdefault(triple.predicate.value, set()).add(text)
        return values

    def kinds(self, thing: str) -> list[str]:
        """Return what happened to a thing, in order."""
        versions = sorted(
            int(str(triple.subject).rpartition("/")[2].strip(">"))
            for triple in self.triples
            if triple.predicate.value == expand("prov:specializationOf")
            and triple.object == ox.NamedNode(thing)
        )
        return [self._kind(self.of(number)) for number in versions]

    @staticmethod
    def _kind(values: dict[str, set[str]]) -> str:
        (kind,) = {name for name in values[expand("rdf:type")] if name.startswith(expand("as:"))}
        return kind.removeprefix(expand("as:"))


def test_the_first_release_has_a_member_for_each_thing(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1, baseline="10"), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"))
    release = first_release(city)
    log, members = log_of(release), Members(release)
    goals_decisions_datasets = 2 + 2 + 6  # one decision is the plan's own; there is no progress yet
    assert log.members == goals_decisions_datasets
    assert members.kinds(FIRST) == ["Create"]
    number = next(
        n for n in range(1, log.members + 1) if members.of(n)[expand("prov:specializationOf")] == {FIRST}
    )
    own = members.of(number)
    assert own[expand("dct:title")] == {"Erfundenes Ziel 1"}
    assert own[expand("sz:selectionState")] == {expand("sz:state-selected")}
    assert own[expand("sz:indicator")] == {f"{BASE}event/{number}#indicator"}
    assert expand("prov:hadPrimarySource") not in own
    parts = {f"{BASE}event/{number}#{name}" for name in ("indicator", "observation-baseline-2014")}
    assert own[expand("dct:hasPart")] == parts | {f"{BASE}event/{number}#observation-target-2014"}
    values = f"<{BASE}event/{number}#observation-baseline-2014> <{expand('sdmx-measure:obsValue')}>"
    assert f'{values} "10"' in text_of(release)
    (told,) = log.releases
    assert (told.id, told.before, told.added, told.changed, told.withdrawn) == (release.name, None, 2, 0, 0)
    assert {change.kind for change in told.datasets} == {"new"}


def test_the_member_of_a_dataset_tells_of_its_files(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    first_release(city)
    city.submit(2014, "kulturamt", goal(1, title="Anders"))
    release = publish(city)
    members = Members(release)
    thing = f"{BASE}dataset/goals/2014"
    first, second = (
        node
        for node in map(members.of, range(1, log_of(release).members + 1))
        if node[expand("prov:specializationOf")] == {thing}
    )
    checksums = set()
    for member in (first, second):
        (csv,) = {part for part in member[expand("dct:hasPart")] if part.endswith("#csv")}
        assert csv in member[expand("dcat:distribution")]
        number = csv.removeprefix(f"{BASE}event/").removesuffix("#csv")
        told = members.of(f"{number}#csv")
        assert told[expand("dcat:downloadURL")] == {f"{BASE}datasets/csv/goals-2014.csv"}
        assert told[expand("dcat:byteSize")]
        assert told[expand("spdx:checksum")] == {f"{csv}-checksum"}
        (checksum,) = members.of(f"{number}#csv-checksum")[expand("spdx:checksumValue")]
        checksums.add(checksum)
        assert members.of(f"{number}#period")[expand("dcat:startDate")] == {"2014-01-01"}
        assert members.of(f"{number}#contact")[expand("vcard:fn")]
    assert len(checksums) == 2  # two versions on one page stay apart
    catalogue = read_catalogue(release)
    dataset = catalogue.get("goals/2014") if catalogue else None
    file = dataset.distribution("csv") if dataset else None
    assert file
    assert file.sha256 == checksum


def test_nothing_changed_is_nothing_appended(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    first = first_release(city)
    assert publish(city) == first
    assert len(list_releases(city.published)) == 1


def test_a_row_that_moves_is_no_news(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    first = first_release(city)
    city.submit(2014, "kulturamt", goal(2), goal(1))
    second = publish(city)
    assert second != first
    assert Members(second).kinds(FIRST) == ["Create"]
    assert log_of(second).releases[-1].changed == 0


def test_a_goal_changes_with_its_texts_and_its_values(city: SampleCity) -> None:
    changed = ({"title": "Anders"}, {"target": "60"}, {"indicator": "Anzahl"}, {"target_year": "2017"})
    city.submit(2014, "kulturamt", *(goal(number) for number in range(1, 6)))
    first_release(city)
    again = [goal(number, **fields) for number, fields in enumerate(changed, start=1)]
    city.submit(2014, "kulturamt", *again, goal(5))
    release = publish(city)
    members = Members(release)
    for number in range(1, 5):
        assert members.kinds(f"{BASE}id/goal/2014-kulturamt-0{number}") == ["Create", "Update"], number
    assert members.kinds(f"{BASE}id/goal/2014-kulturamt-05") == ["Create"]
    assert log_of(release).releases[-1].changed == 4


def test_what_became_of_a_goal_is_a_version_of_it(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    first_release(city)
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", as_of="31.12.2014", actual="40"))
    release = publish(city)
    assert Members(release).kinds(FIRST) == ["Create", "Update"]
    assert f"#progress-2014-2014-12-31> <{expand('schema:about')}> <{BASE}event/" in text_of(release)


def test_withdrawn_goals_and_decisions_taken_back(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02"))
    first_release(city)
    city.submit(2014, "kulturamt", goal(1))
    city.decide(2014, decision("2014-kulturamt-01"))
    release = publish(city)
    log, members = log_of(release), Members(release)
    gone = f"{BASE}id/goal/2014-kulturamt-02"
    assert members.kinds(gone) == ["Create", "Update"]  # stays, as withdrawn
    assert members.kinds(f"{BASE}id/decision/2014-kulturamt-02/gemeinderat-ausgewaehlt") == [
        "Create",
        "Delete",
    ]
    last = [members.of(n) for n in range(1, log.members + 1)]
    (version,) = [v for v in last if v[expand("prov:specializationOf")] == {gone}][1:]
    assert version[expand("sz:selectionState")] == {expand("sz:state-withdrawn")}
    assert expand("prov:invalidatedAtTime") in version
    told = log.releases[-1]
    assert (told.added, told.changed, told.withdrawn) == (0, 0, 1)
    assert (told.decisions, told.new_decisions, told.gone_decisions) == (1, 0, 1)


def test_closed_pages_are_never_touched_again(city: SampleCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PAGE_MEMBERS", 4)
    city.submit(2014, "kulturamt", goal(1), goal(2))
    first = publish(city)
    before = log_of(first)
    city.submit(2014, "kulturamt", goal(1), goal(2, title="Anders"), *(goal(n) for n in range(3, 9)))
    second = publish(city)
    after = log_of(second)
    closed = [page for page in before.pages if page.closed]
    assert closed
    assert list(after.pages[: len(closed)]) == closed
    for page in closed:
        assert (first / page.path).read_bytes() == (second / page.path).read_bytes()
        assert (first / page.path).samefile(second / page.path)  # costs no room
    assert text_of(second).startswith(text_of(first))
    sizes = [page.last - page.first + 1 for page in after.pages]
    assert sizes == [4] * (len(sizes) - 1) + [after.members - 4 * (len(sizes) - 1)]
    for one, following in zip(after.pages, after.pages[1:], strict=False):
        assert one.since <= one.until < following.since


def test_without_links_between_files_pages_are_copied(
    city: SampleCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(events, "PAGE_MEMBERS", 4)
    monkeypatch.setattr(os, "link", refuse)
    city.submit(2014, "kulturamt", goal(1))
    first = publish(city)
    city.submit(2014, "kulturamt", goal(1, title="Anders"))
    second = publish(city)
    assert (first / page_file(1)).read_bytes() == (second / page_file(1)).read_bytes()
    assert not (first / page_file(1)).samefile(second / page_file(1))


def test_the_log_goes_on_after_going_back(city: SampleCity) -> None:
    """First A, then B; back to A; then A is published again, then B, then something third."""
    city.submit(2014, "kulturamt", goal(1))
    first_release(city)
    city.submit(2014, "kulturamt", goal(1, title="Anders"), goal(2))
    second = publish(city)
    roll_back(city.published)
    city.submit(2014, "kulturamt", goal(1))
    third = publish(city)
    assert text_of(third).startswith(text_of(second))
    assert Members(third).kinds(FIRST) == ["Create", "Update", "Update"]
    assert Members(third).kinds(f"{BASE}id/goal/2014-kulturamt-02") == ["Create", "Delete"]
    assert log_of(third).releases[-1].before == second.name
    assert log_of(third).releases[-1].withdrawn == 1
    assert publish(city) == third
    city.submit(2014, "kulturamt", goal(1, title="Anders"), goal(2))
    fourth = publish(city)
    assert text_of(fourth).startswith(text_of(third))
    assert Members(fourth).kinds(f"{BASE}id/goal/2014-kulturamt-02") == ["Create", "Delete", "Create"]
    numbers = [
        str(t.subject) for t in Members(fourth).triples if t.predicate.value == expand("prov:generatedAtTime")
    ]
    assert len(numbers) == len(set(numbers)) == log_of(fourth).members


def test_datasets_on_their_way_out_are_told(city: SampleCity, tmp_path: Path) -> None:
    city.submit(2014, "kulturamt", goal(1))
    release = first_release(city)
    former = events.former_log(city.published, BASE)
    catalogue = read_catalogue(release)
    assert catalogue
    (tmp_path / QUADS).write_bytes(b"")
    states: dict[str, Status] = {"plan": "DEPRECATED", "statistics": "WITHDRAWN"}
    left = tuple(
        dataset.model_copy(update={"status": states[dataset.key], "digest": "another"})
        for dataset in catalogue.datasets
        if dataset.key in states
    )
    now = Now(tmp_path, BASE, catalogue.model_copy(update={"datasets": left}))
    (tmp_path / "catalog/datasets").mkdir(parents=True)
    for dataset in left:
        (tmp_path / entry_file(dataset.key)).write_bytes((release / entry_file(dataset.key)).read_bytes())
    versions = now.versions(former.newest())
    log = events.write_events(
        tmp_path, Iris(BASE), now, versions, former, release_id="next", at=datetime.now(UTC)
    )
    told = {change.key: change.kind for change in log.releases[-1].datasets}
    assert told["plan"] == "deprecated"
    assert told["statistics"] == "withdrawn"
    assert told["all"] == told["code-lists"] == "dropped"
    assert log.releases[-1].withdrawn == 1  # without quads the goal is gone too


def test_times_never_go_backwards(city: SampleCity) -> None:
    """A clock that is set back makes no version older than the one before."""
    city.submit(2014, "kulturamt", goal(1))
    Refresh(city.settings).run(datetime(2031, 1, 1, tzinfo=UTC))
    ahead = log_of(current_release(city.published))
    city.submit(2014, "kulturamt", goal(1, title="Anders"))
    Refresh(city.settings).run(datetime(2030, 1, 1, tzinfo=UTC))
    second = log_of(current_release(city.published))
    assert second.members > ahead.members
    assert second.pages[-1].until > ahead.pages[-1].until
