"""The page of all findings, `docs/findings.md`: `make findings` writes it anew."""

import sys

from ontology.shapes import Rule
from pipeline.findings.catalogue import all_rules

_HEAD = """# Findings · Befunde

What a report can say of a file that was handed in. A *violation* (Verstoß) holds the file back, a
*warning* (Hinweis) does not. Codes never change their meaning. This page is written by `make findings`;
a test keeps it true.
"""
_SEVERITIES = {"violation": "Verstoß · violation", "warning": "Hinweis · warning"}


def findings_page() -> str:
    """Return the page as Markdown: for each code what is wrong and how to mend it."""
    return "\n".join([_HEAD, *(_section(rule) for _, rule in sorted(all_rules().items()))])


def _section(rule: Rule) -> str:
    column = f" · `{rule.field}`" if rule.field else ""
    return (
        f"## {rule.code}\n\n"
        f"{_SEVERITIES[rule.severity]}{column}\n\n"
        f"- {_text(rule.message_de)} → {_text(rule.remedy_de)}\n"
        f"- {_text(rule.message_en)} → {_text(rule.remedy_en)}\n"
    )


def _text(template: str) -> str:
    return template.replace("{detail}", "…")


if __name__ == "__main__":
    sys.stdout.write(findings_page())
