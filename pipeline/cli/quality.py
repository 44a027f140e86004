"""`stadtziele quality`: scores a running catalogue as data.europa.eu does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

import typer
import uvicorn
from rdflib import RDF, Graph
from rich.markup import escape
from rich.table import Table

from api import create_app
from ontology.contract import current_release
from ontology.errors import UnreadableCatalogueError
from ontology.quality import DIMENSION_NAMES, DIMENSIONS, METRICS, MOST, Metric, Quality, most_points, rating
from ontology.settings import Settings, load_settings
from pipeline.catalogue.check import check
from pipeline.catalogue.reading import read_source
from pipeline.cli.options import PublishedFolder
from pipeline.cli.output import console
from pipeline.quality.compliance import violations_of
from pipeline.quality.links import Host, OverHttp
from pipeline.quality.measuring import DCAT, measure

MOST_NAMED = 3
"""So many places are named where something is missing."""
WIDE = 130
"""Columns of a terminal that has room for properties and places beside the names of the metrics."""


def quality(
    url: Annotated[
        str | None,
        typer.Argument(
            help="Adresse des Katalogs oder seines Servers; sonst die aktuelle Veröffentlichung / "
            "address of the catalogue or its server; else the current release"
        ),
    ] = None,
    published: PublishedFolder = None,
    at_least: Annotated[
        float,
        typer.Option(help="So viele Punkte, sonst Exit-Code 1 / as many points, else exit code 1", max=MOST),
    ] = MOST,
) -> None:
    """Die Qualität des Katalogs messen, wie data.europa.eu / score the catalogue as data.europa.eu does."""
    settings = load_settings(published=published, client_requests=0)
    if url is None:
        with _serving(settings) as own:
            found = _measured(own, settings)
    else:
        found = _measured(url, settings)
    is_wide = console.width >= WIDE
    console.print(_table(found, is_wide=is_wide))
    if not is_wide:
        _print_lacking(found)
    _print_sums(found)
    if found.points("best") < at_least:
        raise typer.Exit(1)


def _measured(url: str, settings: Settings) -> Quality:
    pages = read_source(url, settings)
    graph = Graph()
    for page in pages:
        graph += page
    host = _host(graph, url)
    if host.is_other:
        console.print(
            f"IRIs unter {host.base} werden bei {host.origin} gefragt / IRIs below {host.base} are asked at "
            f"{host.origin}",
            highlight=False,
        )
    return measure(graph, OverHttp(host), violations_of(graph, check(pages)), "http")


def _host(graph: Graph, url: str) -> Host:
    """Return where things are asked: what lies beside the catalogue by its IRI, at the server that has it."""
    node = next((str(node) for node in graph.subjects(RDF.type, DCAT.Catalog)), None)
    if node is None:
        raise UnreadableCatalogueError(f"{url}: kein Katalog / no catalogue (dcat:Catalog).")
    base, origin = urlsplit(node), urlsplit(url)
    return Host(
        urlunsplit((*base[:2], base.path.rpartition("/")[0] + "/", "", "")),
        urlunsplit((*origin[:2], "/", "", "")),
    )


@contextmanager
def _serving(settings: Settings) -> Iterator[str]:
    """Serve the current release on a free port until the end of the block; gives the address.

    Raises `NoReleaseError` where nothing is published.
    """
    current_release(settings.published)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_config=None, access_log=False))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _table(found: Quality, *, is_wide: bool) -> Table:
    """Return the points of each metric; in a wide terminal with its property and the places that lack it."""
    table = Table(title="Qualität des Katalogs / quality of the catalogue (MQA, data.europa.eu)")
    table.add_column("Metrik\nmetric", no_wrap=True)
    for words in ("beste\nbest", "Mittel\naveraged", "von\nof"):
        table.add_column(words, justify="right", no_wrap=True)
    if is_wide:
        table.add_column("Angabe\nproperty")
        table.add_column("fehlt bei\nmissing at")
    for dimension in DIMENSIONS:
        name = DIMENSION_NAMES[dimension]
        sums = (_points(found.points("best", dimension)), _points(found.points("averaged", dimension)))
        most = str(most_points(dimension))
        table.add_row(f"[bold]{name.de} / {name.en}[/]", *sums, most, style="on grey11")
        for metric in (metric for metric in METRICS if metric.dimension == dimension):
            more = (metric.property, escape(_places(found.lacking(metric)))) if is_wide else ()
            table.add_row(*_row(found, metric), *more)
    return table


def _row(found: Quality, metric: Metric) -> tuple[str, str, str, str]:
    best = found.of_metric(metric, "best")
    style = "green" if best == metric.points else "bold red"
    return (
        f"{metric.title.de}\n[dim]{metric.title.en}[/]",
        f"[{style}]{_points(best)}[/]",
        _points(found.of_metric(metric, "averaged")),
        str(metric.points),
    )


def _print_lacking(found: Quality) -> None:
    """Print which places lack what, for a terminal in which the table has no room for it."""
    for metric in METRICS:
        if places := _places(found.lacking(metric)).replace("\n", ", "):
            said = f"{metric.property} fehlt bei / missing at: {places}"
            console.print(escape(said), highlight=False, soft_wrap=True)


def _print_sums(found: Quality) -> None:
    for dataset in found.datasets:
        for problem in dataset.problems:
            console.print(f"[bold red]✗[/] {escape(problem)}", highlight=False, soft_wrap=True)
    best, averaged = found.points("best"), found.points("averaged")
    console.print(
        f"[bold]{_points(best)} / {MOST}[/] ({rating(best)}): beste Distribution jedes Datensatzes, wie "
        "data.europa.eu / best distribution of each dataset, as data.europa.eu\n"
        f"{_points(averaged)} / {MOST} ({rating(averaged)}): Anteil aller Distributionen, wie ckan-mqa / "
        "share of all distributions, as ckan-mqa",
        highlight=False,
        soft_wrap=True,
    )


def _points(points: float) -> str:
    """Return points with at most two digits after the point, cut and not rounded: nothing less looks full."""
    return f"{int(points * 100 + 1e-6) / 100:g}"


def _places(iris: list[str]) -> str:
    """Return the first few places by their paths, and how many more there are."""
    shown = [urlsplit(iri).path.removeprefix("/") for iri in iris[:MOST_NAMED]]
    more = [f"… +{len(iris) - MOST_NAMED}"] if len(iris) > MOST_NAMED else []
    return "\n".join([*shown, *more])
