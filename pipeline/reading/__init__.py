"""Reading: bytes of a submitted file to a table with named columns.

`kinds` tells what a file really is, `limits` how much it may ask for. `workbook`, `delimited` and `json_rows`
each make plain grids of cells, `parts` looks into a workbook first for what calamine does not tell. `sheets`
chooses among them, `table` finds the header row and names the columns. What a cell says is read in
`pipeline.records`.
"""
