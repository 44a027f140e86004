"""What a file is judged against, read from the raw folder and the current release; nothing is written."""

from dataclasses import dataclass, field

from ontology.contract import current_release
from ontology.errors import NoReleaseError
from ontology.settings import Settings
from pipeline.exports.records import read_histories, read_last_good
from pipeline.intake.places import Place, list_files, place_of
from pipeline.masterdata import Masterdata, read_masterdata
from pipeline.quarantine.models import FileKey, Histories, LastGood
from pipeline.quarantine.states import WITHDRAWN
from pipeline.rawfolder import read_known_goals
from pipeline.records.models import FileHistory, RecordList, Submission
from pipeline.validation.known import KnownGoal, KnownGoals


@dataclass(frozen=True)
class Surroundings:
    """The city, and what is published of it now."""

    settings: Settings
    city: Masterdata
    published: LastGood = field(default_factory=dict)
    histories: Histories = field(default_factory=dict)

    @classmethod
    def read(cls, settings: Settings) -> "Surroundings":
        """Return the surroundings that the settings lead to; raises `ConfigurationError`."""
        city = read_masterdata(settings.raw, settings.base_iri)
        try:
            release = current_release(settings.published)
            return cls(settings, city, read_last_good(release), read_histories(release))
        except NoReleaseError:
            return cls(settings, city)

    @property
    def departments(self) -> frozenset[str]:
        """Return the keys of the departments."""
        return frozenset(unit.key for unit in self.city.organisation.departments)

    def former(self, place: Place) -> RecordList | None:
        """Return what is published for the same kind, year and department, or None."""
        return self.published.get(FileKey(place.kind, place.year, place.department))

    def history(self, place: Place) -> FileHistory | None:
        """Return what became of the file for a kind, year and department, or None."""
        return self.histories.get(FileKey(place.kind, place.year, place.department))

    def known(self, place: Place) -> KnownGoals:
        """Return the goals that a file of a place may refer to, by id.

        Those of the raw folder, and those published that lie elsewhere (fetched over HTTP). For
        submissions: of the years before; for decisions and progress: of the same year, too.
        """
        last = place.year - 1 if place.kind == "submissions" else place.year
        known = {
            goal_id: KnownGoal(year=records.year, state="submitted")
            for records in self.published.values()
            if isinstance(records, Submission) and records.year <= last
            for goal_id in map(records.goal_id, records.records)
            if goal_id
        }
        known |= {
            history.goal_id(item): KnownGoal(year=history.year, state=WITHDRAWN)
            for history in self.histories.values()
            if history.year <= last
            for item in history.withdrawn
        }
        years = {p.year for p in map(place_of, list_files(self.settings.raw)) if p and p.year <= last}
        raw = read_known_goals(self.settings.raw, sorted(years))
        return known | {goal.id: KnownGoal(year=goal.year, state=goal.state) for goal in raw.values()}
