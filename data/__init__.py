"""Data of the project: `raw` as it came, `published` as it is served, `sample` which made the forms."""
