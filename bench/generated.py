"""A generated city of any size: as many departments as needed, 250 goals each."""

import csv
import io
import shutil
from functools import cache
from pathlib import Path

import yaml

from ontology.productplan import product_plan
from ontology.settings import Settings
from pipeline.forms import FIELDS, Kind

GOALS_OF_A_DEPARTMENT = 250
YEAR = 2016
_CATALOGUE = Path(__file__).parent.parent / "data/raw/catalogue.yaml"


def generate_city(folder: Path, goals: int) -> Settings:
    """Write the raw folder of a city with this many goals, half of them selected."""
    settings = Settings(raw=folder / "raw", published=folder / "published")
    departments = [f"amt-{n:04d}" for n in range(-(-goals // GOALS_OF_A_DEPARTMENT))]
    _write_yaml(settings.raw / "organisation.yaml", _organisation(departments))
    shutil.copy(_CATALOGUE, settings.raw)
    _write_yaml(settings.raw / "plans" / "plan.yaml", _plan())
    left = goals
    ids: list[str] = []
    for department in departments:
        count = min(GOALS_OF_A_DEPARTMENT, left)
        left -= count
        write_submission(settings.raw, department, count)
        ids += [f"{YEAR}-{department}-{n:02d}" for n in range(1, count + 1)]
    write_form(
        settings.raw / "decisions" / f"{YEAR}.csv",
        "decisions",
        [_decision(goal, selected=n % 2 == 0) for n, goal in enumerate(ids)],
    )
    return settings


def write_submission(raw: Path, department: str, goals: int, mark: str = "") -> None:
    """Write the form of a department; `mark` makes its content differ from the former one."""
    rows = [goal_row(number, mark) for number in range(1, goals + 1)]
    write_form(raw / "submissions" / str(YEAR) / f"{department}.csv", "submissions", rows)


@cache
def _groups() -> list[str]:
    return [code.code for code in product_plan().codes if code.level == "group" and code.edition == "2016"]


def goal_row(number: int, mark: str = "") -> dict[str, object]:
    """Return the row of a goal that nothing is wrong with."""
    return {
        "number": number,
        "product_group": _groups()[number % len(_groups())],
        "title": f"Erzeugtes Ziel {number} {mark}".strip(),
        "description": "Ein erzeugter Text, so lang, wie ihn ein Amt schreiben würde. " * 2,
        "action_field": "oeffnung",
        "target_group": "Beschäftigte",
        "indicator": "Anteil geschulter Beschäftigter",
        "unit": "Prozent",
        "baseline": number % 40,
        "target": 40 + number % 60,
        "target_year": YEAR,
    }


def _decision(goal: str, *, selected: bool) -> dict[str, object]:
    outcome = "ausgewählt" if selected else "nicht berücksichtigt"
    return {"goal": goal, "outcome": outcome, "body": "gemeinderat"}


def write_form(path: Path, kind: Kind, rows: list[dict[str, object]]) -> None:
    """Write rows as the CSV of a form."""
    fields = FIELDS[kind]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([field.header for field in fields])
    writer.writerows([row.get(field.alias, "") for field in fields] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")


def _organisation(departments: list[str]) -> dict[str, object]:
    return {
        "city": {
            "name": "Erzeugte Stadt",
            "name_en": "Generated city",
            "ags": "00000000",
            "homepage": "https://stadt.example/",
            "source": "https://stadt.example/",
        },
        "bodies": [{"key": "gemeinderat", "name": "Gemeinderat", "kind": "rat"}],
        "departments": [{"key": key, "name": key, "kind": "amt"} for key in departments],
    }


def _plan() -> dict[str, object]:
    return {
        "key": "plan",
        "title": "Erzeugter Plan",
        "first_budget_year": YEAR,
        "action_fields": [{"key": "oeffnung", "label": "Öffnung"}],
    }


def _write_yaml(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
