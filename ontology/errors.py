"""The exception tree of the project.

::

    StadtzieleError                 anything this project raises on purpose
    ├── ConfigurationError          a setting or a master-data file (organisation, plans, sources)
    ├── UnreadableFileError         a submitted file that cannot be read at all
    ├── TemplateError               a form that cannot be made for what was asked
    ├── SourceError                 an HTTP source that cannot be fetched
    ├── ReleaseError                a release that cannot be built, found or switched to
    │   ├── NoReleaseError          nothing is published yet
    │   ├── InvalidCatalogueError   a catalogue that portals would misread
    │   └── UnknownReleaseError     there is no release of this id
    └── QueryError                  a query that is refused, malformed or stopped (see `api.query`)

Every message names the place and the remedy. What is wrong *inside* a submission is no exception
but a finding, see `pipeline.findings`.
"""


class StadtzieleError(Exception):
    """The root of the tree; catching it catches what the project raises on purpose."""


class ConfigurationError(StadtzieleError):
    """A setting or a master-data file says something that cannot be."""


class UnreadableFileError(StadtzieleError):
    """A submitted file that cannot be read at all: damaged, encrypted, of another kind.

    `code` is the code of the finding that reports it, `detail` and `detail_en` what it
    adds, in German and English.
    """

    def __init__(self, code: str, detail: str, detail_en: str) -> None:
        super().__init__(code, detail, detail_en)
        self.code = code
        self.detail = detail
        self.detail_en = detail_en


class TemplateError(StadtzieleError):
    """A form that cannot be made: unknown department, year without plan or goals, no place to write it."""


class SourceError(StadtzieleError):
    """An HTTP source that cannot be fetched or breaks a limit."""


class ReleaseError(StadtzieleError):
    """A release that cannot be built, found or switched to."""


class NoReleaseError(ReleaseError):
    """Nothing is published yet."""


class InvalidCatalogueError(ReleaseError):
    """A catalogue that breaks rules which portals rely on (see `pipeline.catalogue.check`)."""


class UnreadableCatalogueError(StadtzieleError):
    """A catalogue to be checked that cannot be fetched or read."""


class UnknownReleaseError(ReleaseError):
    """There is no release of this id."""


class QueryError(StadtzieleError):
    """A query that is refused, malformed or stopped."""
