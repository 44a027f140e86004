"""A release of many goals over twenty years, written without the pipeline, which takes hours for them."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology.contract import CURRENT, MANIFEST, RELEASES, STORE, Manifest
from ontology.iris import Iris, goal_id
from ontology.namespaces import SZ, expand
from ontology.productplan import product_plan, product_plan_documents
from ontology.vocabulary import ONTOLOGY_IRI, codelists_turtle, vocabulary_turtle
from pipeline.mapping.documents import Document, jsonld
from pipeline.statistics.counting import Cell
from pipeline.statistics.cube import statistics_document

IRIS: Final = Iris("https://stadt.example/")
FIRST_YEAR: Final = 2007
YEARS: Final = 20
DEPARTMENTS: Final = 40
ACTION_FIELDS: Final = 12
WORDS: Final = (
    "Sprachkurse",
    "Beratung",
    "Schulen",
    "Familien",
    "Ehrenamt",
    "Wohnen",
    "Ausbildung",
    "Gesundheit",
    "Sport",
    "Kultur",
    "Jugendliche",
    "Nachbarschaft",
    "Öffnung",
    "Fortbildung",
    "Teilhabe",
    "Begegnung",
    "Bibliothek",
    "Übersetzung",
    "Verwaltung",
    "Stadtteil",
)
STATES: Final = ("selected", "not-selected", "carried-over", "submitted")
ATTAINMENTS: Final = ("attained", "partly-attained", "under-way", "not-started", "not-reported")


def write_release(published: Path, goals: int) -> Path:
    """Write a release with this many goals and make it the current one; return its N-Quads file."""
    release = published / RELEASES / f"20270101T000000.000000Z-{goals:08d}"
    release.mkdir(parents=True)
    quads = published / "data.nq"
    with quads.open("w", encoding="utf-8") as file:
        file.writelines(_quads(goals))
    store = ox.Store(str(release / STORE))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    manifest = Manifest(
        id=release.name,
        created=datetime(2027, 1, 1, tzinfo=UTC),
        base_iri=IRIS.base,
        city="Erzeugte Stadt",
        notice=None,
        code_version="0",
        shapes_version="0",
        content_sha256="0",
        previous=None,
        triples=len(store),
        graphs=0,
        counts=(),
        inputs=(),
        outputs=(),
    )
    (release / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    (published / CURRENT).symlink_to(Path(RELEASES) / release.name)
    return quads


def write_triples(quads: Path) -> Path:
    """Write the same without graphs, for servers that know none; return the file."""
    triples = quads.with_suffix(".nt")
    with quads.open("rb") as source, triples.open("wb") as target:
        target.writelines(line[: line.rindex(b" <")] + b" .\n" for line in source)
    return triples


def _quads(goals: int) -> Iterator[str]:
    for text in (vocabulary_turtle(), codelists_turtle()):
        graph = ox.NamedNode(ONTOLOGY_IRI)
        for quad in ox.parse(text, ox.RdfFormat.TURTLE):
            yield f"{ox.Quad(quad.subject, quad.predicate, quad.object, graph)} .\n"
    for name, nodes in product_plan_documents(IRIS):
        yield from _document(Document(name, nodes))
    yield from _document(_organisation())
    counts = Counter[Cell]()
    for number in range(goals):
        yield from _goal(number, goals, counts)
    yield from _document(statistics_document(IRIS, counts))


def _document(document: Document) -> Iterator[str]:
    text = jsonld(document.name, list(document.all_nodes()))
    return (f"{quad} .\n" for quad in ox.parse(text, ox.RdfFormat.JSON_LD))


def _organisation() -> Document:
    nodes = [
        {
            "id": IRIS.department(_department(n)),
            "type": "org:OrganizationalUnit",
            "identifier": _department(n),
            "label": f"Amt {n}",
        }
        for n in range(DEPARTMENTS)
    ]
    fields = [
        {"id": IRIS.action_field("plan", f"feld-{n}"), "type": "skos:Concept", "label": f"Handlungsfeld {n}"}
        for n in range(ACTION_FIELDS)
    ]
    return Document(IRIS.graph("organisation"), [*nodes, *fields])


def _department(number: int) -> str:
    return f"amt-{number:02d}"


def goal_of(number: int, goals: int) -> str:
    """Return the id of a generated goal: years and departments share the goals evenly."""
    per_year = -(-goals // YEARS)
    year, rest = divmod(number, per_year)
    in_department, department = divmod(rest, DEPARTMENTS)
    return goal_id(FIRST_YEAR + year, _department(department), in_department + 1)


def _goal(number: int, goals: int, counts: Counter[Cell]) -> Iterator[str]:
    chance = random.Random(number)  # noqa: S311 - the same data each time, no secret
    goal = goal_of(number, goals)
    year, department = int(goal[:4]), goal[5:11]
    group = chance.choice(_GROUPS)
    field = f"feld-{chance.randrange(ACTION_FIELDS)}"
    state = chance.choice(STATES)
    attainment = chance.choice(ATTAINMENTS) if state in {"selected", "carried-over"} else "not-reported"
    for breakdown, key in (
        ("overall", ()),
        ("by-area", ("2016", group[:2])),
        ("by-product-group", ("2016", group)),
        ("by-department", (department,)),
        ("by-action-field", ("plan", field)),
    ):
        counts[Cell(breakdown, year, key, state, attainment)] += 1  # type: ignore[arg-type]
    file = IRIS.submission("submission", year, department)
    subject = IRIS.goal(goal)
    title = " ".join(chance.sample(WORDS, 6))
    facts = [
        ("rdf:type", f"<{SZ}Goal>"),
        ("dct:identifier", f'"{goal}"'),
        ("dct:title", f'"{title} {number}"@de'),
        ("dct:description", f'"{" ".join(chance.choices(WORDS, k=25))}"@de'),
        ("sz:year", f'"{year}"^^<{expand("xsd:gYear")}>'),
        ("sz:budgetYear", f"<{IRIS.budget_year(year)}>"),
        ("sz:productGroup", f"<{IRIS.product_group('2016', group)}>"),
        ("dct:subject", f"<{IRIS.action_field('plan', field)}>"),
        ("prov:wasAttributedTo", f"<{IRIS.department(department)}>"),
        ("dct:isPartOf", f"<{file}>"),
        ("sz:indicator", f"<{IRIS.indicator(goal)}>"),
    ]
    per_year = -(-goals // YEARS)
    if state == "carried-over" and number >= per_year:
        facts.append(("sz:carriedOverFrom", f"<{IRIS.goal(goal_of(number - per_year, goals))}>"))
    yield from (f"<{subject}> <{expand(name)}> {value} <{file}> .\n" for name, value in facts)
    status = IRIS.status(year)
    yield f"<{subject}> <{SZ}selectionState> <{SZ}state-{state}> <{status}> .\n"
    value = f'"{chance.randrange(1, 1000)}"^^<{expand("xsd:decimal")}>'
    target = IRIS.observation(goal, "target", str(year))
    yield f"<{target}> <{expand('rdf:type')}> <{expand('qb:Observation')}> <{file}> .\n"
    yield f"<{target}> <{SZ}indicator> <{IRIS.indicator(goal)}> <{file}> .\n"
    yield f"<{target}> <{expand('sdmx-measure:obsValue')}> {value} <{file}> .\n"
    if attainment != "not-reported":
        yield from _report(goal, year, department, attainment)


def _report(goal: str, year: int, department: str, attainment: str) -> Iterator[str]:
    file = IRIS.submission("progress-list", year, department)
    report = IRIS.progress(goal, year, f"{year}-12-31")
    facts = (
        ("rdf:type", f"<{SZ}ProgressReport>"),
        ("schema:about", f"<{IRIS.goal(goal)}>"),
        ("sz:attainment", f"<{SZ}attainment-{attainment}>"),
        ("dct:valid", f'"{year}-12-31"^^<{expand("xsd:date")}>'),
    )
    yield from (f"<{report}> <{expand(name)}> {value} <{file}> .\n" for name, value in facts)


_GROUPS: Final = list(
    itertools.chain(
        code.code for code in product_plan().codes if code.level == "group" and code.edition == "2016"
    )
)
