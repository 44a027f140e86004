"""The shared language of the project: what pipeline and API must agree on.

Vocabulary, code lists, product plan, shapes and JSON-LD context; IRIs and namespaces; the layout of
a release; settings and exceptions. Imports nothing of the other rooms.
"""
