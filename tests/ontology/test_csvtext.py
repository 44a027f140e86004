from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ontology.csvtext import arm, csv_text, disarm


@given(st.text())
def test_a_disarmed_text_is_no_formula_and_comes_back_as_it_was(text: str) -> None:
    assert arm(disarm(text)) == text
    assert not disarm(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_no_text_is_a_formula_in_a_spreadsheet(text: str) -> None:
    assert not csv_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_and_dates_are_plain() -> None:
    assert [csv_text(Decimal(n)) for n in ("12.500000", "-3", "1E+3")] == ["12.5", "-3", "1000"]
    assert csv_text(date(2014, 6, 24)) == "2014-06-24"
    assert csv_text(None) == ""
