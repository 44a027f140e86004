"""Assets: the steps of a refresh, by budget year, and release and catalogue made of all years.

They only call `pipeline.refresh` and say what came of it; their outcome lies in files, not in Dagster.
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from ontology.errors import InvalidCatalogueError
from pipeline.orchestration import checks, metadata
from pipeline.orchestration.partitions import budget_years, year_before
from pipeline.refresh import Refresh
from pipeline.release.build import Published

RELEASE: Final = dg.AssetKey("release")
CATALOGUE: Final = dg.AssetKey("catalogue")
GROUP: Final = "stadtziele"
PUBLISH: Final = "publish"
"""The step that makes release and catalogue in one go."""
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

    return [taken_in, records, checked, _publish(checked)]


def _publish(checked: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """Return the step that publishes: release and catalogue, two assets that switch together."""

    @dg.multi_asset(
        name=PUBLISH,
        specs=[
            dg.AssetSpec(
                RELEASE,
                deps=[checked],
                group_name=GROUP,
                kinds={"rdf", "parquet"},
                description="Die Veröffentlichung aller Jahre / the release of all years",
            ),
            dg.AssetSpec(
                CATALOGUE,
                deps=[checked],
                group_name=GROUP,
                kinds={"rdf", "shacl"},
                description="Der Katalog für Datenportale / the catalogue for data portals (DCAT-AP.de).",
            ),
        ],
        check_specs=[*checks.RELEASE, *checks.CATALOGUE],
        can_subset=True,
    )
    def publish(
        context: dg.AssetExecutionContext, refresh: RefreshResource
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        """Veröffentlichung und Katalog schalten zusammen um / release and catalogue switch together.

        Whichever of them is asked for, both are made, and told.
        """
        try:
            outcome = refresh.publish()
        except InvalidCatalogueError as error:
            if CATALOGUE in context.selected_asset_keys:
                yield checks.of_refused(error)
            raise
        for made in _made(outcome, refresh.settings.base_iri):
            if made.asset_key in context.selected_asset_keys:
                yield made
            elif made.asset_key:
                context.log_event(dg.AssetMaterialization(made.asset_key, metadata=made.metadata))

    return publish


def _made(outcome: Published, base_iri: str) -> Iterator[dg.MaterializeResult]:
    yield dg.MaterializeResult(
        asset_key=RELEASE,
        metadata=metadata.of_release(outcome, base_iri),
        check_results=list(checks.of_release(outcome)),
    )
    yield dg.MaterializeResult(
        asset_key=CATALOGUE,
        metadata=metadata.of_catalogue(outcome, base_iri),
        check_results=[checks.of_catalogue(outcome)],
    )


def _describe(context: dg.AssetExecutionContext, year: int, content: metadata.Metadata) -> None:
    context.add_asset_metadata(content, partition_key=str(year))
