import pytest

from api.formatting import written


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        ("2014-12-31", "31.12.2014", "2014-12-31"),
        ("2026-11-28T17:09:59.123Z", "28.11.2026", "2026-11-28"),
        ("96.5", "96,5", "96.5"),
        ("-0.25", "-0,25", "-0.25"),
        ("75", "75", "75"),
        ("2014", "2014", "2014"),
        ("11.14.08", "11.14.08", "11.14.08"),
        ("Ein Ziel. Und noch eins", "Ein Ziel. Und noch eins", "Ein Ziel. Und noch eins"),
        ("2014-13-01", "2014-13-01", "2014-13-01"),
        ("", "", ""),
    ],
)
def test_days_and_numbers_are_written_as_readers_write_them(value: str, german: str, english: str) -> None:
    assert (written(value, "de"), written(value, "en")) == (german, english)
