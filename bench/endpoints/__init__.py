"""Our endpoint beside the servers that people would otherwise use, on the same data in one run.

`generated` writes the data, `servers` runs each server, `questions` are what is asked, `load` asks and
takes the time, `report` writes the table. `python -m bench.endpoints --help`.
"""
