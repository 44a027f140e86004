"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ontology.errors import ConfigurationError
from pipeline.forms import Kind

Raw = Annotated[
    Path | None,
    typer.Option(help="Ordner der abgegebenen Dateien / folder of what was handed in"),
]
PublishedFolder = Annotated[
    Path | None,
    typer.Option("--published", help="Ordner der Veröffentlichungen / folder of the releases"),
]
FormKind = Annotated[
    str | None,
    typer.Option("--kind", help="ziele, entscheidungen, sachstand / submissions, decisions, progress"),
]

_KINDS: Final[dict[str, Kind]] = {
    "submissions": "submissions",
    "ziele": "submissions",
    "decisions": "decisions",
    "entscheidungen": "decisions",
    "progress": "progress",
    "sachstand": "progress",
}


def kind_option(text: str | None) -> Kind | None:
    """Return the kind of form that an option names; raises `ConfigurationError` for another word."""
    if text is None:
        return None
    kind = _KINDS.get(text.lower())
    if kind is None:
        raise ConfigurationError(f"--kind {text!r}: {', '.join(_KINDS)}")
    return kind
