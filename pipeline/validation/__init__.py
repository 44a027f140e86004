"""Validation: graphs to findings. pyshacl is the judge; there is no inference.

`context` gathers what a submission is judged against (code lists, organisation, goals known so far),
`shacl` runs pyshacl, `tracing` leads a result back to its cell, `judge` puts them together.
"""
