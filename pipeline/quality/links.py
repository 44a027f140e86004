"""Whether an address leads to something: asked over HTTP, or looked up in the folder of a release."""

import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests

from ontology.contract import RELEASES

FOUND: Final = 200
MOST_REDIRECTS: Final = 5
HEADERS: Final = {"User-Agent": f"stadtziele/{version('stadtziele')}"}
_OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SERVICES: Final = frozenset({"sparql"})
"""What answers below the base without being a file of the release."""


@dataclass(frozen=True)
class Host:
    """Where the things of a catalogue are asked: IRIs below `base` at `origin`, the base of the server.

    A catalogue can be read on a host other than the one that its IRIs name: before it is put on the web, or
    behind another name.
    """

    base: str
    origin: str

    @property
    def is_other(self) -> bool:
        """Tell whether the server is not the one that the IRIs name."""
        return self.base != self.origin

    def address(self, iri: str) -> str:
        """Return where to ask for an IRI."""
        return self.origin + iri.removeprefix(self.base) if iri.startswith(self.base) else iri


@dataclass(frozen=True)
class OverHttp:
    """Asks addresses with HEAD, several at a time, as data.europa.eu does.

    No more than `most` addresses and no longer than `seconds_in_all`; what is not asked in time has no
    answer. `seconds` is the longest time of one request.
    """

    host: Host
    most: int = 2_000
    parallel: int = 8
    seconds: float = 10.0
    seconds_in_all: float = 300.0

    def __call__(self, iris: Collection[str]) -> Mapping[str, int]:
        """Return the HTTP status of each address that answered."""
        asked = sorted(iris)[: self.most]
        end = time.monotonic() + self.seconds_in_all
        with ThreadPoolExecutor(self.parallel) as pool:
            found = pool.map(lambda iri: self._status(iri, end), asked)
            return {iri: status for iri, status in zip(asked, found, strict=True) if status is not None}

    def _status(self, iri: str, end: float) -> int | None:
        """Return the status at the end of all redirections, None where nothing answers."""
        address = self.host.address(iri)
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._ask(address) if time.monotonic() < end else None
                if answer is None or not answer.is_redirect:
                    return answer.status_code if answer is not None else None
                address = self.host.address(urljoin(address, answer.headers["Location"]))
            except (requests.RequestException, ValueError):  # the latter from addresses that are none
                return None
        return None

    def _ask(self, address: str) -> requests.Response | None:
        if urlsplit(address).scheme not in {"http", "https"}:
            return None
        with session(address) as asking:
            return asking.head(address, timeout=self.seconds, allow_redirects=False)


def session(address: str) -> requests.Session:
    """Return a session; what runs on this machine is asked directly, whatever proxy the environment names."""
    made = requests.Session()
    made.headers.update(HEADERS)
    made.trust_env = urlsplit(address).hostname not in _OWN_MACHINE
    return made


@dataclass(frozen=True)
class InRelease:
    """Looks addresses up in a release folder, and in those beside it, where files of retired datasets are."""

    folder: Path
    base: str

    def __call__(self, iris: Collection[str]) -> Mapping[str, int]:
        """Return 200 for each address that a server of this release answers."""
        return {iri: FOUND for iri in iris if self._is_there(iri)}

    def _is_there(self, iri: str) -> bool:
        if not iri.startswith(self.base):
            return False
        path = iri.removeprefix(self.base)
        first, _, rest = path.partition("/")
        if first == RELEASES:
            release, _, path = rest.partition("/datasets/")
            return bool(path) and (self.folder.parent / release / path).is_file()
        return path in _SERVICES or (first == "datasets" and bool(rest) and (self.folder / rest).is_file())
