"""XLSX and ODS workbooks, read with calamine: cached values of formulas, no macros, no links."""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ontology.errors import UnreadableFileError
from pipeline.reading.grid import Grid


def read_workbook(data: bytes) -> list[Grid]:
    """Return the visible sheets of a workbook; raises `UnreadableFileError`."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            Grid(meta.name, workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False))
            for meta in workbook.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(
            "file-unreadable",
            f"keine lesbare Arbeitsmappe ({error})",
            f"no workbook that can be read ({error})",
        ) from error
