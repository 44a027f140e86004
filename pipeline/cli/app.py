"""The command line put together, of the command that is called or of all: they import much, each its own."""

from importlib import import_module
from typing import Final

import typer

_MODULES: Final = {
    "check": "check",
    "template": "template",
    "check-catalogue": "check_catalogue",
    "publish": "publish",
    "serve": "serve",
    "releases": "releases",
    "rollback": "releases",
    "diff": "releases",
    "quality": "quality",
}
"""Commands, and the modules of this folder that have them as functions."""


def command_line(called: str | None = None) -> typer.Typer:
    """Return the command line: the command `called` alone, or all if there is none of that name."""
    app = typer.Typer(
        name="stadtziele", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    app.callback()(_stadtziele)
    for name in [called] if called in _MODULES else _MODULES:
        module = import_module(f"pipeline.cli.{_MODULES[name]}")
        app.command(name)(getattr(module, name.replace("-", "_")))
    return app


def _stadtziele() -> None:
    """Ziele einer Stadt als offene, verknüpfte Daten / a city's goals as open linked data."""
