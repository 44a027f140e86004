"""Pages in the frame of the application: their content from templates of this room."""

from collections.abc import Mapping
from typing import Any, Final, Literal, cast

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

Language = Literal["de", "en"]

_TEMPLATES: Final = Environment(
    loader=PackageLoader("pipeline.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
NOT_STORED: Final = {"Cache-Control": "no-store"}


def language_of(request: Request) -> Language:
    """Return the language that a request asks for, as all pages of the application find it."""
    return cast("Language", request.app.state.house.pages.language(request))


def framed(
    request: Request,
    template: str,
    title: str,
    *,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """Return a page of this room in the application's frame."""
    language = language_of(request)
    pages = request.app.state.house.pages
    content = _TEMPLATES.get_template(template).render(
        lang=language,
        t=lambda german, english: english if language == "en" else german,
        href=pages.linker(request),
        **context,
    )
    page = pages.render(
        request,
        "frame.html",
        headers=headers,
        title=title,
        content=Markup(content),  # noqa: S704 - made by a template that escapes
        styles=["/check/style.css"],
    )
    return cast("Response", page)
