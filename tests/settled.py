"""What is found in the files of all budget years, without publishing them, which takes a second."""

from pipeline.findings.models import Finding
from pipeline.quarantine.models import CheckedYear
from pipeline.refresh import Refresh
from tests.city import SampleCity


def settled_findings(city: SampleCity) -> list[Finding]:
    """Take in, read and judge what is handed in; return the findings of all years, in order."""
    refresh = Refresh(city.settings)
    years = refresh.years()
    refresh.take_in(years)
    settled: list[CheckedYear] = []
    for year in years:
        settled.append(refresh.check(year, settled[-1] if settled else None))
    return [finding for year in settled for finding in year.findings]
