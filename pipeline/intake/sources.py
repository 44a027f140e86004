"""HTTP sources: submissions that are fetched from a department's share or a portal.

`sources.yaml` lists them: `url` and `path`, where the file would lie in the raw folder. Here: which are
to be fetched and what was kept of each. How one is fetched safely is `pipeline.intake.http`.
"""

import hashlib
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ontology.catalogue import WebAddress
from ontology.errors import SourceError
from ontology.settings import Settings
from pipeline.atomic import sync, write_atomically
from pipeline.intake.http import Answer, Validators, get, without_query
from pipeline.intake.places import place_of
from pipeline.masterdata.yaml import Strict, read_yaml
from pipeline.progress import Reporter

FILE: Final = "sources.yaml"
_OLD: Final = 3600.0
"""Seconds after which no run is still busy with a file of the shelf."""


class Source(Strict):
    """One source: where it is fetched from, and where it would lie below the raw folder."""

    url: WebAddress
    path: str

    @field_validator("url")
    @classmethod
    def _safe_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
            raise ValueError("must start with http:// or https:// and name a host")
        if any(character.isspace() or not character.isprintable() for character in url):
            raise ValueError("must not hold spaces or control characters")
        if "@" in parts.netloc:
            raise ValueError("must not hold a user name or password")
        return url

    @field_validator("path")
    @classmethod
    def _safe_path(cls, path: str) -> str:
        pure = PurePosixPath(path)
        # one spelling for each place, or `a//b` and `a/b` would be two sources of one file
        plain = path == pure.as_posix() and path.isprintable() and "\\" not in path
        if not plain or pure.is_absolute() or ".." in pure.parts or place_of(path) is None:
            raise ValueError(
                "must be a place of a form below the raw folder, e.g. submissions/2016/kulturamt.xlsx"
            )
        return path


class Sources(Strict):
    """The whole of `sources.yaml`."""

    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Sources":
        for what in ("url", "path"):
            values = [getattr(source, what) for source in self.sources]
            doubles = sorted({value for value in values if values.count(value) > 1})
            if doubles:
                raise ValueError(f"{what} occurs more than once: {', '.join(doubles)}")
        return self


class Fetched(BaseModel):
    """What came of a source; `local` is the file with its last good content, if there is one.

    `url` is its address without the query, which may hold a key. `problem` (German) and `problem_en`
    say what went wrong, and are empty if nothing did.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    url: str
    local: Path | None
    state: Literal["new", "unchanged", "last_good", "missing"]
    problem: str = ""
    problem_en: str = ""


class _Kept(BaseModel):
    """What is remembered of the last good fetch; the file beside it is named by its SHA-256."""

    url: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")  # it becomes a file name
    validators: Validators
    fetched_at: str


def read_sources(raw: Path) -> Sources:
    """Return the sources of a raw folder, none without a file; raises `ConfigurationError`."""
    return read_yaml(raw / FILE, Sources) if (raw / FILE).exists() else Sources()


def fetch_sources(raw: Path, work: Path, settings: Settings, report: Reporter) -> list[Fetched]:
    """Fetch all sources; one that fails neither stops the others nor loses its last good file.

    Raises `ConfigurationError` for a `sources.yaml` that cannot be.
    """
    return [fetch_source(source, work, settings, report) for source in read_sources(raw).sources]


def fetch_source(source: Source, work: Path, settings: Settings, report: Reporter) -> Fetched:
    """Fetch one source, unless it has not changed since the last time; raises nothing."""
    report("fetch", without_query(source.url))
    shelf = _Shelf(work, source)
    before = shelf.last()
    try:
        answer = get(source.url, settings, before.validators if before else Validators())
        kept = before if before and answer.content is None else shelf.keep(answer, before)
    except SourceError as error:
        return shelf.unfetched(before, *error.args)
    except OSError as error:  # the disk, not the source; its text without the path, as it is published
        why = error.strerror or type(error).__name__
        url = without_query(source.url)
        return shelf.unfetched(before, f"{url} ist nicht ablegbar ({why})", f"{url} cannot be stored ({why})")
    same = before is not None and kept.sha256 == before.sha256
    return Fetched(
        path=source.path,
        url=without_query(source.url),
        local=shelf.file(kept),
        state="unchanged" if same else "new",
    )


class _Shelf:
    """Where the last good content of a source is kept.

    Content first under its own hash, then what names it: killed in between, the former pair stays.
    """

    def __init__(self, work: Path, source: Source) -> None:
        self.source = source
        self.folder = work / "sources" / hashlib.sha256(source.url.encode()).hexdigest()[:16]

    def last(self) -> _Kept | None:
        try:
            kept = _Kept.model_validate_json((self.folder / "kept.json").read_bytes())
            content = self.file(kept).read_bytes()
        except (OSError, ValidationError):  # nothing kept, or damaged: fetch it anew
            return None
        return kept if hashlib.sha256(content).hexdigest() == kept.sha256 else None

    def file(self, kept: _Kept) -> Path:
        return self.folder / kept.sha256

    def unfetched(self, before: _Kept | None, german: str, english: str) -> Fetched:
        return Fetched(
            path=self.source.path,
            url=without_query(self.source.url),
            local=self.file(before) if before else None,
            state="last_good" if before else "missing",
            problem=german,
            problem_en=english,
        )

    def keep(self, answer: Answer, before: _Kept | None) -> _Kept:
        content = answer.content or b""
        kept = _Kept(
            url=self.source.url,
            sha256=hashlib.sha256(content).hexdigest(),
            validators=answer.validators,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        write_atomically(self.file(kept), content)
        write_atomically(self.folder / "kept.json", kept.model_dump_json().encode())
        self._tidy({"kept.json", kept.sha256, before.sha256 if before else ""})
        return kept

    def _tidy(self, needed: set[str]) -> None:
        """Remove what is not needed and old: another run may be writing, or reading what it fetched."""
        with suppress(OSError):  # the new pair is in place, and that is what counts
            sync(self.folder)  # before anything older goes
            for path in self.folder.iterdir():
                if path.name not in needed and time.time() - path.stat().st_mtime > _OLD:
                    path.unlink(missing_ok=True)
