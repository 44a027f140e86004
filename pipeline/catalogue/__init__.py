"""The catalogue of a release: which datasets there are, how they changed, and all of it in DCAT-AP.de.

`contents` (which datasets, made of which files), `timeline` (what changed since the release before),
`dcat` (the same as a graph), `write` (into the release folder). What it looks like for the API is in
`ontology.catalogue`.
"""
