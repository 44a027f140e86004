"""Schedules: a refresh every night."""

import dagster as dg

from pipeline.orchestration.jobs import REFRESH, range_tags
from pipeline.refresh import Refresh


@dg.schedule(
    name="nightly",
    job_name=REFRESH,
    cron_schedule="30 2 * * *",
    execution_timezone="Europe/Berlin",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Jede Nacht um 2.30 Uhr / every night at half past two",
)
def nightly(refresh: dg.ResourceParam[Refresh]) -> dg.RunRequest:
    """Ask for a run over all budget years."""
    return dg.RunRequest(tags=range_tags(refresh.years()))
