from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.iris import Iris, goal_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Interkulturelle Öffnung", "interkulturelle-oeffnung"),
        ("Straße & Verkehr", "strasse-und-verkehr"),
        ("o\u0308ffnung", "oeffnung"),
        ("  ", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_an_iri_segment_and_its_own_slug(text: str) -> None:
    segment = slug(text)
    assert segment.isascii()
    assert slug(segment) == segment
    assert set(segment) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_goal_id_has_two_digits_or_more() -> None:
    assert goal_id(2014, "kulturamt", 3) == "2014-kulturamt-03"
    assert goal_id(2014, "kulturamt", 123) == "2014-kulturamt-123"


def test_the_path_of_an_iri_is_its_path_on_the_server() -> None:
    iris = Iris("https://ziele.esslingen.example/")
    assert urlsplit(iris.goal("2014-kulturamt-03")).path == "/id/goal/2014-kulturamt-03"
    assert iris.product_group("2016", "11.14").endswith("/id/product-group/2016/11.14")
