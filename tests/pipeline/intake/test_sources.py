"""Fetching over HTTP: a real server on loopback, every way in which a source can misbehave."""

import gzip
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology.contract import current_release
from ontology.errors import ConfigurationError
from ontology.settings import Settings
from pipeline.intake.addresses import is_internal
from pipeline.intake.sources import Fetched, Source, fetch_source, fetch_sources, read_sources
from pipeline.progress import silent
from pipeline.refresh import Refresh
from tests.city import SampleCity, csv_text, goal
from tests.pipeline.intake.server import Reply, Share, sharing

PATH = "submissions/2014/kulturamt.csv"


@pytest.fixture
def share() -> Iterator[Share]:
    with sharing() as running:
        yield running


def settings(**changed: object) -> Settings:
    usual = {
        "source_allow_internal": True,
        "source_backoff": 0.01,
        "source_retries": 2,
        "source_seconds": 5.0,
        "source_bytes": 10_000,
    }
    return Settings(**(usual | changed))  # type: ignore[arg-type]


def fetch(share: Share, work: Path, **changed: object) -> Fetched:
    return fetch_source(Source(url=f"{share.url}/k.csv", path=PATH), work, settings(**changed), silent)


def content(fetched: Fetched) -> bytes:
    assert fetched.local is not None
    return fetched.local.read_bytes()


def test_new_unchanged_and_changed(share: Share, tmp_path: Path) -> None:
    share.replies = [
        Reply(body=b"one", headers={"ETag": '"1"', "Last-Modified": "Mon, 24 Jun 2013 10:00:00 GMT"}),
        Reply(304),
        Reply(body=b"two", headers={"ETag": '"2"'}),
        Reply(body=b"two"),
    ]
    first = fetch(share, tmp_path)
    assert (first.state, content(first), first.problem) == ("new", b"one", "")
    second = fetch(share, tmp_path)
    assert (second.state, content(second)) == ("unchanged", b"one")
    assert share.asked[1]["If-None-Match"] == '"1"'
    assert share.asked[1]["If-Modified-Since"] == "Mon, 24 Jun 2013 10:00:00 GMT"
    third = fetch(share, tmp_path)
    assert (third.state, content(third)) == ("new", b"two")
    assert fetch(share, tmp_path).state == "unchanged"
    assert share.asked[0]["User-Agent"].startswith("stadtziele/")


@pytest.mark.parametrize("first", [Reply(500), Reply(429, headers={"Retry-After": "0"}), Reply(503)])
def test_a_failure_that_may_pass_is_tried_again(share: Share, tmp_path: Path, first: Reply) -> None:
    share.replies = [first, Reply(body=b"good")]
    assert content(fetch(share, tmp_path)) == b"good"


BOMB = gzip.compress(b"\0" * 1_000_000)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Reply(404), "antwortet mit 404"),
        (Reply(500), "antwortet mit 500"),
        (Reply(body=b""), "leere Datei"),
        (Reply(body=b"<html>", headers={"Content-Type": "text/html"}), "Webseite"),
        (Reply(body=b"x", headers={"Content-Length": "99999999"}), "größer als"),
        (Reply(pieces=[b"x" * 4000] * 5), "größer als"),
        (Reply(body=BOMB, headers={"Content-Encoding": "gzip"}), "größer als"),
        (Reply(302, headers={"Location": "/again"}), "zu viele Weiterleitungen"),
        (Reply(302, headers={"Location": "ftp://x/"}), "unzulässige Adresse"),
        (Reply(302), "zu viele Weiterleitungen"),
    ],
)
def test_a_source_that_misbehaves_leaves_the_last_good_file(
    share: Share, tmp_path: Path, bad: Reply, words: str
) -> None:
    share.replies = [Reply(body=b"good")]
    fetch(share, tmp_path)
    share.replies = [bad]
    fetched = fetch(share, tmp_path)
    assert fetched.state == "last_good"
    assert content(fetched) == b"good"
    assert words in fetched.problem
    assert share.url in fetched.problem_en


def test_a_client_error_is_not_tried_again(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(404)]
    assert fetch(share, tmp_path).state == "missing"
    assert len(share.asked) == 1


def test_a_source_that_drips_is_cut_off(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(pieces=[b"x"] * 200, pause=0.05)]
    start = time.monotonic()
    fetched = fetch(share, tmp_path, source_seconds=0.4)
    assert "nicht fertig" in fetched.problem
    assert time.monotonic() - start < 3


def test_nobody_listens(tmp_path: Path) -> None:
    with sharing() as gone:
        gone.replies = [Reply(body=b"x")]
    fetched = fetch(gone, tmp_path)
    assert fetched.state == "missing"
    assert "nicht erreichbar" in fetched.problem


def test_a_redirect_is_followed(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(302, headers={"Location": "/there"}), Reply(body=b"good")]
    assert content(fetch(share, tmp_path)) == b"good"
    assert share.asked[1]["path"] == "/there"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_internal_addresses_are_refused_before_anything_is_sent(
    share: Share, tmp_path: Path, host: str
) -> None:
    share.replies = [Reply(body=b"secret")]
    url = share.url.replace("127.0.0.1", host)
    guarded = settings(source_allow_internal=False)
    fetched = fetch_source(Source(url=f"{url}/k.csv", path=PATH), tmp_path, guarded, silent)
    assert fetched.state == "missing"
    assert "ist eine interne Adresse" in fetched.problem
    assert share.asked == []


def test_a_name_that_turns_out_to_be_internal_is_refused(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public name that resolves to an internal address gains nothing, whatever it resolved to before."""
    share.replies = [Reply(body=b"secret")]
    port = int(share.url.rsplit(":", 1)[1])
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answer)
    source = Source(url=f"http://portal.example:{port}/k.csv", path=PATH)
    fetched = fetch_source(source, tmp_path, settings(source_allow_internal=False), silent)
    assert "ist eine interne Adresse" in fetched.problem
    assert share.asked == []


@pytest.mark.parametrize(
    ("address", "internal"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),  # noqa: S104 - nothing is bound
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("64:ff9b::7f00:1", True),
        ("2002:7f00:1::", True),
        ("193.0.14.129", False),
        ("2001:67c:2e8:22::c100:68b", False),
        ("::ffff:193.0.14.129", False),
    ],
)
def test_which_addresses_are_internal(address: str, internal: bool) -> None:
    assert is_internal(address) is internal


def test_one_broken_source_does_not_stop_the_others(share: Share, city: SampleCity) -> None:
    share.replies = [Reply(404), Reply(body=b"good")]
    other = "submissions/2014/bauamt.csv"
    listed = [{"url": f"{share.url}/{p}", "path": p} for p in (PATH, other)]
    city.write_yaml("sources.yaml", {"sources": listed})
    fetched = fetch_sources(city.raw, city.settings.work_folder, settings(), silent)
    assert [item.state for item in fetched] == ["missing", "new"]


def test_what_was_kept_is_checked_before_it_is_relied_on(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(body=b"good", headers={"ETag": '"1"'})]
    kept = fetch(share, tmp_path).local
    assert kept is not None
    kept.write_bytes(b"damaged")
    assert content(fetch(share, tmp_path)) == b"good"
    assert "If-None-Match" not in share.asked[1]
    (kept.parent / "kept.json").write_text("{")
    assert fetch(share, tmp_path).state == "new"


@pytest.mark.parametrize(
    "path",
    [
        "../x/2014/a.csv",
        "/submissions/2014/a.csv",
        "submissions/2014/../../a.csv",
        "a.csv",
        "decisions\\2014.csv",
    ],
)
def test_a_source_cannot_name_a_place_outside(path: str) -> None:
    with pytest.raises(ValidationError):
        Source(url="https://portal.example/a.csv", path=path)


@given(st.text())
def test_any_path_is_the_place_of_a_form_or_refused(path: str) -> None:
    try:
        source = Source(url="https://portal.example/a.csv", path=path)
    except ValidationError:
        return
    assert source.path.split("/")[0] in {"submissions", "decisions", "progress"}


@pytest.mark.parametrize("url", ["ftp://x/a", "file:///etc/passwd", "https://", "https://me:secret@x/a"])
def test_only_plain_web_addresses_are_sources(url: str) -> None:
    with pytest.raises(ValidationError):
        Source(url=url, path=PATH)


def test_a_wrong_list_of_sources_is_named(city: SampleCity) -> None:
    assert read_sources(city.raw).sources == ()
    twice = [{"url": f"https://portal.example/{n}", "path": PATH} for n in (1, 2)]
    city.write_yaml("sources.yaml", {"sources": twice})
    with pytest.raises(ConfigurationError, match=r"sources\.yaml.*more than once"):
        read_sources(city.raw)


def test_a_fetched_file_is_published_and_stays_when_its_source_is_down(
    share: Share, city: SampleCity
) -> None:
    data = csv_text("submissions", [goal(1, title="Vom Portal")]).encode()
    share.replies = [Reply(body=data, headers={"ETag": '"1"'})]
    city.write_yaml("sources.yaml", {"sources": [{"url": f"{share.url}/k.csv", "path": PATH}]})
    own = settings(raw=city.raw, published=city.published)
    manifest = Refresh(own).run().manifest
    (item,) = (i for i in manifest.inputs if i.path == PATH)
    assert (item.status, item.source) == ("released", f"{share.url}/k.csv")
    share.replies = [Reply(503)]
    outcome = Refresh(own).run()
    assert "source-unreachable" in {f.code for f in outcome.findings}
    assert (current_release(city.published) / "records" / PATH.replace(".csv", ".json")).exists()
    assert next(c for c in outcome.manifest.counts if c.year == 2014).released == 1
