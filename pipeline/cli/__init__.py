"""The command `stadtziele`.

A module for each command; `app` puts them together, `output` is how they speak to people.
"""

import sys

from rich.markup import escape

from ontology.errors import StadtzieleError
from pipeline.cli.app import command_line
from pipeline.cli.output import errors


def main() -> None:
    """Run the command; what the project raises on purpose becomes a message and exit code 1."""
    try:
        command_line(*sys.argv[1:2])()
    except StadtzieleError as error:
        errors.print(f"[bold red]Fehler / error:[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(1)
    except OSError as error:  # a full disk, a folder without rights: nothing that a trace explains
        errors.print(
            f"[bold red]Fehler / error:[/] {escape(str(error))}. "
            "Was veröffentlicht ist, bleibt / what is published stays.",
            highlight=False,
            soft_wrap=True,
        )
        sys.exit(1)
