"""Records: what a row of a form says, typed, with its place.

`fields` names the columns of each form, `models` the records, `parsing` reads numbers, dates and
codes as people write them, `rows` makes records of the rows of a table.
"""
