"""Exports: the data files of a release, pure functions of what is released.

`graphs` makes the dumps, `rows` flattens records to tables, `tables` writes them as CSV and Parquet,
`forms` writes each list as the form it came from, `records` the accepted records, histories and findings.
The same input gives the same bytes.
"""
