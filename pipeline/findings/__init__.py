"""Findings: what is wrong with what was handed in, and how to mend it.

`catalogue` holds the rules that are about files and cells; the rules about content are SHACL shapes
(`ontology.shapes`). `models` ties a rule to its place, `page`
writes `docs/findings.md`.
"""
