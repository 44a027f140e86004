"""A small invented city for tests: its master data, and helpers that hand in forms."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from ontology.settings import Settings
from pipeline.forms import FIELDS, Kind

ORGANISATION = {
    "city": {
        "name": "Musterstadt",
        "name_en": "Sample City",
        "ags": "00000000",
        "homepage": "https://musterstadt.example/",
        "source": "https://musterstadt.example/plan",
    },
    "notice": {"de": "Alles ist erfunden.", "en": "Everything is invented."},
    "bodies": [
        {"key": "gemeinderat", "name": "Gemeinderat", "kind": "rat"},
        {"key": "fachrat", "name": "Fachrat für Migration und Integration", "kind": "beirat"},
        {"key": "verwaltung", "name": "Verwaltung", "kind": "verwaltung"},
    ],
    "departments": [
        {"key": "kulturamt", "name": "Kulturamt", "kind": "amt"},
        {"key": "bauamt", "name": "Bauamt", "kind": "amt", "also": ["Amt für Bauen"]},
        {"key": "klinikum", "name": "Klinikum", "kind": "eigenbetrieb"},
    ],
}
CATALOGUE = {
    "title": {"de": "Ziele der Musterstadt", "en": "Goals of Sample City"},
    "description": {"de": "Erfundene Ziele.", "en": "Invented goals."},
    "contact": {"name": "Musterstadt", "url": "https://musterstadt.example/kontakt"},
    "contributor_id": "http://dcat-ap.de/def/contributors/datenBW",
    "place": {"name": "Musterstadt", "level": "municipality", "keys": ["municipalityKey/00000000"]},
    "licence": {
        "iri": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
        "label": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "url": "https://www.govdata.de/dl-de/by-2-0",
        "attribution": "Musterstadt",
        "rights": {"de": "Namensnennung Musterstadt", "en": "Attribution Musterstadt"},
    },
    "themes": ["GOVE"],
    "since": "2013-01-01",
    "keywords": {"de": ["Ziele", "Haushalt"], "en": ["goals", "budget"]},
}
PLAN = {
    "key": "plan-2012",
    "title": "Integrationsplan 2012",
    "issued": 2012,
    "creators": ["fachrat"],
    "first_budget_year": 2013,
    "action_fields": [
        {"key": "oeffnung", "label": "Interkulturelle Öffnung"},
        {"key": "sprache", "label": "Sprache und Bildung", "also": ["Sprache"]},
    ],
    "recommendations": [{"key": "e1", "title": "Beschäftigte schulen", "action_field": "oeffnung"}],
    "guidelines": [{"key": "vorgabe-2016", "text": "Alle nehmen teil.", "years": [2016]}],
    "decisions": [
        {"key": "beschluss-2014", "title": "Mindestens zwei Ziele", "bodies": ["gemeinderat"], "year": 2014}
    ],
    "rules": [
        {
            "key": "mindestens-zwei",
            "title": "Mindestens zwei Ziele",
            "year": 2014,
            "minimum_goals": 2,
            "decided_by": ["beschluss-2014"],
        }
    ],
}

Row = Mapping[str, object]


def goal(number: object, **fields: object) -> dict[str, object]:
    """Return the row of a goal that nothing is wrong with, but for what `fields` change."""
    return {
        "number": number,
        "product_group": "11.14",
        "title": f"Erfundenes Ziel {number}",
        "action_field": "oeffnung",
        "indicator": "Anteil",
        "unit": "Prozent",
        "target": "50",
        **fields,
    }


def decision(goal_id: str, outcome: str = "ausgewählt", **fields: object) -> dict[str, object]:
    """Return the row of a decision that nothing is wrong with, but for what `fields` change."""
    return {"goal": goal_id, "outcome": outcome, "body": "Gemeinderat", **fields}


def progress(goal_id: str, **fields: object) -> dict[str, object]:
    """Return the row of a progress report that nothing is wrong with, but for what `fields` change."""
    return {"goal": goal_id, "attainment": "in Arbeit", "as_of": "31.12.2014", **fields}


def csv_text(kind: Kind, rows: Sequence[Row]) -> str:
    """Return rows as the CSV of a form, with German headers."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([field.header for field in FIELDS[kind]])
    writer.writerows([row.get(field.alias, "") for field in FIELDS[kind]] for row in rows)
    return text.getvalue()


class SampleCity:
    """A raw folder with master data, in which forms can be handed in."""

    def __init__(self, folder: Path) -> None:
        self.raw = folder / "raw"
        self.published = folder / "published"
        self.settings = self.settings_of(folder)
        self.write_yaml("organisation.yaml", ORGANISATION)
        self.write_yaml("catalogue.yaml", CATALOGUE)
        self.write_yaml("plans/plan-2012.yaml", PLAN)

    @staticmethod
    def settings_of(folder: Path) -> Settings:
        """Return the settings of the city in a folder, where no test chose others."""
        return Settings(raw=folder / "raw", published=folder / "published")

    def write_yaml(self, path: str, content: object) -> None:
        """Write a YAML file of master data."""
        self.write(path, yaml.safe_dump(content, allow_unicode=True).encode())

    def write(self, path: str, data: bytes) -> Path:
        """Write a file below the raw folder."""
        file = self.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def submit(self, year: int, department: str, *rows: Row) -> Path:
        """Hand in goals as CSV."""
        return self._form("submissions", f"{year}/{department}", rows)

    def decide(self, year: int, *rows: Row) -> Path:
        """Hand in a list of decisions as CSV."""
        return self._form("decisions", str(year), rows)

    def report(self, year: int, department: str, *rows: Row) -> Path:
        """Hand in a progress list as CSV."""
        return self._form("progress", f"{year}/{department}", rows)

    def _form(self, kind: Kind, name: str, rows: Sequence[Row]) -> Path:
        return self.write(f"{kind}/{name}.csv", csv_text(kind, rows).encode("utf-8-sig"))
