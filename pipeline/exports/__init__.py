"""Exports: the data files of a release, pure functions of what is released.

`graphs` makes the dumps, `rows` flattens records to tables, `tables` writes them as CSV and Parquet,
`records` writes the accepted records and the findings. The same input gives the same bytes.
"""
