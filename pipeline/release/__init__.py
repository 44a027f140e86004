"""Releases: building one beside the current, switching to it, listing, rolling back, comparing.

`lock` lets one run publish at a time, `folder` is the life of a release folder, `build` fills one,
`catalogue` lists and rolls back, `diff` tells what changed between two.
"""
