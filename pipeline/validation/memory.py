"""What was judged before, so that one changed file does not have a whole year judged again.

Judging is a pure function of nodes and shapes: the same text has the same outcome. One file holds the
outcomes of a budget year; those that a run did not need are dropped from it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pipeline.atomic import write_atomically
from pipeline.code import code_version
from pipeline.validation.patterns import NEUTRAL


class Result(BaseModel):
    """A result of validation: code of the rule, focus node and, where there is one, value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    focus: str
    value: str | None

    def named(self, names: Sequence[str]) -> "Result":
        """Return the result for the things that the numbers of its pattern stand for."""
        return Result(
            code=self.code,
            focus=_named(self.focus, names) or self.focus,
            value=_named(self.value, names),
        )


def _named(text: str | None, names: Sequence[str]) -> str | None:
    if text is None or not text.startswith(NEUTRAL):
        return text
    return names[int(text.removeprefix(NEUTRAL))]


_Outcomes = dict[str, tuple[Result, ...]]
_OUTCOMES: TypeAdapter[_Outcomes] = TypeAdapter(_Outcomes)


class Memory:
    """Outcomes of judging, by what was judged. Without a file it only remembers while it lives."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._before = _read(path)
        self._used: _Outcomes = {}

    def recall(self, key: str) -> tuple[Result, ...] | None:
        """Return the outcome for a key, or None if it is not known."""
        outcome = self._used.get(key, self._before.get(key))
        if outcome is not None:
            self._used[key] = outcome
        return outcome

    def remember(self, key: str, outcome: tuple[Result, ...]) -> None:
        """Keep an outcome."""
        self._used[key] = outcome

    def save(self) -> None:
        """Write the outcomes that were used."""
        if self.path is not None:
            write_atomically(self.path, _OUTCOMES.dump_json(self._used))


def key_of(text: str, parts: tuple[str, ...]) -> str:
    """Return the key of what is judged: its text, by which shapes and which code."""
    return hashlib.sha256("\0".join((code_version(), *parts, text)).encode()).hexdigest()


def _read(path: Path | None) -> _Outcomes:
    try:
        return _OUTCOMES.validate_json(path.read_bytes()) if path else {}
    except (OSError, ValidationError):  # never made, or by another version: judge anew
        return {}
