"""Pages that need both sides: `/check`, where a file is uploaded and its report read, and the help pages.

The command line hands `routers` to `api.create_app`; the API runs without them and is not imported here.
What the pages share with all others (frame, language, release) they get from the application's `pages`.
"""

from fastapi import APIRouter

from ontology.settings import Settings
from pipeline.web.check import check_router
from pipeline.web.help import help_router


def routers(settings: Settings) -> list[APIRouter]:
    """Return the routers of the departments' pages."""
    return [check_router(settings), help_router()]
