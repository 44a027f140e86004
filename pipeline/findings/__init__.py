"""Findings: what is wrong with what was handed in, and how to mend it.

`rules` are those about files, tables, cells and corrections; the rules about content are SHACL shapes
(`ontology.shapes`); `catalogue` has them all by code. `models` ties a rule to its place, `collecting` keeps
findings within bounds, `folding` tells the same thing once, `report` is all that is said of a file. `help` is
the page of a finding, `page` writes `docs/findings.md`.
"""
