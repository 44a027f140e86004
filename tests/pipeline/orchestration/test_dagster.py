"""What Dagster shows and runs: assets by year, checks, metadata, job, schedule, sensor."""

from collections.abc import Iterator, Mapping

import dagster as dg
import pytest

from ontology.contract import current_release, read_manifest
from pipeline.orchestration.assets import CATALOGUE, PUBLISH, RELEASE
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.in_process import run_in_process
from pipeline.orchestration.jobs import REFRESH, range_tags
from pipeline.orchestration.schedules import nightly
from pipeline.orchestration.sensors import new_or_corrected_files
from pipeline.progress import silent
from pipeline.refresh import Refresh
from tests.city import CATALOGUE as CATALOGUE_FACTS
from tests.city import PLAN, SampleCity, goal

pytestmark = pytest.mark.filterwarnings("ignore::dagster.BetaWarning")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def run_job(city: SampleCity, instance: dg.DagsterInstance, years: list[int]) -> dg.ExecuteInProcessResult:
    job = build_definitions(settings=city.settings, report=silent).resolve_job_def(REFRESH)
    return job.execute_in_process(instance=instance, tags=range_tags(years))


def test_the_definitions_load_with_all_their_parts(city: SampleCity) -> None:
    definitions = build_definitions(settings=city.settings)
    dg.Definitions.validate_loadable(definitions)
    graph = definitions.resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert keys == {"taken_in", "records", "checked", "release", "catalogue"}
    partitioned = {
        key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).is_partitioned
    }
    assert partitioned == {"taken_in", "records", "checked"}


def test_one_run_covers_all_years_and_says_what_came_of_each(
    city: SampleCity, instance: dg.DagsterInstance
) -> None:
    city.submit(2014, "kulturamt", goal(1), goal(2, title=""))
    city.submit(2015, "bauamt", goal(1))
    result = run_job(city, instance, [2013, 2014, 2015])
    assert result.success
    checked = {m.partition: m.metadata for m in result.asset_materializations_for_node("checked")}
    assert set(checked) == {"2013", "2014", "2015"}
    assert checked["2014"]["held_back"].value == 2
    assert checked["2015"]["released"].value == 1
    assert "C3" in str(checked["2014"]["findings"].value)
    made = {m.asset_key: m.metadata for m in result.asset_materializations_for_node(PUBLISH)}
    assert set(made) == {RELEASE, CATALOGUE}
    release = made[RELEASE]
    assert release["is_new"].value is True
    assert str(release["sparql"].value).endswith("/sparql")


def test_the_assets_emit_their_checks(city: SampleCity, instance: dg.DagsterInstance) -> None:
    city.submit(2014, "kulturamt", goal(1))
    result = run_job(city, instance, [2013, 2014])
    checks = {e.check_name: e.passed for e in result.get_asset_check_evaluations()}
    assert checks == {
        "all_files_released": True,
        "rules_kept": False,  # two goals have to be selected for 2014
        "counts_add_up": True,
        "nothing_held_back": True,
        "catalogue_valid": True,
    }
    city.submit(2014, "bauamt", goal(1, title=""))
    result = run_job(city, instance, [2013, 2014])
    checks = {e.check_name: e.passed for e in result.get_asset_check_evaluations()}
    assert (checks["all_files_released"], checks["nothing_held_back"]) == (False, False)


def test_the_catalogue_is_an_asset_that_says_what_changed(
    city: SampleCity, instance: dg.DagsterInstance
) -> None:
    without_beginning = {key: value for key, value in CATALOGUE_FACTS.items() if key != "since"}
    city.write_yaml("catalogue.yaml", without_beginning)
    city.submit(2014, "kulturamt", goal(1))
    before = catalogue_of(run_job(city, instance, [2013, 2014, 2015]))
    assert "goals/2014" in str(before["list"].value)
    assert "goals/2014: new" in str(before["changed"].value)
    assert number(before["catalogue_warnings"]) == 1
    assert "temporal-missing" in str(before["catalogue_results"].value)
    city.submit(2015, "kulturamt", goal(1))
    after = catalogue_of(run_job(city, instance, [2013, 2014, 2015]))
    assert "goals/2015: new" in str(after["changed"].value)
    assert "goals/2014" not in str(after["changed"].value)
    assert number(after["datasets"]) == number(before["datasets"]) + 1
    assert number(after["bytes"]) > number(before["bytes"])
    same = catalogue_of(run_job(city, instance, [2013, 2014, 2015]))
    assert same["changed"].value == "–"
    assert "unchanged" in str(same["catalogue_results"].value)  # and not that there are no warnings any more
    assert "catalogue_warnings" not in same


def catalogue_of(result: dg.ExecuteInProcessResult) -> Mapping[str, dg.MetadataValue]:
    made = result.asset_materializations_for_node(PUBLISH)
    (catalogue,) = (item.metadata for item in made if item.asset_key == CATALOGUE)
    return catalogue


def number(value: dg.MetadataValue) -> int:
    assert isinstance(value, dg.IntMetadataValue)
    assert value.value is not None
    return value.value


def test_a_refused_catalogue_fails_its_check_and_the_former_release_stays(
    city: SampleCity, instance: dg.DagsterInstance
) -> None:
    city.submit(2014, "kulturamt", goal(1))
    run_job(city, instance, [2013, 2014])
    before = current_release(city.published)
    city.write_yaml("catalogue.yaml", CATALOGUE_FACTS | {"themes": ["NONE"]})
    job = build_definitions(settings=city.settings, report=silent).resolve_job_def(REFRESH)
    result = job.execute_in_process(instance=instance, tags=range_tags([2013, 2014]), raise_on_error=False)
    assert not result.success
    checks = {e.check_name: e for e in result.get_asset_check_evaluations()}
    assert checks["catalogue_valid"].passed is False
    assert "theme-unknown" in str(checks["catalogue_valid"].metadata["refused"].value)
    assert current_release(city.published) == before


@pytest.mark.parametrize("asked", [RELEASE, CATALOGUE])
def test_whichever_is_asked_for_release_and_catalogue_are_made_together(
    city: SampleCity, instance: dg.DagsterInstance, asked: dg.AssetKey
) -> None:
    def materialise() -> dg.ExecuteInProcessResult:
        definitions = build_definitions(settings=city.settings, report=silent)
        return dg.materialize(
            [asset for asset in definitions.assets or () if isinstance(asset, dg.AssetsDefinition)],
            selection=dg.AssetSelection.assets(asked),
            resources={"refresh": Refresh(city.settings)},
            instance=instance,
            raise_on_error=False,
        )

    city.submit(2014, "kulturamt", goal(1))
    done = materialise()
    assert done.success
    assert current_release(city.published)
    for key in (RELEASE, CATALOGUE):
        event = instance.get_latest_materialization_event(key)
        assert event is not None
        assert event.run_id == done.run_id
    city.write_yaml("catalogue.yaml", CATALOGUE_FACTS | {"themes": ["NONE"]})
    refused = materialise()
    assert not refused.success
    checks = {check.check_name: check.passed for check in refused.get_asset_check_evaluations()}
    assert checks == ({"catalogue_valid": False} if asked == CATALOGUE else {})


def test_a_run_for_one_year_publishes_the_other_years_too(
    city: SampleCity, instance: dg.DagsterInstance
) -> None:
    city.submit(2014, "kulturamt", goal(1))
    run_job(city, instance, [2013, 2014])
    city.submit(2015, "kulturamt", goal(1))
    run_job(city, instance, [2015])
    manifest = read_manifest(current_release(city.published))
    assert [c.released for c in manifest.counts if c.year in {2014, 2015}] == [1, 1]


def test_the_command_line_runs_the_same_job(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    seen: list[str] = []
    assert run_in_process(city.settings, lambda stage, item: seen.append(f"{stage} {item}")) is True
    assert "check submissions/2014/kulturamt.csv" in seen
    assert run_in_process(city.settings, silent) is False


def test_a_plan_may_look_further_ahead_than_the_partitions(city: SampleCity) -> None:
    far = {"key": "leitsatz", "text": "Auch dann.", "years": [2098, 2099]}
    city.write_yaml("plans/plan-2012.yaml", PLAN | {"guidelines": [far]})
    city.submit(2014, "kulturamt", goal(1))
    assert run_in_process(city.settings, silent) is True
    years = [counts.year for counts in read_manifest(current_release(city.published)).counts]
    assert years[0] == 2013
    assert years[-1] < 2098


def sense(
    city: SampleCity, instance: dg.DagsterInstance, cursor: str | None
) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(
        instance=instance, cursor=cursor, resources={"refresh": Refresh(city.settings)}
    )
    outcome = new_or_corrected_files(context)
    assert isinstance(outcome, dg.SensorResult | dg.SkipReason)
    return outcome


def test_the_sensor_sees_new_and_corrected_files(city: SampleCity, instance: dg.DagsterInstance) -> None:
    path = city.submit(2014, "kulturamt", goal(1))
    first = sense(city, instance, None)
    assert isinstance(first, dg.SensorResult)
    assert isinstance(sense(city, instance, first.cursor), dg.SkipReason)
    path.write_bytes(path.read_bytes().replace(b"Ziel 1", b"Ziel I"))  # same name, same size
    second = sense(city, instance, first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert second.run_requests is not None
    assert second.run_requests[0].run_key is None  # else Dagster would skip a file put back
    assert second.run_requests[0].tags["dagster/asset_partition_range_end"] == "2016"


def test_a_broken_share_is_an_error_and_not_no_news(city: SampleCity, instance: dg.DagsterInstance) -> None:
    city.raw.rename(city.raw.with_name("gone"))
    with pytest.raises(FileNotFoundError):
        sense(city, instance, None)


def test_the_schedule_asks_for_all_years_every_night(city: SampleCity) -> None:
    city.submit(2017, "kulturamt", goal(1))
    context = dg.build_schedule_context(resources={"refresh": Refresh(city.settings)})
    request = nightly(context)
    assert isinstance(request, dg.RunRequest)
    assert request.tags["dagster/asset_partition_range_start"] == "2013"
    assert request.tags["dagster/asset_partition_range_end"] == "2017"
    assert nightly.cron_schedule == "30 2 * * *"


def test_a_step_that_fails_leaves_the_last_release(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    run_in_process(city.settings, silent)
    before = current_release(city.published)
    city.write("organisation.yaml", b"city: [")
    with pytest.raises(Exception, match=r"organisation\.yaml"):
        run_in_process(city.settings, silent)
    assert current_release(city.published) == before
