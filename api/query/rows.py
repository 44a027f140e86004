"""Whether a result ends at the limit on rows, and saying so in its body where the format allows.

Rows are counted in the serialised text. Each format shows by itself where a row ends: XML has a tag
that text cannot contain, TSV a line, CSV a line outside of quotation marks, and in JSON `},{` outside
of strings stands between rows only.
"""

from collections.abc import Iterator
from typing import Final

from api.query.output import Output

LEAST_BYTES: Final = 1
"""No row takes less in any format: an empty line."""

_NOTE: Final = "The result ends at the limit of {rows} rows; there may be more."


def is_at_limit(output: Output, media_type: str, rows: int) -> bool:
    """Tell whether a result of SELECT has as many rows as are allowed."""
    if output.size < rows * LEAST_BYTES:
        return False
    return sum(_counts(output.chunks(), media_type)) >= rows


def say_in_results(output: Output, media_type: str, rows: int) -> None:
    """Say in a table that it ends at the limit: an extra member in JSON, a comment in XML.

    CSV and TSV have no place for it; there the header of the response stands alone.
    """
    if media_type == "application/sparql-results+json":
        output.cut_end(b"}")
        output.write(f',"limit":{{"rows":{rows},"note":"{_NOTE.format(rows=rows)}"}}}}'.encode())
    elif media_type == "application/sparql-results+xml":
        output.write(f"<!-- {_NOTE.format(rows=rows)} -->".encode())


def say_in_graph(output: Output, media_type: str, rows: int) -> None:
    """Say in a graph that it ends at the limit, as a comment; JSON-LD has its own member."""
    note = _NOTE.format(rows=rows).replace("rows", "triples")
    if media_type in {"text/turtle", "application/n-triples"}:
        output.write(f"# {note}\n".encode())
    elif media_type == "application/rdf+xml":
        output.write(f"<!-- {note} -->".encode())


def _counts(chunks: Iterator[bytes], media_type: str) -> Iterator[int]:
    """Yield how many rows each piece of a result adds."""
    match media_type:
        case "application/sparql-results+xml":
            yield from _occurrences(chunks, b"<result>")
        case "text/tab-separated-values":
            yield -1
            yield from _occurrences(chunks, b"\n")
        case "text/csv":
            yield -1
            yield from _occurrences(_outside(chunks), b"\n")
        case _:
            yield 1
            yield from _occurrences(_outside(_without_escapes(chunks)), b"},{")


def _occurrences(chunks: Iterator[bytes], sought: bytes) -> Iterator[int]:
    """Count a text also where it lies across two pieces."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        yield text.count(sought)
        rest = text[max(len(text) - len(sought) + 1, 0) :]


def _outside(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what stands outside of quotation marks; each quoted text leaves one mark behind."""
    quoted = False
    for chunk in chunks:
        parts = chunk.split(b'"')
        yield b'"'.join(parts[quoted::2])
        quoted ^= len(parts) % 2 == 0


def _without_escapes(chunks: Iterator[bytes]) -> Iterator[bytes]:
    r"""Take ``\\`` and ``\"`` out of JSON, so that every quotation mark begins or ends a string."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        odd = (len(text) - len(text.rstrip(b"\\"))) % 2
        rest = text[len(text) - odd :]
        yield text[: len(text) - odd].replace(b"\\\\", b"").replace(b'\\"', b"")
    yield rest
