"""Rules about corrections: a file that takes the place of a former one."""

from typing import Final

from ontology.shapes import Rule

RULES: Final[tuple[Rule, ...]] = ()
