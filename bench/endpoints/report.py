"""The figures as tables in Markdown: ratios to this endpoint, from one run."""

from collections.abc import Iterator, Mapping
from typing import Final

from bench.endpoints.load import CLIENTS, Figures, median, percentile

OURS: Final = "stadtziele"
INTRODUCTION: Final = """# Performance of the query service

How long this endpoint takes beside servers that people would otherwise use: the same generated data, the
same twelve questions (`bench/endpoints/questions.py`), the same machine, one run. Only ratios are worth
comparing. Written by `python -m bench.endpoints {command}`, which `make bench-endpoints` calls; Virtuoso
takes part where Debian's `virtuoso-opensource-7-bin` is installed. Each server has its own settings but
for these: the default graph is the union of all graphs, queries end after 60 seconds, a process has 12 GB of
address space, and our limits for one client are lifted, since all clients of the test are one.

*Cold* is the first time that a question is asked after the start, *warm* the times after it. “Nothing kept”
is our endpoint without its memory of results. Below 1 the other server was faster.

"""


def report(goals: int, measured: Mapping[str, Figures | str]) -> str:
    """Return the tables for one size; what could not be measured stands as its reason."""
    return "\n".join(_lines(goals, measured)) + "\n"


def _lines(goals: int, measured: Mapping[str, Figures | str]) -> Iterator[str]:
    figures = {name: found for name, found in measured.items() if isinstance(found, Figures)}
    ours = figures[OURS]
    yield f"### {goals:,} goals"
    yield ""
    yield "Median (99th percentile) in milliseconds of stadtziele, and how many times that the others took."
    yield ""
    yield f"| question | {' | '.join(figures)} |"
    yield f"|---|{'---|' * len(figures)}"
    for name in ours.warm:
        yield f"| {name}, cold | {' | '.join(_cold(name, f, ours) for f in figures.values())} |"
        yield f"| {name}, warm | {' | '.join(_warm(name, f, ours) for f in figures.values())} |"
    for clients in CLIENTS:
        cells = (_rate(f.rates[clients], ours.rates[clients], f is ours) for f in figures.values())
        yield f"| answers per second, {clients} clients | {' | '.join(cells)} |"
    for words, share in (("median", 0.5), ("99th percentile", 0.99)):
        cells = (_beside(f, share) for f in figures.values())
        yield f"| look-ups beside a runaway query, {words}, against without it | {' | '.join(cells)} |"
    yield f"| memory after all that | {' | '.join(f'{f.memory:,.0f} MB' for f in figures.values())} |"
    yield f"| seconds until it answers | {' | '.join(f'{f.loaded:,.1f}' for f in figures.values())} |"
    yield f"| not answered | {' | '.join(str(f.failed) for f in figures.values())} |"
    yield ""
    for name, reason in measured.items():
        if isinstance(reason, str):
            yield f"{name}: not measured, {reason}."
    for name, found in figures.items():
        different = [q for q, rows in found.rows.items() if ours.rows.get(q) != rows]
        if different:
            yield f"{name} gave another number of rows to: {'; '.join(different)}."


def _cold(name: str, figures: Figures, ours: Figures) -> str:
    if figures is ours:
        return f"{ours.cold[name] * 1000:,.1f}"
    return f"× {figures.cold[name] / ours.cold[name]:,.1f}"


def _warm(name: str, figures: Figures, ours: Figures) -> str:
    middle, late = median(figures.warm[name]), percentile(figures.warm[name], 0.99)
    if figures is ours:
        return f"{middle * 1000:,.1f} ({late * 1000:,.1f})"
    return f"× {middle / median(ours.warm[name]):,.1f} ({late / percentile(ours.warm[name], 0.99):,.1f})"


def _rate(rate: float, ours: float, is_ours: bool) -> str:  # noqa: FBT001
    return f"{rate:,.0f}" if is_ours else f"× {rate / ours:,.2f}"


def _beside(figures: Figures, share: float) -> str:
    return f"× {percentile(figures.beside, share) / percentile(figures.alone, share):,.1f}"
