"""Partitions: one for each budget year, from the first year to the year after this one."""

from datetime import UTC, datetime

import dagster as dg


def budget_years(first_year: int) -> dg.TimeWindowPartitionsDefinition:
    """Return the budget years as partitions named ``2014``; next year's goals come in this year."""
    return dg.TimeWindowPartitionsDefinition(
        cron_schedule="0 0 1 1 *", start=datetime(first_year, 1, 1, tzinfo=UTC), fmt="%Y", end_offset=2
    )


def year_before() -> dg.TimeWindowPartitionMapping:
    """Return the mapping of a year to the year before: goals are carried over from there."""
    return dg.TimeWindowPartitionMapping(
        start_offset=-1, end_offset=-1, allow_nonexistent_upstream_partitions=True
    )
