"""What the city says of itself, once: its organisation, its plans, and where files are fetched from.

Read from YAML in the raw folder and checked strictly; a mistake stops the run with file and place,
since nothing can be judged without it.
"""
