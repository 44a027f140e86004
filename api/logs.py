"""The log: a JSON object a line on standard error, each with the id of its request.

Nothing in it tells of a person: no address of a client, no query, no path as it was typed, only the
route that answered. Whatever a text contains, JSON keeps it within its line.
"""

import logging
import re
import sys
import uuid
from typing import Final

import structlog

REQUEST_ID: Final = "stadtziele.request_id"
"""Where the scope of a request keeps its id."""

_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


def set_up_logs(level: int = logging.INFO) -> None:
    """Write everything that is logged, by us and by libraries, in the one form."""
    shared = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)


def request_id(given: str | None) -> str:
    """Return the id of a request: the one that came with it if it looks like one, else a new one."""
    return given if given and _GIVEN.fullmatch(given) else uuid.uuid4().hex
