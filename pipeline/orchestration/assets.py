"""Assets: the steps of a refresh, by budget year, and the release made of all years.

They only call `pipeline.refresh` and say what came of it; their outcome lies in files, not in Dagster.
"""

from typing import Final

import dagster as dg

from pipeline.orchestration import checks, metadata
from pipeline.orchestration.partitions import budget_years, year_before
from pipeline.refresh import Refresh

GROUP: Final = "stadtziele"
RefreshResource = dg.ResourceParam[Refresh]


def build_assets(first_year: int) -> list[dg.AssetsDefinition]:
    """Return the assets, partitioned from `first_year` on. One run may cover a range of years."""
    years = budget_years(first_year)
    ranges = dg.BackfillPolicy.single_run()

    @dg.asset(partitions_def=years, backfill_policy=ranges, group_name=GROUP, kinds={"file", "http"})
    def taken_in(context: dg.AssetExecutionContext, refresh: RefreshResource) -> dg.MaterializeResult:
        """Die Dateien eines Haushaltsjahrs, gehasht und archiviert / files taken in and archived."""
        for intake in refresh.take_in([int(year) for year in context.partition_keys]):
            _describe(context, intake.year, metadata.of_intake(intake))
        return dg.MaterializeResult()

    @dg.asset(
        deps=[taken_in], partitions_def=years, backfill_policy=ranges, group_name=GROUP, kinds={"python"}
    )
    def records(context: dg.AssetExecutionContext, refresh: RefreshResource) -> dg.MaterializeResult:
        """Die Zeilen der Formulare als Datensätze / rows of the forms as typed records."""
        for year in map(int, context.partition_keys):
            _describe(context, year, metadata.of_read(refresh.read(year)))
        return dg.MaterializeResult()

    @dg.asset(
        deps=[records, dg.AssetDep("checked", partition_mapping=year_before())],
        partitions_def=years,
        backfill_policy=ranges,
        check_specs=checks.CHECKED,
        group_name=GROUP,
        kinds={"shacl"},
    )
    def checked(context: dg.AssetExecutionContext, refresh: RefreshResource) -> dg.MaterializeResult:
        """Was geprüft und freigegeben ist, mit Befunden / what is checked and released, findings."""
        settled = [refresh.check(int(year)) for year in context.partition_keys]
        for year in settled:
            _describe(context, year.year, metadata.of_checked(year))
        return dg.MaterializeResult(check_results=list(checks.of_years(settled)))

    @dg.asset(deps=[checked], check_specs=checks.RELEASE, group_name=GROUP, kinds={"rdf", "parquet"})
    def release(refresh: RefreshResource) -> dg.MaterializeResult:
        """Die Veröffentlichung aller Jahre / the release of all years, made the current one."""
        outcome = refresh.publish()
        return dg.MaterializeResult(
            metadata=metadata.of_release(outcome, refresh.settings.base_iri),
            check_results=list(checks.of_release(outcome)),
        )

    return [taken_in, records, checked, release]


def _describe(context: dg.AssetExecutionContext, year: int, content: metadata.Metadata) -> None:
    context.add_asset_metadata(content, partition_key=str(year))
