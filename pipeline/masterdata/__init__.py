"""What the city says of itself, once: organisation, plans, its catalogue, where files come from.

Read from YAML in the raw folder and checked strictly; a mistake stops the run with file and place,
since nothing can be judged without it. `Masterdata` is what the rest of the pipeline is handed.
"""

from dataclasses import dataclass
from pathlib import Path

from ontology.catalogue import Facts
from ontology.iris import Iris
from pipeline.masterdata.organisation import Organisation, read_organisation
from pipeline.masterdata.plans import Plans, read_plans
from pipeline.masterdata.publisher import read_facts


@dataclass(frozen=True)
class Masterdata:
    """Organisation and plans of a city, what it says of itself as a publisher, and what mints its IRIs."""

    organisation: Organisation
    plans: Plans
    facts: Facts
    iris: Iris


def read_masterdata(raw: Path, base_iri: str) -> Masterdata:
    """Return the master data of a raw folder; raises `ConfigurationError` naming file and place."""
    organisation = read_organisation(raw)
    return Masterdata(organisation, read_plans(raw, organisation), read_facts(raw), Iris(base_iri))
