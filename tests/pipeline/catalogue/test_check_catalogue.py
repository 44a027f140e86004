"""`stadtziele check-catalogue`: files, pages below an address, official shapes; all exit codes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ontology.catalogue import CATALOG_GRAPH, SHARED_FILE, entry_file
from pipeline.catalogue import reading
from pipeline.cli.app import command_line
from tests.city import SampleCity, goal
from tests.first import first_release
from tests.pipeline.intake.server import Reply, Share, sharing

GOALS = "https://ziele.esslingen.example/dataset/goals/2014"
THEME = "http://www.w3.org/ns/dcat#theme"
HYDRA = "http://www.w3.org/ns/hydra/core#"
NT = "application/n-triples"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix official: <https://official.example/shapes#> .
<https://official.example/shapes> a owl:Ontology ; owl:imports <http://127.0.0.1:1/never-fetched> .
<https://official.example/shapes#Agents> a sh:NodeShape ; sh:targetClass foaf:Agent ;
    sh:property [ sh:path foaf:mbox ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "fehlt"@de ] .
<https://official.example/shapes#Listed> a sh:PropertyShape ; sh:targetClass dcat:Dataset ;
    sh:path dcat:theme ;
    sh:property [ sh:path skos:inScheme ; sh:hasValue <https://official.example/themes> ] .
<https://official.example/shapes#Counted> a sh:PropertyShape ; sh:targetClass dcat:Catalog ;
    sh:path foaf:nick ; sh:minCount 1 ; sh:severity official:counted ; sh:message "gezählt" .
<https://official.example/shapes#Unused> a sh:PropertyShape ; sh:targetNode official:unused ;
    sh:path skos:definition ; sh:minCount 1 .
"""
GOVE = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
LIST = f"""
<{GOVE}>
    <http://www.w3.org/2004/02/skos/core#inScheme> <https://official.example/themes> .
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = SampleCity(tmp_path_factory.mktemp("city"))
    city.submit(2014, "kulturamt", goal(1))
    return first_release(city)


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    monkeypatch.setenv("STADTZIELE_SOURCE_RETRIES", "0")
    with sharing() as served:
        yield served


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line(), ["check-catalogue", *map(str, arguments)])


def results(*arguments: object) -> tuple[int, set[tuple[str, str, str]]]:
    """Return the exit code, and severity, rule and place of what was found."""
    done = run(*arguments, "--format", "json")
    document = json.loads(done.stdout)
    assert document["valid"] is (done.exit_code == 0)
    return done.exit_code, {(r["severity"], r["rule"], r["where"]) for r in document["results"]}


def broken(release: Path) -> bytes:
    """Return the catalogue with a theme that is in no list."""
    data = (release / CATALOG_GRAPH).read_bytes()
    return data + f"<{GOALS}> <{THEME}> <https://x.example/theme> .\n".encode()


def test_without_argument_it_checks_the_current_release(release: Path) -> None:
    done = run("--published", release.parent.parent)
    assert done.exit_code == 0
    assert "0 Verstöße / violations · 0 Hinweise / warnings" in done.stdout


@pytest.mark.parametrize("suffix", ["ttl", "rdf", "jsonld", "nt"])
def test_a_file_may_have_any_of_the_formats(release: Path, suffix: str) -> None:
    assert results(release / f"catalog/catalog.{suffix}") == (0, set())


def test_a_violation_stands_in_a_table_and_gives_exit_code_1(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "broken.nt"
    file.write_bytes(broken(release))
    assert results(file) == (1, {("violation", "theme-unknown", GOALS)})
    monkeypatch.setattr("pipeline.cli.output.console.width", 250)
    done = run(file)
    assert done.exit_code == 1
    for text in (
        "theme-unknown",
        GOALS,
        "Das Thema ist nicht",
        "The theme is not",
        "„https://x.example/theme“",
    ):
        assert text in done.stdout


def test_what_is_broken_in_many_places_is_one_row(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "broken.nt"
    sizes = [
        line
        for line in (release / CATALOG_GRAPH).read_text(encoding="utf-8").splitlines()
        if "dcat#byteSize" not in line
    ]
    file.write_text("\n".join(sizes), encoding="utf-8")
    code, found = results(file)
    assert code == 0
    assert len(found) > 10
    monkeypatch.setattr("pipeline.cli.output.console.width", 250)
    shown = run(file).stdout
    assert shown.count("The size of the file is missing") == 1
    assert f"{len(found)}-mal / times" in shown
    assert f"… +{len(found) - 5}" in shown


def test_markup_in_a_catalogue_does_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "markup.ttl"
    file.write_text(
        "<https://x.example/d> a <http://www.w3.org/ns/dcat#Dataset> ; "
        '<http://www.w3.org/ns/dcat#keyword> "[bold]a,\\u001b[31m[/nix]" .'
    )
    done = run(file)
    assert done.exit_code == 1
    assert "\x1b[31m" not in done.stdout
    assert "[bold]a," in done.stdout.replace("\n", "")


# pages


def page(release: Path, key: str, after: str = "") -> Reply:
    shared = (release / SHARED_FILE).read_bytes()
    body = shared + (release / entry_file(key)).read_bytes() + after.encode()
    return Reply(body=body, headers={"Content-Type": f"{NT}; charset=utf-8"})


def leads_to(target: str, term: str = "next") -> str:
    return f"<https://x.example/page> <{HYDRA}{term}> <{target}> .\n"


def test_all_pages_below_an_address_are_one_catalogue(release: Path, share: Share) -> None:
    share.replies = [
        page(release, "goals/2014", leads_to(f"{share.url}/catalog?page=2")),
        page(release, "all"),
    ]
    assert results(f"{share.url}/catalog") == (0, set())
    assert [asked["path"] for asked in share.asked] == ["/catalog", "/catalog?page=2"]
    assert {asked.get("Accept", "*/*") for asked in share.asked} == {"*/*"}  # as harvesters ask


@pytest.mark.parametrize("end", ["", "/"])
def test_of_a_server_its_catalogue_is_read(release: Path, share: Share, end: str) -> None:
    share.replies = [page(release, "all")]
    assert results(share.url + end) == (0, set())
    assert [asked["path"] for asked in share.asked] == ["/catalog"]


def test_what_is_wrong_between_pages_is_found(release: Path, share: Share) -> None:
    other = "https://ziele.esslingen.example/dataset/all"
    same = f'<{other}> <http://purl.org/dc/terms/identifier> "{GOALS}" .\n'
    share.replies = [
        page(release, "goals/2014", leads_to(f"{share.url}/2", "nextPage")),
        page(release, "all", same),
    ]
    code, found = results(share.url)
    assert code == 1
    assert ("violation", "identifier-shared", GOALS) in found


FORKED = leads_to("http://a.example/") + leads_to("http://b.example/")
FETCHING = b'{"@context": "http://127.0.0.1:1/c", "a": 1}'


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(500), "answers 500"),
        (Reply(200, b"<html>", {"Content-Type": "text/html"}), "web page"),
        (Reply(200, b"a,b", {"Content-Type": "text/csv"}), "no format of RDF"),
        (Reply(200, b"<a> <b>", {"Content-Type": NT}), "no N-Triples"),
        (Reply(200, b"<a> <b> <c> .", {"Content-Type": "text/turtle"}), "no Turtle"),
        (Reply(200, b"", {"Content-Type": NT}), "empty"),
        (Reply(200, FETCHING, {"Content-Type": "application/ld+json"}), "no JSON-LD"),
        (Reply(302, b"", {"Location": "ftp://x.example/"}), "no valid address"),
        (Reply(200, leads_to("http://127.0.0.2/other").encode(), {"Content-Type": NT}), "elsewhere"),
        (Reply(200, FORKED.encode(), {"Content-Type": NT}), "several next pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_address_that_gives_no_catalogue_is_exit_code_2(share: Share, reply: Reply, message: str) -> None:
    share.replies = [reply]
    done = run(share.url)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://", "https://x y/", "http://x.invalid:99999/?key=1"]
)
def test_an_address_that_is_none_is_exit_code_2(address: str) -> None:
    done = run(address)
    assert done.exit_code == 2
    assert address.partition("?")[0] in done.stderr.replace("\n", "")
    assert "key" not in done.stderr


def test_pages_that_lead_in_a_circle_end(share: Share) -> None:
    share.replies = [Reply(200, leads_to(f"{share.url}/a").encode(), {"Content-Type": NT})]
    done = run(f"{share.url}/a")
    assert done.exit_code == 2
    assert "circle" in done.stderr
    assert len(share.asked) == 1


def test_pages_without_end_end(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 5)
    share.replies = [
        Reply(200, leads_to(f"{share.url}/{number}").encode(), {"Content-Type": NT}) for number in range(9)
    ]
    done = run(share.url)
    assert done.exit_code == 2
    assert "more than 5 pages" in " ".join(done.stderr.split())
    assert len(share.asked) == 5


def test_an_outside_address_does_not_lead_inside(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the own network may be checked by whoever names it, but not because a page says so."""
    monkeypatch.setattr(reading, "_is_internal", lambda _: False)
    share.replies = [Reply(200, b"", {"Content-Type": NT})]
    done = run(share.url)
    assert done.exit_code == 2
    assert "internal address" in " ".join(done.stderr.split())
    assert share.asked == []


# files that cannot be read


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>"""


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.ttl", None, "No such file"),
        ("catalog.pdf", b"%PDF", "unknown format"),
        ("catalog.ttl", b"<html>", "no Turtle"),
        ("catalog.ttl", b"\xff\xfe\x00", "no Turtle"),
        ("catalog.jsonld", b"{", "no JSON-LD"),
        ("catalog.rdf", BOMB, "entities"),
    ],
)
def test_a_file_that_is_no_catalogue_is_exit_code_2(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run(tmp_path / name)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())


def test_a_file_beyond_the_limit_is_not_read(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    done = run(release / CATALOG_GRAPH)
    assert done.exit_code == 2
    assert "larger than 1000 bytes" in " ".join(done.stderr.split())


def test_where_nothing_is_published_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert run("--published", tmp_path).exit_code == 2


def test_an_empty_file_is_no_valid_catalogue(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_bytes(b"")
    code, found = results(tmp_path / "empty.ttl")
    assert code == 1
    assert {rule for _, rule, _ in found} == {"catalog-missing", "catalog-empty"}


# official shapes


def test_official_shapes_are_used_with_the_lists_beside_them(release: Path, tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    code, found = results(release / CATALOG_GRAPH, "--shapes", tmp_path)
    assert code == 1
    assert {where for severity, _, where in found if severity == "violation"} == {GOVE}
    (tmp_path / "list.ttl").write_text(LIST)
    code, found = results(release / CATALOG_GRAPH, "--shapes", tmp_path)
    city, catalog = (f"https://ziele.esslingen.example/{path}" for path in ("id/city", "catalog"))
    assert (code, {(severity, where) for severity, _, where in found}) == (
        0,
        {("warning", city), ("info", catalog)},  # and nothing of the lists themselves
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no shapes"),
        ("nonsense", "no Turtle"),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:x-s> a sh:PropertyShape ; sh:targetClass "
            "<http://www.w3.org/ns/dcat#Dataset> ; sh:path <urn:x-p> , <urn:x-q> ; sh:minCount 1 .",
            "cannot be used",
        ),
    ],
)
def test_shapes_that_cannot_be_used_are_exit_code_2(
    release: Path, tmp_path: Path, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "shapes.ttl").write_text(text)
    done = run(release / CATALOG_GRAPH, "--shapes", tmp_path)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())


# official shapes as their makers publish them

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://official.example/#> .
"""
STILL = ":Whole sh:property [ sh:path foaf:mbox ; sh:minCount 1 ; sh:message 'still' ] ."
WHOLE = ":Whole a sh:NodeShape ; sh:targetClass dcat:Dataset ; "


@pytest.mark.parametrize(
    ("text", "rule", "severity", "note"),
    [
        (
            WHOLE + "sh:property :P . :P sh:path dcat:theme ; sh:severity sh:Warning ; "
            "sh:node [ sh:path skos:inScheme ; sh:hasValue :none ] .",
            "P dcat:theme Node",
            "warning",
            "sh:node with sh:path, adapted",
        ),
        (
            WHOLE + "sh:property :P . :P sh:severity sh:Warning ; sh:message 'either' ; "
            "sh:or ( [ sh:path foaf:mbox ; sh:minCount 1 ] [ sh:path foaf:nick ; sh:minCount 1 ] ) .",
            "P Or",
            "warning",
            "without sh:path, adapted",
        ),
        (
            WHOLE
            + "sh:property [ sh:path dct:publisher ; sh:property [ sh:not [ sh:class foaf:Agent ] ] ] .",
            "dct:publisher Node",
            "violation",
            "without sh:path, adapted",
        ),
        (
            WHOLE + "sh:property [ ] , :nowhere . " + STILL,
            "foaf:mbox MinCount",
            "violation",
            "empty or described nowhere",
        ),
        (
            WHOLE + "sh:node :nowhere . " + STILL,
            "foaf:mbox MinCount",
            "violation",
            "empty or described nowhere",
        ),
        (
            WHOLE + "sh:property [ sh:path dct:publisher ; sh:class rdfs:Resource ] . " + STILL,
            "foaf:mbox MinCount",
            "violation",
            "everything is a rdfs:Resource",
        ),
        (
            ":elsewhere sh:deactivated true ; sh:message 'x' . " + WHOLE + "sh:closed false . " + STILL,
            "foaf:mbox MinCount",
            "violation",
            "changed, but described nowhere",
        ),
        (
            "<urn:x-o> a owl:Ontology ; owl:imports <http://127.0.0.1:1/foaf.rdf> . "
            + WHOLE
            + "sh:closed false . "
            + STILL,
            "foaf:mbox MinCount",
            "violation",
            "not fetched (owl:imports)",
        ),
    ],
)
def test_what_a_strict_validator_refuses_is_mended_and_told(
    release: Path, tmp_path: Path, text: str, rule: str, severity: str, note: str
) -> None:
    """Each of these stands in published files, of SEMIC or GovData; the rest of the file has to hold."""
    (tmp_path / "shapes.ttl").write_text(PREFIXES + text)
    done = run(release / CATALOG_GRAPH, "--shapes", tmp_path, "--format", "json")
    document = json.loads(done.stdout)
    assert {(r["severity"], r["rule"]) for r in document["results"]} == {(severity, rule)}
    assert [told["message_en"] for told in document["notes"]] == [note]


def test_files_that_change_shapes_of_others_are_put_together_from_all_folders(
    release: Path, tmp_path: Path
) -> None:
    """As in the German profile: one file has the shapes, another one switches some off and words the rest."""
    for folder in ("eu", "de/v3", "lists", ".git"):
        (tmp_path / folder).mkdir(parents=True)
    base = WHOLE + "sh:property :mbox , :nick . :mbox sh:path foaf:mbox ; sh:minCount 1 . "
    (tmp_path / "eu/base.ttl").write_text(
        "\ufeff" + PREFIXES + base + ":nick sh:path foaf:nick ; sh:minCount 1 ."
    )
    (tmp_path / "eu/base.jsonld").write_text('{"@context": "http://127.0.0.1:1/never-fetched"}')
    (tmp_path / "de/v3/overlay.ttl").write_text(
        PREFIXES + ":mbox sh:deactivated true . :nick sh:severity sh:Warning ; sh:message 'fehlt'@de ."
    )
    (tmp_path / "lists/agents.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    )
    (tmp_path / "README.md").write_text("# Shapes")
    (tmp_path / ".git/config.ttl").write_text("nonsense")
    done = run(release / CATALOG_GRAPH, "--shapes", tmp_path, "--format", "json")
    document = json.loads(done.stdout)
    assert {(r["severity"], r["rule"], r["message_de"]) for r in document["results"]} == {
        ("warning", "nick foaf:nick MinCount", "fehlt")
    }
    assert document["shapes"] == [
        {"file": "de/v3/overlay.ttl", "is_list": False, "shapes": 0, "changes": 2},
        {"file": "eu/base.ttl", "is_list": False, "shapes": 2, "changes": 0},
        {"file": "lists/agents.rdf", "is_list": True, "shapes": 0, "changes": 0},
    ]
    assert [(note["message_en"], note["concerns"]) for note in document["notes"]] == [
        ("not read", ["README.md", "eu/base.jsonld"])
    ]
    shown = run(release / CATALOG_GRAPH, "--shapes", tmp_path).stdout
    assert "de/v3/overlay.ttl: 0 Shapes, ändert / changes 2" in shown
    assert "lists/agents.rdf: Liste / list" in shown
    assert "nicht gelesen / not read: 2 (README.md, eu/base.jsonld)" in shown
