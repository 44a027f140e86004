"""Looking into the parts of an XLSX workbook before calamine reads it.

Calamine holds a sheet as a full rectangle, so that one stray cell at its end would ask for 500 GB; it
leaves cells with errors empty, as it does formulas that were never computed, and it does not know that a
cell shows 12 % where 0.12 is stored. What a file says of its own size may be wrong, so it is unpacked
and counted. A document type declaration (which could name entities or other files) is refused
wherever it stands.
"""

import lzma
import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Final
from xml.parsers import expat

from ontology.errors import UnreadableFileError
from pipeline.reading.grid import BadCell, column_index
from pipeline.reading.limits import MOST_CELLS, Limits

MOST_PARTS: Final = 2_000
_CHUNK: Final = 1 << 18
_SHEETS: Final = "xl/worksheets/"
_STYLES: Final = "xl/styles.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_REFERENCE: Final = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_LEADS_ELSEWHERE: Final = re.compile(r"HYPERLINK|WEBSERVICE|FILTERXML|RTD|\[\d+\]|\|", re.IGNORECASE)
_Start = Callable[[str, dict[str, str]], object]
_Text = Callable[[str], object]
_LITERALS: Final = re.compile(r'"[^"]*"|\\.')
"""What a number format shows as it stands: a percent sign in it does not multiply by a hundred."""
_PERCENT_FORMATS: Final = frozenset({"9", "10"})


_DAMAGE: Final = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the ZIP and XML readers raise for bytes that make no archive; `zipfile` promises no single one."""


@dataclass
class SheetPart:
    """What a sheet holds beside plain values, by position (row and column from 0)."""

    bad: dict[tuple[int, int], BadCell] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    elsewhere: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True)
class Workbook:
    """The sheets by name, and whether the workbook has links to other files."""

    sheets: dict[str, SheetPart]
    has_links: bool


def look_into(data: bytes, limits: Limits) -> Workbook:
    """Return what calamine does not tell; raises `UnreadableFileError` for what must not be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _look_into(archive, limits)
    except _DAMAGE as error:
        raise _damaged(error) from error


def _look_into(archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    names = archive.namelist()
    if len(names) > MOST_PARTS:
        raise UnreadableFileError(
            "file-too-many-parts", f"{len(names)} statt {MOST_PARTS}", f"{len(names)} instead of {MOST_PARTS}"
        )
    unpacking = _Unpacking(archive, limits)
    percent_styles = _percent_styles(unpacking) if _STYLES in names else frozenset()
    lengths = _lengths_of_strings(unpacking) if _STRINGS in names else array("L")
    parts: dict[str, SheetPart] = {}
    for name in names:
        if name.startswith(_SHEETS) and name.endswith(".xml"):
            scan = _SheetScan(limits, percent_styles, lengths, unpacking)
            unpacking.parse(name, scan.start, scan.end, scan.characters)
            parts[name] = scan.part
        elif name not in (_STYLES, _STRINGS, _WORKBOOK, _RELATIONS):
            unpacking.count(name)
    sheets = {sheet: parts[part] for sheet, part in _sheet_parts(unpacking, names) if part in parts}
    return Workbook(sheets, any(name.startswith("xl/externalLinks/") for name in names))


class _Unpacking:
    """Unpacks parts piece by piece, and refuses to go on beyond the limit of all together."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._left = limits.unpacked_bytes
        self._limit = limits.unpacked_bytes

    def count(self, name: str) -> None:
        """Unpack a part to count its bytes, and to see that an XML part declares no document type."""
        if name.endswith((".xml", ".rels", ".vml")):
            self.parse(name)
        else:
            for _ in self._chunks(name):
                pass

    def parse(
        self,
        name: str,
        start: _Start | None = None,
        end: _Text | None = None,
        characters: _Text | None = None,
    ) -> None:
        """Call the handlers of expat for a part. Raises `expat.ExpatError`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        for chunk in self._chunks(name):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
        parser.Parse(b"", True)  # noqa: FBT003

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as part:
            yield from self._counted(part)

    def _counted(self, part: IO[bytes]) -> Iterator[bytes]:
        while chunk := part.read(_CHUNK):
            self.spend(len(chunk))
            yield chunk

    def spend(self, size: int) -> None:
        """Count bytes, or characters of cells, against the limit. Raises `UnreadableFileError`."""
        self._left -= size
        if self._left < 0:
            raise UnreadableFileError(
                "file-unpacks-too-large",
                f"mehr als {self._limit // 1_000_000} MB",
                f"more than {self._limit // 1_000_000} MB",
            )


class _SheetScan:
    """Follows the cells of a sheet (ECMA-376 part 1, 18.3.1): where they lie and what is odd with them."""

    def __init__(
        self, limits: Limits, percent_styles: frozenset[str], lengths: "array[int]", unpacking: _Unpacking
    ) -> None:
        self.part = SheetPart()
        self._limits = limits
        self._percent_styles = percent_styles
        self._lengths = lengths
        self._unpacking = unpacking
        self._row = self._column = -1
        self._rows = self._columns = 0
        self._is_filled = False
        self._attributes: dict[str, str] = {}
        self._formula: str | None = None
        self._value = ""
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "row":
                self._row = _row_number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
            case "f":
                self._formula, self._inside, self._is_filled = "", "f", True
            case "v" | "t":
                self._inside, self._is_filled = "v", True

    def characters(self, text: str) -> None:
        if self._inside == "v":
            self._value += text if len(self._value) < 100 else ""
        elif self._inside == "f":
            self._formula = (self._formula or "") + text

    def end(self, name: str) -> None:
        self._inside = ""
        if name.rpartition(":")[2] == "c":
            self._finish()

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        if reference:
            self._column, self._row = column_index(reference[1]), int(reference[2]) - 1
        else:
            self._column += 1
        self._attributes, self._formula, self._value = attributes, None, ""
        self._is_filled = False

    def _finish(self) -> None:
        if not self._is_filled:  # a cell with nothing but a format
            return
        place = self._row, self._column
        self._measure()
        if self._value:
            self._note(place)
        elif self._formula is not None and self._attributes.get("t") != "str":
            self.part.bad[place] = BadCell("cell-formula-not-computed", f"={self._formula[:100]}")
        if self._formula and _LEADS_ELSEWHERE.search(self._formula):
            self.part.elsewhere.add(place)

    def _measure(self) -> None:
        """Refuse what is too much: rows, columns, or a stray cell far from the others."""
        self._rows = max(self._rows, self._row + 1)
        self._columns = max(self._columns, self._column + 1)
        if self._rows > self._limits.rows:
            raise self._too_large("sheet-too-many-rows")
        if self._columns > self._limits.columns:
            raise self._too_large("sheet-too-many-columns")
        if self._rows * self._columns > MOST_CELLS:
            raise self._too_large("sheet-too-large")

    def _too_large(self, code: str) -> UnreadableFileError:
        return UnreadableFileError(
            code,
            f"{self._rows} Zeilen und {self._columns} Spalten",
            f"{self._rows} rows and {self._columns} columns",
        )

    def _note(self, place: tuple[int, int]) -> None:
        kind = self._attributes.get("t")
        if kind == "e":
            self.part.bad[place] = BadCell("cell-error-value", self._value)
        elif kind == "s":  # a long text that many cells share is held once for each of them
            number = int(self._value) if _NUMBER.fullmatch(self._value) else len(self._lengths)
            self._unpacking.spend(self._lengths[number] if number < len(self._lengths) else 0)
        elif kind in (None, "n") and self._attributes.get("s") in self._percent_styles:
            self.part.percents.add(place)


def _row_number(text: str) -> int:
    """Return a row's number, from 1; raises `UnreadableFileError`, since a guess would shift the rows."""
    if not _NUMBER.fullmatch(text) or int(text) == 0:
        raise UnreadableFileError(
            "file-unreadable", f"Zeilennummer {text[:20]!r}", f"row number {text[:20]!r}"
        )
    return int(text)


def _percent_styles(unpacking: _Unpacking) -> frozenset[str]:
    """Return the numbers of the cell styles that show percent (18.8.45, 18.8.10)."""
    formats: set[str] = set(_PERCENT_FORMATS)
    styles: list[bool] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        if path[-1] == "numFmt" and "%" in _LITERALS.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif path[-2:] == ["cellXfs", "xf"]:
            styles.append(attributes.get("numFmtId") in formats)

    def end(_: str) -> None:
        path.pop()

    unpacking.parse(_STYLES, start, end)
    return frozenset(str(number) for number, is_percent in enumerate(styles) if is_percent)


def _lengths_of_strings(unpacking: _Unpacking) -> "array[int]":
    """Return the length of each shared text in characters (18.4.8)."""
    lengths = array("L")

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    unpacking.parse(_STRINGS, start, None, characters)
    return lengths


def _sheet_parts(unpacking: _Unpacking, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name with the name of its part."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            number = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = number

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part, handler in ((_WORKBOOK, sheet), (_RELATIONS, relation)):
        if part in names:
            unpacking.parse(part, handler)
    for name, number in sheets.items():
        target = targets.get(number, "")
        yield name, target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _refuse_declaration(*_: object) -> None:
    raise UnreadableFileError("file-declares-entities", "", "")


def _damaged(error: Exception) -> UnreadableFileError:
    return UnreadableFileError(
        "file-unreadable",
        f"keine lesbare Arbeitsmappe ({error})",
        f"no workbook that can be read ({error})",
    )
