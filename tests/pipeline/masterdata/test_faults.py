"""A mistake in the YAML of the raw folder is told in German and English: file, field, remedy."""

import re

import pytest

from ontology.errors import ConfigurationError
from pipeline.masterdata import read_masterdata
from tests.city import CATALOGUE, ORGANISATION, PLAN, SampleCity

BASE = "https://ziele.esslingen.example/"


def refused(city: SampleCity) -> str:
    with pytest.raises(ConfigurationError) as error:
        read_masterdata(city.raw, BASE)
    return str(error.value)


@pytest.mark.parametrize(
    ("file", "content", "field", "german", "english"),
    [
        ("catalogue.yaml", {k: v for k, v in CATALOGUE.items() if k != "title"}, "title", "fehlt", "Add it"),
        ("catalogue.yaml", CATALOGUE | {"tittle": "x"}, "tittle", "gibt es nicht", "no such field"),
        ("catalogue.yaml", CATALOGUE | {"themes": "GOVE"}, "themes", "eine Liste", "A list"),
        ("catalogue.yaml", CATALOGUE | {"themes": []}, "themes", "mindestens 1", "at least 1"),
        ("catalogue.yaml", CATALOGUE | {"themes": ["gove"]}, "themes.0", "verlangte Form", r"\^\[A-Z\]"),
        ("catalogue.yaml", CATALOGUE | {"since": "gestern"}, "since", "ein Tag", "A day"),
        ("catalogue.yaml", CATALOGUE | {"deprecated_days": 3}, "deprecated_days", "Mindestens 30", "30 at"),
        ("catalogue.yaml", CATALOGUE | {"contact": "Stadt"}, "contact", "Felder", "Fields"),
        (
            "catalogue.yaml",
            CATALOGUE | {"place": {"name": "M", "level": "municipality", "keys": ["regionalKey/08116019"]}},
            "place.keys.0",
            "kein amtlicher Schlüssel",
            r"regionalKey/… \(12\)",
        ),
        ("catalogue.yaml", CATALOGUE | {"sources": ["x"]}, "sources.0", "verlangte Form", "form asked"),
        (
            "organisation.yaml",
            ORGANISATION | {"bodies": [{"key": "a", "name": 1, "kind": "rat"}]},
            "bodies.0.name",
            "ein Text",
            "A text",
        ),
        (
            "organisation.yaml",
            ORGANISATION | {"bodies": [{"key": "a", "name": "A", "kind": "x"}]},
            "die Datei / the file",
            "Die Art „x“",
            "kind “x” is unknown",
        ),
        (
            "plans/plan-2012.yaml",
            PLAN | {"creators": ["niemand"]},
            "creator nennt",
            "„niemand“",
            "Correct the key",
        ),
    ],
)
def test_a_mistake_is_told_with_file_field_and_remedy(
    city: SampleCity, file: str, content: object, field: str, german: str, english: str
) -> None:
    city.write_yaml(file, content)
    told = refused(city)
    assert file.removesuffix(".yaml") in told
    assert re.search(rf"{re.escape(field)}.*{german}.* / .*{english}", told)


def test_each_mistake_has_a_line(city: SampleCity) -> None:
    city.write_yaml("catalogue.yaml", CATALOGUE | {"themes": ["gove"], "tittle": "x"})
    assert [line.split(": ")[1] for line in refused(city).splitlines()] == ["themes.0", "tittle"]


@pytest.mark.parametrize("file", ["catalogue.yaml", "organisation.yaml"])
def test_a_missing_file_is_told_with_what_to_copy(city: SampleCity, file: str) -> None:
    (city.raw / file).unlink()
    assert re.search(rf"{file} fehlt. → Kopieren .*data/raw/{file}.* / .*is missing. → Copy", refused(city))


@pytest.mark.parametrize(("data", "german"), [(b"title: [", "kein YAML"), (b"\xff\xfe\x00", "Zeichensatz")])
def test_what_is_no_yaml_is_told(city: SampleCity, data: bytes, german: str) -> None:
    city.write("catalogue.yaml", data)
    assert re.search(rf"catalogue.yaml: .*{german}.* / .*→ Check", refused(city))
