"""A report as HTML: a page of its own to send by mail, and a part of a page of the web server."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.findings.folding import fold
from pipeline.findings.report import Report
from pipeline.reports.words import SEVERITY, SIGNS, STATUS, Language, place_of, values_of

MOST_SHOWN: Final = 300

_TEMPLATES: Final = Environment(
    loader=PackageLoader("pipeline.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def report_html(reports: Sequence[Report], base: str, language: Language = "de") -> str:
    """Return a page with reports that loads nothing. `base` is the address that help pages lie below."""
    return _TEMPLATES.get_template("page.html").render(
        reports=[(report, _fragment(report, base, language, level=2)) for report in reports],
        style=Markup(report_css()),  # noqa: S704 - our own file
        lang=language,
        t=lambda german, english: english if language == "en" else german,
        status=lambda report: STATUS[report.status][language == "en"],
    )


def report_fragment(report: Report, base: str, language: Language, *, level: int = 1) -> Markup:
    """Return a report as part of a page, without styles (`report_css`); `level` is that of its heading."""
    return _fragment(report, base, language, level=level)


def report_css() -> str:
    """Return the style of reports."""
    return files("pipeline.reports").joinpath("report.css").read_text(encoding="utf-8")


def _fragment(report: Report, base: str, language: Language, *, level: int) -> Markup:
    english = language == "en"
    folded = fold(report.findings)
    text = _TEMPLATES.get_template("report.html").render(
        report=report,
        folded=folded[:MOST_SHOWN],
        hidden=max(len(folded) - MOST_SHOWN, 0),
        base=base,
        level=level,
        lang=language,
        t=lambda german, other: other if english else german,
        status=STATUS[report.status][english],
        severity=lambda finding: SEVERITY[finding.severity][english],
        sign=lambda finding: SIGNS[finding.severity],
        place=lambda item: place_of(item, language),
        values=values_of,
    )
    return Markup(text)  # noqa: S704 - made by a template that escapes
