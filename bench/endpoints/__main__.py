"""Measures all servers that are installed: `python -m bench.endpoints 10000 1000000 --markdown FILE`."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench.endpoints.generated import write_release, write_triples
from bench.endpoints.load import Figures, measure
from bench.endpoints.questions import RUNAWAY, questions
from bench.endpoints.report import INTRODUCTION, report
from bench.endpoints.servers import Data, servers


def main(arguments: list[str]) -> None:
    """Measure each size and print the tables, or write them to a file."""
    parser = argparse.ArgumentParser(prog="python -m bench.endpoints", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000], help="how many goals")
    parser.add_argument("--seconds", type=float, default=10, help="how long each load lasts")
    parser.add_argument("--patience", type=float, default=1800, help="seconds that loading may take")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file")
    asked = parser.parse_args(arguments)
    text = "\n".join(report(size, _measured(size, asked.seconds, asked.patience)) for size in asked.sizes)
    if asked.markdown:
        introduction = INTRODUCTION.format(command=" ".join(arguments))
        asked.markdown.write_text(introduction + text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _measured(goals: int, seconds: float, patience: float) -> dict[str, Figures | str]:
    measured: dict[str, Figures | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        published = Path(folder)
        sys.stderr.write(f"{goals:,} goals are written …\n")
        quads = write_release(published, goals)
        data = Data(published, quads, write_triples(quads), patience)
        for name, server in servers().items():
            sys.stderr.write(f"{name} …\n")
            try:
                with server(data) as running:
                    figures = asyncio.run(measure(running.url, questions(goals), RUNAWAY, seconds))
                    figures.loaded, figures.memory = running.loaded, running.memory()
                    measured[name] = figures
            except TimeoutError as error:
                measured[name] = str(error)
    return measured


if __name__ == "__main__":
    main(sys.argv[1:])
