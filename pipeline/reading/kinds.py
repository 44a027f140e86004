"""What a file really is, whatever its name says: told from its first bytes."""

from dataclasses import dataclass
from typing import Final

from ontology.errors import UnreadableFileError

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class _Signature:
    start: bytes
    german: str
    english: str


_OTHERS: Final = (
    _Signature(b"\x89PNG", "ein Bild (PNG)", "a picture (PNG)"),
    _Signature(b"\xff\xd8\xff", "ein Bild (JPEG)", "a picture (JPEG)"),
    _Signature(b"GIF8", "ein Bild (GIF)", "a picture (GIF)"),
    _Signature(b"%PDF", "ein PDF-Dokument", "a PDF document"),
    _Signature(b"\x1f\x8b", "ein gepacktes Archiv (gzip)", "a packed archive (gzip)"),
    _Signature(b"Rar!", "ein gepacktes Archiv (RAR)", "a packed archive (RAR)"),
    _Signature(b"7z\xbc\xaf", "ein gepacktes Archiv (7z)", "a packed archive (7z)"),
    _Signature(b"{\\rtf", "ein Textdokument (RTF)", "a text document (RTF)"),
    _Signature(b"<!DOCTYPE html", "eine Internetseite (HTML)", "a web page (HTML)"),
    _Signature(b"<html", "eine Internetseite (HTML)", "a web page (HTML)"),
)


def refuse_other_kinds(data: bytes, suffix: str) -> None:
    """Raise `UnreadableFileError` for a file that is not what its suffix says.

    `suffix` is ``.xlsx``, ``.csv`` or ``.json``. Excel stores a workbook with a password, and one in the
    format before 2007, as an OLE compound file (MS-OFFCRYPTO 2.3.4.5).
    """
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise UnreadableFileError("file-encrypted", "", "")
        raise _other("eine Arbeitsmappe im alten Excel-Format (XLS)", "a workbook in the old format (XLS)")
    for other in _OTHERS:
        if data[:64].lstrip().lower().startswith(other.start.lower()):
            raise _other(other.german, other.english)
    is_zip = data.startswith(ZIP)
    if is_zip and suffix != ".xlsx":
        raise _other("eine Arbeitsmappe oder ein ZIP-Archiv", "a workbook or a ZIP archive")
    if not is_zip and suffix == ".xlsx":
        raise _other("keine Excel-Arbeitsmappe", "no Excel workbook")


def _other(german: str, english: str) -> UnreadableFileError:
    return UnreadableFileError("file-other-kind", german, english)
