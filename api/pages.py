"""Renders the pages: German unless ``?lang=en``, with the release's notice on every one of them.

Links lead to the path of an IRI, whatever host the pages are read on. Nothing is loaded from
elsewhere, and every page works without scripts.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.caching import RELEASE_ID
from api.releases import Release, Releases
from api.texts import Language, column_label, term_label
from ontology.errors import ReleaseError
from ontology.namespaces import SZ, shorten

HEADERS: Final = {"Vary": "Accept"}

_OF_A_RELEASE: Final = re.compile(r"/($|[?#]|(id|dataset|doc|datasets|queries|sparql|api)(/|$|[?#]))")
"""Paths that there are for each release too."""

_THING: Final = re.compile(r"^/(?:id/|(?=dataset/))(.*)")
"""Paths that lead on to a document; within a release they lead there at once."""


class Pages:
    """The templates of the API, which routers handed in from outside may use too."""

    def __init__(self, releases: Releases, *, has_check: bool = False) -> None:
        """`has_check` tells whether there is a page on which departments check their files."""
        self._releases = releases
        self._has_check = has_check
        self._templates = Environment(
            loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters["number"] = _number

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: Any,
    ) -> Response:
        """Return a page. Further `context` is what the template needs."""
        language = language_of(request)
        release = self._release(request)
        folder = within(request)
        text = self._templates.get_template(template).render(
            request=request,
            lang=language,
            release=release,
            t=_chooser(language),
            href=_linker(language, folder),
            within=folder,
            local=lambda iri: local_path(iri, release),
            shorten=shorten,
            term=lambda iri: term_label(iri, language),
            column=lambda name: column_label(name, language),
            has_check=self._has_check,
            **context,
        )
        return HTMLResponse(
            text, status, headers={**HEADERS, **(headers or {}), "Content-Language": language}
        )

    def _release(self, request: Request) -> Release | None:
        named = request.path_params.get(RELEASE_ID)
        try:
            return self._releases.by_id(named) if named else self._releases.current()
        except ReleaseError:
            return None


def within(request: Request) -> str:
    """Return the beginning of all addresses of the release that a page is about; empty for the current."""
    named = request.path_params.get(RELEASE_ID)
    return f"/releases/{quote(named)}" if named else ""


def language_of(request: Request) -> Language:
    """Return the language that a request asks for."""
    return "en" if request.query_params.get("lang") == "en" else "de"


def local_path(iri: str, release: Release | None) -> str:
    """Return where an IRI leads from a page: its own path if it is one of ours, else itself."""
    if iri.startswith(SZ):
        return f"/ns#{iri.removeprefix(SZ)}"
    if release is not None and iri.startswith(release.base):
        return "/" + iri.removeprefix(release.base)
    return iri if iri.startswith(("http://", "https://")) else "#"


def _chooser(language: Language) -> Callable[[str, str], str]:
    return lambda german, english: english if language == "en" else german


def _linker(language: Language, folder: str) -> Callable[[str], str]:
    """Return what keeps a link within the pages of a release, and in their language."""

    def href(path: str) -> str:
        if folder and _OF_A_RELEASE.match(path):
            path = folder + _THING.sub(r"/doc/\1", path)
        if language == "de" or not path.startswith("/"):
            return path
        address, hash_, fragment = path.partition("#")
        return f"{address}{'&' if '?' in address else '?'}lang=en{hash_}{fragment}"

    return href


def _number(value: float) -> str:
    """Return a whole number with thin spaces between thousands, as ISO 80000-1 has it."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
