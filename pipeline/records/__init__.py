"""Records: what a row of a form says, typed, with its place.

`models` has the records, `parsing` reads numbers, dates and codes as people write them, `rows` makes
records of the rows of a table, `lists` goes the whole way from bytes to records.
"""
