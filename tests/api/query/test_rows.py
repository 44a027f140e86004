"""Counting rows in serialised results, whatever the values contain."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.query.job import Job, Question
from api.query.output import Output, TooLargeError
from api.query.rows import is_at_limit

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
NASTY = st.text(st.sampled_from('"\\},{:<result>\n\r\t,ä'), max_size=12)


def output(tmp_path: Path, **limits: int) -> Output:
    given = {"result_bytes": 1_000_000, "inline_bytes": 1_000_000} | limits
    return Output(Job(Question("", ""), seconds=1.0, spool=str(tmp_path / "spooled"), **given))


@pytest.mark.parametrize("media_type", FORMATS)
@given(values=st.lists(st.tuples(st.none() | NASTY, st.none() | NASTY), max_size=8), piece=st.integers(1, 9))
def test_rows_are_counted_exactly(
    media_type: str,
    values: list[tuple[str | None, str | None]],
    piece: int,
) -> None:
    table = " ".join(
        f"({' '.join('UNDEF' if v is None else str(ox.Literal(v)) for v in row)})" for row in values
    )
    found = ox.Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {table} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    body = found.serialize(format=FORMATS[media_type]) or b""
    written = output(Path())
    pieces = [body[n : n + piece] for n in range(0, len(body), piece)]
    written.chunks = lambda *_: iter(pieces)  # type: ignore[method-assign]
    written.size = 10**9  # so that counting is not spared
    if values:
        assert is_at_limit(written, media_type, len(values))
    assert not is_at_limit(written, media_type, max(len(values), 1) + 1)


def test_what_grows_moves_to_the_disk_and_what_grows_on_is_refused(tmp_path: Path) -> None:
    written = output(tmp_path, inline_bytes=10, result_bytes=30)
    written.write(b"0123456789")
    assert written.body() == b"0123456789"
    written.write(b"abcdef}")
    assert written.body() == b""
    written.cut_end(b"}")
    written.write(b",more")
    assert (tmp_path / "spooled").read_bytes() == b"0123456789abcdef,more"
    assert b"".join(written.chunks(4)) == b"0123456789abcdef,more"
    with pytest.raises(TooLargeError):
        written.write(b"0123456789")
    written.discard()
    assert not (tmp_path / "spooled").exists()
