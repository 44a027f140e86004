"""Definitions: everything Dagster knows of the project, put together in one place."""

import warnings

import dagster as dg

from ontology.settings import Settings, load_settings
from pipeline.orchestration.assets import build_assets
from pipeline.orchestration.jobs import refresh_job
from pipeline.orchestration.schedules import nightly
from pipeline.orchestration.sensors import new_or_corrected_files
from pipeline.progress import Reporter
from pipeline.refresh import Refresh


def build_definitions(*, settings: Settings | None = None, report: Reporter | None = None) -> dg.Definitions:
    """Return the definitions; settings come from the environment unless given.

    `report` receives the progress; by default it goes to the log of the run.
    """
    settings = settings or load_settings()
    with warnings.catch_warnings():
        # ranges of partitions in one run are "beta" in Dagster 1.13; the lock file pins the version
        warnings.simplefilter("ignore", dg.BetaWarning)
        assets = build_assets(settings.first_year)
    return dg.Definitions(
        assets=assets,
        jobs=[refresh_job],
        schedules=[nightly],
        sensors=[new_or_corrected_files],
        resources={"refresh": Refresh(settings, report or _log)},
    )


def _log(stage: str, item: str) -> None:
    dg.get_dagster_logger().info("%s %s", stage, item)


defs = build_definitions()
