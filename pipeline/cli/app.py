"""The command line put together."""

import typer

from pipeline.cli.check import check
from pipeline.cli.check_catalogue import check_catalogue
from pipeline.cli.publish import publish
from pipeline.cli.quality import quality
from pipeline.cli.releases import diff, releases, rollback
from pipeline.cli.serve import serve
from pipeline.cli.template import template

app = typer.Typer(
    name="stadtziele",
    help="Ziele einer Stadt als offene, verknüpfte Daten / a city's goals as open linked data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(check)
app.command()(template)
app.command()(check_catalogue)
app.command()(publish)
app.command()(serve)
app.command()(releases)
app.command()(rollback)
app.command()(diff)
app.command()(quality)
