"""Renders the pages: in German or English, with the release's notice on every one of them.

The language is the one of ``?lang=``, which links then keep, else the one that Accept-Language prefers,
German among equals. Links lead to the path of an IRI, whatever host the pages are read on. Nothing is
loaded from elsewhere, and every page works without scripts.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.caching import caching, digest
from api.catalogue import has_catalogue
from api.formatting import day, file_format, number, size, written
from api.languages import preferred_language
from api.links import RELEASE_ID, folder_of
from api.releases import Release, Releases
from api.texts import LANGUAGES, Language, column_label, term_label
from ontology.errors import ReleaseError
from ontology.namespaces import SZ, shorten

VARY: Final = "Accept, Accept-Language"
"""What the page at an address depends on, besides the address."""

_OF_A_RELEASE: Final = re.compile(
    r"/($|[?#]|(id|dataset|doc|datasets|catalog|quality|queries|sparql|api)(/|$|[?#]))"
)
"""Paths that there are for each release too."""

_FOR_PROGRAMS: Final = re.compile(r"/(api/|feed\.atom|datasets/.)")
"""Paths of what is there in no language, and where a parameter that is not known is refused."""

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
        self._templates.filters["number"] = number
        self._templates.filters["file_format"] = file_format
        self._templates.filters["written"] = written

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: Any,
    ) -> Response:
        """Return a page. Further `context` is what the template needs.

        Unless `headers` tell how it is kept, it is as long as its text stays the same.
        """
        language = language_of(request)
        release = self._release(request)
        text = self._templates.get_template(template).render(
            request=request,
            lang=language,
            release=release,
            t=_chooser(language),
            chosen=_chosen(request),
            href=self.linker(request),
            within=within(request),
            local=lambda iri: local_path(iri, release),
            shorten=shorten,
            term=lambda iri: term_label(iri, language),
            column=lambda name: column_label(name, language),
            size=partial(size, language=language),
            day=partial(day, language=language),
            has_check=self._has_check,
            has_catalogue=release is not None and has_catalogue(release),
            **context,
        )
        told = {"Vary": VARY, "Content-Language": language, **(headers or {})}
        if status == 200 and request.method == "GET" and release and "Cache-Control" not in told:
            told |= caching(request, release, digest(text.encode()))
        return HTMLResponse(text, status, headers=told)

    def language(self, request: Request) -> Language:
        """Return the language of the page that a request asks for."""
        return language_of(request)

    def linker(self, request: Request) -> Callable[[str], str]:
        """Return what keeps a link within the pages of a release, and in the language that was chosen."""
        folder, chosen = within(request), _chosen(request)

        def href(path: str) -> str:
            has_language = path.startswith("/") and not _FOR_PROGRAMS.match(path)
            if folder and _OF_A_RELEASE.match(path):
                path = folder + _THING.sub(r"/doc/\1", path)
            if chosen is None or not has_language:
                return path
            address, hash_, fragment = path.partition("#")
            return f"{address}{'&' if '?' in address else '?'}lang={chosen}{hash_}{fragment}"

        return href

    def _release(self, request: Request) -> Release | None:
        named = request.path_params.get(RELEASE_ID)
        try:
            return self._releases.by_id(named) if named else self._releases.current()
        except ReleaseError:
            return None


def within(request: Request) -> str:
    """Return the beginning of all addresses of the release that a page is about; empty for the current."""
    return folder_of(request.path_params)


def language_of(request: Request) -> Language:
    """Return the language that a request asks for."""
    return _chosen(request) or preferred_language(request.headers.get("accept-language", ""))


def _chosen(request: Request) -> Language | None:
    """Return the language that the address names, if it names one."""
    asked = request.query_params.get("lang")
    return next((language for language in LANGUAGES if language == asked), None)


def local_path(iri: str, release: Release | None) -> str:
    """Return where an IRI leads from a page: its own path if it is one of ours, else itself."""
    if iri.startswith(SZ):
        return f"/ns#{iri.removeprefix(SZ)}"
    if release is not None and iri.startswith(release.base):
        return "/" + iri.removeprefix(release.base)
    return iri if iri.startswith(("http://", "https://")) else "#"


def _chooser(language: Language) -> Callable[[str, str], str]:
    return lambda german, english: english if language == "en" else german
