"""Quarantine: what of a budget year is published, and what is held back.

A file with a violation is held back whole, every other one is published. Where a file is worse than
what was published before, the last good version stays. `states` derives selection states from
decisions, `corrections` compares a new version with what is published, `history` keeps the former ones,
`year` settles all files of a year in order.
"""
