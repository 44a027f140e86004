import pytest

from api.negotiation import Offer, by_suffix, choose, prefers_html
from api.query.formats import GRAPHS, HTML, RESULTS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV ; Q=0.5", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "tsv"),
        ("text/*", "xml"),
        ("text/*;q=0.3, text/csv;q=0.9", "csv"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*;q=0.1", "xml"),
        ("text/csv; header=present", "csv"),
        ("nonsense, text/csv;q=x, text/tab-separated-values", "tsv"),
        ("text/csv;q=nan", "csv"),
        ("text/csv;q=inf, application/sparql-results+xml;q=0.5", "xml"),
        ("text/csv;q=-1", "csv"),
        ("text/csv;q=1.5, application/sparql-results+xml;q=.7", "csv"),
    ],
)
def test_the_wanted_result_format_is_chosen(accept: str | None, suffix: str) -> None:
    offer = choose(accept, RESULTS)
    assert offer is not None
    assert offer.suffix == suffix


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0"])
def test_nothing_is_chosen_where_nothing_fits(accept: str) -> None:
    assert choose(accept, RESULTS) is None


def test_a_browser_gets_html_and_a_machine_turtle() -> None:
    offers = (*GRAPHS, HTML)
    assert choose(BROWSER, offers) is HTML
    assert choose("*/*", offers) is GRAPHS[0]
    assert prefers_html(BROWSER)
    assert not prefers_html("*/*")
    assert not prefers_html("application/json, text/html;q=0.5")


def test_suffixes_name_formats() -> None:
    assert by_suffix("ttl", GRAPHS) is GRAPHS[0]
    assert by_suffix("png", GRAPHS) is None


def test_only_text_says_its_charset() -> None:
    assert Offer("text/csv", "csv").content_type == "text/csv; charset=utf-8"
    assert Offer("application/ld+json", "jsonld").content_type == "application/ld+json"
