"""Measuring: how fast each stage is, how much memory it takes, how soon a change is served.

`python -m bench` prints the tables; nothing here is asserted, and figures from two machines or two days
cannot be compared. Ratios within one run can.
"""
