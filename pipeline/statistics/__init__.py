"""The statistics: how many goals there are, by year and by what a year is broken down by.

Counted once for each release, so that a question over all years reads a few numbers instead of every
goal. `counting` turns the checked years to cells; `cube` makes an RDF Data Cube of them. The structure
of the cube is part of the vocabulary (`ontology/vocabulary/statistics.ttl`).
"""
