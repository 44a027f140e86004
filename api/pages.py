"""Renders the pages: German unless ``?lang=en``, with the release's notice on every one of them.

Links lead to the path of an IRI, whatever host the pages are read on. Nothing is loaded from
elsewhere, and every page works without scripts.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.releases import Release, Releases
from api.texts import Language, column_label, term_label
from ontology.errors import ReleaseError
from ontology.namespaces import SZ, shorten

HEADERS: Final = {"Vary": "Accept"}


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
        release = self._release()
        text = self._templates.get_template(template).render(
            request=request,
            lang=language,
            release=release,
            t=_chooser(language),
            href=_linker(language),
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

    def _release(self) -> Release | None:
        try:
            return self._releases.current()
        except ReleaseError:
            return None


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


def _linker(language: Language) -> Callable[[str], str]:
    """Return what adds the language to a link within the pages."""

    def href(path: str) -> str:
        if language == "de" or not path.startswith("/"):
            return path
        address, hash_, fragment = path.partition("#")
        return f"{address}{'&' if '?' in address else '?'}lang=en{hash_}{fragment}"

    return href


def _number(value: float) -> str:
    """Return a whole number with thin spaces between thousands, as ISO 80000-1 has it."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
