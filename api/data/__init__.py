"""The data as tables for those who do not ask in SPARQL: goals one by one, and how many there are.

`parameters` are what both are filtered by. `goals` filters, sorts and pages the table of goals;
`statistics` reads the cube; `formats` are those that both are given in.
"""
