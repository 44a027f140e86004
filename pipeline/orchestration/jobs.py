"""Jobs: the refresh, all assets for a range of budget years."""

from typing import Final

import dagster as dg

REFRESH: Final = "refresh"


refresh_job: Final = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="Alles aufnehmen, prüfen und veröffentlichen / take in, check and publish.",
)
"""Takes in, reads, checks and publishes."""


def range_tags(years: list[int]) -> dict[str, str]:
    """Return the run tags that make one run cover all `years`, which have no gaps."""
    return {
        "dagster/asset_partition_range_start": str(years[0]),
        "dagster/asset_partition_range_end": str(years[-1]),
    }
