"""Fetching over HTTP: a real server on loopback, every way in which a source can misbehave."""

import gzip
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology.contract import current_release
from ontology.errors import ConfigurationError
from ontology.settings import Settings
from pipeline.atomic import write_atomically
from pipeline.intake import http, sources
from pipeline.intake.addresses import is_internal
from pipeline.intake.sources import Fetched, Source, fetch_source, fetch_sources, read_sources
from pipeline.progress import silent
from pipeline.refresh import Refresh
from tests.city import SampleCity, csv_text, goal
from tests.pipeline.intake.server import Reply, Share, sending, sharing

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
    return fetch_at(share.url, work, **changed)


def fetch_at(url: str, work: Path, **changed: object) -> Fetched:
    return fetch_source(Source(url=f"{url}/k.csv", path=PATH), work, settings(**changed), silent)


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
CUT = gzip.compress(bytes(range(256)) * 20)[:-30]
GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Reply(404), "antwortet mit 404"),
        (Reply(500), "antwortet mit 500"),
        (Reply(body=b""), "leere Datei"),
        (Reply(body=b"<html>", headers={"Content-Type": "text/html"}), "Webseite"),
        (Reply(body=b"<html>", headers={"Content-Type": "Text/HTML; charset=utf-8"}), "Webseite"),
        (Reply(304), "antwortet mit 304"),
        (Reply(body=b"x", headers={"Content-Length": "99999999"}), "größer als"),
        (Reply(pieces=[b"x" * 4000] * 5), "größer als"),
        (Reply(body=BOMB, headers=GZIP), "größer als"),
        (Reply(body=CUT, headers=GZIP), "unvollständig"),
        (Reply(body=b"plain", headers=GZIP), "beschädigt"),
        (Reply(body=b"x", headers={"Content-Encoding": "br"}), "verpackt als br"),
        (Reply(body=b"cut", headers={"Content-Length": "9"}), "brach ab"),
        (Reply(302, headers={"Location": "/again"}), "zu viele Weiterleitungen"),
        (Reply(302, headers={"Location": "ftp://x/"}), "unzulässige Adresse"),
        (Reply(302, headers={"Location": "http://[x/"}), "unzulässige Adresse"),
        (Reply(302, headers={"Location": "http://me:secret@x/"}), "unzulässige Adresse"),
        (Reply(302, headers={"Location": "http://a..b/"}), "nicht erreichbar"),
        (Reply(302), "zu viele Weiterleitungen"),
        (Reply(503, headers={"Retry-After": "²"}), "antwortet mit 503"),
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


def test_a_packed_file_is_unpacked(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(body=gzip.compress(b"good"), headers=GZIP)]
    assert content(fetch(share, tmp_path)) == b"good"


def test_not_modified_without_being_asked_is_no_content(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(304)]
    assert fetch(share, tmp_path).state == "missing"


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "start",
    [
        b"",
        OK + b"X-Slow: ",
        OK + b"\r\n",
        OK + b"Content-Length: 1000\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n1;",
        OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\3",
    ],
    ids=["status", "header", "body", "counted", "chunk", "gzip"],
)
def test_a_source_that_drips_is_cut_off(tmp_path: Path, start: bytes) -> None:
    """Wherever it drips, and however often one read alone would have been in time."""
    begun = time.monotonic()
    with sending(start, drip=b"a") as url:
        fetched = fetch_at(url, tmp_path, source_seconds=0.3, source_retries=0)
    assert fetched.state == "missing"
    assert "nicht fertig" in fetched.problem
    assert time.monotonic() - begun < 1


def test_a_source_that_stalls_is_tried_again(tmp_path: Path) -> None:
    begun = time.monotonic()
    with sending(OK, drip=b"", pause=9) as url, sending(OK + b"X: ", drip=b"a", pause=0.5) as slow:
        assert fetch_at(url, tmp_path, source_seconds=0.2, source_retries=1).state == "missing"
        assert "nicht fertig" in fetch_at(slow, tmp_path, source_seconds=0.2, source_retries=1).problem
    assert 0.4 < time.monotonic() - begun < 2


@effort(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
@example(b"Content-Length: \xb2\r\n\r\nx")
@example(b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nx")
@example(b"Transfer-Encoding: chunked\r\n\r\nzz\r\n")
@example(b"X: " + b"y" * 70_000)
@example(b"X: y\r\n" * 200)
def test_whatever_a_server_sends_the_run_goes_on(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes
) -> None:
    with sending(OK + rest) as url:
        fetched = fetch_at(url, tmp_path_factory.mktemp("work"), source_retries=0, source_seconds=2)
    assert (fetched.state == "missing") is (fetched.local is None) is bool(fetched.problem)


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


def test_no_cookie_is_carried_from_hop_to_hop(share: Share, tmp_path: Path) -> None:
    hop = {"Location": "/there", "Set-Cookie": "who=me; Path=/"}
    share.replies = [Reply(302, headers=hop), Reply(body=b"good")]
    fetch(share, tmp_path)
    assert "Cookie" not in share.asked[1]


def test_neither_proxy_nor_password_of_the_environment_is_used(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    share.replies = [Reply(body=b"good")]
    assert content(fetch(share, tmp_path)) == b"good"
    assert "Authorization" not in share.asked[0]


def test_https_does_not_fall_back_to_http() -> None:
    """Asked of the function itself: a server with TLS would need a certificate that is trusted."""
    response = requests.Response()
    response.headers["Location"] = "http://portal.example/k.csv"
    with pytest.raises(http._Failure, match="von https auf http"):
        http._next("https://portal.example/k.csv", response)
    response.headers["Location"] = "https://portal.example/k.csv"
    assert http._next("http://portal.example/", response) == "https://portal.example/k.csv"


def test_a_try_waits_as_long_as_the_server_asks_but_not_for_ever(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(http, "time", SimpleNamespace(sleep=waits.append))
    share.replies = [
        Reply(429, headers={"Retry-After": "7"}),
        Reply(503, headers={"Retry-After": "86400"}),
        Reply(500),
        Reply(body=b"good"),
    ]
    assert content(fetch(share, tmp_path, source_retries=3)) == b"good"
    assert waits == [7.0, 30.0, 0.04]


def test_the_body_of_a_redirect_is_not_read(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(body=b"good")]
    endless = f"HTTP/1.1 302 Found\r\nLocation: {share.url}/there\r\n\r\n".encode()
    with sending(endless, drip=b"x" * 1000) as url:
        assert content(fetch_at(url, tmp_path, source_seconds=1, source_retries=0)) == b"good"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_internal_addresses_are_refused_before_anything_is_sent(
    share: Share, tmp_path: Path, host: str, scheme: str
) -> None:
    share.replies = [Reply(body=b"secret")]
    url = share.url.replace("127.0.0.1", host).replace("http", scheme)
    fetched = fetch_at(url, tmp_path, source_allow_internal=False)
    assert fetched.state == "missing"
    assert "ist eine interne Adresse" in fetched.problem
    assert fetched.problem.startswith(url)
    assert share.asked == []


class Network:
    """Names that resolve as a test says, and a list of the addresses that were connected to.

    Only loopback is really connected to; `leads` sends a public address there instead.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.connected: list[str] = []
        self.leads: dict[str, int] = {}
        connect = socket.socket.connect

        def resolve(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
            found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        def connecting(own: socket.socket, address: tuple[str, int]) -> None:
            self.connected.append(address[0])
            if address[0] not in self.leads:
                raise ConnectionRefusedError(111, "Connection refused")
            connect(own, ("127.0.0.1", self.leads[address[0]]))

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(socket.socket, "connect", connecting)


PUBLIC = "193.0.14.129"


def test_a_name_with_one_internal_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(monkeypatch, [PUBLIC, "10.0.0.1"])
    fetched = fetch_at("http://portal.example", tmp_path, source_allow_internal=False)
    assert "10.0.0.1; das ist eine interne Adresse" in fetched.problem
    assert network.connected == []


def test_a_name_that_turns_internal_later_gains_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what was checked is what is connected to, and each try checks anew."""
    network = Network(monkeypatch, [PUBLIC], ["127.0.0.1"])
    fetched = fetch_at("http://portal.example", tmp_path, source_allow_internal=False)
    assert "127.0.0.1; das ist eine interne Adresse" in fetched.problem
    assert network.connected == [PUBLIC]


def test_a_redirect_leads_to_no_internal_address(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop is public and answers; the one it names is internal and is not asked."""
    share.replies = [Reply(302, headers={"Location": "http://intranet.example/"})]
    network = Network(monkeypatch, [PUBLIC], ["192.168.0.1"])
    network.leads[PUBLIC] = int(share.url.rsplit(":", 1)[1])
    fetched = fetch_at("http://portal.example", tmp_path, source_allow_internal=False)
    assert "192.168.0.1; das ist eine interne Adresse" in fetched.problem
    assert fetched.problem.startswith("http://portal.example/k.csv ")
    assert network.connected == [PUBLIC]
    assert share.asked[0]["Host"] == "portal.example"


def test_the_next_address_is_taken_where_one_does_not_answer(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share.replies = [Reply(body=b"good")]
    network = Network(monkeypatch, ["193.0.14.128", PUBLIC])
    network.leads[PUBLIC] = int(share.url.rsplit(":", 1)[1])
    fetched = fetch_at("http://portal.example", tmp_path, source_allow_internal=False)
    assert content(fetched) == b"good"
    assert network.connected == ["193.0.14.128", PUBLIC]


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
        ("2001:0:7f00:1::", True),
        ("::7f00:1", True),
        ("::ffff:0:7f00:1", True),
        ("64:ff9b:1::a00:1", True),
        ("fec0::1", True),
        ("5f00::1", True),
        ("3fff::1", True),
        ("ff0e::1", True),
        ("::", True),
        ("240.0.0.1", True),
        ("192.0.0.8", True),
        ("192.88.99.1", True),
        ("198.18.0.1", True),
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
    for damaged in ("{", "[]", "", '{"sha256": "../kept.json"}'):
        (kept.parent / "kept.json").write_text(damaged)
        assert fetch(share, tmp_path).state == "new"


@pytest.mark.parametrize("at", [1, 2])
def test_a_disk_that_fails_leaves_the_last_good_file(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Whichever of the two files cannot be written, a run killed there finds the former pair."""
    share.replies = [Reply(body=b"good"), Reply(body=b"newer")]
    fetch(share, tmp_path)
    written: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == at:
            raise OSError(28, "No space left on device")
        write_atomically(path, data)

    monkeypatch.setattr(sources, "write_atomically", write)
    fetched = fetch(share, tmp_path)
    assert (fetched.state, content(fetched)) == ("last_good", b"good")
    assert "nicht ablegbar (No space left on device)" in fetched.problem
    assert str(tmp_path) not in fetched.problem
    share.replies = [Reply(404)]
    again = fetch(share, tmp_path)
    assert (again.state, content(again)) == ("last_good", b"good")


def test_what_another_run_may_need_is_left_for_a_while(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(body=b"one"), Reply(body=b"two"), Reply(body=b"three")]
    first, second = fetch(share, tmp_path), fetch(share, tmp_path)
    assert first.local is not None
    assert second.local is not None
    os.utime(first.local, (0, 0))
    os.utime(second.local, (0, 0))
    third = fetch(share, tmp_path)
    assert not first.local.exists()
    assert content(second) == b"two"
    assert content(third) == b"three"


@pytest.mark.parametrize(
    "path",
    [
        "../x/2014/a.csv",
        "/submissions/2014/a.csv",
        "submissions/2014/../../a.csv",
        "a.csv",
        "decisions\\2014.csv",
        "decisions//2014.csv",
        "decisions/./2014.csv",
        "submissions/2014/a\0.csv",
        "submissions/2014/a.exe",
    ],
)
def test_a_source_cannot_name_a_place_outside(path: str) -> None:
    with pytest.raises(ValidationError):
        Source(url="https://portal.example/a.csv", path=path)


PIECES = ["submissions", "decisions", "2014", "2014.csv", "kulturamt.xlsx", "a.CSV", "", ".", "..", "\n"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("/".join))
def test_any_path_is_the_place_of_a_form_or_refused(path: str) -> None:
    try:
        source = Source(url="https://portal.example/a.csv", path=path)
    except ValidationError:
        return
    parts = source.path.split("/")
    assert parts[0] in {"submissions", "decisions", "progress"}
    assert not {"", ".", ".."} & set(parts)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/a",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@x/a",
        "https://me@x/a",
        "https://x:99999/a",
        "https://[x/a",
        "https://x/a b",
        "https://x/a\r\nX: y",
    ],
)
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


def test_a_key_in_the_address_is_used_but_never_shown(share: Share, tmp_path: Path) -> None:
    share.replies = [Reply(404)]
    source = Source(url=f"{share.url}/k.csv?token=secret", path=PATH)
    fetched = fetch_source(source, tmp_path, settings(), silent)
    assert share.asked[0]["path"] == "/k.csv?token=secret"
    assert "secret" not in fetched.model_dump_json()
