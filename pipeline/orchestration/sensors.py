"""Sensors: a refresh as soon as a file is new or corrected.

The cursor is a fingerprint of names and contents, so that a corrected file under its old name counts.
A raw folder that cannot be read is an error of the sensor, which Dagster shows: a broken share must not
look like no news.
"""

import hashlib
from pathlib import Path

import dagster as dg

from pipeline.intake.places import list_files
from pipeline.orchestration.jobs import REFRESH, range_tags
from pipeline.refresh import Refresh


@dg.sensor(
    name="new_or_corrected_files",
    job_name=REFRESH,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Neue und korrigierte Dateien / new and corrected files",
)
def new_or_corrected_files(
    context: dg.SensorEvaluationContext, refresh: dg.ResourceParam[Refresh]
) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run over all budget years when a file was added, changed or removed.

    Without a run key: a file that is put back as it once was has to be published again.
    """
    raw = refresh.settings.raw
    fingerprint = fingerprint_of(raw)
    if fingerprint == context.cursor:
        return dg.SkipReason(f"Keine neuen oder korrigierten Dateien in {raw}")
    request = dg.RunRequest(tags=range_tags(refresh.years()))
    return dg.SensorResult(run_requests=[request], cursor=fingerprint)


def fingerprint_of(raw: Path) -> str:
    """Return a digest of the names and contents of all files below the raw folder.

    Raises `FileNotFoundError` if there is no such folder.
    """
    if not raw.is_dir():
        raise FileNotFoundError(f"The raw folder {raw} is not there.")
    digest = hashlib.sha256()
    for path in list_files(raw):
        digest.update(path.encode())
        with (raw / path).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
