"""`stadtziele serve`: the API over the current release."""

from typing import Annotated, Final

import typer
import uvicorn

from api import create_app
from api.logs import set_up_logs
from ontology.settings import load_settings
from pipeline.cli.options import PublishedFolder, Raw
from pipeline.web import routers

HEAD_BYTES: Final = 1 << 18
"""Most bytes of a request line and headers: a query of 64 KB in an address, percent-encoded, and the rest."""

KEEP_ALIVE_SECONDS: Final = 30
"""So long a connection stays open without a request, so that clients that pause meet no closed one."""


def serve(
    raw: Raw = None,
    published: PublishedFolder = None,
    host: Annotated[str | None, typer.Option(help="Adresse / address")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0: ein freier / a free one")] = None,
) -> None:
    """Die Veröffentlichung bereitstellen / serve the current release."""
    settings = load_settings(raw=raw, published=published, host=host, port=port)
    set_up_logs()
    uvicorn.run(
        create_app(settings, routers=routers(settings)),
        host=settings.host,
        port=settings.port,
        http="h11",  # the other parser sets no limit on what comes before the body
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        access_log=False,  # it names the addresses of clients; our own log does not
        log_config=None,
        proxy_headers=False,  # `api.proxies` reads them: uvicorn does not know X-Forwarded-Host
    )
