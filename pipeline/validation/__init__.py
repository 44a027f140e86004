"""Validation: graphs to findings. pyshacl is the judge; there is no inference.

`context` gathers what a submission is judged against (code lists, organisation, goals known so far),
`patterns` finds records that look alike to the shapes, `shacl` runs pyshacl, `comparisons` has what no
shape can say of rows beside each other, `suggestions` what was probably meant, `tracing` leads a result
back to its cell, `judge` puts them together.
"""
