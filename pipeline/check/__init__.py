"""The check: what is wrong with a file before it is handed in, found without publishing anything.

`place` tells what the file is for, `surroundings` gathers what it is judged against (the city, the goals
known so far, what is published for the same year and department), `checking` makes the report.
`process` does it in a process of its own, with bounds on time and memory, for files from strangers.
"""
