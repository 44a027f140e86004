"""Mapping: records and master data to named graphs, written as JSON-LD nodes.

The keys of a node are field names; what property each stands for is declared once, in
`ontology/vocabulary/context.jsonld`. `documents` holds the shape of a graph, `files` what all
submitted files have in common; a module each maps goals, decisions, progress, the organisation, the
plans, the selection states and the history of files.
"""
