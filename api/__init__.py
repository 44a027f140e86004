"""The API: serves the current release read-only, and never imports the pipeline.

From the ground up: `releases` follows what is published, `query` runs SPARQL where it can be killed,
`saved_queries` are the questions kept in `queries/`, `negotiation` chooses formats, `caching` says what may
be kept, `middleware` what holds for every request, `entities` describes a thing, `pages` renders HTML,
`problems` is the one shape of every error, `state` what the routes share, `routes` has a module for each
group of addresses, and `app` puts it all together.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI

    from ontology.settings import Settings


def create_app(settings: "Settings", *, routers: Sequence["APIRouter"] = ()) -> "FastAPI":
    """Return the application over `settings.published`, with further `routers` handed in.

    Nothing has to be published yet; until then everything but `/health/live` answers 503.
    """
    # Imported late: query workers import this package too, and start fast without the web framework.
    from api.app import build_app

    return build_app(settings, routers=routers)
