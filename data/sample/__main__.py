"""Writes all forms of the sample city into `data/raw`: `python -m data.sample [FOLDER]`."""

import sys
from pathlib import Path

from data.sample.forms import write_form
from data.sample.rows import Row, decisions, progress, submissions
from pipeline.forms import Kind

RAW = Path(__file__).parent.parent / "raw"
DIALECTS = {
    "rmi": "xlsx",
    "kulturamt": "xlsx",
    "ordnungsamt": "; cp1252",
    "bildungsamt": "xlsx",
    "sozialamt": "xlsx",
    "volkshochschule": "json",
    "stadtbuecherei": "; utf-8-sig",
    "standesamt": ", utf-8",
    "stadtplanungsamt": "xlsx",
    "wirtschaftsfoerderung": "json",
    "verkehrsbetrieb": "; utf-8",
}
"""How each department hands in its files."""


def main(raw: Path) -> None:
    """Write the forms below `raw`."""
    for year in (2014, 2015):
        for department, rows in submissions(year).items():
            _write(raw / "submissions" / str(year) / department, "submissions", rows, DIALECTS[department])
        for department, rows in progress(year).items():
            _write(raw / "progress" / str(year) / department, "progress", rows, DIALECTS[department])
    _write(raw / "decisions" / "2014", "decisions", decisions(2014), "xlsx")
    _write(raw / "decisions" / "2015", "decisions", decisions(2015), "; utf-8")


def _write(stem: Path, kind: Kind, rows: list[Row], dialect: str) -> None:
    suffix = dialect if dialect in {"xlsx", "json"} else "csv"
    write_form(stem.parent / f"{stem.name}.{suffix}", kind, rows, dialect)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RAW)
