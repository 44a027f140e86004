"""Intake: taking files in, hashed and archived, before anybody looks inside.

`places` knows where forms lie, `sources` and `http` fetch those that lie elsewhere, `archive` keeps a copy
of everything, `files` takes in all files of a budget year.
"""
