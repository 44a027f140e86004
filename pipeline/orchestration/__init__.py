"""Dagster: the only room that knows it.

A module for each of its concepts: `partitions`, `assets`, `checks`, `jobs`, `schedules`, `sensors`,
`metadata` (what its web interface shows), `definitions` (which puts them together). The work is done by
`pipeline.refresh`, which the assets are handed as the resource `refresh`.
"""
