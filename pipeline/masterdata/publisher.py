"""`catalogue.yaml`: what the catalogue for data portals says of the city as a publisher."""

from pathlib import Path
from typing import Final

from ontology.catalogue import Facts
from pipeline.masterdata.yaml import read_yaml

FILE: Final = "catalogue.yaml"


def read_facts(raw: Path) -> Facts:
    """Return the facts of a raw folder; raises `ConfigurationError`."""
    return read_yaml(raw / FILE, Facts)
