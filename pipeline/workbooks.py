"""Workbooks whose bytes depend on nothing but what is in them."""

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Final

import openpyxl

_MOMENT: Final = datetime(2015, 1, 19, tzinfo=UTC).replace(tzinfo=None)
_MODIFIED: Final = re.compile(rb"<dcterms:modified\b.*?</dcterms:modified>", re.DOTALL)


def bytes_of(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as XLSX: its parts carry one fixed time instead of that of writing."""
    book.properties.created = _MOMENT
    stream, result = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(result, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(b"", content)
            entry = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content)
    return result.getvalue()
