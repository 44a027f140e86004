"""Checks: what the assets say of their own outcome. Each is emitted by the asset it is about.

A check of its own on a partitioned asset would load every partition, hence these.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import dagster as dg

from ontology.errors import InvalidCatalogueError
from pipeline.orchestration.metadata import of_findings, of_judgement
from pipeline.quarantine.models import CheckedYear
from pipeline.release.build import Published

ALL_FILES_RELEASED: Final = "all_files_released"
RULES_KEPT: Final = "rules_kept"
COUNTS_ADD_UP: Final = "counts_add_up"
NOTHING_HELD_BACK: Final = "nothing_held_back"
CATALOGUE_VALID: Final = "catalogue_valid"

CHECKED: Final = (
    dg.AssetCheckSpec(ALL_FILES_RELEASED, asset="checked", description="No file is held back."),
    dg.AssetCheckSpec(RULES_KEPT, asset="checked", description="The rules that decisions set are kept."),
    dg.AssetCheckSpec(COUNTS_ADD_UP, asset="checked", description="Submitted = held back + released."),
)
RELEASE: Final = (dg.AssetCheckSpec(NOTHING_HELD_BACK, asset="release", description="No goal is held back."),)
CATALOGUE: Final = (
    dg.AssetCheckSpec(
        CATALOGUE_VALID, asset="catalogue", description="The catalogue breaks no rule that portals rely on."
    ),
)


def of_years(years: Sequence[CheckedYear]) -> Iterator[dg.AssetCheckResult]:
    """Yield the checks of settled years."""
    blocking = [f for year in years for f in year.findings if f.blocks]
    yield dg.AssetCheckResult(
        check_name=ALL_FILES_RELEASED,
        passed=not any(item.status != "released" for year in years for item in year.inputs),
        severity=dg.AssetCheckSeverity.ERROR,
        metadata=of_findings(blocking),
    )
    broken = [f for year in years for f in year.findings if f.code.startswith("year-")]
    yield dg.AssetCheckResult(
        check_name=RULES_KEPT,
        passed=not broken,
        severity=dg.AssetCheckSeverity.WARN,
        metadata=of_findings(broken),
    )
    counts = [year.counts for year in years]
    yield dg.AssetCheckResult(
        check_name=COUNTS_ADD_UP,
        passed=all(c.submitted == c.held_back + c.released for c in counts),
        severity=dg.AssetCheckSeverity.ERROR,
    )


def of_release(outcome: Published) -> Iterator[dg.AssetCheckResult]:
    """Yield the checks of what was published."""
    held_back = sum(counts.held_back for counts in outcome.manifest.counts)
    yield dg.AssetCheckResult(
        check_name=NOTHING_HELD_BACK,
        asset_key="release",
        passed=held_back == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"goals_held_back": held_back},
    )


def of_catalogue(outcome: Published) -> dg.AssetCheckResult:
    """Return the check of the catalogue in force: it is valid, or it would not have been switched to."""
    return dg.AssetCheckResult(
        check_name=CATALOGUE_VALID,
        asset_key="catalogue",
        passed=True,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata=of_judgement(outcome),
    )


def of_refused(error: InvalidCatalogueError) -> dg.AssetCheckResult:
    """Return the check of a catalogue that was refused, so that the former one stays."""
    return dg.AssetCheckResult(
        check_name=CATALOGUE_VALID,
        asset_key="catalogue",
        passed=False,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"refused": str(error)},
    )
