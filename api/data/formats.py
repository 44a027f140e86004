"""The formats that tables are given in, and how one of them is chosen."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request

from api.negotiation import Offer, by_suffix, choose
from api.problems import not_acceptable
from ontology.csvtext import csv_text

JSON: Final = Offer("application/json", "json")
JSONLD: Final = Offer("application/ld+json", "jsonld")
CSV: Final = Offer("text/csv", "csv")


def chosen(request: Request, suffix: str | None, offers: Sequence[Offer]) -> Offer:
    """Return the format with this suffix, else the one that Accept prefers; raises `ProblemError` (406)."""
    offer = by_suffix(suffix, offers) if suffix else choose(request.headers.get("accept"), offers)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in offers))
    return offer


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180), safe to be opened with a spreadsheet program."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_text(row[column]) for column in columns] for row in rows)
    return text.getvalue()
