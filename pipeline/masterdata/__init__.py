"""What the city says of itself, once: its organisation, its plans, and where files are fetched from.

Read from YAML in the raw folder and checked strictly; a mistake stops the run with file and place,
since nothing can be judged without it. `Masterdata` is what the rest of the pipeline is handed.
"""

from dataclasses import dataclass
from pathlib import Path

from ontology.iris import Iris
from pipeline.masterdata.organisation import Organisation, read_organisation
from pipeline.masterdata.plans import Plans, read_plans


@dataclass(frozen=True)
class Masterdata:
    """Organisation and plans of a city, and what mints its IRIs."""

    organisation: Organisation
    plans: Plans
    iris: Iris


def read_masterdata(raw: Path, base_iri: str) -> Masterdata:
    """Return the master data of a raw folder; raises `ConfigurationError` naming file and place."""
    organisation = read_organisation(raw)
    return Masterdata(organisation, read_plans(raw, organisation), Iris(base_iri))
