"""`/help/<code>`: a page for each finding, generated from its rule and the column it is about."""

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from ontology.shapes import Rule
from pipeline.findings.catalogue import all_rules
from pipeline.findings.help import HelpPage, help_page
from pipeline.web.frame import framed, language_of


def help_router() -> APIRouter:
    """Return the routes of the help pages."""
    router = APIRouter(tags=["check"])

    @router.get("/help", response_class=Response, include_in_schema=False)
    @router.get("/help/", response_class=Response)
    async def index(request: Request) -> Response:
        """List all findings."""
        rules = sorted(all_rules().values(), key=lambda rule: rule.code)
        title = "Findings" if language_of(request) == "en" else "Befunde"
        return framed(request, "help-index.html", title, pages=[_page(rule) for rule in rules])

    @router.get("/help/{code}", response_class=Response)
    async def page(request: Request, code: str) -> Response:
        """Tell what a finding means and how to mend it."""
        rule = all_rules().get(code)
        if rule is None:
            raise HTTPException(404)
        return framed(request, "help.html", code, page=_page(rule))

    return router


def _page(rule: Rule) -> HelpPage:
    return help_page(rule)
