"""Intake: taking files in, hashed and archived, before anybody looks inside.

`places` knows where forms lie, `recognition` recognises them under other names. `sources` lists those that
lie elsewhere, `http` fetches them, over connections that `connection` guards and to no internal
`addresses`. `archive` keeps a copy of everything, `files` takes in all files of a budget year.
"""
