"""The pipeline: submissions to records to graph to SHACL to release.

In reading order: `forms` names the columns, `intake` takes files in, `reading` makes tables of them,
`records` makes records of rows, `masterdata` knows the city, `mapping` makes graphs, `validation` judges
them, `quarantine` decides what is published, `exports` writes data files, `release` makes them the current
release. The departments' door: `template` writes forms, `check` checks a file without publishing it,
`reports` shows what was found, `web` has pages for both. `refresh` ties the steps together; `orchestration`
(Dagster) and `cli` call it, and nothing else knows Dagster.
"""
