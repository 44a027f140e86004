"""Descriptions of things: one graph for a thing, shown as a page or given as RDF.

`queries` is what is asked, `description` gathers the graph, `facts` reads it for pages.
"""
