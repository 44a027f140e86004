"""Parameters that goals and numbers are filtered by, alike, with what the description tells of them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ontology.codelists import Concept, code_list

StateNotation = Literal[
    "submitted", "proposed", "selected", "carried-over", "not-selected", "withdrawn", "held-back"
]
AttainmentNotation = Literal[
    "not-started", "under-way", "partly-attained", "attained", "given-up", "not-reported"
]


class Filters(BaseModel):
    """What is common to goals that are wanted. An unknown parameter is an error, not overlooked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year_from: Annotated[
        int | None, Field(ge=1900, le=9999, description="The first budget year", examples=[2014])
    ] = None
    year_to: Annotated[
        int | None, Field(ge=1900, le=9999, description="The last budget year", examples=[2015])
    ] = None
    state: Annotated[
        StateNotation | None,
        Field(description="Stand der Auswahl / selection state; `selected` includes what was carried over"),
    ] = None
    attainment: Annotated[
        AttainmentNotation | None,
        Field(description="Zielerreichung / attainment by the latest progress report"),
    ] = None


def within(scheme: str, notation: str) -> list[Concept]:
    """Return what a notation of a code list means: its concept and those that are part of it."""
    listed = code_list(scheme)
    return listed.within(listed[notation])
