"""The rules that are not about content: about files, tables, cells and corrections.

Each has a stable code; `{detail}` in its texts is filled from the finding. The rules about content are SHACL
shapes (`ontology.shapes`).
"""
