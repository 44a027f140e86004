"""The one table of settings: read from the environment, prefix `STADTZIELE_`.

An option of the command line wins over its setting. `docs/settings.md` repeats this table; a test
keeps the two alike.
"""

import re
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ontology.errors import ConfigurationError


class Settings(BaseSettings):
    """All settings with their defaults. Sizes are bytes, times seconds."""

    model_config = SettingsConfigDict(env_prefix="STADTZIELE_", frozen=True, extra="forbid")

    raw: Path = Field(Path("data/raw"), description="Folder of the files as they came")
    published: Path = Field(Path("data/published"), description="Folder of the releases")
    work: Path | None = Field(
        None,
        description="Folder for intermediate files, fetched files and the archive of everything "
        "that was taken in; `work` beside the raw folder if not set",
    )
    base_iri: str = Field(
        "https://ziele.esslingen.example/", description="Base of the IRIs of the city's things"
    )
    first_year: int = Field(2013, description="First budget year that is looked for", ge=1950)
    host: str = Field("127.0.0.1", description="Address that `serve` listens on")
    port: int = Field(8000, description="Port that `serve` listens on; 0 takes a free one")

    query_seconds: float = Field(10.0, description="Longest time of a query", gt=0)
    query_workers: int = Field(2, description="Queries that run at the same time", ge=1)
    query_waiting: int = Field(128, description="Queries that may wait for their turn", ge=0)
    result_rows: int = Field(500_000, description="Most rows (or triples) of the result of a query", ge=1)
    query_bytes: int = Field(65_536, description="Longest text of a query", ge=1)
    query_memory: int = Field(
        2_000_000_000, description="Most memory (address space) of a process that runs queries", ge=1
    )
    result_bytes: int = Field(256_000_000, description="Largest result of a query", ge=1)
    client_requests: int = Field(
        600, description="Requests for data by one client in a minute; 0 sets no limit", ge=0
    )
    client_queries: int = Field(1, description="Queries of one client that run at the same time", ge=1)
    cache_bytes: int = Field(128_000_000, description="Results of queries that are kept; 0 keeps none", ge=0)
    spool: Path | None = Field(
        None,
        description="Folder for large results while they are sent; the system's temporary one if not set",
    )
    spool_bytes: int = Field(2_000_000_000, description="Large results that lie there at a time", ge=1)
    send_rate: int = Field(
        50_000, description="Least bytes a second at which a client has to read a large result", ge=1
    )
    proxies: str = Field(
        "127.0.0.1",
        description="Addresses of proxies, separated by commas, whose word on client, scheme and host "
        "is taken",
    )

    catalog_page: int = Field(50, description="Datasets on a page of the catalogue", ge=1, le=1000)

    source_bytes: int = Field(50_000_000, description="Largest file fetched over HTTP", ge=1)
    source_seconds: float = Field(30.0, description="Longest time of one fetch over HTTP", gt=0)
    source_redirects: int = Field(3, description="Redirects followed in one fetch", ge=0)
    source_retries: int = Field(3, description="Further tries after a failed fetch", ge=0)
    source_backoff: float = Field(
        0.5, description="Wait before the first further try; doubles each time", ge=0
    )
    source_allow_internal: bool = Field(
        default=False, description="Whether sources may lie on internal addresses"
    )
    file_bytes: int = Field(50_000_000, description="Largest submitted file", ge=1)
    form_rows: int = Field(150_000, description="Most rows of a submitted sheet", ge=1)
    form_columns: int = Field(200, description="Most columns of a submitted sheet", ge=1)
    form_unpacked_bytes: int = Field(
        300_000_000, description="Most bytes that a submitted workbook may unpack to", ge=1
    )
    check_bytes: int = Field(10_000_000, description="Largest file that `/check` takes", ge=1)
    check_seconds: float = Field(60.0, description="Longest time that `/check` works on a file", gt=0)
    check_memory: int = Field(
        1_500_000_000, description="Most memory (address space) of a process that checks a file", ge=1
    )
    check_workers: int = Field(2, description="Files that `/check` works on at the same time", ge=1)

    @field_validator("base_iri")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#/]+(/[^\s<>\"{}|\\^`?#]*)?/", value):
            msg = "must be http:// or https:// with a host, without query, and end with /"
            raise ValueError(msg)
        return value

    @property
    def work_folder(self) -> Path:
        """Return the folder for intermediate files."""
        return self.work if self.work is not None else self.raw.parent / "work"


def load_settings(**options: object) -> Settings:
    """Return the settings; an option that is not None wins over the environment.

    Raises `ConfigurationError` naming every setting that cannot be.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"STADTZIELE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        )
        raise ConfigurationError(f"Settings cannot be used: {problems}") from error
