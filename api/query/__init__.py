"""SPARQL queries, run where they can be killed.

`lexer` and `guard` read the text and refuse what must not run, `formats` are the result formats,
`job` is what goes to a worker and comes back, `pool` keeps the worker processes, `worker` and
`sandbox` are what runs inside them, `service` puts time, waiting and size limits around it all.
`errors` has every way in which a query can fail.
"""
