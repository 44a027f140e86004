"""Taking files in: those of the raw folder and those fetched over HTTP, hashed and archived."""

from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ontology.errors import UnreadableFileError
from ontology.settings import Settings
from pipeline.findings.models import Finding
from pipeline.forms import SubmittedFile
from pipeline.intake.archive import Archive
from pipeline.intake.opening import read_whole
from pipeline.intake.places import Place, is_master_data, place_of, printable
from pipeline.intake.recognition import Located
from pipeline.intake.sources import Fetched, fetch_sources, read_sources
from pipeline.progress import Reporter


class Intake(BaseModel):
    """What was taken in for one budget year, and what was wrong with files as files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    files: tuple[SubmittedFile, ...]
    findings: tuple[Finding, ...]


def take_in(
    year: int, *, settings: Settings, located: list[Located], fetched: list[Fetched], report: Reporter
) -> Intake:
    """Take in all files of a budget year and return what they are.

    Two files for the same kind, year and department are both refused, by a finding each: nobody but
    the department knows which one holds.
    """
    archive = Archive(settings.work_folder)
    files: list[SubmittedFile] = []
    findings: list[Finding] = []
    candidates = _candidates(year, settings.raw, located, fetched)
    findings += [
        _renamed(item) for item in located if item.by_form and item.place and item.place.year == year
    ]
    for path, place, local, source in candidates:
        report("intake", path)
        try:
            data = read_whole(local, settings.file_bytes)
        except UnreadableFileError as error:
            findings.append(Finding.of(error.code, path, detail=error.detail, detail_en=error.detail_en))
            continue
        digest = archive.keep(path, data, source)
        files.append(
            SubmittedFile(
                path=path,
                kind=place.kind,
                year=place.year,
                department=place.department,
                sha256=digest,
                bytes=len(data),
                source=source,
            )
        )
    findings += _doubles([(path, place) for path, place, _, _ in candidates])
    findings += [_unreachable(item) for item in fetched if item.problem and _year(item) == year]
    return Intake(year=year, files=tuple(files), findings=tuple(findings))


def fetch(settings: Settings, report: Reporter) -> list[Fetched]:
    """Fetch the HTTP sources; raises `ConfigurationError` for a `sources.yaml` that cannot be."""
    return fetch_sources(settings.raw, settings.work_folder, settings, report)


def years_of(settings: Settings, located: list[Located]) -> set[int]:
    """Return the budget years that there are files or sources for, within the expected years."""
    sources = read_sources(settings.raw).sources
    places = [*(item.place for item in located), *(place_of(source.path) for source in sources)]
    return {place.year for place in places if place and _is_expected(place.year, settings)}


def unexpected(settings: Settings, located: list[Located]) -> list[Finding]:
    """Return a finding for each file that lies where no form is expected."""
    findings = []
    for item in located:
        path, place = item.path, item.place
        if is_master_data(path) or (place and _is_expected(place.year, settings)):
            continue
        german = f"das Jahr {place.year} liegt zu weit zurück oder voraus" if place else printable(path)
        english = f"the year {place.year} lies too far back or ahead" if place else printable(path)
        findings.append(Finding.of("file-unexpected", printable(path), detail=german, detail_en=english))
    return findings


def _candidates(
    year: int, raw: Path, located: list[Located], fetched: list[Fetched]
) -> list[tuple[str, Place, Path, str | None]]:
    local = [(item.path, item.place, raw / item.path, None) for item in located]
    remote = [(item.path, place_of(item.path), item.local, item.url) for item in fetched]
    return [
        (path, place, file, url)
        for path, place, file, url in (*local, *remote)
        if place and file and place.year == year
    ]


def _renamed(item: Located) -> Finding:
    place = item.place
    words = "/".join(map(str, (place.kind, place.year, place.department))) if place else ""
    return Finding.of("form-renamed", printable(item.path), detail=words.removesuffix("/None"))


def last_year() -> int:
    """Return the last budget year that forms are expected for: the one after this one."""
    return datetime.now(UTC).year + 1


def _is_expected(year: int, settings: Settings) -> bool:
    """Tell whether a budget year may have files: from the first year to the year after this one."""
    return settings.first_year <= year <= last_year()


def _doubles(candidates: list[tuple[str, Place]]) -> list[Finding]:
    """Return a finding for each file that shares its place with another, whether it can be read or not."""
    by_place: dict[Place, list[str]] = {}
    for path, place in candidates:
        by_place.setdefault(place, []).append(path)
    return [
        Finding.of("file-twice", path, detail=", ".join(same))
        for same in by_place.values()
        if len(same) > 1
        for path in same
    ]


def _unreachable(item: Fetched) -> Finding:
    return Finding.of(
        "source-unreachable",
        item.path,
        value=item.url,
        detail=item.problem,
        detail_en=item.problem_en,
    )


def _year(item: Fetched) -> int | None:
    place = place_of(item.path)
    return place.year if place else None
