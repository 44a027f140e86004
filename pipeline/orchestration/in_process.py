"""Running the refresh job in this process, as the command line and the tests do."""

import os
import warnings
from typing import Any, Final

import dagster as dg

from ontology.settings import Settings
from pipeline.orchestration.assets import PUBLISH, RELEASE
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.jobs import REFRESH, range_tags
from pipeline.progress import Reporter
from pipeline.refresh import Refresh

_QUIET: Final[dict[str, Any]] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_in_process(settings: Settings, report: Reporter) -> bool:
    """Run the refresh job for all budget years; return whether there is a new release.

    What a step raises is raised. The run is recorded where `DAGSTER_HOME` says, or nowhere if it is
    not set.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        job = build_definitions(settings=settings, report=report).resolve_job_def(REFRESH)
        with _instance() as instance:
            result = job.execute_in_process(
                instance=instance, tags=range_tags(Refresh(settings).years()), run_config=_QUIET
            )
    made = result.asset_materializations_for_node(PUBLISH)
    return any(item.metadata["is_new"].value is True for item in made if item.asset_key == RELEASE)


def _instance() -> dg.DagsterInstance:
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.ephemeral()
