"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Raw = Annotated[
    Path | None,
    typer.Option(help="Ordner der abgegebenen Dateien / folder of what was handed in"),
]
PublishedFolder = Annotated[
    Path | None,
    typer.Option("--published", help="Ordner der Veröffentlichungen / folder of the releases"),
]
