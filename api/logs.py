"""The log: a JSON object a line on standard error (at a terminal: a line to read), with the request's id.

Nothing in it tells of a person: no address of a client, no query, no path as it was typed, only the
route that answered. Whatever a text contains, JSON keeps it within its line.
"""

import logging
import re
import sys
import uuid
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

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
        _without_colours,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_renderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _renderer() -> tuple[Processor, ...]:
    """Return what writes a line: for people at a terminal in colours, else JSON."""
    if sys.stderr.isatty():
        return (structlog.dev.ConsoleRenderer(),)
    return (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))


def _without_colours(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take out the second, coloured text that uvicorn adds to its messages."""
    event.pop("color_message", None)
    return event


def request_id(given: str | None) -> str:
    """Return the id of a request: the one that came with it if it looks like one, else a new one."""
    return given if given and _GIVEN.fullmatch(given) else uuid.uuid4().hex
