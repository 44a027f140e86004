"""Prints the tables. `python -m bench 1000 100000` names the sizes; these are the default.

Judging 100,000 goals takes pyshacl ten minutes and more, twice: `python -m bench 1000` is the quick one.
"""

import json
import subprocess
import sys

from rich.console import Console
from rich.table import Table

from bench import change, check

STAGES = ("take in", "read", "map", "validate", "export", "store")


def main() -> None:
    """Measure each size in a process of its own and print what came out."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 100_000]
    console = Console()
    stages = Table("stage", *(f"{size:,} goals" for size in sizes), title="goals per second (seconds)")
    measured = {size: _in_own_process(size) for size in sizes}
    for stage in STAGES:
        cells = (f"{size / measured[size][stage]:,.0f} ({measured[size][stage]:.2f} s)" for size in sizes)
        stages.add_row(stage, *cells)
    stages.add_row("peak memory", *(f"{measured[size]['peak_mb']:,.0f} MB" for size in sizes))
    console.print(stages)
    console.print(_checks(sizes))
    whole = Table("whole way", *(f"{size:,} goals" for size in sizes), title="seconds")
    served = {size: _whole_way(size) for size in sizes}
    for what in ("first publish", "change to served"):
        whole.add_row(what, *(f"{served[size][what]:.2f}" for size in sizes))
    console.print(whole)


def _checks(sizes: list[int]) -> Table:
    table = Table("check", *(f"{size:,} rows" for size in sizes), title="rows per second (peak memory)")
    for suffix in check.FORMATS:
        cells = []
        for size in sizes:
            sys.stderr.write(f"{size:,} rows of {suffix} …\n")
            figures = check.measure(size, suffix)
            cells.append(f"{size / figures['seconds']:,.0f} ({figures['peak_mb']:,.0f} MB)")
        table.add_row(suffix, *cells)
    return table


def _in_own_process(size: int) -> dict[str, float]:
    sys.stderr.write(f"{size:,} goals, stage by stage …\n")
    command = [sys.executable, "-m", "bench.stages", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _whole_way(size: int) -> dict[str, float]:
    sys.stderr.write(f"{size:,} goals, from a changed file to the served release …\n")
    return change.measure(size)


if __name__ == "__main__":
    main()
