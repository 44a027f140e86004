"""Scores a catalogue as data.europa.eu does; `ontology.quality` has the metrics and says how it is read.

`measuring` (a graph to measurements), `lists` (which formats and licences count), `links` (whether an address
leads to something: over HTTP, or in a release folder), `compliance` (which dataset breaks which rule), `dqv`
(the measurements as a graph), `write` (into the release).
"""
