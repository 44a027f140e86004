"""Every rule by its code: those of `rules` and those that are SHACL shapes."""

from functools import cache

from ontology.shapes import Rule
from ontology.shapes import rules as shape_rules
from pipeline.findings.rules import cells, corrections, files, lists, tables


@cache
def all_rules() -> dict[str, Rule]:
    """Return every rule by its code."""
    own = (*files.RULES, *tables.RULES, *cells.RULES, *lists.RULES, *corrections.RULES)
    return {rule.code: rule for rule in own} | shape_rules()
