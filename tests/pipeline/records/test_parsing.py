import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.grid import CellValue
from pipeline.records import parsing


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("12 %", "12"),
        ("-3", "-3"),
        ("− 3,5", "-3.5"),
        ("1\u00a0234", "1234"),
        (12.5, "12.5"),
        (7, "7"),
    ],
)
def test_numbers_as_people_write_them(cell: CellValue, expected: str) -> None:
    assert parsing.parse_number(cell) == Decimal(expected)


@pytest.mark.parametrize(
    "cell",
    [
        "zwölf",
        "12 Personen",
        "",
        "1,2,3.4.5",
        "1,2,3",
        "1.2.2014",
        "1.23,4,5",
        "12.34,5",
        True,
        "NaN",
        float("inf"),
    ],
)
def test_what_is_no_number_is_refused(cell: CellValue) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the caller adds the place
        parsing.parse_number(cell)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_german_numbers_are_read_as_they_are_written(number: Decimal) -> None:
    german = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parsing.parse_number(german) == number


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parsing.parse_number(text).is_finite()


@pytest.mark.parametrize(
    "cell",
    ["24.06.2013", "2013-06-24", date(2013, 6, 24), datetime(2013, 6, 24, 10, tzinfo=UTC), "24. 6. 2013"],
)
def test_dates(cell: CellValue) -> None:
    assert parsing.parse_date(cell) == date(2013, 6, 24)


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parsing.parse_date(text), date)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11.14", "11.14"),
        (" 11.14.08 ", "11.14.08"),
        ("11 14 08", "11.14.08"),
        ("11.14-002", "11.14-002"),
        (11.2, "11.20"),
        (11.14, "11.14"),
    ],
)
def test_product_codes(cell: CellValue, code: str) -> None:
    assert parsing.parse_product_code(cell) == code


@pytest.mark.parametrize("cell", ["11", "Kultur", "1.1", "111.14", 11, "11.14.08.01"])
def test_what_is_no_product_code_is_refused(cell: CellValue) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the caller adds the place
        parsing.parse_product_code(cell)


def test_the_reason_for_having_no_product_group() -> None:
    assert parsing.reason_for_no_group("keine: Eigenbetrieb") == "Eigenbetrieb"
    assert parsing.reason_for_no_group("Keine – Eigenbetrieb") == "Eigenbetrieb"
    assert parsing.reason_for_no_group("keine") is None
    assert parsing.reason_for_no_group("11.14") is None


def test_goal_ids_have_one_spelling() -> None:
    assert parsing.parse_goal_id(" 2014-Kulturamt-03 ") == "2014-kulturamt-03"
    with pytest.raises(ValueError, match="kulturamt"):
        parsing.parse_goal_id("kulturamt 3")


def test_several_things_in_a_cell() -> None:
    assert parsing.split_list("a; b ;;c") == ("a", "b", "c")
    assert parsing.split_list(None) == ()


@pytest.mark.parametrize(
    ("cell", "code", "is_guessed"),
    [
        (11.1, "11.10", True),
        (Decimal("11.2"), "11.20", True),
        ("11.1", "11.10", True),
        ("11,1", "11.10", True),
        (11.14, "11.14", False),
        (datetime(2026, 10, 11, tzinfo=UTC), "11.10", True),
        (date(2026, 10, 11), "11.10", True),
        ("11.14 Organisation und Dokumentation", "11.14", False),
        ("27.30.05 – Kurse", "27.30.05", False),
        ("11.14-002 örtlich", "11.14-002", False),
        ("11 14", "11.14", False),
    ],
)
def test_codes_that_a_spreadsheet_changed_are_restored(cell: CellValue, code: str, is_guessed: bool) -> None:
    assert parsing.parse_product_code(cell) == code
    assert parsing.is_guessed_code(cell) == is_guessed


@pytest.mark.parametrize("cell", [date(2001, 10, 21), date(2026, 1, 1), "Organisation", 11, True, "11.145"])
def test_codes_that_cannot_be_told_are_refused(cell: CellValue) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        parsing.parse_product_code(cell)


def test_dates_stored_as_numbers() -> None:
    assert parsing.parse_date(41449.0) == date(2013, 6, 24)
    assert parsing.parse_date("41449") == date(2013, 6, 24)
    with pytest.raises((ValueError, ArithmeticError)):
        parsing.parse_date("2013")


def test_the_label_after_an_id_is_passed_over() -> None:
    assert parsing.parse_goal_id("2014-kulturamt-03 Beschäftigte schulen") == "2014-kulturamt-03"
    assert parsing.parse_goal_id("2014-Kulturamt-03: Beschäftigte schulen") == "2014-kulturamt-03"


def test_numbers_are_those_that_a_spreadsheet_shows() -> None:
    assert parsing.parse_number(0.1 + 0.2) == Decimal("0.3")
    assert parsing.parse_number(Decimal("1e-999999")) == 0
    with pytest.raises((ValueError, ArithmeticError)):
        parsing.parse_number(Decimal("1e999999"))
