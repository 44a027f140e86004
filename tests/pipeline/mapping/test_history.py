"""Former versions in the graph: each once, in one chain without a circle, valid as long as it was."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from pipeline.mapping.history import history_document
from pipeline.masterdata import read_masterdata
from pipeline.records.models import FileHistory, Version
from tests.city import SampleCity

BASE = "https://stadt.example/"
FILE = f"{BASE}id/submission/2014/kulturamt"


def day(number: int) -> datetime:
    return datetime(2015, 1, number, tzinfo=UTC)


def history(versions: str) -> FileHistory:
    """Return the history of a file whose versions followed each other, one a day; the last is the present."""
    hashes = [letter * 64 for letter in versions]
    return FileHistory(
        kind="submissions",
        year=2014,
        department="kulturamt",
        versions=tuple(
            Version(path="x.csv", sha256=one, bytes=1, superseded_at=day(n), superseded_by=other)
            for n, (one, other) in enumerate(pairwise(hashes), start=1)
        ),
    )


@pytest.mark.parametrize(
    ("versions", "chain", "until"),
    [
        ("ab", "fa", {"a": 1}),
        ("abc", "fba", {"a": 1, "b": 2}),
        ("aba", "fb", {"b": 2}),  # the present file is the first version again
        ("abac", "fa ba", {"a": 3, "b": 2}),  # it held again until the third day
        ("abcb", "fca", {"a": 1, "c": 3}),
        ("abab", "fa", {"a": 3}),
    ],
)
def test_former_versions(city: SampleCity, versions: str, chain: str, until: dict[str, int]) -> None:
    masterdata = read_masterdata(city.raw, BASE)
    nodes = list(history_document(masterdata, history(versions), versions[-1] * 64).all_nodes())
    revisions = {(_letter(n["id"]), _letter(n["revision_of"])) for n in nodes if "revision_of" in n}
    assert revisions == {pair for part in chain.split() for pair in pairwise(part)}
    ends = {_letter(n["id"]): n["invalidated_at"] for n in nodes if "invalidated_at" in n}
    assert ends == {name: f"2015-01-{number:02d}T00:00:00Z" for name, number in until.items()}
    assert all(n["id"] != n["replaced_by"] for n in nodes if "replaced_by" in n)


def _letter(iri: object) -> str:
    return "f" if iri == FILE else str(iri)[-1]
