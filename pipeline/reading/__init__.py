"""Reading: bytes of a submitted file to a table with named columns.

`workbook`, `delimited` and `json_rows` each make a plain grid of cells, `table` finds the header row in
it and names the columns. What a cell says is read in `pipeline.records`.
"""
