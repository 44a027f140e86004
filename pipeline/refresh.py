"""A refresh, step by step: take in, read, check, publish.

Each step keeps its outcome in the work folder together with a key of all it depends on, and makes it
anew only when the key differs. What is published is decided from these files, so the steps may run in
one process, in Dagster runs of their own, or after a crash.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ontology.contract import InputFile, current_release
from ontology.errors import ConfigurationError, NoReleaseError
from ontology.settings import Settings
from pipeline.atomic import write_atomically
from pipeline.code import code_version
from pipeline.exports.records import read_histories, read_last_good
from pipeline.intake.archive import Archive
from pipeline.intake.files import Intake, fetch, last_year, take_in, unexpected, years_of
from pipeline.intake.places import is_master_data, list_files
from pipeline.intake.recognition import Located, locate
from pipeline.masterdata import Masterdata, read_masterdata
from pipeline.progress import Reporter, silent
from pipeline.quarantine.models import CheckedYear, Histories, LastGood
from pipeline.quarantine.year import settle_year
from pipeline.reading.limits import Limits
from pipeline.records.lists import ReadFile, read_file
from pipeline.release.build import Published, publish
from pipeline.validation.known import KnownGoals
from pipeline.validation.memory import Memory

Model = TypeVar("Model", bound=BaseModel)


class ReadYear(BaseModel):
    """The files of a budget year as they were read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    files: tuple[ReadFile, ...]


class Refresh:
    """The steps of a refresh for one raw folder, one folder of releases and one work folder."""

    def __init__(self, settings: Settings, report: Reporter = silent) -> None:
        self.settings = settings
        self.report = report
        self.work = settings.work_folder

    @property
    def city(self) -> Masterdata:
        """Return the master data as it is now; raises `ConfigurationError`."""
        return read_masterdata(self.settings.raw, self.settings.base_iri)

    def years(self) -> list[int]:
        """Return the budget years that a refresh covers, without gaps, from the first year on.

        They reach to the last year that has a file, was published, or that a plan speaks of, but not
        beyond the year after this one: plans may look further ahead than forms are expected.
        """
        plans = self.city.plans.editions
        published = {key.year for key in self._last_good()}
        if published and min(published) < self.settings.first_year:
            raise ConfigurationError(
                f"STADTZIELE_FIRST_YEAR is {self.settings.first_year}, but {min(published)} is published "
                "and would be taken back. Set it to that year or an earlier one."
            )
        years = {
            self.settings.first_year,
            *years_of(self.settings, self._located()),
            *published,
            *(int(path.stem) for path in (self.work / "taken-in").glob("*.json")),
            *(year for plan in plans for item in plan.guidelines for year in item.years),
            *(rule.year for plan in plans for rule in plan.rules),
        }
        return list(range(self.settings.first_year, min(max(years), last_year()) + 1))

    def take_in(self, years: Sequence[int]) -> list[Intake]:
        """Fetch the HTTP sources, and take in the files of some budget years."""
        fetched = fetch(self.settings, self.report)
        located = self._located()
        intakes = [
            take_in(year, settings=self.settings, located=located, fetched=fetched, report=self.report)
            for year in years
        ]
        for intake in intakes:
            self._keep("taken-in", intake.year, _key(intake.model_dump_json()), intake)
        return intakes

    def read(self, year: int) -> ReadYear:
        """Read the files of a budget year that were taken in."""
        intake = self._intake(year)
        key = _key(code_version(), repr(self._limits), intake.model_dump_json())
        return self._cached("read", year, key, ReadYear, lambda: self._read(intake))

    def check(self, year: int, before: CheckedYear | None = None) -> CheckedYear:
        """Judge the files of a budget year and settle what is released of it.

        `before` is the outcome for the year before, where the caller has it at hand.
        """
        if before is None and year > self.settings.first_year:
            before = self.check(year - 1)
        known = before.known if before else {}
        intake, read = self._intake(year), self.read(year)
        last_good = {k: r for k, r in self._last_good().items() if k.year == year}
        histories = {k: h for k, h in self._histories().items() if k.year == year}
        key = _key(
            code_version(),
            intake.model_dump_json(),
            json.dumps({goal: k.model_dump() for goal, k in sorted(known.items())}),
            *(f"{k} {r.sha256}" for k, r in sorted(last_good.items(), key=str)),
            *(f"{k} {h.model_dump_json()}" for k, h in sorted(histories.items(), key=str)),
            *(self._digest(path) for path in self._master_data_files()),
            self.settings.base_iri,
        )
        return self._cached(
            "checked",
            year,
            key,
            CheckedYear,
            lambda: self._settle(intake, read, known, last_good, histories),
        )

    def publish(self, now: datetime | None = None) -> Published:
        """Publish all budget years as they are settled; those not taken in yet are taken in first.

        `now` is the time of the release, by default that of the clock.
        """
        missing = [year for year in self.years() if not self._path("taken-in", year).exists()]
        if missing:
            self.take_in(missing)
        settled: list[CheckedYear] = []
        for year in self.years():
            settled.append(self.check(year, settled[-1] if settled else None))
        return publish(
            self.settings.published,
            city=self.city,
            years=settled,
            inputs=[self._master_data_input(path) for path in self._master_data_files()],
            findings=unexpected(self.settings, self._located()),
            report=self.report,
            now=now,
        )

    def run(self, now: datetime | None = None) -> Published:
        """Do all steps for all years; see `publish`."""
        self.take_in(self.years())
        return self.publish(now)

    def _located(self) -> list[Located]:
        departments = {unit.key for unit in self.city.organisation.departments}
        return locate(self.settings.raw, departments, self._limits)

    @property
    def _limits(self) -> Limits:
        return Limits.of(self.settings)

    def _read(self, intake: Intake) -> ReadYear:
        archive = Archive(self.work)
        files = []
        for file in intake.files:
            self.report("read", file.path)
            files.append(read_file(file, archive.read(file.sha256), self._limits))
        return ReadYear(year=intake.year, files=tuple(files))

    def _settle(
        self,
        intake: Intake,
        read: ReadYear,
        known: KnownGoals,
        last_good: LastGood,
        histories: Histories,
    ) -> CheckedYear:
        memory = Memory(self._path("judged", intake.year))
        settled = settle_year(
            intake.year,
            city=self.city,
            intake=intake,
            files=read.files,
            known=known,
            last_good=last_good,
            histories=histories,
            memory=memory,
            report=self.report,
        )
        memory.save()
        return settled

    def _intake(self, year: int) -> Intake:
        kept = self._kept("taken-in", year, Intake)
        return kept[1] if kept else self.take_in([year])[0]

    def _last_good(self) -> LastGood:
        try:
            return read_last_good(current_release(self.settings.published))
        except NoReleaseError:
            return {}

    def _histories(self) -> Histories:
        try:
            return read_histories(current_release(self.settings.published))
        except NoReleaseError:
            return {}

    def _master_data_files(self) -> list[str]:
        return [path for path in list_files(self.settings.raw) if is_master_data(path)]

    def _master_data_input(self, path: str) -> InputFile:
        data = (self.settings.raw / path).read_bytes()
        digest = Archive(self.work).keep(path, data, None)
        return InputFile(
            path=path,
            kind="master-data",
            year=None,
            department=None,
            sha256=digest,
            bytes=len(data),
            status="released",
            released_sha256=digest,
        )

    def _digest(self, path: str) -> str:
        return hashlib.sha256((self.settings.raw / path).read_bytes()).hexdigest()

    def _cached(self, step: str, year: int, key: str, model: type[Model], make: Callable[[], Model]) -> Model:
        kept = self._kept(step, year, model)
        if kept and kept[0] == key:
            return kept[1]
        made = make()
        self._keep(step, year, key, made)
        return made

    def _keep(self, step: str, year: int, key: str, content: BaseModel) -> None:
        text = f"{key}\n{content.model_dump_json()}"
        write_atomically(self._path(step, year), text.encode())

    def _kept(self, step: str, year: int, model: type[Model]) -> tuple[str, Model] | None:
        try:
            key, _, content = self._path(step, year).read_text(encoding="utf-8").partition("\n")
            return key, model.model_validate_json(content)
        except (OSError, ValidationError):  # never made, or by another version: make it anew
            return None

    def _path(self, step: str, year: int) -> Path:
        return self.work / step / f"{year}.json"


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
